product = Portico Notify

menu-documentation = API documentation
menu-mailbox = Development mailbox

# Words of several pages
kind = Kind
email = Email
text-message = Text message

# The development mailbox
mailbox-title = Development mailbox
mailbox-intro = Messages end up here instead of being sent, because no provider is set up. This page does not exist in production.
mailbox-empty-title = Nothing has been sent yet
mailbox-empty-how = Send your first message with the command below, then reload this page. Portico printed the key, the template identifiers and ready-made examples when it started.
mailbox-empty-more = The API documentation explains every request.
mailbox-caption = Messages, newest first
mailbox-message = Message
mailbox-to = To
mailbox-received = Received
mailbox-no-subject = (no subject)
mailbox-no-words = (no words)
mailbox-reload = Reload

message-email-title = Email to { $recipient }
message-text-title = Text message to { $recipient }
message-from = From
message-to = To
message-subject = Subject
message-received = Received
message-notification = Notification
message-encoding = Encoding
message-parts = Parts
message-parts-counted = { $parts ->
    [one] { $parts } part, { $characters ->
        [one] { $characters } character
       *[other] { $characters } characters
    }
   *[other] { $parts } parts, { $characters ->
        [one] { $characters } character
       *[other] { $characters } characters
    }
}
message-html = HTML
message-html-frame = HTML of this email
message-html-alone = Open the HTML on its own, where its links work
message-plain = Plain text
message-headers = Headers
message-words = Words
message-back = Back to the mailbox

# The API documentation
documentation-title = API documentation
documentation-clients = The client libraries of GC Notify and GOV.UK Notify work unchanged: give them the address of this site and your API key.
documentation-keys = API keys
documentation-keys-intro = Every request carries the header “Authorization” in one of these forms:
documentation-contents = Requests
documentation-example = Example
documentation-parameters-of = Parameters of { $operation }
documentation-body-of = Body of { $operation }
documentation-answer = Answer { $status }
documentation-answer-of = Answer { $status } of { $operation }
documentation-errors = Errors
documentation-name = Name
documentation-place = Where
documentation-kind = Type
documentation-required = Required
documentation-meaning = Meaning
documentation-in-path = address
documentation-in-query = query
documentation-in-header = header
documentation-yes = yes
documentation-no = no

menu-dashboard = Dashboard
menu-team = Team
service-trial = Trial
service-suspended = Suspended

# A person's services
services-title = Your services
services-live = Live services
services-trial = Trial services
services-new = Add a service
services-first = Create your first service
services-join = To join a service that exists already, ask somebody on its team to invite you.
welcome-title = Welcome
welcome-trial = A new service begins on trial, so that you can try everything:
welcome-trial-team = it writes only to people on its team
welcome-trial-limit = it sends up to 50 e-mails and 50 text parts a day
welcome-trial-live = when you are ready, you ask to go live on the service’s own page
new-service-title = Add a service
new-service-name = Name of the service
new-service-name-hint = Recipients see it as the sender. Choose words that they understand; for two languages, write both: Passports – Passeports.
new-service-name-empty = Enter the name of the service
new-service-name-long = The name can have at most { $most } characters
new-service-name-quote = The name cannot contain straight quotation marks
new-service-name-taken = Another service has this name; choose another one
new-service-address = Address that e-mails come from
new-service-address-hint = The part before @{ $domain }. Leave it empty to take the name of the service.
new-service-address-empty = Enter the part before the @, with letters or digits
new-service-address-taken = Another service sends from { $address }; choose another address
new-service-save = Create the service

# Going live
go-live-menu = Go live
go-live-title = Going live
go-live-intro = A live service can write to anybody. When the four points below are completed, ask to go live: staff are told at once and answer by e-mail.
go-live-waits = Staff were asked and are looking at your request. You will be told by e-mail; until then nothing can be changed here.
go-live-is-live = This service is live and can write to anybody.
go-live-ask = Ask to go live
go-live-missing = Before you ask: { $task }
go-live-managers = These people on your team can ask:
go-live-history = Requests so far
go-live-state-draft = Being filled in
go-live-state-asked = Asked
go-live-state-approved = Approved
go-live-state-declined = Declined
go-live-task-open = Not started
go-live-task-begun = In progress
go-live-task-done = Completed
go-live-task-purpose = Say what the messages are for
go-live-task-purpose-hint = Purpose, recipients, and how many messages a day
go-live-task-template = Make at least one template
go-live-task-template-hint = The words of your first message
go-live-task-second = Have a second person who can manage the service
go-live-task-second-hint = So that somebody can act when you are away; an open invitation counts as in progress
go-live-task-terms = Accept the terms of use
go-live-task-terms-hint = Once for the whole service
go-live-task-terms-by = Accepted by { $person }, { $when }
go-live-done-purpose = What the messages are for was saved
go-live-done-terms = The terms of use were accepted
go-live-done-asked = Staff were asked; you will be told by e-mail
go-live-purpose-title = What the messages are for
go-live-purpose-intro = Staff decide with these answers. What you have typed is kept, even while something is missing.
go-live-purpose = Purpose
go-live-purpose-hint = For example: we tell applicants that their permit is ready.
go-live-purpose-empty = Say what the messages are for
go-live-purpose-long = This can have at most { $most } characters
go-live-recipients = Recipients
go-live-recipients-hint = For example: the public, colleagues, other organisations.
go-live-recipients-empty = Say who gets the messages
go-live-email-daily = E-mails a day
go-live-sms-daily = Text messages a day
go-live-daily-hint = The most you expect on one day; 0 if none.
go-live-email-daily-wrong = Enter how many e-mails you expect a day, as a whole number
go-live-sms-daily-wrong = Enter how many text messages you expect a day, as a whole number
go-live-save = Save
go-live-terms-title = Terms of use
go-live-terms-intro = By using a live service, your team promises:
go-live-terms-own = You write only for your own organisation and its programs.
go-live-terms-consent = You write only to people who expect it or whom you must inform, and you stop when they ask.
go-live-terms-secret = You send nothing secret or protected above Protected A.
go-live-terms-languages = Your messages respect the Official Languages Act and can be read by everybody.
go-live-terms-addresses = You keep your list of recipients up to date and remove addresses that do not work.
go-live-terms-keys = You keep API keys secret and revoke at once any that could have been seen by others.
go-live-terms-agree = We accept the terms of use
go-live-terms-missing = Tick the box to accept the terms of use
go-live-terms-accept = Accept

# Staff
staff-title = Platform administration
staff-go-live-title = Requests to go live
staff-go-live-waiting = wait for a decision
staff-queue = Waiting, the longest wait first
staff-queue-empty = No service waits for a decision.
staff-decided = Decided lately
staff-decided-empty = Nothing was decided yet.
staff-service = Service
staff-state = State
staff-since = Since
staff-organisation = Organisation
staff-none = None
staff-asked = Asked by
staff-request-title = { $service } asks to go live
staff-team = Team
staff-templates = Templates
staff-decision = Decision
staff-approve = Approve: the service goes live now
staff-reason = Reason for declining
staff-reason-hint = The team reads it as you write it, in the product and by e-mail.
staff-reason-empty = Enter the reason, so that the team knows what to change
staff-decline = Decline with this reason
staff-done-approved = The service is live, and its team was told
staff-done-declined = The request was declined, and the team was told why

# API integration
api-menu = API integration
api-title = API integration
api-intro = With a key, a program sends in the name of this service. Keep keys out of e-mails and source code; if one could have been seen, revoke it and make another.
api-keys = API keys
api-keys-empty = There are no API keys yet.
api-keys-revoked = Revoked keys
api-key-new = Create an API key
api-key-name = Name
api-key-name-hint = Say which program uses it, such as “Permit system”.
api-key-name-empty = Enter a name for the key
api-key-name-long = The name can have at most { $most } characters, on one line
api-key-name-taken = The service has a key with this name; choose another name
api-key-kind = Type
api-key-kind-empty = Choose the type of key
api-key-kind-normal = Live
api-key-kind-normal-hint = Sends to anybody.
api-key-kind-normal-trial = Not while the service is on trial: ask to go live first.
api-key-kind-team = Team and safelist
api-key-kind-team-hint = Sends only to people on your team and on the safelist.
api-key-kind-test = Test
api-key-kind-test-hint = Sends nothing really and counts towards no limit.
api-key-capabilities = What else the key may do
api-key-templates = Manage templates
api-key-reports = Manage reports
api-key-make = Create the key
api-key-made = Created
api-key-used = Last used
api-key-never-used = Never
api-key-action = Revoke
api-key-made-title = Your new API key
api-key-once = Copy the key now. It is not shown again; if it gets lost, revoke it and create another.
api-key-secret = API key
api-key-back = Back to the API keys
api-key-revoke = Revoke this key
api-key-revoke-named = Revoke { $name }
api-key-revoke-title = Revoke the key “{ $name }”?
api-key-revoke-warning = Programs that use this key can no longer send, at once and for ever.
api-key-revoked = Revoked
api-done-revoked = The key was revoked
api-done-safelist = The safelist was saved
api-safelist-title = Safelist
api-safelist-intro = While the service is on trial, and with a key of type “Team and safelist”, messages go to your team and to these addresses and numbers.
api-safelist-emails = E-mail addresses
api-safelist-phones = Mobile numbers
api-safelist-email-nth = E-mail address { $nth }
api-safelist-phone-nth = Mobile number { $nth }
api-safelist-email-wrong = Enter an e-mail address such as name@example.ca
api-safelist-save = Save the safelist

# Settings
settings-menu = Settings
settings-title = Settings
settings-live = This service is live.
settings-trial = This service is on trial: it writes only to its team and the safelist.
settings-suspended = This service is suspended: it can read and not send. Staff can tell you why.
settings-done = Your change was saved
settings-change = Change
settings-change-title = Change the settings
settings-save = Save
settings-on = On
settings-off = Off
settings-channels = What the service sends
settings-channels-hint = Templates of a kind that is off stay, and cannot be sent.
settings-prefix = Texts begin with the name of the service
settings-prefix-hint = The name counts towards the length of the text.
settings-limits = Limits
settings-limits-intro = Staff set the limits; ask them when you need more.
settings-rate = API requests a minute
settings-email-daily = E-mails a day
settings-sms-daily = Text parts a day
settings-email-annual = E-mails a fiscal year
settings-sms-annual = Text parts a fiscal year
settings-reply-to = Reply addresses
settings-no-reply = None: replies reach nobody
settings-reply-to-default = Used when a request names no other
settings-reply-to-make-default = Use by default
settings-reply-to-remove = Remove
settings-reply-to-add-title = Add a reply address
settings-reply-to-add = Add the address
settings-reply-to-address = E-mail address
settings-reply-to-as-default = Use it by default
settings-reply-to-wrong = Enter an e-mail address such as name@example.ca
settings-reply-to-taken = The service has this reply address already
menu-templates = Templates
menu-messages = Sent messages
save = Save
search = Search
yes = Yes
no = No
emails = Emails
text-parts = Text message parts
group-in-transit = In transit
group-delivered = Delivered
group-failed = Failed
group-cancelled = Cancelled
done-saved = The template was saved.
done-archived = The template was archived.
done-sent = The message is on its way.

# The first page of a service
tile-send = Send a message
tile-send-text = Choose a template and who gets it
tile-template = Make a template
tile-template-text = Write the words once, with gaps for what differs
dashboard-sent = Sent in the last { $days } days
dashboard-total = Total
dashboard-today = Today
dashboard-today-until = The daily limits begin anew at midnight UTC.
dashboard-year = This fiscal year
dashboard-year-until = The annual limits begin anew on April 1.

# Templates
templates-caption = { $count ->
    [one] { $count } template
   *[other] { $count } templates
}
templates-search = Search in names and words
templates-none-found = No template has these words.
templates-empty = There are no templates yet. Make the first one: write the words once and leave gaps, such as ((name)), for what differs.
templates-empty-ask = There are no templates yet. Ask somebody on your team who may make them.
template-new = Make a template
template-new-email = New email template
template-new-text = New text message template
template-email-text = With a subject, headings, links and as many words as needed
template-text-text = A few words, counted in parts
template-edit = Edit the template
template-name = Name of the template
template-name-hint = Only your team sees it.
template-name-empty = Enter a name for the template
template-too-long = This can have at most { $most } characters
template-subject = Subject
template-subject-empty = Enter a subject
template-body = Words of the message
template-body-hint = Write ((name)) where a value goes, and ((urgent??only shown if urgent is yes)) for words that not everybody gets. In emails, # begins a heading and * an item of a list.
template-body-empty = Enter the words of the message
template-language = In which language are the words?
language-english = English
language-french = French
language-both = Both, in [[en]] and [[fr]] blocks
template-category = What is it for?
template-category-hint = It decides how urgently messages are sent.
template-category-empty = Choose what the template is for
template-archived = This template was archived. Nothing can be sent with it.
template-suspended = The service is suspended, so nothing can be sent now.
template-send = Send a message
template-id = Template ID, for the API
template-size = { $characters } characters and { $parts ->
    [one] { $parts } part
   *[other] { $parts } parts
}, gaps not counted
template-placeholders = Gaps to fill
template-no-placeholders = None: everybody gets the same words
template-changed = Last changed
template-version = Version
template-versions = Versions and what changed
template-archive = Archive this template
versions-title = Versions of { $name }
version-number = Version { $number }
version-made = made { $when } by { $who }
version-restore = Use this version again
archive-title = Archive { $name }?
archive-body = Nothing can be sent with it afterwards. Messages that were sent stay readable.
archive-unused = Nothing was ever sent with it.
archive-used = It was last used on { $day }.
archive-save = Archive the template

# Sending one message
send-title = Send { $name }
send-trial = While the service is on trial, only people on its team can get messages.
send-to-address = Email address of the recipient
send-to-number = Phone number of the recipient
send-to-own = To try it out, use your own: { $own }
send-conditional-hint = Decides whether some of the words are in the message
send-check = Check the message
send-check-title = Check before you send
send-plain = The words
send-left = Left today
send-left-emails = { $count } emails
send-left-parts = { $count } parts
send-now = Send the message
send-change = Change something
send-bad-address = Enter an email address such as name@example.ca
send-bad-number = Enter a phone number with 10 digits, or with + and the country’s code
send-not-on-team = While the service is on trial, only people on its team can get messages. Ask to go live to write to anybody.
send-abroad = The service may not send text messages to other countries
send-simulated = This is a recipient for testing programs; nothing would be sent
send-missing = Fill in “{ $name }”
send-blank = The message has no words with these values
send-too-long = The message is too long with these values; shorten one
send-limit-day = The service has sent as much as it may today. It can send again after midnight UTC.
send-limit-year = The service has sent as much as it may this fiscal year. It can send again on April 1.
send-reused = This form was sent before with other values. Begin anew to send another message.
send-busy = Very many messages are being sent right now. Nothing was sent: try again in a moment.
send-channel-off = The service does not send messages of this kind. The settings can turn it on.

# Messages
messages-caption = Messages, newest first
messages-all = All
messages-filter = By status
messages-search = Recipient, or a part of it
messages-none = There are no such messages.
message-status = Status
message-accepted = Accepted
message-handed = Handed over
message-ended = Ended
message-template = Template
message-sender = Sent by
message-by-api = The API
message-response = The provider’s words
message-reference = Reference
message-gone = (no longer kept)
