# Inscription
register-title = Créer un compte
register-who = Toute personne qui a une adresse courriel gouvernementale peut créer un compte.
register-agree = J’accepte les conditions d’utilisation
register-agree-empty = Acceptez les conditions d’utilisation pour créer un compte
register-terms = Lire les conditions d’utilisation
register-save = Créer le compte
register-known = Vous avez déjà un compte?
