# How somebody signs in, and what protects the account
way-change = Change
way-password-since = Set on { $moment }
way-password-none = None
way-app = Authenticator app
way-app-since = Set up on { $moment }
way-app-none = Not set up. Codes come by email.
way-recovery = Recovery codes
way-recovery-none = You have none.
way-recovery-left = { $count ->
    [one] One code is left.
   *[other] { $count } codes are left.
}
how-link = Link in an email
how-email = Password and code by email
how-app = Password and authenticator app
how-recovery = Password and recovery code
how-passkey = Passkey
proof-title = Enter your password
proof-body = You are about to see or change what protects your account. Enter your password again to continue.
proof-none = You have no password yet. To see or change what protects your account, choose one first.
proof-choose = Choose a password
app-body = An authenticator app on your phone or computer makes a new code every 30 seconds. Once it is set up, you sign in with your password and that code, and no longer wait for an email.
app-need = Install an app first, if you have none. Any app that scans a code for sign-in will do.
app-begin = Set up the app
app-scan = Scan this code
app-scan-body = In the app, add an account and point the camera at the picture.
app-picture = QR code for your authenticator app. The same key stands below in letters.
app-by-hand = If you cannot scan it, choose to enter a key by hand and copy this one. It is based on time and has six digits.
app-secret = Key
app-code = Enter the code that the app shows
app-confirm = Finish
app-stop = Stop without setting up the app
app-code-wrong = This code is wrong. Wait for the next one in the app and try again. Check too that the clock of the device is right.
app-is-set = When you sign in, we ask for a code of your app.
app-remove-body = To use another device, remove the app and set it up again. Until then, codes come by email.
app-remove = Remove the app
recovery-body = A recovery code lets you sign in when you have neither your app nor your email at hand. Each code works once, together with your password.
recovery-make = Make recovery codes
recovery-renew = Make new codes in place of the old ones
recovery-once-title = Your recovery codes
recovery-once-body = Write these codes down or print this page now. They are not shown again.
recovery-once-keep = Keep them where you would keep a key, and not beside your password. If you lose them, make new ones.
recovery-kept = I have kept them
changed-app-added = An authenticator app now gives the codes to sign in.
changed-app-removed = The authenticator app was removed. Codes to sign in come by email again.
changed-recovery-renewed = New recovery codes were made. The old ones no longer work.
changed-recovery-used = { $left ->
    [0] A recovery code was used to sign in. It was the last one. Make new ones on your profile.
    [one] A recovery code was used to sign in. One is left.
   *[other] A recovery code was used to sign in. { $left } are left.
}
changed-name = Your name was changed to { $name }.
