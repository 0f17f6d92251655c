# Folders of templates
folder = Folder
folder-new = New folder
folder-name = Name of the folder
folder-name-empty = Enter a name for the folder
folder-rename = Rename this folder
folder-remove = Delete this folder
folder-remove-title = Delete { $name }?
folder-remove-body = Only an empty folder can be deleted. Move what is in it somewhere else first.
folder-not-empty = The folder is not empty. Move its templates and folders somewhere else, then delete it. There may be some in it that you do not see.
folder-into-itself = A folder cannot be moved into itself
folder-into-subfolder = A folder cannot be moved into a folder that lies in it
folder-too-deep = Folders cannot be nested this deep
folder-empty = This folder is empty.
folder-restricted = Only some members of the team see this folder.
folder-holds = { $templates ->
    [one] { $templates } template
   *[other] { $templates } templates
}, { $folders ->
    [one] { $folders } folder
   *[other] { $folders } folders
}
folder-people = Who sees this folder
folder-people-title = Who sees { $name }?
folder-people-who = Who sees this folder?
folder-people-hint = Whoever does not see a folder finds none of its templates and cannot send with them. Folders in it follow, unless they have a list of their own.
folder-people-all = Everybody on the team
folder-people-all-above = Everybody who sees the folder that it lies in
folder-people-some = Only these people
folder-people-members = Members who see it
folder-people-always = Members who manage the service see every folder: { $names }.
folder-people-empty = Choose who sees the folder
templates-and-folders-caption = Folders and templates
templates-choose = Choose { $name }
templates-all-kinds = Emails and text messages
templates-all-categories = All categories
templates-search-clear = Show everything
move-title = Move what is ticked
move-into = Into a folder
move-choose = Choose a folder
move-save = Move
move-new = Into a new folder with this name
move-new-save = Make the folder and move
move-nothing = Tick what is to be moved
move-nowhere = Choose where to move it
done-folder = The folder was made.
done-folder-renamed = The folder was renamed.
done-folder-removed = The folder was deleted.
done-folder-people = Who sees the folder was saved.
done-moved = Moved.
template-category-short = Category
