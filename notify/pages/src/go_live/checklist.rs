//! What a service needs before it can ask to go live, read from what is there (admin specification, section M.3).

use accounts::{Permission, ServiceId, invitation};
use db::Db;
use kernel::Time;
use notify_store::{go_live, template};
use ui::{Tag, Task, Tasks, Tone};

use crate::words::Texts;

/// How one of the four tasks stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing is there.
    Open,
    /// Something is there, or somebody else has to do the rest.
    Begun,
    /// It is done.
    Done,
}

impl Standing {
    fn of(done: bool, begun: bool) -> Self {
        match (done, begun) {
            (true, _) => Self::Done,
            (false, true) => Self::Begun,
            (false, false) => Self::Open,
        }
    }

    fn tag(self, t: Texts) -> Tag {
        match self {
            Self::Open => Tag::new(t.go_live_task_open(), Tone::Neutral),
            Self::Begun => Tag::new(t.go_live_task_begun(), Tone::Accent),
            Self::Done => Tag::new(t.go_live_task_done(), Tone::Done),
        }
    }
}

/// The four tasks, and the request they belong to.
#[derive(Clone, Debug)]
pub struct Checklist {
    /// The newest request, whatever became of it.
    pub request: Option<go_live::Model>,
    /// It is said what the messages are for.
    pub purpose: Standing,
    /// There is a template.
    pub template: Standing,
    /// Two people may manage the service.
    pub second: Standing,
    /// Somebody accepted the terms of use.
    pub terms: Standing,
}

impl Checklist {
    /// Reads how far a service is.
    pub async fn of(db: &Db, service: ServiceId, now: Time) -> db::Result<Self> {
        let request = go_live::latest(db.read(), service).await?;
        let row = request.as_ref();
        let invited = invitation::open(db.read(), service).await?.iter().any(|invitation| {
            let manages = invitation.permissions.has(Permission::ManageService);
            manages && invitation.state(now) == invitation::State::Open
        });
        let managers = super::managers(db, service).await?.len();
        let templates = template::list(db.read(), service, None).await?;
        Ok(Self {
            purpose: Standing::of(
                row.is_some_and(go_live::Model::is_described),
                row.is_some_and(go_live::Model::is_begun),
            ),
            template: Standing::of(!templates.is_empty(), false),
            second: Standing::of(managers > 1, invited),
            terms: Standing::of(row.is_some_and(|row| row.terms_at.is_some()), false),
            request,
        })
    }

    /// Each task's name, in the order of the page, with how it stands.
    pub fn all(&self, t: Texts) -> [(String, Standing); 4] {
        [
            (t.go_live_task_purpose(), self.purpose),
            (t.go_live_task_template(), self.template),
            (t.go_live_task_second(), self.second),
            (t.go_live_task_terms(), self.terms),
        ]
    }

    /// The tasks as the page shows them; `open` is whether the reader can still do something about them.
    pub fn tasks(&self, t: Texts, path: &str, (open, accepted): (bool, Option<String>)) -> Tasks {
        let service = path.trim_end_matches("/go-live");
        let places = [
            format!("{path}/purpose"),
            format!("{service}/templates"),
            format!("{service}/team/invite?may=manage_service"),
            format!("{path}/terms"),
        ];
        let hints = [
            t.go_live_task_purpose_hint(),
            t.go_live_task_template_hint(),
            t.go_live_task_second_hint(),
            accepted.unwrap_or_else(|| t.go_live_task_terms_hint()),
        ];
        let task = |(((title, standing), href), hint): (((String, Standing), String), String)| {
            Task { title, href: open.then_some(href), hint: Some(hint), status: standing.tag(t) }
        };
        let all = self.all(t).into_iter().zip(places).zip(hints);
        Tasks { id: String::new(), tasks: all.map(task).collect() }
    }
}
