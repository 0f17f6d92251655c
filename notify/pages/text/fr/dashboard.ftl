# La première page d’un service
tile-send = Envoyer un message
tile-send-text = Choisissez un gabarit et la personne qui le reçoit
dashboard-sent = Envoyés au cours des { $days } derniers jours
dashboard-total = Total
dashboard-failed-share = Taux d’échec
dashboard-messages = Messages
dashboard-today = Limites d’aujourd’hui
dashboard-today-until = Les limites quotidiennes repartent de zéro le { $when }.
dashboard-year = Limites de cet exercice
dashboard-year-until = Les limites annuelles repartent de zéro le { $when }.
dashboard-trend = Messages acceptés chaque jour au cours des 4 dernières semaines
dashboard-day = Jour (UTC)
dashboard-trend-said = Messages en 4 semaines : { $all }. Le jour le plus chargé a été le { $day }, avec { $most }.
dashboard-trend-nothing = Rien n’a été envoyé au cours des 4 dernières semaines.
dashboard-templates = Gabarits les plus utilisés au cours des { $days } derniers jours
dashboard-templates-none = Aucun gabarit n’a été utilisé au cours des { $days } derniers jours.
dashboard-all-templates = Utilisation des gabarits par mois
texts = Messages texte
texts-with-parts = Messages texte ({ $parts } segments)
share = { $number } %
share-tiny = moins de 0,1 %

# Premiers pas
first-title = Premiers pas
first-done = Fait
first-open = À faire
first-template = Créer votre premier gabarit
first-template-hint = Écrivez le texte une seule fois, avec des champs pour ce qui change.
first-send = Vous envoyer un message
first-send-hint = Choisissez le gabarit et entrez votre propre adresse.
first-team = Inviter quelqu’un dans l’équipe
first-team-hint = Il faut au moins deux personnes qui gèrent le service pour le mettre en activité.
first-live = Demander la mise en service
first-live-hint = D’ici là, le service n’écrit qu’à son équipe.

# Adresses qui n’existent pas
problems-title = Adresses problématiques
problems-few = Moins de { $number } courriels en 24 heures
problems-fine = En règle
problems-warning = Avertissement
problems-critical = Critique
problems-none = Au cours des 24 dernières heures, aucun courriel n’a été envoyé à une adresse inexistante.
problems-said = Au cours des 24 dernières heures, { $bounced } courriels sur { $sent } ont été envoyés à des adresses inexistantes ({ $share }).
problems-caution = Les fournisseurs de courriel peuvent refuser les courriels d’un service qui a trop d’adresses problématiques. Retirez ces adresses de votre liste avant un nouvel envoi.
problems-review = Voir les adresses
problems-about = Ces adresses n’existent pas, ou leur serveur n’accepte aucun courriel pour elles. Un nouvel envoi échouerait aussi : retirez-les de votre liste, ou demandez une autre adresse à la personne.
problems-rule = Une liste est en règle tant que moins de 5 % de ses adresses échouent. À partir de 10 %, les fournisseurs de courriel peuvent cesser les envois pour tout le monde.
problems-recent = Signalées au cours des 24 dernières heures
problems-older = Signalées auparavant
problems-address = Adresse
problems-heard = Signalée le
problems-empty = Il n’y en a aucune.
