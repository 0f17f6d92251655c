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
