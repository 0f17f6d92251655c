# Registration
register-title = Create an account
register-who = Anyone with a government email address can create an account.
register-agree = I agree to the terms of use
register-agree-empty = Agree to the terms of use to create an account
register-terms = Read the terms of use
register-save = Create the account
register-known = You have an account already?
