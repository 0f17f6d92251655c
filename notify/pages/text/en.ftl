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
