# Envois groupés
batch-menu = Envois groupés
batch-upcoming = En attente de leur heure
batch-sent = Envoyés, du plus récent au plus ancien
batch-none = Rien n’a encore été envoyé à une liste.
batch-how = Pour envoyer à une liste, choisissez un gabarit et téléversez une feuille de calcul. Les envois groupés des programmes figurent aussi ici.
batch-name = Nom
batch-created = Accepté
batch-scheduled-for = Départ prévu
batch-scheduled = Planifié
batch-sending = Envoi en cours
batch-on-way = En route
batch-finished = Terminé
batch-cancelled = Annulé
batch-making = { $made } messages préparés sur { $total }
batch-template = { $name }, version { $version }
batch-by-key = Clé API « { $name } »
batch-all-made = Tous les messages préparés
batch-left-out = Laissés de côté
batch-simulated = { $count ->
    [one] { $shown } destinataire d’essai, à qui rien n’est envoyé
   *[other] { $shown } destinataires d’essai, à qui rien n’est envoyé
}
batch-problems = Adresses problématiques
batch-rows = Messages, dans l’ordre de la liste
batch-changed = Dernier changement
batch-waits = Les messages seront créés le moment venu.
batch-first-rows = Premières lignes
batch-cancel = Annuler cet envoi
batch-cancel-title = Annuler { $name } ?
batch-cancel-scheduled = { $count ->
    [one] Son message ne sera pas envoyé. Ce qu’il aurait coûté est remis à votre limite.
   *[other] Aucun de ses { $shown } messages ne sera envoyé. Ce qu’ils auraient coûté est remis à votre limite.
}
batch-cancel-running = { $count ->
    [one] Un message n’est peut-être pas encore parti ; il est repris et ce qu’il aurait coûté est remis à votre limite. Les messages déjà partis arriveront tout de même.
   *[other] Jusqu’à { $shown } messages ne sont pas encore partis ; ils sont repris et ce qu’ils auraient coûté est remis à votre limite. Les messages déjà partis arriveront tout de même.
}
batch-cancel-do = Annuler l’envoi
batch-cancel-not = Poursuivre l’envoi
done-batch-started = Les messages sont en route.
done-batch-scheduled = L’envoi de la liste est planifié. Il partira le { $when }.
done-batch-cancelled = L’envoi a été annulé ; rien n’en partira.
done-batch-stopped = L’envoi a été arrêté. Les messages qui n’étaient pas partis sont en train d’être repris.
