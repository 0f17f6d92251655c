# Le lien qui confirme une adresse
confirm-title = Confirmez votre adresse courriel
confirm-body = Confirmez que { $address } est votre adresse. Votre session s’ouvrira ensuite.
confirm-button = Confirmer et se connecter
link-over-title = Ce lien ne fonctionne plus
link-over-body = Un lien fonctionne une seule fois, pendant une heure.
link-over-again = Recevoir un nouveau lien
link-over-ask = Demander un nouveau lien
