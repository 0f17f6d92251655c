# Les mots du cadre de chaque page.
skip-to-main = Passer au contenu principal
main-menu = Menu principal
other-language = English
footer = Portico est un logiciel libre au service du public.
pages = Pages
newer = Plus récents
older = Plus anciens
missing-title = Page introuvable
missing-body = Vérifiez l’adresse ou revenez à la page précédente.
refused-title = Cette demande n’a pas pu être comprise
refused-body = Revenez en arrière et réessayez. Si vous avez saisi l’adresse, vérifiez-la.
failed-title = Désolé, une erreur s’est produite
failed-body = Le problème vient de notre côté et a été consigné. Réessayez dans quelques minutes.
