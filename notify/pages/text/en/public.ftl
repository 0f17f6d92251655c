# Public pages: what is not an article
public-contents = On this page
public-more = More guidance
public-register = Create an account
public-sign-in = Sign in
public-forgot = Choose a new password
public-menu-features = Features
public-menu-guidance = Guidance
public-foot-about = About this service
public-foot-guidance = Guidance
public-foot-account = Your account
public-foot-rules = Rules and statements
public-foot-usage = Usage rules
public-foot-security = Security
public-foot-start = Getting started
public-foot-writing = Writing messages
public-foot-delivery = Delivery statuses
public-foot-accessibility = Accessibility
public-foot-privacy = Privacy and cookies
public-foot-terms = Terms of use
public-map-title = Site map
public-map-intro = Every page that can be read without signing in.
public-status-title = Service status
public-status-description = Whether the platform accepts messages and delivers them without delay.
public-status-good = Everything works.
public-status-bad = Something is not as it should be.
public-status-works = Works
public-status-slow = Delayed
public-status-down = Interrupted
public-status-taking = Accepting messages
public-status-taking-works = New messages are accepted.
public-status-taking-full = Many messages arrive at once. A program that is refused should try again after a few seconds; nothing that was accepted is lost.
public-status-taking-down = New messages cannot be accepted at the moment. What was accepted before is kept and will be delivered.
public-status-emails = Emails
public-status-email-batches = Emails to long lists
public-status-texts = Text messages
public-status-text-batches = Text messages to long lists
public-status-at-once = Messages leave as soon as they are due.
public-status-late = { $minutes ->
    [one] The message that has waited longest should have left a minute ago.
   *[other] The message that has waited longest should have left { $minutes } minutes ago.
}
public-status-asked = As of { $when }. Reload the page for the latest.
public-status-own = What became of your own messages stands on your service’s pages, under “Sent messages”.
