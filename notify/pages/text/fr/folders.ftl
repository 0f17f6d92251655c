# Dossiers de gabarits
folder = Dossier
folder-new = Nouveau dossier
folder-name = Nom du dossier
folder-name-empty = Entrez un nom pour le dossier
folder-rename = Renommer ce dossier
folder-remove = Supprimer ce dossier
folder-remove-title = Supprimer { $name }?
folder-remove-body = Seul un dossier vide peut être supprimé. Déplacez d’abord son contenu ailleurs.
folder-not-empty = Le dossier n’est pas vide. Déplacez ses gabarits et ses dossiers ailleurs avant de le supprimer. Il peut en contenir que vous ne voyez pas.
folder-into-itself = Un dossier ne peut pas être déplacé dans lui-même
folder-into-subfolder = Un dossier ne peut pas être déplacé dans un dossier qu’il contient
folder-too-deep = Les dossiers ne peuvent pas être imbriqués aussi profondément
folder-empty = Ce dossier est vide.
folder-restricted = Seuls certains membres de l’équipe voient ce dossier.
folder-holds = { $templates ->
    [one] { $templates } gabarit
   *[other] { $templates } gabarits
}, { $folders ->
    [one] { $folders } dossier
   *[other] { $folders } dossiers
}
folder-people = Qui voit ce dossier
folder-people-title = Qui voit { $name }?
folder-people-who = Qui voit ce dossier?
folder-people-hint = Les personnes qui ne voient pas un dossier ne trouvent aucun de ses gabarits et ne peuvent rien envoyer avec eux. Les dossiers qu’il contient suivent la même règle, sauf s’ils ont leur propre liste.
folder-people-all = Toute l’équipe
folder-people-all-above = Toutes les personnes qui voient le dossier dans lequel il se trouve
folder-people-some = Seulement ces personnes
folder-people-members = Membres qui le voient
folder-people-always = Les membres qui gèrent le service voient tous les dossiers : { $names }.
folder-people-empty = Choisissez qui voit le dossier
templates-and-folders-caption = Dossiers et gabarits
templates-choose = Choisir { $name }
templates-all-kinds = Courriels et messages texte
templates-all-categories = Toutes les catégories
templates-search-clear = Tout afficher
move-title = Déplacer les éléments cochés
move-into = Dans un dossier
move-choose = Choisissez un dossier
move-save = Déplacer
move-new = Dans un nouveau dossier portant ce nom
move-new-save = Créer le dossier et déplacer
move-nothing = Cochez ce qui doit être déplacé
move-nowhere = Choisissez la destination
done-folder = Le dossier a été créé.
done-folder-renamed = Le dossier a été renommé.
done-folder-removed = Le dossier a été supprimé.
done-folder-people = La liste des personnes qui voient le dossier a été enregistrée.
done-moved = Les éléments ont été déplacés.
template-category-short = Catégorie
