# Un organisme, vu par ses membres
organisation-intro = Vous voyez ici les services en activité de votre organisme et leur utilisation.
organisation-members-link = Membres de l’organisme
organisation-years = Exercices financiers
organisation-year = { $from } à { $to }
organisation-cut = Seuls les { $count } services en activité les plus récents sont affichés et additionnés.
organisation-services = Services en activité et envois de l’exercice
organisation-service = Service
organisation-emails = Courriels
organisation-texts = Messages texte
organisation-parts = Segments de message texte
organisation-none = Aucun service de cet organisme n’est en activité.
organisation-months = Tous les services en activité, par mois
organisation-month-head = Mois
organisation-months-none = Rien n’a été envoyé pendant cet exercice.
organisation-month = { $month ->
    [1] Janvier { $year }
    [2] Février { $year }
    [3] Mars { $year }
    [4] Avril { $year }
    [5] Mai { $year }
    [6] Juin { $year }
    [7] Juillet { $year }
    [8] Août { $year }
    [9] Septembre { $year }
    [10] Octobre { $year }
    [11] Novembre { $year }
   *[12] Décembre { $year }
}
organisation-about = L’exercice commence le 1er avril. Les jours sont comptés en temps universel (UTC) ; les messages annulés ne comptent pas.
organisation-members-of = Membres de { $organisation }
organisation-members-intro = Les membres voient les services en activité et leur utilisation. Ils ne voient ni gabarits ni messages, sauf s’ils font partie de l’équipe du service.
organisation-members = Membres
organisation-members-none = Il n’y a pas encore de membre.
organisation-person = Nom
organisation-address = Adresse courriel
organisation-do = Modifier
organisation-state = État
organisation-you = { $name } (vous)
organisation-remove-one = Retirer { $name }
organisation-remove = Retirer
organisation-remove-title = Retirer { $name } de l’organisme ?
organisation-remove-effect = Cette personne ne verra plus cet organisme. Sa place dans les équipes des services ne change pas.
organisation-invitations = Invitations
organisation-open = Envoyée
organisation-expired = Expirée
organisation-cancel = Annuler l’invitation
organisation-invite = Inviter quelqu’un
organisation-invite-address = Adresse courriel
organisation-invite-hint = Une adresse gouvernementale. Le lien est valable deux jours ; inviter de nouveau la même adresse envoie un nouveau lien.
organisation-invite-send = Envoyer l’invitation
organisation-address-wrong = Entrez une adresse courriel, comme nom@canada.ca
organisation-address-outside = Entrez une adresse courriel gouvernementale
organisation-address-known = Cette personne est déjà membre
organisation-full = Un organisme compte au plus { $most } membres et invitations
organisation-done-invited = L’invitation a été envoyée
organisation-done-cancelled = L’invitation a été annulée
organisation-done-removed = La personne n’est plus membre
organisation-invited = Rejoindre { $organisation }
organisation-invited-body = { $inviter } vous invite. Vous verrez les services en activité de cet organisme et leur utilisation.
organisation-invited-register = { $inviter } vous invite. Créez un compte avec l’adresse { $address }, puis ouvrez de nouveau le lien du courriel.
organisation-invited-cancelled = Cette invitation a été annulée. Adressez-vous à { $inviter } s’il s’agit d’une erreur.
organisation-invited-expired = Cette invitation a expiré, car elle n’est valable que deux jours. Demandez à { $inviter } de vous l’envoyer de nouveau.
organisation-invited-accepted = Cette invitation a déjà été acceptée.
organisation-invited-other = Cette invitation est destinée à une autre personne : vous utilisez le compte { $address }. Déconnectez-vous, puis ouvrez de nouveau le lien.
organisation-accept = Accepter l’invitation
organisation-register = Créer un compte
organisation-yours = Vos organismes
