//! Starting a list that was checked: now, or when the sender's own clock shows the time that they choose.

use accounts::{OnTeam, SignedIn, gate::SendMessages};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use kernel::Time;
use notify::{Channel, schedule};
use notify_store::{
    dispatch::{Check, NotChecked, NotStarted, Problem, Start},
    reply_to, sms_sender,
};
use serde::Deserialize;
use ui::{Checkbox, Choice, Errors, InputKind, Radios, Rendered, Select, TextInput, Width};
use web::{At, Form, PageError, Reader};

use super::{Which, check, check::Asking, problem};
use crate::{app::App, frame, words::Texts};

/// What stands in the form.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Draft {
    #[serde(default)]
    when: String,
    #[serde(default)]
    date: String,
    #[serde(default)]
    time: String,
    #[serde(default)]
    again: String,
    #[serde(default)]
    sender: String,
}

impl Draft {
    /// The form as it is at first: now, and today where a day can be chosen.
    pub fn new(who: &SignedIn) -> Self {
        let today = schedule::local(who.now, who.zone()).date();
        Self { when: "now".to_owned(), date: today.to_string(), ..Self::default() }
    }

    /// When it shall leave; none is at once.
    fn scheduled_for(&self, who: &SignedIn) -> Result<Option<Time>, schedule::Unusable> {
        if self.when != "later" {
            return Ok(None);
        }
        let local = schedule::read(&self.date, &self.time)?;
        schedule::moment(local, who.zone(), who.now).map(Some)
    }
}

/// The form that sends a list.
pub(super) struct StartForm {
    pub action: String,
    pub when: Radios,
    pub again: Option<Checkbox>,
    pub sender: Option<Select>,
    pub button: String,
}

impl StartForm {
    /// The form for a list that can be sent, with what was typed and what was wrong with it.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn of(
        app: &App,
        team: &OnTeam<SendMessages>,
        (t, check): (Texts, &Check),
        draft: Draft,
        errors: &Errors,
    ) -> Result<Self, PageError> {
        let has = |is: fn(&Problem) -> bool| check.problems.iter().any(is);
        let sent_before = has(|one| matches!(one, Problem::AlreadySent { .. }));
        let later_only = has(|one| matches!(one, Problem::OverDaily { .. }));
        let count = text::number(t.0, check.report.rows as u64);
        Ok(Self {
            action: super::list(team.id(), check.upload.template_id, check.upload.id),
            when: when(t, &team.who, &draft, (later_only, errors)),
            again: sent_before.then(|| Checkbox {
                name: "again".to_owned(),
                label: t.sheet_again(),
                chosen: draft.again == "yes",
                error: errors.of("again"),
                ..Checkbox::default()
            }),
            sender: sender(app, (t, check), &draft, errors.of("sender")).await?,
            button: t.sheet_start(check.report.rows, count),
        })
    }
}

fn when(t: Texts, who: &SignedIn, draft: &Draft, (later_only, errors): (bool, &Errors)) -> Radios {
    let latest = text::moment(t.0, who.zone(), who.now + schedule::FURTHEST);
    let field = |name: &str, label: String, kind, value: &String| TextInput {
        name: name.to_owned(),
        label,
        value: value.clone(),
        error: errors.of(name),
        kind,
        width: Width::Medium,
        ..TextInput::default()
    };
    let date = TextInput {
        hint: Some(t.sheet_later_hint(latest, who.zone().name())),
        ..field("date", t.sheet_date(), InputKind::Date, &draft.date)
    };
    let time = field("time", t.sheet_time(), InputKind::Time, &draft.time);
    let mut now = Choice::new("now", t.sheet_now(), &draft.when);
    let mut later = Choice::new("later", t.sheet_later(), &draft.when);
    later.reveal = Some(Rendered::all([&date, &time]));
    if later_only {
        (now.disabled, now.chosen, later.chosen) = (true, false, true);
        now.hint = Some(t.sheet_now_full());
    }
    Radios {
        name: "when".to_owned(),
        legend: t.sheet_when(),
        choices: vec![now, later],
        error: errors.of("when"),
        ..Radios::default()
    }
}

/// Which address answers go to, or whom texts come from, where there is a choice.
async fn sender(
    app: &App,
    (t, check): (Texts, &Check),
    draft: &Draft,
    error: Option<String>,
) -> Result<Option<Select>, PageError> {
    let (db, service) = (app.accounts.db.read(), check.ready.service.id);
    let (label, known): (String, Vec<(String, String, bool)>) = match check.ready.channel() {
        Channel::Email => {
            let rows = reply_to::list(db, service).await?.into_iter();
            let known = rows.map(|row| (row.id.to_string(), row.email_address, row.is_default));
            (t.sheet_reply_to(), known.collect())
        }
        Channel::Sms => {
            let rows = sms_sender::list(db, service).await?.into_iter();
            let known = rows.map(|row| (row.id.to_string(), row.sender, row.is_default));
            (t.sheet_sender(), known.collect())
        }
    };
    if known.len() < 2 {
        return Ok(None);
    }
    let choices = known.into_iter().map(|(id, name, is_default)| {
        let chosen = if draft.sender.is_empty() { is_default } else { id == draft.sender };
        Choice { value: id, label: name, chosen, ..Choice::default() }
    });
    let choices = choices.collect();
    Ok(Some(Select { name: "sender".to_owned(), label, choices, error, ..Select::default() }))
}

/// `POST …/send/list/{upload}`: sends it, now or at its time; whoever sends the form twice gets the same batch.
pub(super) async fn start(
    State(app): State<App>,
    team: OnTeam<SendMessages>,
    At(which): At<Which>,
    reader: Reader,
    Form(draft): Form<Draft>,
) -> Result<Response, PageError> {
    which.guard(&app, &team).await?;
    let t = Texts(reader.language);
    let at = (which, Asking::default(), &reader);
    let scheduled_for = match draft.scheduled_for(&team.who) {
        Ok(when) => when,
        Err(why) => {
            let errors = problem::time(t, team.who.zone(), why);
            return check::answer(&app, &team, at, (draft, errors)).await;
        }
    };
    let sender = (!draft.sender.is_empty()).then(|| draft.sender.parse()).transpose();
    let Ok(sender) = sender else {
        let errors = Errors::one("sender", t.sheet_sender_gone());
        return check::answer(&app, &team, at, (draft, errors)).await;
    };
    let how = Start { scheduled_for, sender, again: draft.again == "yes" };
    let who = (team.id(), team.who.person.id);
    match app.dispatch.start(who, which.upload, how).await {
        Ok(batch) => {
            let done = if batch.scheduled_for.is_some() { "scheduled" } else { "started" };
            let path = format!("/bulk/{}?done={done}", batch.id);
            Ok(Redirect::to(&frame::at(team.id(), &path)).into_response())
        }
        Err(why) => {
            let errors = refusal(t, &team, why)?;
            check::answer(&app, &team, at, (draft, errors)).await
        }
    }
}

/// Why a list is not started, beyond what the page says of it anyhow.
fn refusal(t: Texts, team: &OnTeam<SendMessages>, why: NotStarted) -> Result<Errors, PageError> {
    Ok(match why {
        NotStarted::Problems(problems) => {
            let again = problems.iter().any(|one| matches!(one, Problem::AlreadySent { .. }));
            let over = problems.iter().any(|one| matches!(one, Problem::OverDaily { .. }));
            match (again, over) {
                (_, true) => Errors::one("date", t.sheet_day_full()),
                (true, _) => Errors::one("again", t.sheet_again_missing()),
                _ => Errors::one("", t.sheet_changed()),
            }
        }
        NotStarted::Sender => Errors::one("sender", t.sheet_sender_gone()),
        NotStarted::Schedule(why) => problem::time(t, team.who.zone(), why),
        NotStarted::Limit(_) => Errors::one("", t.sheet_changed()),
        // The page itself says what has become of the list.
        NotStarted::NotChecked(NotChecked::Gone) => Errors::new(),
        NotStarted::NotChecked(why) => problem::barred(t, why)?,
    })
}
