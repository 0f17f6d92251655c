# Mots de plusieurs pages
name-label = Nom complet
name-empty = Entrez votre nom complet
name-long = Votre nom peut compter au plus { $most } caractères
address-label = Adresse courriel
address-hint = Une adresse gouvernementale, par exemple nom@ministere.gc.ca
address-empty = Entrez votre adresse courriel
address-invalid = Entrez une adresse courriel, par exemple nom@ministere.gc.ca
address-not-government = Entrez une adresse courriel gouvernementale. Si la vôtre en est une, demandez aux responsables de la plateforme d’ajouter son domaine.
password-label = Mot de passe
password-hint = Au moins 12 caractères. Plusieurs mots que vous seul réuniriez font un bon mot de passe.
password-empty = Entrez un mot de passe
password-short = Le mot de passe doit compter au moins { $least } caractères
password-long = Le mot de passe peut compter au plus { $most } caractères
password-common = Ce mot de passe est facile à deviner : il figure, tel quel ou presque, sur des listes de mots de passe connus. Choisissez-en un autre.
changed-password = Votre mot de passe a été modifié.

# Inscription
register-title = Créer un compte
register-who = Toute personne qui a une adresse courriel gouvernementale peut créer un compte.
register-agree = J’accepte les conditions d’utilisation
register-agree-empty = Acceptez les conditions d’utilisation pour créer un compte
register-terms = Les messages sont envoyés au nom de votre gouvernement. Rien au-delà de Protégé A, aucune urgence, des listes tenues à jour, et des renseignements personnels utilisés seulement aux fins prévues.
register-save = Créer le compte
register-known = Vous avez déjà un compte ?

# Après l’envoi d’un courriel
sent-title = Consultez vos courriels
sent-confirm = Nous vous avons envoyé un lien. Ouvrez-le pour continuer. Il fonctionne une seule fois, pendant une heure.
sent-reset = S’il existe un compte avec cette adresse, nous y avons envoyé un lien pour choisir un nouveau mot de passe. Il fonctionne une seule fois, pendant une heure.
sent-advice = Cela peut prendre quelques minutes. Regardez aussi dans le courrier indésirable.
sent-again-register = Vous n’avez rien reçu ? Remplissez le formulaire de nouveau et nous enverrons un autre lien.
sent-again-reset = Vous n’avez rien reçu ? Demandez un nouveau lien.

# Le lien qui confirme une adresse
confirm-title = Confirmez votre adresse courriel
confirm-body = Confirmez que { $address } est votre adresse. Vous serez ensuite connecté.
confirm-button = Confirmer et se connecter
link-over-title = Ce lien ne fonctionne plus
link-over-body = Un lien fonctionne une seule fois, pendant une heure.
link-over-again = Envoyez-moi un nouveau lien
link-over-ask = Demander un nouveau lien

# Connexion
sign-in-title = Se connecter
sign-in-save = Continuer
sign-in-new = Vous n’avez pas encore de compte ?
sign-in-wrong = L’adresse courriel ou le mot de passe est erroné
sign-in-locked = Il y a eu trop de tentatives infructueuses. Choisissez « J’ai oublié mon mot de passe » pour continuer.
done-signed-out = Vous êtes déconnecté.
done-password = Votre mot de passe a été modifié. Connectez-vous avec le nouveau.
code-title = Entrez votre code
code-label = Code
code-hint = Nous avons envoyé cinq chiffres à { $address }. Ils sont valables 30 minutes.
code-app-hint = Six chiffres de votre application d’authentification
code-malformed = Entrez le code en chiffres seulement, tel que vous l’avez reçu
code-wrong = Ce code est erroné ; vérifiez-le et réessayez
code-expired = Ce code a expiré ; demandez-en un nouveau
code-used = Ce code a déjà servi ; demandez-en un nouveau
code-missing = Vous n’avez pas reçu de code ?
code-missing-advice = Cela peut prendre une minute. Regardez aussi dans le courrier indésirable.
code-again = Envoyer un nouveau code
done-code-sent = Nous avons envoyé un nouveau code.
recovery-title = Entrez un code de secours
recovery-link = Utiliser un code de secours
recovery-hint = Un des codes que vous avez notés, par exemple bcdf-ghjk. Chacun ne sert qu’une fois.

# Mots de passe
forgot-link = J’ai oublié mon mot de passe
forgot-title = Choisir un nouveau mot de passe
forgot-body = Entrez votre adresse courriel et nous vous enverrons un lien.
forgot-save = Envoyer le lien
new-password-title = Choisir un nouveau mot de passe
new-password-label = Nouveau mot de passe
new-password-save = Enregistrer le mot de passe

# L’équipe d’un service
team-title = Équipe
team-members = Membres
team-invitations = Invitations
team-you = { $name } (vous)
team-may = Autorisations
team-may-hint = Tous les membres voient l’équipe et les gabarits.
team-looks = Voir l’équipe et les gabarits seulement
team-state = État
team-do = Actions
team-open = En attente
team-expired = Expirée
team-resend = Renvoyer
team-cancel = Annuler
team-lone = Au moins deux personnes devraient pouvoir gérer les paramètres et l’équipe, pour que tout continue en l’absence de l’une d’elles.
team-done-invited = L’invitation a été envoyée. Son lien fonctionne pendant deux jours.
team-done-cancelled = L’invitation a été annulée. Son lien ne fonctionne plus.
team-done-permitted = La modification a été enregistrée et le membre en a été avisé par courriel.
team-done-removed = Cette personne ne fait plus partie de l’équipe et en a été avisée par courriel.
team-rule-manager = Au moins une personne doit pouvoir gérer les paramètres et l’équipe. Donnez d’abord cette autorisation à un autre membre.
team-rule-two = Un service en production garde au moins deux membres. Invitez d’abord quelqu’un d’autre.
may-view-activity = Voir l’activité
may-view-activity-hint = Le tableau de bord, les rapports et l’utilisation
may-manage-templates = Modifier les gabarits
may-manage-templates-hint = Créer, modifier et archiver des gabarits
may-send-messages = Envoyer des messages
may-send-messages-hint = À une personne ou à une liste
may-manage-service = Gérer le service
may-manage-service-hint = Les paramètres et l’équipe
may-manage-keys = Gérer l’API
may-manage-keys-hint = Les clés API, les rappels et la liste d’adresses sûres
invite-title = Inviter quelqu’un
invite-body = Nous envoyons un lien qui fonctionne pendant deux jours. Les personnes qui n’ont pas de compte s’en servent pour en créer un.
invite-save = Envoyer l’invitation
invite-yourself = Vous ne pouvez pas vous inviter vous-même
invite-member = Cette personne fait déjà partie de l’équipe
invite-full = Une équipe peut compter au plus { $most } membres et invitations. Retirez-en d’abord.
member-save = Enregistrer
changed-may = Vos autorisations dans l’équipe ont été modifiées. Vous pouvez maintenant : { $may }
changed-removed = Vous ne faites plus partie de l’équipe.
changed-left = Vous avez quitté l’équipe.
remove-title = Retirer { $name } de l’équipe ?
remove-body = Cette personne ne verra plus le service. Pour revenir, elle aura besoin d’une nouvelle invitation.
remove-button = Retirer de l’équipe
leave-title = Quitter l’équipe
leave-body = Vous ne verrez plus le service, ses gabarits ni ses messages. Pour revenir, vous aurez besoin d’une nouvelle invitation.
leave-button = Quitter l’équipe

# Une invitation à une équipe
invited-title = Se joindre à l’équipe de { $service }
invited-body = { $inviter } vous invite à faire partie de cette équipe.
invited-accept = Accepter l’invitation
invited-account = Pour vous joindre à l’équipe, créez votre compte pour { $address }. Vous serez ensuite en session.
invited-join = Accepter les conditions, créer le compte et se joindre à l’équipe
invited-cancelled = Cette invitation a été annulée. Si vous pensez qu’il s’agit d’une erreur, adressez-vous à { $inviter }.
invited-expired = Cette invitation a expiré : elle n’est valable que deux jours. Demandez à { $inviter } de la renvoyer.
invited-accepted = Cette invitation a déjà été acceptée.
invited-go = Voir l’équipe
invited-other = Cette invitation s’adresse à une autre personne : vous avez ouvert une session avec le compte { $address }. Fermez la session, puis ouvrez le lien de nouveau.

# Le profil
profile-title = Votre profil
profile-language = Langue des courriels
profile-language-hint = Les courriels que nous vous envoyons sont dans les deux langues ; celle-ci vient en premier.
profile-password = Changer le mot de passe
profile-password-body = Votre session reste ouverte ici ; partout ailleurs, elle est fermée.
profile-current = Mot de passe actuel
profile-current-wrong = Ce n’est pas votre mot de passe actuel, ou il y a eu trop d’essais infructueux
profile-sessions = Vos sessions ouvertes
profile-browser = Navigateur
profile-seen = Dernière activité
profile-here = Ce navigateur
profile-end = Fermer cette session
profile-done-saved = Votre profil a été enregistré.
profile-done-ended = Cette session est fermée.
language-name = Français
