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
