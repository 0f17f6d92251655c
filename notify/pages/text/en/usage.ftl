# What a service has used
usage-title = Usage
usage-years = Fiscal years
usage-year = { $from } to { $to }
usage-months = Messages accepted by month, fiscal year { $year }
usage-month = { $month ->
    [1] January { $year }
    [2] February { $year }
    [3] March { $year }
    [4] April { $year }
    [5] May { $year }
    [6] June { $year }
    [7] July { $year }
    [8] August { $year }
    [9] September { $year }
    [10] October { $year }
    [11] November { $year }
   *[12] December { $year }
}
usage-month-head = Month
usage-emails-failed = Emails failed
usage-texts-failed = Text messages failed
usage-about = A text message is sent in parts of up to 160 characters; each part counts towards the limit. Months are counted in UTC, and a message that is taken back does not count.
usage-csv = Download as CSV
usage-templates = Template use by month
usage-templates-of = Templates used, fiscal year { $year }
usage-templates-none = No template was used in this fiscal year.
