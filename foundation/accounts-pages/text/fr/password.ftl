# Mots de passe
forgot-link = J’ai oublié mon mot de passe
forgot-title = Choisir un nouveau mot de passe
forgot-body = Entrez votre adresse courriel et nous vous enverrons un lien.
forgot-save = Envoyer le lien
new-password-title = Choisir un nouveau mot de passe
new-password-label = Nouveau mot de passe
new-password-save = Enregistrer le mot de passe
