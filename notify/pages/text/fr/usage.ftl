# Ce qu’un service a utilisé
usage-title = Utilisation
usage-years = Exercices
usage-year = { $from } à { $to }
usage-months = Messages acceptés par mois, exercice { $year }
usage-month = { $month ->
    [1] janvier { $year }
    [2] février { $year }
    [3] mars { $year }
    [4] avril { $year }
    [5] mai { $year }
    [6] juin { $year }
    [7] juillet { $year }
    [8] août { $year }
    [9] septembre { $year }
    [10] octobre { $year }
    [11] novembre { $year }
   *[12] décembre { $year }
}
usage-month-head = Mois
usage-emails-failed = Courriels échoués
usage-texts-failed = Messages texte échoués
usage-about = Un message texte part en segments d’au plus 160 caractères, et chaque segment compte dans la limite. Les mois sont comptés en UTC, et un message retiré ne compte pas.
usage-csv = Télécharger en format CSV
usage-templates = Utilisation des gabarits par mois
usage-templates-of = Gabarits utilisés, exercice { $year }
usage-templates-none = Aucun gabarit n’a été utilisé pendant cet exercice.
