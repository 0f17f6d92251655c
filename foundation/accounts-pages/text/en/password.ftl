# Passwords
forgot-link = I forgot my password
forgot-title = Choose a new password
forgot-body = Enter your email address, and we send you a link.
forgot-save = Send the link
new-password-title = Choose a new password
new-password-label = New password
new-password-save = Save the password
