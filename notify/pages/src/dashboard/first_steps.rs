//! What a service that has sent nothing yet can do first (admin specification, section E.3).

use accounts::{OnTeam, Permission, gate::Member, membership};
use notify_store::{
    statistic::{self, Days},
    template,
};
use ui::{Tag, Task, Tasks, Tone};
use web::PageError;

use crate::{app::App, frame, words::Texts};

/// The steps; none once the service has sent something in the last year.
pub async fn of(app: &App, t: Texts, team: &OnTeam<Member>) -> Result<Option<Tasks>, PageError> {
    let (db, now) = (app.accounts.db.read(), team.who.now);
    let year = statistic::by_channel(db, team.id(), Days::last(365, now)).await?;
    if year.iter().any(|of| of.totals.requested > 0) {
        return Ok(None);
    }
    let has_template = !template::list(db, team.id(), None).await?.is_empty();
    let has_company = membership::people(db, team.id()).await?.len() > 1;
    let href = |may: Permission, page: &str| team.may(may).then(|| frame::at(team.id(), page));
    let task = |title: String, hint: String, (href, done): (Option<String>, bool)| {
        let status = if done {
            Tag::new(t.first_done(), Tone::Done)
        } else {
            Tag::new(t.first_open(), Tone::Neutral)
        };
        Task { title, href, hint: Some(hint), status }
    };
    let new = href(Permission::ManageTemplates, "/templates/new/email");
    let send = href(Permission::SendMessages, "/templates").filter(|_| has_template && team.member);
    let invite = href(Permission::ManageService, "/team/invite?may=manage_service");
    let mut tasks = vec![
        task(t.first_template(), t.first_template_hint(), (new, has_template)),
        task(t.first_send(), t.first_send_hint(), (send, false)),
        task(t.first_team(), t.first_team_hint(), (invite, has_company)),
    ];
    if team.service.trial {
        let live = Some(frame::at(team.id(), "/go-live"));
        tasks.push(task(t.first_live(), t.first_live_hint(), (live, false)));
    }
    Ok(Some(Tasks { id: "first".to_owned(), tasks }))
}
