# L’état de la plateforme
health-title = État de santé
health-home = Fournisseurs, files d’attente, tâches et clés API les plus actives
health-good = Les messages partent à temps, et la plupart arrivent.
health-late = Les messages partent en retard. Attente du plus ancien : { $age }.
health-failing = Trop d’échecs : { $failed } des { $known } messages d’aujourd’hui dont l’issue est connue.
health-providers = Fournisseurs, et messages par jour (UTC)
health-provider = Fournisseur
health-today = Acceptés aujourd’hui
health-yesterday = Acceptés hier
health-yesterday-failed = Échecs d’hier
health-emails = Courriels des dernières heures
health-time = Période
health-hour = Cette heure et la précédente
health-day = Les 24 dernières heures
health-sent = Remis au fournisseur
health-bounced = Adresse inexistante
health-about = Un message compte le jour où il a été accepté, quelle que soit la suite. Les messages texte ne sont comptés que par jour.
health-queues = Files d’attente
health-lane = File
health-lane-priority = Urgente
health-lane-normal = Normale
health-lane-bulk = En nombre
health-waiting = En attente
health-oldest = Attente du plus ancien message à envoyer
health-or-more = { $number } ou plus
health-no-wait = rien à envoyer
health-short-wait = moins d’une minute
health-wait = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}
health-jobs-title = Tâches
health-jobs = Tâches en attente ou en cours : { $waiting }. Attente de la plus ancienne : { $age }.
health-failed = Tâches abandonnées, de la plus récente à la plus ancienne
health-failed-none = Aucune tâche n’a été abandonnée.
health-job = Tâche
health-error = Ce qui a échoué
health-keys-title = Clés API qui envoient le plus
health-keys = Messages acceptés en deux jours, par clé API
health-keys-none = Aucune clé API n’a servi à l’envoi.
health-keys-about = Total établi à partir des { $records } inscriptions les plus récentes de messages acceptés.
health-messages = Messages
