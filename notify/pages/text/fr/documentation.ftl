# La documentation de l’API
documentation-title = Documentation de l’API
documentation-clients = Les bibliothèques clientes de Notification GC et de GOV.UK Notify fonctionnent telles quelles : indiquez-leur l’adresse de ce site et votre clé API.
documentation-keys = Clés API
documentation-keys-intro = Chaque requête porte l’en-tête « Authorization » sous l’une de ces formes :
documentation-contents = Requêtes
documentation-example = Exemple
documentation-parameters-of = Paramètres de { $operation }
documentation-body-of = Corps de { $operation }
documentation-answer = Réponse { $status }
documentation-answer-of = Réponse { $status } de { $operation }
documentation-errors = Erreurs
documentation-name = Nom
documentation-place = Emplacement
documentation-kind = Type
documentation-required = Obligatoire
documentation-meaning = Signification
documentation-in-path = adresse
documentation-in-query = requête
documentation-in-header = en-tête
documentation-yes = oui
documentation-no = non

menu-dashboard = Tableau de bord
menu-team = Équipe
service-trial = À l’essai
service-suspended = Suspendu
