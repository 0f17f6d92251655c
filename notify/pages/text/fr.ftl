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

# La mise en service
go-live-menu = Mettre en service
go-live-title = Mise en service
go-live-intro = Un service en activité peut écrire à tout le monde. Une fois les quatre points ci-dessous terminés, demandez la mise en service : le personnel est prévenu aussitôt et répond par courriel.
go-live-waits = Le personnel examine votre demande. Vous recevrez la réponse par courriel ; d’ici là, rien ne peut être modifié ici.
go-live-is-live = Ce service est en activité et peut écrire à tout le monde.
go-live-ask = Demander la mise en service
go-live-missing = Avant de faire la demande : { $task }
go-live-managers = Ces personnes de votre équipe peuvent faire la demande :
go-live-history = Demandes jusqu’à présent
go-live-state-draft = En préparation
go-live-state-asked = Demandée
go-live-state-approved = Approuvée
go-live-state-declined = Refusée
go-live-task-open = À faire
go-live-task-begun = En cours
go-live-task-done = Terminé
go-live-task-purpose = Expliquer à quoi servent les messages
go-live-task-purpose-hint = But, destinataires et nombre de messages par jour
go-live-task-template = Créer au moins un gabarit
go-live-task-template-hint = Le texte de votre premier message
go-live-task-second = Avoir une deuxième personne qui peut gérer le service
go-live-task-second-hint = Pour que quelqu’un puisse agir en votre absence ; une invitation en attente compte comme « en cours »
go-live-task-terms = Accepter les conditions d’utilisation
go-live-task-terms-hint = Une seule fois pour tout le service
go-live-task-terms-by = Acceptées par { $person }, { $when }
go-live-done-purpose = Vos réponses ont été enregistrées
go-live-done-terms = Les conditions d’utilisation ont été acceptées
go-live-done-asked = La demande a été envoyée ; vous recevrez la réponse par courriel
go-live-purpose-title = À quoi servent les messages
go-live-purpose-intro = Le personnel décide d’après ces réponses. Ce que vous avez écrit est conservé, même s’il manque encore quelque chose.
go-live-purpose = But
go-live-purpose-hint = Par exemple : nous avisons les demandeurs que leur permis est prêt.
go-live-purpose-empty = Expliquez à quoi servent les messages
go-live-purpose-long = Ce champ peut compter au plus { $most } caractères
go-live-recipients = Destinataires
go-live-recipients-hint = Par exemple : le public, des collègues, d’autres organismes.
go-live-recipients-empty = Indiquez qui recevra les messages
go-live-email-daily = Courriels par jour
go-live-sms-daily = Messages texte par jour
go-live-daily-hint = Le maximum prévu en une journée ; 0 s’il n’y en a pas.
go-live-email-daily-wrong = Entrez le nombre de courriels prévus par jour, en nombre entier
go-live-sms-daily-wrong = Entrez le nombre de messages texte prévus par jour, en nombre entier
go-live-save = Enregistrer
go-live-terms-title = Conditions d’utilisation
go-live-terms-intro = En utilisant un service en activité, votre équipe s’engage :
go-live-terms-own = à écrire uniquement pour votre organisme et ses programmes ;
go-live-terms-consent = à écrire uniquement aux personnes qui s’y attendent ou que vous devez informer, et à cesser quand elles le demandent ;
go-live-terms-secret = à ne rien envoyer de secret ni de protégé au-delà du niveau Protégé A ;
go-live-terms-languages = à respecter la Loi sur les langues officielles et à écrire des messages accessibles à tous ;
go-live-terms-addresses = à tenir à jour votre liste de destinataires et à en retirer les adresses qui ne fonctionnent pas ;
go-live-terms-keys = à garder les clés API secrètes et à révoquer aussitôt celles que d’autres auraient pu voir.
go-live-terms-agree = Nous acceptons les conditions d’utilisation
go-live-terms-missing = Cochez la case pour accepter les conditions d’utilisation
go-live-terms-accept = Accepter

# Le personnel
staff-title = Administration de la plateforme
staff-go-live-title = Demandes de mise en service
staff-go-live-waiting = en attente d’une décision
staff-queue = En attente, les plus anciennes d’abord
staff-queue-empty = Aucun service n’attend de décision.
staff-decided = Décisions récentes
staff-decided-empty = Rien n’a encore été décidé.
staff-service = Service
staff-state = État
staff-since = Depuis
staff-organisation = Organisme
staff-none = Aucun
staff-asked = Demande faite par
staff-request-title = { $service } demande sa mise en service
staff-team = Équipe
staff-templates = Gabarits
staff-decision = Décision
staff-approve = Approuver : le service est mis en service tout de suite
staff-reason = Raison du refus
staff-reason-hint = L’équipe la lit telle quelle, dans le produit et par courriel.
staff-reason-empty = Entrez la raison, pour que l’équipe sache quoi corriger
staff-decline = Refuser pour cette raison
staff-done-approved = Le service est en activité, et son équipe a été prévenue
staff-done-declined = La demande a été refusée, et l’équipe sait pourquoi

# Intégration à l’API
api-menu = Intégration à l’API
api-title = Intégration à l’API
api-intro = Avec une clé, un programme envoie des messages au nom de ce service. Ne laissez pas de clé dans un courriel ni dans du code source ; si quelqu’un a pu en voir une, révoquez-la et créez-en une autre.
api-keys = Clés API
api-keys-empty = Il n’y a pas encore de clé API.
api-keys-revoked = Clés révoquées
api-key-new = Créer une clé API
api-key-name = Nom
api-key-name-hint = Indiquez quel programme s’en sert, par exemple « Système des permis ».
api-key-name-empty = Entrez un nom pour la clé
api-key-name-long = Le nom peut compter au plus { $most } caractères, sur une seule ligne
api-key-name-taken = Le service a déjà une clé de ce nom ; choisissez-en un autre
api-key-kind = Type
api-key-kind-empty = Choisissez le type de clé
api-key-kind-normal = En activité
api-key-kind-normal-hint = Envoie à tout le monde.
api-key-kind-normal-trial = Impossible pendant la période d’essai : demandez d’abord la mise en service.
api-key-kind-team = Équipe et liste d’envoi permise
api-key-kind-team-hint = Envoie seulement aux membres de l’équipe et aux destinataires de la liste.
api-key-kind-test = Test
api-key-kind-test-hint = N’envoie rien pour de vrai et ne compte dans aucune limite.
api-key-capabilities = Ce que la clé permet en plus
api-key-templates = Gérer les gabarits
api-key-reports = Gérer les rapports
api-key-make = Créer la clé
api-key-made = Création
api-key-used = Dernière utilisation
api-key-never-used = Jamais
api-key-action = Révoquer
api-key-made-title = Votre nouvelle clé API
api-key-once = Copiez la clé maintenant. Elle ne sera plus affichée ; si vous la perdez, révoquez-la et créez-en une autre.
api-key-secret = Clé API
api-key-back = Revenir aux clés API
api-key-revoke = Révoquer cette clé
api-key-revoke-named = Révoquer { $name }
api-key-revoke-title = Révoquer la clé « { $name } » ?
api-key-revoke-warning = Les programmes qui se servent de cette clé ne pourront plus rien envoyer, dès maintenant et pour toujours.
api-key-revoked = Révocation
api-done-revoked = La clé a été révoquée
api-done-safelist = La liste d’envoi permise a été enregistrée
api-safelist-title = Liste d’envoi permise
api-safelist-intro = Pendant la période d’essai, et avec une clé de type « Équipe et liste d’envoi permise », les messages partent seulement vers votre équipe et vers ces adresses et numéros.
api-safelist-emails = Adresses courriel
api-safelist-phones = Numéros de cellulaire
api-safelist-email-nth = Adresse courriel { $nth }
api-safelist-phone-nth = Numéro de cellulaire { $nth }
api-safelist-email-wrong = Entrez une adresse courriel, par exemple nom@exemple.ca
api-safelist-save = Enregistrer la liste

# Paramètres
settings-menu = Paramètres
settings-title = Paramètres
settings-live = Ce service est en activité.
settings-trial = Ce service est à l’essai : il n’écrit qu’à son équipe et aux destinataires de la liste d’envoi permise.
settings-suspended = Ce service est suspendu : on peut le consulter, mais il n’envoie rien. Le personnel peut vous dire pourquoi.
settings-done = Votre modification a été enregistrée
settings-change = Modifier
settings-change-title = Modifier les paramètres
settings-save = Enregistrer
settings-on = Oui
settings-off = Non
settings-channels = Ce que le service envoie
settings-channels-hint = Les gabarits d’un type désactivé sont conservés, mais ne peuvent pas être envoyés.
settings-prefix = Les messages texte commencent par le nom du service
settings-prefix-hint = Le nom compte dans la longueur du message.
settings-limits = Limites
settings-limits-intro = Le personnel fixe les limites ; adressez-vous à lui s’il vous en faut davantage.
settings-rate = Requêtes à l’API par minute
settings-email-daily = Courriels par jour
settings-sms-daily = Segments de texto par jour
settings-email-annual = Courriels par exercice financier
settings-sms-annual = Segments de texto par exercice financier
settings-reply-to = Adresses de réponse
settings-no-reply = Aucune : les réponses ne parviennent à personne
settings-reply-to-default = Utilisée quand une requête n’en nomme pas d’autre
settings-reply-to-make-default = Utiliser par défaut
settings-reply-to-remove = Retirer
settings-reply-to-add-title = Ajouter une adresse de réponse
settings-reply-to-add = Ajouter l’adresse
settings-reply-to-address = Adresse courriel
settings-reply-to-as-default = L’utiliser par défaut
settings-reply-to-wrong = Entrez une adresse courriel, par exemple nom@exemple.ca
settings-reply-to-taken = Le service a déjà cette adresse de réponse
menu-templates = Gabarits
menu-messages = Messages envoyés
save = Enregistrer
search = Rechercher
yes = Oui
no = Non
emails = Courriels
text-parts = Segments de texto
group-in-transit = En transit
group-delivered = Livré
group-failed = Échec
group-cancelled = Annulé
done-saved = Le gabarit a été enregistré.
done-archived = Le gabarit a été archivé.
done-sent = Le message est en route.

# La première page d’un service
tile-send = Envoyer un message
tile-send-text = Choisissez un gabarit et la personne qui le reçoit
tile-template = Créer un gabarit
tile-template-text = Écrivez le texte une seule fois, avec des champs pour ce qui change
dashboard-sent = Envoyés au cours des { $days } derniers jours
dashboard-total = Total
dashboard-today = Aujourd’hui
dashboard-today-until = Les limites quotidiennes repartent de zéro à minuit UTC.
dashboard-year = Cet exercice
dashboard-year-until = Les limites annuelles repartent de zéro le 1er avril.

# Gabarits
templates-caption = { $count ->
    [one] { $count } gabarit
   *[other] { $count } gabarits
}
templates-search = Rechercher dans les noms et les textes
templates-none-found = Aucun gabarit ne contient ces mots.
templates-empty = Il n’y a pas encore de gabarit. Créez le premier : écrivez le texte une seule fois, avec des champs comme ((nom)) pour ce qui change.
templates-empty-ask = Il n’y a pas encore de gabarit. Adressez-vous à une personne de votre équipe qui peut en créer.
template-new = Créer un gabarit
template-new-email = Nouveau gabarit de courriel
template-new-text = Nouveau gabarit de texto
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
template-language = Dans quelle langue est le texte ?
language-english = Anglais
language-french = Français
language-both = Les deux, dans des blocs [[en]] et [[fr]]
template-category = À quoi sert-il ?
template-category-hint = L’urgence de l’envoi en dépend.
template-category-empty = Choisissez à quoi sert le gabarit
template-archived = Ce gabarit a été archivé. Il ne permet plus d’envoyer de messages.
template-suspended = Le service est suspendu ; rien ne peut être envoyé pour le moment.
template-send = Envoyer un message
template-id = Identifiant du gabarit, pour l’API
template-size = { $characters } caractères et { $parts ->
    [one] { $parts } segment
   *[other] { $parts } segments
}, sans les valeurs des champs
template-placeholders = Champs à remplir
template-no-placeholders = Aucun : tout le monde reçoit le même texte
template-changed = Dernière modification
template-version = Version
template-versions = Versions et modifications
template-archive = Archiver ce gabarit
versions-title = Versions de { $name }
version-number = Version { $number }
version-made = créée le { $when } par { $who }
version-restore = Reprendre cette version
archive-title = Archiver { $name } ?
archive-body = Il ne permettra plus d’envoyer de messages. Les messages déjà envoyés restent lisibles.
archive-unused = Il n’a jamais servi à envoyer un message.
archive-used = Il a servi pour la dernière fois le { $day }.
archive-save = Archiver le gabarit

# Envoyer un message
send-title = Envoyer { $name }
send-trial = Pendant l’essai du service, seules les personnes de son équipe peuvent recevoir des messages.
send-to-address = Adresse courriel du destinataire
send-to-number = Numéro de téléphone du destinataire
send-to-own = Pour essayer, utilisez le vôtre : { $own }
send-conditional-hint = Détermine si un passage figure dans le message
send-check = Vérifier le message
send-check-title = Vérifiez avant d’envoyer
send-plain = Le texte
send-left = Reste aujourd’hui
send-left-emails = { $count } courriels
send-left-parts = { $count } segments
send-now = Envoyer le message
send-change = Modifier quelque chose
send-bad-address = Entrez une adresse courriel, par exemple nom@exemple.ca
send-bad-number = Entrez un numéro de téléphone de 10 chiffres, ou précédé de + et de l’indicatif du pays
send-not-on-team = Pendant l’essai du service, seules les personnes de son équipe peuvent recevoir des messages. Demandez la mise en service pour écrire à tout le monde.
send-abroad = Le service ne peut pas envoyer de textos à l’étranger
send-simulated = Ce destinataire sert à tester des programmes ; rien ne serait envoyé
send-missing = Remplissez « { $name } »
send-blank = Avec ces valeurs, le message est vide
send-too-long = Avec ces valeurs, le message est trop long ; raccourcissez-en une
send-limit-day = Le service a envoyé tout ce qu’il peut envoyer aujourd’hui. Il pourra envoyer de nouveau après minuit UTC.
send-limit-year = Le service a envoyé tout ce qu’il peut envoyer pendant cet exercice. Il pourra envoyer de nouveau le 1er avril.
send-reused = Ce formulaire a déjà été envoyé avec d’autres valeurs. Recommencez pour envoyer un autre message.
send-busy = De très nombreux messages sont en cours d’envoi. Rien n’a été envoyé : réessayez dans un instant.
send-channel-off = Le service n’envoie pas ce genre de messages. Les paramètres permettent de l’activer.

# Messages
messages-caption = Messages, du plus récent au plus ancien
messages-all = Tous
messages-filter = Par état
messages-search = Destinataire, ou une partie
messages-none = Il n’y a aucun message de ce genre.
message-status = État
message-accepted = Accepté
message-handed = Remis au fournisseur
message-ended = Terminé
message-template = Gabarit
message-sender = Envoyé par
message-by-api = L’API
message-response = Réponse du fournisseur
message-reference = Référence
message-gone = (n’est plus conservé)
