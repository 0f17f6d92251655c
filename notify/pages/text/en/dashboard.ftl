# The first page of a service
tile-send = Send a message
tile-send-text = Choose a template and who gets it
dashboard-sent = Sent in the last { $days } days
dashboard-total = Total
dashboard-failed-share = Share failed
dashboard-messages = Messages
dashboard-today = Today’s limits
dashboard-today-until = The daily limits begin anew on { $when }.
dashboard-year = This fiscal year’s limits
dashboard-year-until = The annual limits begin anew on { $when }.
dashboard-trend = Messages accepted each day in the last 4 weeks
dashboard-day = Day (UTC)
dashboard-trend-said = { $all } messages in 4 weeks. The busiest day was { $day } with { $most }.
dashboard-trend-nothing = Nothing was sent in the last 4 weeks.
dashboard-templates = Templates used most in the last { $days } days
dashboard-templates-none = No template was used in the last { $days } days.
dashboard-all-templates = Template use by month
texts = Text messages
texts-with-parts = Text messages ({ $parts } parts)
share = { $number }%
share-tiny = less than 0.1%

# First steps
first-title = First steps
first-done = Done
first-open = To do
first-template = Make your first template
first-template-hint = Write the words once, with gaps for what differs.
first-send = Send a message to yourself
first-send-hint = Choose the template and enter your own address.
first-team = Invite somebody to the team
first-team-hint = A service goes live with at least two people who manage it.
first-live = Ask to go live
first-live-hint = Until then the service writes only to its team.

# Addresses that do not exist
problems-title = Problem addresses
problems-few = Fewer than { $number } emails in 24 hours
problems-fine = In order
problems-warning = Warning
problems-critical = Critical
problems-none = No email of the last 24 hours went to an address that does not exist.
problems-said = { $bounced } of { $sent } emails of the last 24 hours went to addresses that do not exist ({ $share }).
problems-caution = Email providers can stop taking emails from a service with too many problem addresses. Take the addresses below off your list before you send again.
problems-review = See the addresses
problems-about = These addresses do not exist, or their servers do not take mail for them. Writing to them again will fail again: take them off your list, or ask the person for another address.
problems-rule = A list is in order while fewer than 5% of its addresses fail. From 10% on, email providers may stop sending for everybody.
problems-recent = Heard of in the last 24 hours
problems-older = Heard of earlier
problems-address = Address
problems-heard = Heard of
problems-empty = There are none.
