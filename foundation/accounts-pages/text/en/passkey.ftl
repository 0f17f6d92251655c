# Passkeys
way-passkeys = Passkeys
way-passkeys-none = You have none.
way-passkeys-count = { $count ->
    [one] One passkey
   *[other] { $count } passkeys
}
passkey-body = With a passkey you sign in by your fingerprint, your face or the PIN of your device. It cannot be guessed, and it does not work on a false site.
passkey-more = Add a passkey
passkey-need = This needs JavaScript and a browser that knows passkeys. If you see no form here, your other ways to sign in stay as they are.
passkey-no-more = No passkey can be added here.
passkey-name = Name
passkey-name-hint = So that you know which it is, such as “Work phone”.
passkey-name-empty = Enter a name for the passkey
passkey-name-long = The name can have at most { $most } characters
passkey-add = Add the passkey
passkey-added = Added
passkey-used = Last used
passkey-never = Never
passkey-remove = Remove
passkey-wrong = The passkey was not added. Try again, and answer your device within ten minutes.
passkey-known = This passkey was added before
passkey-full = You have { $most } passkeys. Remove one first.
passkey-sorry = Your device gave no passkey. Try again, or use another way.
passkey-sign-in = Sign in with a passkey
passkey-use = Use a passkey
passkey-not-known = This passkey did not work. Try again, or use another way.
passkey-done-added = The passkey was added.
passkey-done-removed = The passkey was removed.
changed-passkey-added = A passkey was added: { $name }.
changed-passkey-removed = A passkey was removed.
