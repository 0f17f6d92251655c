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
