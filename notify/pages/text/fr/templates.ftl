# Gabarits
templates-caption = { $count ->
    [one] { $count } gabarit
   *[other] { $count } gabarits
}
templates-search = Rechercher dans les noms et les textes
templates-none-found = Aucun gabarit ne contient ces mots.
templates-empty = Il n’y a pas encore de gabarit. Créez le premier : écrivez le texte une seule fois, avec des champs comme ((nom)) pour ce qui change.
templates-empty-ask = Il n’y a pas encore de gabarit. Adressez-vous à une personne de votre équipe qui peut en créer.
template-new = Créer un gabarit
template-new-email = Nouveau gabarit de courriel
template-new-text = Nouveau gabarit de message texte
template-email-text = Avec un objet, des titres, des liens et un texte aussi long que nécessaire
template-text-text = Quelques mots, comptés en segments
template-edit = Modifier le gabarit
template-name = Nom du gabarit
template-name-hint = Seule votre équipe le voit.
template-name-empty = Entrez un nom pour le gabarit
template-too-long = Au plus { $most } caractères
template-subject = Objet
template-subject-empty = Entrez un objet
template-body = Texte du message
template-body-hint = Écrivez ((nom)) là où va une valeur, et ((urgent??affiché seulement si urgent vaut oui)) pour un passage que tous ne reçoivent pas. Dans un courriel, # commence un titre et * un élément de liste.
template-body-empty = Entrez le texte du message
template-language = Dans quelle langue est le texte?
language-english = Anglais
language-french = Français
language-both = Les deux, dans des blocs [[en]] et [[fr]]
template-category = À quoi sert-il?
template-category-hint = L’urgence de l’envoi en dépend.
template-category-empty = Choisissez à quoi sert le gabarit
template-suspended = Le service est suspendu; rien ne peut être envoyé pour le moment.
template-send = Envoyer un message
template-id = Identifiant du gabarit, pour l’API
template-size = { $characters } caractères et { $parts ->
    [one] { $parts } segment
   *[other] { $parts } segments
}, sans les valeurs des champs
template-placeholders = Champs à remplir
template-no-placeholders = Aucun : tout le monde reçoit le même texte
template-changed = Dernière modification
template-version = Version
template-versions = Versions et modifications
template-archive = Archiver ce gabarit
versions-title = Versions de { $name }
version-number = Version { $number }
version-made = créée le { $when } par { $who }
version-restore = Reprendre cette version
archive-title = Archiver { $name }?
archive-body = Il ne permettra plus d’envoyer de messages. Les messages déjà envoyés restent lisibles.
archive-unused = Il n’a jamais servi à envoyer un message.
archive-used = Il a servi pour la dernière fois le { $day }.
archive-save = Archiver le gabarit
