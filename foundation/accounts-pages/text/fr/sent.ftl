# Après l’envoi d’un courriel
sent-title = Consultez vos courriels
sent-confirm = Nous vous avons envoyé un lien. Ouvrez-le pour continuer. Il fonctionne une seule fois, pendant une heure.
sent-reset = S’il existe un compte avec cette adresse, nous y avons envoyé un lien pour choisir un nouveau mot de passe. Il fonctionne une seule fois, pendant une heure.
sent-advice = Cela peut prendre quelques minutes. Regardez aussi dans le courrier indésirable.
sent-again-register = Vous n’avez rien reçu? Remplissez le formulaire de nouveau et nous enverrons un autre lien.
sent-again-reset = Vous n’avez rien reçu? Demandez un nouveau lien.
