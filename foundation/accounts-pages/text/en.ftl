# Words of several pages
name-label = Full name
name-empty = Enter your full name
name-long = Your name can have at most { $most } characters
address-label = E-mail address
address-hint = A government address, such as name@department.gc.ca
address-empty = Enter your e-mail address
address-invalid = Enter an e-mail address such as name@department.gc.ca
address-not-government = Enter a government e-mail address. If yours is one, ask those who run this service to add its domain.
password-label = Password
password-hint = At least 12 characters. Several words that only you would put together are a good password.
password-empty = Enter a password
password-short = The password needs at least { $least } characters
password-long = The password can have at most { $most } characters
password-common = This password is easy to guess, because it or something like it is on lists of known passwords. Choose another one.
changed-password = Your password was changed.

# Registration
register-title = Create an account
register-who = Anyone with a government e-mail address can create an account.
register-agree = I agree to the terms of use
register-agree-empty = Agree to the terms of use to create an account
register-terms = Messages are sent on behalf of your government. Nothing above Protected A, no emergencies, lists kept accurate, and personal information only for its purpose.
register-save = Create the account
register-known = You have an account already?

# After a letter was sent
sent-title = Check your e-mail
sent-confirm = We sent you a link. Open it to continue. It works once, for one hour.
sent-reset = If there is an account with this address, we sent it a link to choose a new password. It works once, for one hour.
sent-advice = It can take a few minutes. Look in your junk mail too.
sent-again-register = Nothing came? Fill in the form again, and we send a new link.
sent-again-reset = Nothing came? Ask for a new link.

# The link that confirms an address
confirm-title = Confirm your e-mail address
confirm-body = Confirm that { $address } is your address. You are then signed in.
confirm-button = Confirm and sign in
link-over-title = This link no longer works
link-over-body = A link works once and for one hour.
link-over-again = Send me a new link
link-over-ask = Ask for a new link

# Signing in
sign-in-title = Sign in
sign-in-save = Continue
sign-in-new = You have no account yet?
sign-in-wrong = The e-mail address or the password is wrong
sign-in-locked = There were too many wrong attempts. Choose “I forgot my password” to continue.
done-signed-out = You are signed out.
done-password = Your password was changed. Sign in with the new one.
code-title = Enter your code
code-label = Code
code-hint = We sent five digits to { $address }. They work for 30 minutes.
code-app-hint = Six digits from your authenticator app
code-malformed = Enter the code in digits only, as it was given to you
code-wrong = This code is wrong; check it and try again
code-expired = This code has expired; ask for a new one
code-used = This code was used already; ask for a new one
code-missing = No code came?
code-missing-advice = It can take a minute. Look in your junk mail too.
code-again = Send a new code
done-code-sent = We sent a new code.
recovery-title = Enter a recovery code
recovery-link = Use a recovery code
recovery-hint = One of the codes that you wrote down, such as bcdf-ghjk. Each works once.

# Passwords
forgot-link = I forgot my password
forgot-title = Choose a new password
forgot-body = Enter your e-mail address, and we send you a link.
forgot-save = Send the link
new-password-title = Choose a new password
new-password-label = New password
new-password-save = Save the password

# A service's team
team-title = Team
team-members = Members
team-invitations = Invitations
team-you = { $name } (you)
team-may = May
team-may-hint = Everybody on the team sees the team and the templates.
team-looks = See the team and the templates only
team-state = State
team-do = What to do
team-open = Invited
team-expired = Expired
team-resend = Send again
team-cancel = Cancel
team-lone = At least two people should be able to change the settings and the team, so that work goes on when one is away.
team-done-invited = The invitation was sent. Its link works for two days.
team-done-cancelled = The invitation was cancelled. Its link no longer works.
team-done-permitted = The change was saved, and the member was told by e-mail.
team-done-removed = This person is no longer on the team, and was told by e-mail.
team-rule-manager = Somebody must be able to change the settings and the team. Give another member this permission first.
team-rule-two = A live service keeps at least two members. Invite somebody else first.
may-view-activity = See activity
may-view-activity-hint = The dashboard, reports and usage
may-manage-templates = Change templates
may-manage-templates-hint = Create, edit and archive templates
may-send-messages = Send messages
may-send-messages-hint = To one person or to a list
may-manage-service = Manage the service
may-manage-service-hint = The settings and the team
may-manage-keys = Manage the API
may-manage-keys-hint = API keys, call-backs and the safelist
invite-title = Invite somebody
invite-body = We send a link that works for two days. People who have no account yet create one with it.
invite-save = Send the invitation
invite-yourself = You cannot invite yourself
invite-member = This person is on the team already
invite-full = A team can have at most { $most } members and invitations. Remove some first.
member-save = Save
changed-may = Your permissions on the team were changed. You may now: { $may }
changed-removed = You were removed from the team.
changed-left = You left the team.
remove-title = Remove { $name } from the team?
remove-body = This person will no longer see the service. To come back, they need a new invitation.
remove-button = Remove from the team
leave-title = Leave the team
leave-body = You will no longer see the service, its templates or its messages. To come back, you need a new invitation.
leave-button = Leave the team

# An invitation to a team
invited-title = Join the team of { $service }
invited-body = { $inviter } invites you to this team.
invited-accept = Accept the invitation
invited-account = Create your account for { $address } to join. You are then signed in.
invited-join = Agree to the terms, create the account and join
invited-cancelled = This invitation was cancelled. Ask { $inviter } if you think this is a mistake.
invited-expired = This invitation has expired, because it works for two days only. Ask { $inviter } to send it again.
invited-accepted = This invitation was accepted already.
invited-go = Go to the team
invited-other = This invitation is for somebody else: you are signed in as { $address }. Sign out, then open the link again.

# The profile
profile-title = Your profile
profile-language = Language of e-mails
profile-language-hint = E-mails to you have both languages; this one comes first.
profile-password = Change your password
profile-password-body = You stay signed in here; everywhere else you are signed out.
profile-current = Current password
profile-current-wrong = This is not your current password, or there were too many wrong attempts
profile-sessions = Where you are signed in
profile-browser = Browser
profile-seen = Last seen
profile-here = This browser
profile-end = Sign out there
profile-done-saved = Your profile was saved.
profile-done-ended = You are signed out there.
language-name = English
