product = Portico Notification

menu-documentation = Documentation de l’API
menu-mailbox = Boîte de développement

# Mots de plusieurs pages
kind = Type
email = Courriel
text-message = Message texte
