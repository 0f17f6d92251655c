# Envoyer à une liste
way-label = À qui
way-one = Une personne
way-many = Une liste de personnes
way-own = Moi-même
sheet-title = Envoyer { $name } à une liste
sheet-intro = Téléversez une feuille de calcul qui compte une ligne par personne, jusqu’à { $most } lignes. Elle doit contenir les colonnes ci-dessous, dans n’importe quel ordre ; les autres colonnes sont laissées de côté.
sheet-trial-emails = Pendant l’essai du service, seules les personnes de son équipe peuvent recevoir des messages. Il reste { $left } courriels pour aujourd’hui.
sheet-trial-parts = Pendant l’essai du service, seules les personnes de son équipe peuvent recevoir des messages. Il reste { $left } segments de message texte pour aujourd’hui.
sheet-example = Exemple de feuille de calcul
sheet-value = valeur de { $name }
sheet-download = Télécharger cet exemple
sheet-example-file = exemple
sheet-file = Feuille de calcul des destinataires
sheet-file-hint = CSV, TSV, Excel (.xlsx, .xlsm) ou OpenDocument (.ods), au plus 20 Mo. La première feuille est lue.
sheet-upload = Téléverser et vérifier
sheet-no-file = Choisissez le fichier des destinataires
sheet-no-spreadsheet = { $name } n’est pas une feuille de calcul. Choisissez un fichier dont le nom se termine par .csv, .tsv, .xlsx, .xlsm ou .ods.
sheet-unreadable = Impossible de lire { $name } : le fichier est endommagé, protégé par un mot de passe ou d’un autre type que son nom ne l’indique. Enregistrez-le de nouveau en format .xlsx ou .csv, puis choisissez ce fichier.
sheet-old-excel = { $name } est au format d’Excel 2003. Enregistrez-le comme classeur Excel (.xlsx) ou en .csv, puis choisissez ce fichier.
sheet-bad-dates = { $name } contient des dates ou des nombres illisibles. Mettez toutes les colonnes au format texte, ou enregistrez le fichier en .csv, puis choisissez ce fichier.
sheet-too-big = { $name } est trop volumineux. Supprimez les colonnes que le gabarit n’utilise pas ou répartissez la liste en plusieurs fichiers.
sheet-too-wide = La liste a trop de colonnes, ou des lignes beaucoup trop longues. Ne gardez que les colonnes que le gabarit utilise.

# Vérifier la liste
sheet-check-title = Vérifiez avant d’envoyer
sheet-problems-title = La liste ne peut pas encore être envoyée
sheet-file-name = Fichier
sheet-recipients = Destinataires
sheet-reply-to = Les réponses vont à
sheet-sender = Expéditeur des messages texte
sheet-too-many = La liste compte { $rows } lignes ; on peut en envoyer au plus { $most } à la fois. Répartissez-la en plusieurs fichiers.
sheet-no-rows = La liste ne contient aucun destinataire. Sous les en-têtes des colonnes, ajoutez une ligne par personne.
sheet-missing-columns = { $count ->
    [one] Il manque cette colonne : { $names }. Le fichier contient : { $found }. Ajoutez la colonne ou renommez celle qui y correspond.
   *[other] Il manque ces colonnes : { $names }. Le fichier contient : { $found }. Ajoutez les colonnes ou renommez celles qui y correspondent.
}
sheet-duplicate-columns = Plusieurs colonnes indiquent le destinataire : { $names }. N’en gardez qu’une.
sheet-already-sent = Le même fichier a déjà été envoyé aujourd’hui avec ce gabarit. Pour l’envoyer de nouveau, confirmez-le ci-dessous.
sheet-earlier = Voir cet envoi
sheet-not-on-team = { $count ->
    [one] Un destinataire ne fait pas partie de l’équipe du service. Pendant l’essai, seule l’équipe peut recevoir des messages : supprimez la ligne, invitez la personne ou demandez la mise en service.
   *[other] { $rows } destinataires ne font pas partie de l’équipe du service. Pendant l’essai, seule l’équipe peut recevoir des messages : supprimez les lignes, invitez ces personnes ou demandez la mise en service.
}
sheet-over-day-emails = La liste demande { $needed } courriels et il en reste { $left } pour aujourd’hui. Raccourcissez-la ou envoyez-la plus tard : la limite repart de zéro à minuit UTC.
sheet-over-day-parts = La liste demande { $needed } segments et il en reste { $left } pour aujourd’hui. Raccourcissez la liste ou le texte, ou téléversez-la de nouveau après minuit UTC.
sheet-over-year-emails = La liste demande { $needed } courriels et il en reste { $left } pour cet exercice. Raccourcissez-la ou demandez une limite plus élevée.
sheet-over-year-parts = La liste demande { $needed } segments et il en reste { $left } pour cet exercice. Raccourcissez la liste ou le texte, ou demandez une limite plus élevée.
sheet-bad-recipients = { $count ->
    [one] Le destinataire d’une ligne n’est pas valide. Corrigez-le ou supprimez la ligne.
   *[other] Les destinataires de { $rows } lignes ne sont pas valides. Corrigez-les ou supprimez ces lignes.
}
sheet-missing-data = { $count ->
    [one] Il manque des données dans une ligne. Remplissez ses cellules vides.
   *[other] Il manque des données dans { $rows } lignes. Remplissez leurs cellules vides.
}
sheet-too-long = { $count ->
    [one] Une ligne donne un message trop long. Raccourcissez ses valeurs.
   *[other] { $rows } lignes donnent un message trop long. Raccourcissez leurs valeurs.
}
sheet-other-faults = { $count ->
    [one] Une ligne n’a pas pu être lue jusqu’au bout. Cherchez un guillemet qui n’est jamais fermé.
   *[other] { $rows } lignes n’ont pas pu être lues jusqu’au bout. Cherchez des guillemets qui ne sont jamais fermés.
}
sheet-mixed = La liste contient à la fois des destinataires d’essai et de vrais destinataires. Ne gardez que l’un des deux.
sheet-cell-missing = Remplissez cette cellule
sheet-cell-too-long = Raccourcissez cette valeur : le message peut compter 612 caractères en tout
sheet-cell-unclosed = Un guillemet n’est jamais fermé ici
sheet-cell-stranger = Ne fait pas partie de l’équipe du service
sheet-row-too-long = Le message est trop long
sheet-failing = Lignes à corriger
sheet-more-failing = Voici les { $shown } premières des { $total } lignes à corriger.
sheet-row-number = Ligne
sheet-row = Ligne { $number }
sheet-rows = Lignes de la liste
sheet-row-pages = Lignes
sheet-rows-before = Lignes précédentes
sheet-rows-after = Lignes suivantes
sheet-first = Le premier message
sheet-unused = Le gabarit n’utilise pas ces colonnes : { $names }
sheet-duplicates = { $count ->
    [one] Une ligne a un destinataire qui figure déjà plus haut ; cette personne recevra deux messages.
   *[other] { $rows } lignes ont un destinataire qui figure déjà plus haut ; ces personnes recevront plusieurs messages.
}
sheet-duplicates-file = Télécharger ces lignes
sheet-all-simulated = Tous les destinataires servent aux essais : rien ne sera envoyé ni compté.
sheet-other-file = Utiliser un autre fichier
sheet-upload-other = Téléverser plutôt ce fichier

# Envoyer
sheet-when-title = Envoyer
sheet-when = Quand les messages doivent-ils partir ?
sheet-now = Maintenant
sheet-now-full = La liste demande plus que ce qui reste aujourd’hui.
sheet-later = Plus tard
sheet-later-hint = Dans votre fuseau horaire, { $zone } ; au plus tard le { $latest }
sheet-date = Jour
sheet-time = Heure
sheet-again = Envoyer ce fichier de nouveau, même s’il a déjà été envoyé aujourd’hui
sheet-again-missing = Le même fichier a déjà été envoyé aujourd’hui : cochez la case pour l’envoyer de nouveau
sheet-start = { $count ->
    [one] Envoyer à { $rows } destinataire
   *[other] Envoyer à { $rows } destinataires
}
sheet-time-unreadable = Entrez un jour, par exemple 2026-11-21, et une heure, par exemple 14:05
sheet-time-past = Cette heure est passée ; choisissez-en une plus tardive
sheet-time-far = C’est trop loin dans le temps ; choisissez une heure au plus tard le { $latest }
sheet-time-skipped = Ce jour-là, les horloges sont avancées et cette heure n’existe pas. Choisissez-en une autre, par exemple le { $instead }.
sheet-sender-gone = Le service n’offre plus ce choix ; choisissez-en un autre
sheet-day-full = La liste demande plus que ce qui reste pour ce jour-là ; choisissez un autre jour ou raccourcissez la liste
sheet-changed = Quelque chose a changé depuis la vérification de la liste et rien n’a été envoyé. Regardez les chiffres, puis envoyez de nouveau.

# Une ligne
sheet-row-title = Message de la ligne { $number }
sheet-row-before = Ligne précédente
sheet-row-after = Ligne suivante
sheet-row-values = Valeurs de cette ligne
sheet-back = Retour à la liste
sheet-text-note = À { $to }, { $parts ->
    [one] { $parts } segment
   *[other] { $parts } segments
}
