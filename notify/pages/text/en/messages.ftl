# Messages
messages-caption = Messages, newest first
messages-caption-days = Messages of the last { $days } days, newest first
messages-all = All
messages-any = Any
messages-filter = By status
messages-search = Recipient, or a part of it
messages-reference = Reference
messages-none = There are no such messages.
messages-none-yet = None of the newest messages fits. Older ones have not been looked at yet: go on to them below.
messages-narrow = Narrow down the list
messages-from = First day
messages-to = Last day
messages-date-wrong = Enter a day such as 2026-11-21
messages-apply = Show these messages
messages-clear = Show all messages
messages-older = Older messages
messages-key = API key “{ $name }”
message-status = Status
message-accepted = Accepted
message-template = Template
message-version = Version of the template
message-sender = Sent by
message-by-api = The API
message-batch = Spreadsheet
message-row = { $name }, row { $nth }
message-text-from = From
message-text-parts = Parts
message-reference = Reference
message-id = Message ID
message-gone = (no longer kept)

# What happened to a message
history-title = What happened
history-when = When
history-what = What
history-words = Details
history-accepted = Accepted
history-scheduled = Scheduled to leave
history-tried = { $attempts ->
    [one] Tried once
   *[other] Tried { $attempts } times
}
history-trying = It is being handed over now, or will be tried again at this time.
history-again = It will be tried again at this time.
history-handed = Handed over to the provider “{ $provider }”
history-reference = The provider calls it { $name }
history-sent = With the carrier

# What a sender can do
advice-in-transit = There is nothing to do: the message is on its way, and this page shows what becomes of it.
advice-scheduled = The message leaves at the scheduled time.
advice-retry = The provider could not take the message yet. We keep trying for up to three days.
advice-delivered = There is nothing to do: the message has arrived.
advice-sent-text = The carrier has the message. Not every carrier says whether it reached the phone.
advice-temporary-email = The mailbox is full or away, or did not take the content. Send the message again later; if that fails too, ask the person for another address.
advice-temporary-text = The phone is off or out of reach, or the carrier has a problem. Send the message again later.
advice-permanent-email = The address does not exist. Check how it is written, and take it off your list: writing to it again harms the reputation of all senders.
advice-permanent-text = The number does not exist or takes no text messages. Check it, and take it off your list.
advice-blocked = The address is blocked, because it bounced before or its owner complained. Ask the person for another address, or ask staff to look into it.
advice-abroad = Text messages cannot be sent to this country. Use email, or reach the person in another way.
advice-provider = The provider refused the number. Check how it is written, with the country’s code for numbers abroad.
advice-technical = The problem is on our side or with the provider. Send the message again; if it fails again, tell staff the message ID.
advice-virus = An attachment holds a virus, so nothing was sent. Remove the file and check the computer it came from.
advice-protected = The content seems to hold more than Protected A, such as a Social Insurance Number, so nothing was sent. Take it out and send again.
advice-cancelled = The message was taken back before it left. Nothing was sent.
advice-failed = The message did not arrive. Check the recipient and send it again.
