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
