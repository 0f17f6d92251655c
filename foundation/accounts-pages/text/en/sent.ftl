# After a letter was sent
sent-title = Check your email
sent-confirm = We sent you a link. Open it to continue. It works once, for one hour.
sent-reset = If there is an account with this address, we sent it a link to choose a new password. It works once, for one hour.
sent-advice = It can take a few minutes. Look in your junk mail too.
sent-again-register = Nothing came? Fill in the form again, and we send a new link.
sent-again-reset = Nothing came? Ask for a new link.
