# Registration
register-title = Create an account
register-who = Anyone with a government e-mail address can create an account.
register-agree = I agree to the terms of use
register-agree-empty = Agree to the terms of use to create an account
register-terms = Messages are sent on behalf of your government. Nothing above Protected A, no emergencies, lists kept accurate, and personal information only for its purpose.
register-save = Create the account
register-known = You have an account already?
