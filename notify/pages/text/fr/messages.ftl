# Messages
messages-caption = Messages, du plus récent au plus ancien
messages-caption-days = Messages des { $days } derniers jours, du plus récent au plus ancien
messages-all = Tous
messages-any = Tous
messages-filter = Par état
messages-search = Destinataire, ou une partie
messages-reference = Référence
messages-none = Il n’y a aucun message de ce genre.
messages-none-yet = Aucun des messages les plus récents ne correspond. Les plus anciens n’ont pas encore été examinés : poursuivez ci-dessous.
messages-narrow = Préciser la liste
messages-from = Premier jour
messages-to = Dernier jour
messages-date-wrong = Entrez un jour, par exemple 2026-11-21
messages-apply = Afficher ces messages
messages-clear = Afficher tous les messages
messages-older = Messages plus anciens
messages-key = Clé API « { $name } »
message-status = État
message-accepted = Accepté
message-template = Gabarit
message-version = Version du gabarit
message-sender = Envoyé par
message-by-api = L’API
message-batch = Feuille de calcul
message-row = { $name }, ligne { $nth }
message-text-from = De
message-text-parts = Segments
message-reference = Référence
message-id = Identifiant du message
message-gone = (n’est plus conservé)

# Ce qui est arrivé à un message
history-title = Ce qui s’est passé
history-when = Quand
history-what = Étape
history-words = Précisions
history-accepted = Accepté
history-scheduled = Départ prévu
history-tried = { $attempts ->
    [one] { $attempts } tentative
   *[other] { $attempts } tentatives
}
history-trying = La remise est en cours, ou une autre tentative aura lieu à ce moment.
history-again = Une autre tentative aura lieu à ce moment.
history-handed = Remis au fournisseur « { $provider } »
history-reference = Le fournisseur le nomme { $name }
history-sent = Chez le fournisseur de services mobiles

# Ce que l’expéditeur peut faire
advice-in-transit = Il n’y a rien à faire : le message est en route, et cette page indiquera la suite.
advice-scheduled = Le message partira au moment prévu.
advice-retry = Le fournisseur n’a pas encore pu prendre le message. Les tentatives se poursuivent pendant trois jours au plus.
advice-delivered = Il n’y a rien à faire : le message est arrivé.
advice-sent-text = Le fournisseur de services mobiles a le message. Certains ne disent pas s’il est arrivé au téléphone.
advice-temporary-email = La boîte de réception est pleine ou injoignable, ou n’a pas accepté le contenu. Envoyez le message de nouveau plus tard. En cas de nouvel échec, demandez une autre adresse à la personne.
advice-temporary-text = Le téléphone est fermé ou hors de portée, ou le fournisseur de services mobiles a un problème. Envoyez le message de nouveau plus tard.
advice-permanent-email = L’adresse n’existe pas. Vérifiez-la et retirez-la de votre liste : un nouvel envoi nuirait à la réputation de tous les expéditeurs.
advice-permanent-text = Le numéro n’existe pas ou ne reçoit pas de messages texte. Vérifiez-le et retirez-le de votre liste.
advice-blocked = L’adresse est bloquée, parce qu’un courriel lui a déjà été retourné ou que son titulaire s’est plaint. Demandez une autre adresse à la personne, ou adressez-vous au personnel.
advice-abroad = On ne peut pas envoyer de messages texte dans ce pays. Écrivez par courriel ou joignez la personne autrement.
advice-provider = Le fournisseur a refusé le numéro. Vérifiez-le, avec l’indicatif du pays pour un numéro à l’étranger.
advice-technical = Le problème vient de nous ou du fournisseur. Envoyez le message de nouveau. En cas de nouvel échec, donnez l’identifiant du message au personnel.
advice-virus = Une pièce jointe contient un virus : rien n’a été envoyé. Retirez le fichier et vérifiez l’ordinateur d’où il vient.
advice-protected = Le contenu semble dépasser le niveau Protégé A, par exemple avec un numéro d’assurance sociale : rien n’a été envoyé. Retirez ce passage et envoyez de nouveau.
advice-cancelled = Le message a été retiré avant son départ. Rien n’a été envoyé.
advice-failed = Le message n’est pas arrivé. Vérifiez le destinataire et envoyez-le de nouveau.
