# Pages publiques : ce qui n’est pas un article
public-contents = Sur cette page
public-more = Autres guides
public-register = Créer un compte
public-sign-in = Se connecter
public-forgot = Choisir un nouveau mot de passe
public-menu-features = Fonctionnalités
public-menu-guidance = Guides
public-foot-about = À propos du service
public-foot-guidance = Guides
public-foot-account = Votre compte
public-foot-rules = Règles et déclarations
public-foot-usage = Règles d’utilisation
public-foot-security = Sécurité
public-foot-start = Premiers pas
public-foot-writing = Rédiger des messages
public-foot-delivery = États de livraison
public-foot-accessibility = Accessibilité
public-foot-privacy = Confidentialité et témoins
public-foot-terms = Conditions d’utilisation
public-map-title = Plan du site
public-map-intro = Toutes les pages qu’on peut lire sans se connecter.
public-status-title = État du service
public-status-description = La plateforme accepte-t-elle les messages et les livre-t-elle sans retard?
public-status-good = Tout fonctionne.
public-status-bad = Quelque chose ne va pas comme prévu.
public-status-works = Fonctionne
public-status-slow = Retard
public-status-down = Interruption
public-status-taking = Réception des messages à envoyer
public-status-taking-works = Les nouveaux messages sont acceptés.
public-status-taking-full = Un grand nombre de messages arrivent en même temps. Un programme qui essuie un refus devrait réessayer après quelques secondes; rien de ce qui a été accepté n’est perdu.
public-status-taking-down = Les nouveaux messages ne peuvent pas être acceptés en ce moment. Ceux qui l’ont été auparavant sont conservés et seront livrés.
public-status-emails = Courriels
public-status-email-batches = Courriels envoyés à de longues listes
public-status-texts = Messages texte
public-status-text-batches = Messages texte envoyés à de longues listes
public-status-at-once = Les messages partent dès leur tour venu.
public-status-late = { $minutes ->
    [one] Le message qui attend depuis le plus longtemps aurait dû partir il y a { $minutes } minute.
   *[other] Le message qui attend depuis le plus longtemps aurait dû partir il y a { $minutes } minutes.
}
public-status-asked = En date du { $when }. Rechargez la page pour voir l’état le plus récent.
public-status-own = Ce que sont devenus vos propres messages se trouve dans les pages de votre service, sous « Messages envoyés ».
