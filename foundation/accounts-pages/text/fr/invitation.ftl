# Une invitation à une équipe
invited-title = Se joindre à l’équipe de { $service }
invited-body = { $inviter } vous invite à faire partie de cette équipe.
invited-accept = Accepter l’invitation
invited-account = Pour vous joindre à l’équipe, créez votre compte pour { $address }. Votre session s’ouvrira ensuite.
invited-join = Accepter les conditions, créer le compte et se joindre à l’équipe
invited-cancelled = Cette invitation a été annulée. Si vous pensez qu’il s’agit d’une erreur, adressez-vous à { $inviter }.
invited-expired = Cette invitation a expiré : elle n’est valable que deux jours. Demandez à { $inviter } de la renvoyer.
invited-accepted = Cette invitation a déjà été acceptée.
invited-go = Voir l’équipe
invited-other = Cette invitation s’adresse à une autre personne : vous avez ouvert une session avec le compte { $address }. Fermez la session, puis ouvrez le lien de nouveau.
