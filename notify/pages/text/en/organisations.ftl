# An organisation, as its members see it
organisation-intro = Here you see the live services of your organisation and how much they send.
organisation-members-link = Members of the organisation
organisation-years = Fiscal years
organisation-year = { $from } to { $to }
organisation-cut = Only the newest { $count } live services are shown and added up.
organisation-services = Live services and what they sent in the fiscal year
organisation-service = Service
organisation-emails = Emails
organisation-texts = Text messages
organisation-parts = Text parts
organisation-none = No service of this organisation is live.
organisation-months = All live services together, by month
organisation-month-head = Month
organisation-months-none = Nothing was sent in this fiscal year.
organisation-month = { $month ->
    [1] January { $year }
    [2] February { $year }
    [3] March { $year }
    [4] April { $year }
    [5] May { $year }
    [6] June { $year }
    [7] July { $year }
    [8] August { $year }
    [9] September { $year }
    [10] October { $year }
    [11] November { $year }
   *[12] December { $year }
}
organisation-about = A fiscal year begins on April 1. Days are counted in UTC; messages that were taken back do not count.
organisation-members-of = Members of { $organisation }
organisation-members-intro = Members see the live services and what they send. They see no templates and no messages, unless they are on the service’s team.
organisation-members = Members
organisation-members-none = Nobody is a member yet.
organisation-person = Name
organisation-address = Email address
organisation-do = Change
organisation-state = State
organisation-you = { $name } (you)
organisation-remove-one = Remove { $name }
organisation-remove = Remove
organisation-remove-title = Remove { $name } from the organisation?
organisation-remove-effect = They no longer see this organisation. Their place on the teams of services stays as it is.
organisation-invitations = Invited
organisation-open = Invited
organisation-expired = Expired
organisation-cancel = Cancel the invitation
organisation-invite = Invite somebody
organisation-invite-address = Email address
organisation-invite-hint = A government address. The link works for two days; inviting the same address again sends a new one.
organisation-invite-send = Send the invitation
organisation-address-wrong = Enter an email address, like name@canada.ca
organisation-address-outside = Enter a government email address
organisation-address-known = This person is a member already
organisation-full = An organisation has at most { $most } members and invitations
organisation-done-invited = The invitation was sent
organisation-done-cancelled = The invitation was cancelled
organisation-done-removed = The person is no longer a member
organisation-invited = Join { $organisation }
organisation-invited-body = { $inviter } invites you. You will see the live services of this organisation and what they send.
organisation-invited-register = { $inviter } invites you. Create an account with the address { $address }, then open the link in the email again.
organisation-invited-cancelled = This invitation was cancelled. Ask { $inviter } if you think this is a mistake.
organisation-invited-expired = This invitation has expired, because it works for two days only. Ask { $inviter } to send it again.
organisation-invited-accepted = This invitation was accepted already.
organisation-invited-other = This invitation is for somebody else: you are signed in as { $address }. Sign out, then open the link again.
organisation-accept = Accept the invitation
organisation-register = Create an account
organisation-yours = Your organisations
