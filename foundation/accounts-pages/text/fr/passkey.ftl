# Clés d’accès
way-passkeys = Clés d’accès
way-passkeys-none = Vous n’en avez pas.
way-passkeys-count = { $count ->
    [one] { $count } clé d’accès
   *[other] { $count } clés d’accès
}
passkey-body = Avec une clé d’accès, vous vous connectez par votre empreinte digitale, votre visage ou le NIP de votre appareil. Elle ne se devine pas et ne fonctionne pas sur un faux site.
passkey-more = Ajouter une clé d’accès
passkey-need = Il faut pour cela JavaScript et un navigateur qui prend en charge les clés d’accès. Si vous ne voyez aucun formulaire ici, vos autres moyens de connexion restent les mêmes.
passkey-no-more = Aucune clé d’accès ne peut être ajoutée ici.
passkey-name = Nom
passkey-name-hint = Pour la reconnaître, par exemple « Téléphone du bureau ».
passkey-name-empty = Entrez un nom pour la clé d’accès
passkey-name-long = Le nom peut compter au plus { $most } caractères
passkey-add = Ajouter la clé d’accès
passkey-added = Ajout
passkey-used = Dernière utilisation
passkey-never = Jamais
passkey-remove = Retirer
passkey-wrong = La clé d’accès n’a pas été ajoutée. Réessayez et répondez à votre appareil dans les dix minutes.
passkey-known = Cette clé d’accès a déjà été ajoutée
passkey-full = Vous avez { $most } clés d’accès. Retirez-en d’abord une.
passkey-sorry = Votre appareil n’a pas donné de clé d’accès. Réessayez ou utilisez un autre moyen.
passkey-sign-in = Se connecter avec une clé d’accès
passkey-use = Utiliser une clé d’accès
passkey-not-known = Cette clé d’accès n’a pas fonctionné. Réessayez ou utilisez un autre moyen.
passkey-done-added = La clé d’accès a été ajoutée.
passkey-done-removed = La clé d’accès a été retirée.
changed-passkey-added = Une clé d’accès a été ajoutée : { $name }.
changed-passkey-removed = Une clé d’accès a été retirée.
