//! `portico admin template`.

mod text;

use anyhow::{Context as _, Result, bail, ensure};
use clap::{Args, Subcommand, ValueEnum};
use notify::{Channel, Lane};
use notify_store::{
    TemplateId,
    template::{self, Change, Current, NewTemplate},
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    Act, Answer,
    answer::{Outcome, Page, Shown},
    find,
};
use text::Text;

#[derive(Clone, Debug, Subcommand)]
pub(super) enum Command {
    /// Make a template.
    Create(Create),
    /// Change what is given; a change of name or text makes a new version.
    Update(Update),
    /// Show a template with its text.
    Show(Which),
    /// List a service's templates, newest first.
    List {
        /// The service, by name or id.
        #[arg(long)]
        service: String,
        /// Only emails or only texts.
        #[arg(long = "type")]
        channel: Option<Channel>,
        #[command(flatten)]
        page: Page,
    },
    /// Put a template away: it can be read and no longer sent.
    Archive(Which),
}

#[derive(Clone, Debug, Args)]
pub(super) struct Which {
    /// The service, by name or id.
    #[arg(long)]
    service: String,
    /// The template, by id, or by name if no other has it.
    template: String,
}

/// The language a template is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Written {
    En,
    Fr,
    Both,
}

#[derive(Clone, Debug, Args)]
pub(super) struct Create {
    /// The service, by name or id.
    #[arg(long)]
    service: String,
    /// The template's name.
    name: String,
    /// What it makes: email or sms.
    #[arg(long = "type")]
    channel: Channel,
    #[command(flatten)]
    text: Text,
    /// The lane its messages wait in: priority, normal or bulk.
    #[arg(long)]
    lane: Option<Lane>,
    /// The language it is written in.
    #[arg(long, value_enum, default_value = "en")]
    language: Written,
    /// Its text runs from right to left.
    #[arg(long)]
    right_to_left: bool,
}

#[derive(Clone, Debug, Args)]
pub(super) struct Update {
    #[command(flatten)]
    which: Which,
    /// Another name.
    #[arg(long)]
    name: Option<String>,
    #[command(flatten)]
    text: Text,
}

impl Written {
    const fn word(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
            Self::Both => "both",
        }
    }
}

impl Shown for Current {
    const NOUN: (&'static str, &'static str) = ("template", "templates");

    fn id(&self) -> Uuid {
        self.head.id.uuid()
    }

    fn json(&self) -> Value {
        json!({
            "id": self.head.id,
            "service_id": self.head.service_id,
            "type": self.head.channel.0,
            "name": self.head.name,
            "version": self.head.version,
            "subject": self.text.subject,
            "body": self.text.body,
            "lane": self.head.lane.map(|lane| lane.0),
            "language": self.head.language,
            "right_to_left": self.head.right_to_left,
            "created_at": self.head.created_at,
            "updated_at": self.head.updated_at,
            "archived_at": self.head.archived_at,
        })
    }

    fn line(&self) -> String {
        let state = if self.head.archived_at.is_some() { ", archived" } else { "" };
        let Self { head, .. } = self;
        format!(
            "{:?} ({}), {}, version {}{state}",
            head.name, head.id, head.channel.0, head.version
        )
    }
}

pub(super) async fn perform(command: Command, act: &Act<'_>) -> Result<Answer> {
    match command {
        Command::Create(asked) => create(act, asked).await,
        Command::Update(asked) => update(act, asked).await,
        Command::Show(which) => {
            let there = the_template(act, &which).await?;
            let body = there.text.body.clone();
            let mut answer = Answer::show(&there);
            let subject =
                there.text.subject.map_or_else(String::new, |text| format!("\nSubject: {text}"));
            answer.words.push_str(&format!("{subject}\n\n{body}"));
            Ok(answer)
        }
        Command::List { service, channel, page } => {
            let service = find::any_service(act, &service).await?;
            Ok(page.of(template::list(act.read(), service.id, channel).await?))
        }
        Command::Archive(which) => archive(act, &which).await,
    }
}

async fn create(act: &Act<'_>, asked: Create) -> Result<Answer> {
    let service = find::service(act, &asked.service).await?;
    let name = find::name(&asked.name, "a template")?.to_owned();
    let (subject, body) = asked.text.whole(asked.channel)?;
    let alike = template::by_name(act.read(), service.id, &name).await?;
    if let Some(head) = alike.into_iter().find(|head| head.channel.0 == asked.channel) {
        let there = template::current(act.read(), service.id, head.id).await?;
        let there = there.context("the template is gone")?;
        ensure!(
            there.text.body == body && there.text.subject == subject,
            "the service has another template named {name:?} ({}): change it with `portico admin template update`, \
             or choose another name",
            there.head.id
        );
        return Ok(Answer::done(Outcome::Unchanged, &there));
    }
    let wanted = NewTemplate {
        channel: asked.channel,
        name,
        subject,
        body,
        category_id: None,
        folder_id: None,
        lane: asked.lane,
        language: asked.language.word().to_owned(),
        right_to_left: asked.right_to_left,
    };
    let author = act.stamp.actor.to_string();
    let tx = act.begin().await?;
    let made = template::create(&tx, &act.stamp, service.id, &author, wanted).await?;
    tx.commit().await?;
    Ok(Answer::done(Outcome::Created, &made))
}

async fn update(act: &Act<'_>, asked: Update) -> Result<Answer> {
    find::service(act, &asked.which.service).await?;
    let before = the_template(act, &asked.which).await?;
    ensure!(before.head.archived_at.is_none(), "the template is archived and cannot be changed");
    let name = asked.name.as_deref().map(|name| find::name(name, "a template")).transpose()?;
    let (subject, body) = asked.text.parts(before.head.channel.0)?;
    ensure!(
        name.is_some() || subject.is_some() || body.is_some(),
        "nothing to change is given: give --name, --subject, --body or --body-file"
    );
    let change = Change { name: name.map(str::to_owned), subject, body, ..Change::default() };
    let (author, place) = (act.stamp.actor.to_string(), (before.head.service_id, before.head.id));
    let tx = act.begin().await?;
    let after = template::change(&tx, &act.stamp, place, &author, &change).await?;
    tx.commit().await?;
    Ok(Answer::done(Outcome::changed(after != before), &after))
}

async fn archive(act: &Act<'_>, which: &Which) -> Result<Answer> {
    let before = the_template(act, which).await?;
    if before.head.archived_at.is_some() {
        return Ok(Answer::done(Outcome::Unchanged, &before));
    }
    let (author, place) = (act.stamp.actor.to_string(), (before.head.service_id, before.head.id));
    let tx = act.begin().await?;
    let after = template::archive(&tx, &act.stamp, place, &author).await?;
    tx.commit().await?;
    Ok(Answer::done(Outcome::Changed, &after))
}

/// The template of this id or name; an archived one is found by its name only when no other has it.
async fn the_template(act: &Act<'_>, which: &Which) -> Result<Current> {
    let (service, named) = (find::any_service(act, &which.service).await?, &which.template);
    if let Ok(id) = named.parse::<TemplateId>()
        && let Some(there) = template::current(act.read(), service.id, id).await?
    {
        return Ok(there);
    }
    let alike = template::by_name(act.read(), service.id, named).await?;
    if alike.len() > 1 {
        let ids: Vec<_> = alike.iter().map(|head| head.id.to_string()).collect();
        bail!("several templates are named {named:?}: name one by its id: {}", ids.join(", "));
    }
    let head = match alike.into_iter().next() {
        Some(head) => Some(head),
        None => template::archived_by_name(act.read(), service.id, named).await?,
    };
    let head = head.with_context(|| {
        format!(
            "the service {:?} has no template {named:?}: `portico admin template list` shows all",
            service.name
        )
    })?;
    let there = template::current(act.read(), service.id, head.id).await?;
    there.context("the template is gone")
}
