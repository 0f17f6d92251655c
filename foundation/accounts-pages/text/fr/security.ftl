# Comment une personne se connecte, et ce qui protège son compte
way-change = Modifier
way-password-since = Choisi le { $moment }
way-password-none = Aucun
way-app = Application d’authentification
way-app-since = Configurée le { $moment }
way-app-none = Non configurée. Les codes arrivent par courriel.
way-recovery = Codes de secours
way-recovery-none = Vous n’en avez pas.
way-recovery-left = { $count ->
    [one] Il vous reste { $count } code.
   *[other] Il vous reste { $count } codes.
}
how-link = Lien reçu par courriel
how-email = Mot de passe et code reçu par courriel
how-app = Mot de passe et application d’authentification
how-recovery = Mot de passe et code de secours
how-passkey = Clé d’accès
proof-title = Entrez votre mot de passe
proof-body = Vous êtes sur le point de voir ou de modifier ce qui protège votre compte. Entrez de nouveau votre mot de passe pour continuer.
proof-none = Vous n’avez pas encore de mot de passe. Pour voir ou modifier ce qui protège votre compte, choisissez-en d’abord un.
proof-choose = Choisir un mot de passe
app-body = Une application d’authentification, sur votre téléphone ou votre ordinateur, produit un nouveau code toutes les 30 secondes. Une fois configurée, elle vous permet de vous connecter avec votre mot de passe et ce code, sans attendre de courriel.
app-need = Si vous n’en avez pas, installez d’abord une application. Toute application qui lit un code pour la connexion convient.
app-begin = Configurer l’application
app-scan = Numérisez ce code
app-scan-body = Dans l’application, ajoutez un compte et pointez l’appareil photo vers l’image.
app-picture = Code QR pour votre application d’authentification. La même clé figure ci-dessous en toutes lettres.
app-by-hand = Si vous ne pouvez pas le numériser, choisissez d’entrer une clé à la main et copiez celle-ci. Les codes sont fondés sur l’heure et comptent six chiffres.
app-secret = Clé
app-code = Entrez le code que l’application affiche
app-confirm = Terminer
app-stop = Arrêter sans configurer l’application
app-code-wrong = Ce code est erroné. Attendez le prochain dans l’application et réessayez. Vérifiez aussi que l’horloge de l’appareil est à l’heure.
app-is-set = À la connexion, nous vous demandons un code de votre application.
app-remove-body = Pour utiliser un autre appareil, retirez l’application et configurez-la de nouveau. D’ici là, les codes arrivent par courriel.
app-remove = Retirer l’application
recovery-body = Un code de secours vous permet de vous connecter lorsque vous n’avez accès ni à votre application ni à vos courriels. Chaque code ne sert qu’une fois, avec votre mot de passe.
recovery-make = Créer des codes de secours
recovery-renew = Créer de nouveaux codes pour remplacer les anciens
recovery-once-title = Vos codes de secours
recovery-once-body = Notez ces codes ou imprimez cette page maintenant. Ils ne seront plus affichés.
recovery-once-keep = Gardez-les là où vous garderiez une clé, et non avec votre mot de passe. Si vous les perdez, créez-en de nouveaux.
recovery-kept = Je les ai en lieu sûr
changed-app-added = Une application d’authentification fournit désormais les codes de connexion.
changed-app-removed = L’application d’authentification a été retirée. Les codes de connexion arrivent de nouveau par courriel.
changed-recovery-renewed = De nouveaux codes de secours ont été créés. Les anciens ne fonctionnent plus.
changed-recovery-used = { $left ->
    [0] Un code de secours a servi à une connexion. C’était le dernier. Créez-en de nouveaux dans votre profil.
    [one] Un code de secours a servi à une connexion. Il en reste { $left }.
   *[other] Un code de secours a servi à une connexion. Il en reste { $left }.
}
changed-name = Votre nom est maintenant { $name }.
