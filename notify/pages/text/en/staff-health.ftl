# How the platform is
health-title = Health
health-home = Providers, queues, jobs and busy API keys
health-good = Messages leave in time, and most arrive.
health-late = Messages leave late: the oldest has waited { $age }.
health-failing = Too many fail: { $failed } of the { $known } messages of today whose end is known.
health-providers = Providers, with messages by day (UTC)
health-provider = Provider
health-today = Accepted today
health-yesterday = Accepted yesterday
health-yesterday-failed = Failed yesterday
health-emails = Emails of the last hours
health-time = Time
health-hour = This hour and the last one
health-day = The last 24 hours
health-sent = Handed to the provider
health-bounced = Address does not exist
health-about = A message counts on the day on which it was accepted, whatever becomes of it later. Text messages are counted by day only.
health-queues = Queues
health-lane = Lane
health-lane-priority = Urgent
health-lane-normal = Normal
health-lane-bulk = Bulk
health-waiting = Waiting
health-oldest = The oldest due message
health-or-more = { $number } or more
health-no-wait = nothing is due
health-short-wait = less than a minute
health-wait = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}
health-jobs-title = Jobs
health-jobs = Jobs that wait or run: { $waiting }. The oldest due job: { $age }.
health-failed = Jobs that were given up, the latest first
health-failed-none = No job was given up.
health-job = Job
health-error = What went wrong
health-keys-title = API keys that send most
health-keys = Messages accepted in two days, by API key
health-keys-none = No API key has sent.
health-keys-about = Added up from the newest { $records } records of accepted messages.
health-messages = Messages
