# Words of several pages
name-label = Full name
name-empty = Enter your full name
name-long = Your name can have at most { $most } characters
address-label = Email address
address-hint = A government address, such as name@department.gc.ca
address-empty = Enter your email address
address-invalid = Enter an email address such as name@department.gc.ca
address-not-government = Enter a government email address. If yours is one, ask those who run this service to add its domain.
password-label = Password
password-hint = At least 12 characters. Several words that only you would put together are a good password.
password-empty = Enter a password
password-short = The password needs at least { $least } characters
password-long = The password can have at most { $most } characters
password-common = This password is easy to guess, because it or something like it is on lists of known passwords. Choose another one.
password-breached = This password is on a list of passwords that were stolen from other sites. Choose another one.
changed-password = Your password was changed.
