# Bulk sends
batch-menu = Bulk sends
batch-upcoming = Waiting for their time
batch-sent = Sent, newest first
batch-none = Nothing was sent to a list yet.
batch-how = To send to a list, choose a template and upload a spreadsheet. What programs send in bulk is here, too.
batch-name = Name
batch-created = Accepted
batch-scheduled-for = Leaves at
batch-scheduled = Scheduled
batch-sending = Being sent
batch-on-way = On its way
batch-finished = Finished
batch-cancelled = Cancelled
batch-making = { $made } of { $total } messages prepared
batch-template = { $name }, version { $version }
batch-by-key = API key “{ $name }”
batch-all-made = All messages prepared
batch-left-out = Left out
batch-simulated = { $count ->
    [one] 1 recipient for testing, to whom nothing is sent
   *[other] { $shown } recipients for testing, to whom nothing is sent
}
batch-problems = Problem addresses
batch-rows = Messages, in the order of the list
batch-changed = Last change
batch-waits = The messages are made when the time has come.
batch-first-rows = First rows
batch-cancel = Cancel this send
batch-cancel-title = Cancel { $name }?
batch-cancel-scheduled = { $count ->
    [one] Its message will not be sent. What it would have cost is given back.
   *[other] None of its { $shown } messages will be sent. What they would have cost is given back.
}
batch-cancel-running = { $count ->
    [one] 1 message may not have left yet; it is taken back, and what it would have cost is given back. Messages that have left arrive all the same.
   *[other] Up to { $shown } messages have not left yet; those are taken back, and what they would have cost is given back. Messages that have left arrive all the same.
}
batch-cancel-do = Cancel the send
batch-cancel-not = Keep sending
done-batch-started = The messages are on their way.
done-batch-scheduled = The list is scheduled. It leaves on { $when }.
done-batch-cancelled = The send was cancelled; nothing of it leaves.
done-batch-stopped = The send was stopped. Messages that had not left are being taken back.
