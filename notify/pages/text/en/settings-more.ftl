# More settings: name, keeping, senders, the end of a service
settings-name-title = Name and sending address
settings-name-check = See what changes
settings-name-confirm = Check the new name
settings-name-effect = Recipients see this from the next message on. Tell them beforehand if they know the old name.
settings-sender-now = Emails come from now
settings-sender-then = Emails come from then
settings-texts-then = Texts begin then
settings-address-long = The part before the @ can have at most { $most } characters
settings-password = Your password
settings-password-wrong = This is not your password
settings-password-none = Your account has no password. Set one in your profile first.
settings-international = Texts to other countries
settings-international-hint = A text abroad can cost several parts, depending on the country.
settings-retention = How long messages are kept
settings-retention-about = After this time the recipient and the content of a message are destroyed. The numbers stay. Received texts are kept as long as text messages. A shorter time takes effect within an hour.
settings-retention-wrong = Choose from { $least } to { $most } days
settings-days = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
settings-senders = Senders of text messages
settings-senders-about = Staff give a service its numbers. You choose the one that is used when a request names no other.
settings-senders-none = The service has no number of its own; its texts come from a shared number.
settings-sender-receives = People can write to this number.
settings-senders-shared = A shared number
settings-reply-to-remove-title = Remove this reply address?
settings-reply-to-remove-about = Requests that name this address will be refused. Messages that were sent keep it.
settings-archive = Delete the service
settings-archive-effect = Deleting a service cannot be undone:
settings-archive-keys = its API keys are revoked at once, and its programs can no longer send
settings-archive-messages = its templates and messages can no longer be seen
settings-archive-team = everybody on its team is told by email
settings-archive-name = To confirm, type the name of the service: { $name }
settings-archive-name-wrong = Type the name exactly: { $name }
settings-archive-live = A live service is deleted by staff only. Ask them to do it.
services-done-archived = The service was deleted
settings-kept-emails = Emails:
settings-kept-texts = text messages:
