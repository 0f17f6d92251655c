product = Portico Notify

menu-documentation = API documentation
menu-mailbox = Development mailbox

# Words of several pages
kind = Kind
email = Email
text-message = Text message
