# Le lien qui confirme une adresse
confirm-title = Confirmez votre adresse courriel
confirm-body = Confirmez que { $address } est votre adresse. Vous serez ensuite connecté.
confirm-button = Confirmer et se connecter
link-over-title = Ce lien ne fonctionne plus
link-over-body = Un lien fonctionne une seule fois, pendant une heure.
link-over-again = Envoyez-moi un nouveau lien
link-over-ask = Demander un nouveau lien
