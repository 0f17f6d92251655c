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
