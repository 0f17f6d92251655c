# Sending to a list
way-label = To whom
way-one = One person
way-many = A list of people
way-own = Myself
sheet-title = Send { $name } to a list
sheet-intro = Upload a spreadsheet with one row for each person, up to { $most } rows. It needs these columns, in any order; other columns are left aside.
sheet-trial-emails = While the service is on trial, only people on its team can get messages. { $left } emails are left today.
sheet-trial-parts = While the service is on trial, only people on its team can get messages. { $left } text parts are left today.
sheet-example = What the spreadsheet looks like
sheet-value = value of { $name }
sheet-download = Download this example
sheet-example-file = example
sheet-file = Spreadsheet with the recipients
sheet-file-hint = CSV, TSV, Excel (.xlsx, .xlsm) or OpenDocument (.ods), up to 20 MB. The first sheet is read.
sheet-upload = Upload and check
sheet-no-file = Choose the file with the recipients
sheet-no-spreadsheet = { $name } is not a spreadsheet. Choose a file that ends in .csv, .tsv, .xlsx, .xlsm or .ods.
sheet-unreadable = { $name } could not be read: it is damaged, protected by a password, or not what its name says. Save it anew as .xlsx or .csv and choose that file.
sheet-old-excel = { $name } has the format of Excel 2003. Save it as an Excel workbook (.xlsx) or as .csv and choose that file.
sheet-bad-dates = { $name } has dates or numbers that cannot be read. Format all its columns as text, or save it as .csv, and choose that file.
sheet-too-big = { $name } is too large. Remove columns that the template does not use, or split it into several files.
sheet-too-wide = The list has too many columns, or rows that are much too long. Keep only the columns that the template uses.

# Checking the list
sheet-check-title = Check before you send
sheet-problems-title = The list cannot be sent yet
sheet-file-name = File
sheet-recipients = Recipients
sheet-reply-to = Replies go to
sheet-sender = Texts come from
sheet-too-many = The list has { $rows } rows; at most { $most } can be sent at once. Split it into several files.
sheet-no-rows = The list has no recipients. Below the column headings, add one row for each person.
sheet-missing-columns = { $count ->
    [one] This column is missing: { $names }. The file has: { $found }. Add the column, or rename the one that is meant.
   *[other] These columns are missing: { $names }. The file has: { $found }. Add the columns, or rename the ones that are meant.
}
sheet-duplicate-columns = Several columns say who gets the message: { $names }. Keep one of them.
sheet-already-sent = The same file was sent with this template today. To send it again, say so below.
sheet-earlier = See what was sent
sheet-not-on-team = { $count ->
    [one] 1 recipient is not on the team of the service. While the service is on trial, only its team can get messages: remove the row, invite the person, or ask to go live.
   *[other] { $rows } recipients are not on the team of the service. While the service is on trial, only its team can get messages: remove the rows, invite the people, or ask to go live.
}
sheet-over-day-emails = The list needs { $needed } emails, and { $left } are left today. Shorten it, or send it later: the limit begins anew at midnight UTC.
sheet-over-day-parts = The list needs { $needed } text parts, and { $left } are left today. Shorten the list or the text, or upload it again after midnight UTC.
sheet-over-year-emails = The list needs { $needed } emails, and { $left } are left this fiscal year. Shorten it, or ask for a higher limit.
sheet-over-year-parts = The list needs { $needed } text parts, and { $left } are left this fiscal year. Shorten the list or the text, or ask for a higher limit.
sheet-bad-recipients = { $count ->
    [one] 1 row has a recipient that nothing can be sent to. Correct it or remove the row.
   *[other] { $rows } rows have recipients that nothing can be sent to. Correct them or remove the rows.
}
sheet-missing-data = { $count ->
    [one] 1 row lacks a value. Fill in its empty cells.
   *[other] { $rows } rows lack values. Fill in their empty cells.
}
sheet-too-long = { $count ->
    [one] 1 row makes a message that is too long. Shorten its values.
   *[other] { $rows } rows make messages that are too long. Shorten their values.
}
sheet-other-faults = { $count ->
    [one] 1 row cannot be read to its end. Look for a quotation mark that is never closed.
   *[other] { $rows } rows cannot be read to their end. Look for quotation marks that are never closed.
}
sheet-mixed = Recipients for testing stand beside real ones. Keep only one of the two kinds in the list.
sheet-cell-missing = Fill in this cell
sheet-cell-too-long = Shorten this value: the message may have 612 characters in all
sheet-cell-unclosed = A quotation mark is never closed here
sheet-cell-stranger = Not on the team of the service
sheet-row-too-long = The message is too long
sheet-failing = Rows to correct
sheet-more-failing = These are the first { $shown } of { $total } rows to correct.
sheet-row-number = Row
sheet-row = Row { $number }
sheet-rows = Rows of the list
sheet-row-pages = Rows
sheet-rows-before = Rows before
sheet-rows-after = Rows after
sheet-first = The first message
sheet-unused = The template does not use these columns: { $names }
sheet-duplicates = { $count ->
    [one] 1 row has a recipient that stands in an earlier row; that person will get two messages.
   *[other] { $rows } rows have recipients that stand in earlier rows; those people will get several messages.
}
sheet-duplicates-file = Download these rows
sheet-all-simulated = All recipients are for testing: nothing will be sent and nothing is charged.
sheet-other-file = Use another file
sheet-upload-other = Upload this file instead

# Starting
sheet-when-title = Send
sheet-when = When shall the messages leave?
sheet-now = Now
sheet-now-full = The list needs more than is left today.
sheet-later = At a later time
sheet-later-hint = In your time zone, { $zone }; until { $latest } at the latest
sheet-date = Day
sheet-time = Time
sheet-again = Send this file again, although it was sent today
sheet-again-missing = The same file was sent today: tick the box to send it again
sheet-start = { $count ->
    [one] Send to 1 recipient
   *[other] Send to { $rows } recipients
}
sheet-time-unreadable = Enter a day such as 2026-11-21 and a time such as 14:05
sheet-time-past = This time has passed; choose a later one
sheet-time-far = This is too far ahead; choose a time until { $latest }
sheet-time-skipped = On this day the clocks are put forward, and this time does not exist. Choose another one, such as { $instead }.
sheet-sender-gone = The service no longer has this choice; choose another one
sheet-day-full = The list needs more than is left on that day; choose another day or shorten the list
sheet-changed = Something has changed since the list was checked, and nothing was sent. Look at the numbers and send again.

# One row
sheet-row-title = Message of row { $number }
sheet-row-before = Row before
sheet-row-after = Row after
sheet-row-values = Values of this row
sheet-back = Back to the list
sheet-text-note = To { $to }, { $parts ->
    [one] 1 part
   *[other] { $parts } parts
}
