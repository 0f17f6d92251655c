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
message-parts = Segments
message-parts-counted = { $parts ->
    [one] { $parts } segment, { $characters ->
        [one] { $characters } caractère
       *[other] { $characters } caractères
    }
   *[other] { $parts } segments, { $characters ->
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
