product = Portico Notification

menu-documentation = Documentation de l’API
menu-mailbox = Boîte de développement

# Mots de plusieurs pages
kind = Type
email = Courriel
text-message = Message texte

# La boîte de développement
mailbox-title = Boîte de développement
mailbox-intro = Les messages aboutissent ici au lieu d’être envoyés, car aucun fournisseur n’est configuré. Cette page n’existe pas en production.
mailbox-empty-title = Rien n’a encore été envoyé
mailbox-empty-how = Envoyez votre premier message avec la commande ci-dessous, puis rechargez cette page. Au démarrage, Portico a affiché la clé, les identifiants des gabarits et des exemples prêts à l’emploi.
mailbox-empty-more = La documentation de l’API explique chaque requête.
mailbox-caption = Messages, du plus récent au plus ancien
mailbox-message = Message
mailbox-to = Destinataire
mailbox-received = Reçu
mailbox-no-subject = (sans objet)
mailbox-no-words = (sans texte)
mailbox-reload = Recharger

message-email-title = Courriel à { $recipient }
message-text-title = Message texte à { $recipient }
message-from = Expéditeur
message-to = Destinataire
message-subject = Objet
message-received = Reçu
message-notification = Notification
message-encoding = Encodage
message-parts = Fragments
message-parts-counted = { $parts ->
    [one] { $parts } fragment, { $characters ->
        [one] { $characters } caractère
       *[other] { $characters } caractères
    }
   *[other] { $parts } fragments, { $characters ->
        [one] { $characters } caractère
       *[other] { $characters } caractères
    }
}
message-html = HTML
message-html-frame = HTML de ce courriel
message-html-alone = Ouvrir le HTML à part, là où ses liens fonctionnent
message-plain = Texte brut
message-headers = En-têtes
message-words = Texte
message-back = Revenir à la boîte

# La documentation de l’API
documentation-title = Documentation de l’API
documentation-clients = Les bibliothèques clientes de Notification GC et de GOV.UK Notify fonctionnent telles quelles : indiquez-leur l’adresse de ce site et votre clé API.
documentation-keys = Clés API
documentation-keys-intro = Chaque requête porte l’en-tête « Authorization » sous l’une de ces formes :
documentation-contents = Requêtes
documentation-example = Exemple
documentation-parameters-of = Paramètres de { $operation }
documentation-body-of = Corps de { $operation }
documentation-answer = Réponse { $status }
documentation-answer-of = Réponse { $status } de { $operation }
documentation-errors = Erreurs
documentation-name = Nom
documentation-place = Emplacement
documentation-kind = Type
documentation-required = Obligatoire
documentation-meaning = Signification
documentation-in-path = adresse
documentation-in-query = requête
documentation-in-header = en-tête
documentation-yes = oui
documentation-no = non

menu-dashboard = Tableau de bord
menu-team = Équipe
service-trial = À l’essai
service-suspended = Suspendu

# Les services d’une personne
services-title = Vos services
services-live = Services en activité
services-trial = Services à l’essai
services-new = Ajouter un service
services-first = Créer votre premier service
services-join = Pour vous joindre à un service existant, demandez une invitation à une personne de son équipe.
welcome-title = Bienvenue
welcome-trial = Un nouveau service commence par une période d’essai, qui permet de tout essayer :
welcome-trial-team = il n’écrit qu’aux personnes de son équipe
welcome-trial-limit = il envoie jusqu’à 50 courriels et 50 segments de texto par jour
welcome-trial-live = quand vous êtes prêt, vous demandez sa mise en service sur la page du service
new-service-title = Ajouter un service
new-service-name = Nom du service
new-service-name-hint = Les destinataires le voient comme expéditeur. Choisissez des mots qu’ils comprennent ; pour deux langues, écrivez les deux : Passports – Passeports.
new-service-name-empty = Entrez le nom du service
new-service-name-long = Le nom peut compter au plus { $most } caractères
new-service-name-quote = Le nom ne peut pas contenir de guillemets droits
new-service-name-taken = Un autre service porte ce nom ; choisissez-en un autre
new-service-address = Adresse d’où partent les courriels
new-service-address-hint = La partie devant @{ $domain }. Laissez ce champ vide pour reprendre le nom du service.
new-service-address-empty = Entrez la partie devant le @, avec des lettres ou des chiffres
new-service-address-taken = Un autre service écrit depuis { $address } ; choisissez une autre adresse
new-service-save = Créer le service
