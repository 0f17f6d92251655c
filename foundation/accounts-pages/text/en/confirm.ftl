# The link that confirms an address
confirm-title = Confirm your email address
confirm-body = Confirm that { $address } is your address. You are then signed in.
confirm-button = Confirm and sign in
link-over-title = This link no longer works
link-over-body = A link works once and for one hour.
link-over-again = Send me a new link
link-over-ask = Ask for a new link
