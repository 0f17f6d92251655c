# Autres paramètres : nom, conservation, expéditeurs, fin d’un service
settings-name-title = Nom et adresse d’envoi
settings-name-check = Voir ce qui change
settings-name-confirm = Vérifiez le nouveau nom
settings-name-effect = Les destinataires le verront dès le prochain message. Prévenez-les s’ils connaissent l’ancien nom.
settings-sender-now = Expéditeur actuel des courriels
settings-sender-then = Nouvel expéditeur des courriels
settings-texts-then = Nouveau début des messages texte
settings-address-long = La partie devant le @ peut compter au plus { $most } caractères
settings-password = Votre mot de passe
settings-password-wrong = Ce n’est pas votre mot de passe
settings-password-none = Votre compte n’a pas de mot de passe. Définissez-en d’abord un dans votre profil.
settings-international = Messages texte à l’étranger
settings-international-hint = Selon le pays, un message à l’étranger peut coûter plusieurs segments.
settings-retention = Durée de conservation des messages
settings-retention-about = Après cette période, le destinataire et le contenu d’un message sont détruits. Les chiffres restent. Les messages texte reçus sont conservés aussi longtemps que les messages texte. Une durée plus courte prend effet en moins d’une heure.
settings-retention-wrong = Choisissez de { $least } à { $most } jours
settings-days = { $days ->
    [one] { $days } jour
   *[other] { $days } jours
}
settings-senders = Expéditeurs des messages texte
settings-senders-about = Le personnel attribue ses numéros au service. Vous choisissez celui qui sert quand une requête n’en nomme pas d’autre.
settings-senders-none = Le service n’a pas de numéro à lui. Ses messages texte partent d’un numéro partagé.
settings-sender-receives = On peut écrire à ce numéro.
settings-senders-shared = Un numéro partagé
settings-reply-to-remove-title = Retirer cette adresse de réponse?
settings-reply-to-remove-about = Les requêtes qui nomment cette adresse seront refusées. Les messages déjà envoyés la conservent.
settings-archive = Supprimer le service
settings-archive-effect = La suppression d’un service est définitive :
settings-archive-keys = ses clés API sont révoquées immédiatement, et ses programmes ne peuvent plus rien envoyer
settings-archive-messages = ses gabarits et ses messages ne peuvent plus être consultés
settings-archive-team = toutes les personnes de son équipe sont prévenues par courriel
settings-archive-name = Pour confirmer, tapez le nom du service : { $name }
settings-archive-name-wrong = Tapez le nom exact : { $name }
settings-archive-live = Seul le personnel peut supprimer un service en activité. Adressez-vous à lui.
services-done-archived = Le service a été supprimé
settings-kept-emails = Courriels :
settings-kept-texts = messages texte :
