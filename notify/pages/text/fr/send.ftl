# Envoyer un message
send-title = Envoyer { $name }
send-trial = Pendant l’essai du service, seules les personnes de son équipe peuvent recevoir des messages.
send-to-address = Adresse courriel du destinataire
send-to-number = Numéro de téléphone du destinataire
send-to-own = Pour essayer, utilisez le vôtre : { $own }
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
send-abroad = Le service ne peut pas envoyer de messages texte à l’étranger
send-simulated = Ce destinataire sert à tester des programmes; rien ne serait envoyé
send-missing = Remplissez « { $name } »
send-blank = Avec ces valeurs, le message est vide
send-too-long = Avec ces valeurs, le message est trop long; raccourcissez-en une
send-limit-day = Le service a envoyé tout ce qu’il peut envoyer aujourd’hui. Il pourra envoyer de nouveau après minuit UTC.
send-limit-year = Le service a envoyé tout ce qu’il peut envoyer pendant cet exercice. Il pourra envoyer de nouveau le 1er avril.
send-reused = Ce formulaire a déjà été envoyé avec d’autres valeurs. Recommencez pour envoyer un autre message.
send-busy = De très nombreux messages sont en cours d’envoi. Rien n’a été envoyé : réessayez dans un instant.
send-channel-off = Le service n’envoie pas ce genre de messages. Les paramètres permettent de l’activer.

# S’envoyer un message
send-own-to = À vous-même : { $to }
send-own-no-number = Il s’agit d’un message texte et votre profil n’indique aucun numéro de cellulaire. Ajoutez le vôtre, puis revenez ici.
send-own-profile = Votre profil
