# Templates
templates-caption = { $count ->
    [one] { $count } template
   *[other] { $count } templates
}
templates-search = Search in names and words
templates-none-found = No template has these words.
templates-empty = There are no templates yet. Make the first one: write the words once and leave gaps, such as ((name)), for what differs.
templates-empty-ask = There are no templates yet. Ask somebody on your team who may make them.
template-new = Make a template
template-new-email = New email template
template-new-text = New text message template
template-email-text = With a subject, headings, links and as many words as needed
template-text-text = A few words, counted in parts
template-edit = Edit the template
template-name = Name of the template
template-name-hint = Only your team sees it.
template-name-empty = Enter a name for the template
template-too-long = This can have at most { $most } characters
template-subject = Subject
template-subject-empty = Enter a subject
template-body = Words of the message
template-body-hint = Write ((name)) where a value goes, and ((urgent??only shown if urgent is yes)) for words that not everybody gets. In emails, # begins a heading and * an item of a list.
template-body-empty = Enter the words of the message
template-language = In which language are the words?
language-english = English
language-french = French
language-both = Both, in [[en]] and [[fr]] blocks
template-category = What is it for?
template-category-hint = It decides how urgently messages are sent.
template-category-empty = Choose what the template is for
template-suspended = The service is suspended, so nothing can be sent now.
template-send = Send a message
template-id = Template ID, for the API
template-size = { $characters } characters and { $parts ->
    [one] { $parts } part
   *[other] { $parts } parts
}, gaps not counted
template-placeholders = Gaps to fill
template-no-placeholders = None: everybody gets the same words
template-changed = Last changed
template-version = Version
template-versions = Versions and what changed
template-archive = Archive this template
versions-title = Versions of { $name }
version-number = Version { $number }
version-made = made { $when } by { $who }
version-restore = Use this version again
archive-title = Archive { $name }?
archive-body = Nothing can be sent with it afterwards. Messages that were sent stay readable.
archive-unused = Nothing was ever sent with it.
archive-used = It was last used on { $day }.
archive-save = Archive the template
