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
password-hint = Au moins 12 caractères. Plusieurs mots que personne d’autre ne réunirait font un bon mot de passe.
password-empty = Entrez un mot de passe
password-short = Le mot de passe doit compter au moins { $least } caractères
password-long = Le mot de passe peut compter au plus { $most } caractères
password-common = Ce mot de passe est facile à deviner : il figure, tel quel ou presque, sur des listes de mots de passe connus. Choisissez-en un autre.
password-breached = Ce mot de passe figure sur une liste de mots de passe volés à d’autres sites. Choisissez-en un autre.
changed-password = Votre mot de passe a été modifié.
