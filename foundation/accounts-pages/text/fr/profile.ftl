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
