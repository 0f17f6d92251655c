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
