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

# Sending to oneself
send-own-to = To yourself: { $to }
send-own-no-number = This is a text message, and your profile has no mobile number. Add yours, then come back.
send-own-profile = Your profile
