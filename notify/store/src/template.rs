//! A template's head: what stays the same from version to version, and the current version's number.

use accounts::ServiceId;
use audit::Stamp;
use db::Transaction;
use kernel::{Language, Time, Word};
use notify::{
    Channel, Lane, find as looking,
    template::{Languages, Template},
};
use sea_orm::{IntoActiveModel, QueryOrder, QuerySelect, QueryTrait, entity::prelude::*};
use serde_json::json;

use crate::{
    CategoryId, FolderId, TemplateId, template_category, template_folder, template_version, trail,
};

/// A template's head: what stays the same from version to version, and the current version's number.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "template")]
pub struct Model {
    /// The template.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TemplateId,
    /// Whose it is.
    pub service_id: ServiceId,
    /// E-mail or text; never changes.
    pub channel: Word<Channel>,
    /// The lane it asks for; none means its category's.
    pub lane: Option<Word<Lane>>,
    /// Its category.
    pub category_id: Option<CategoryId>,
    /// The folder it lies in; none is the top.
    pub folder_id: Option<FolderId>,
    /// The current name.
    pub name: String,
    /// The current version's number, from 1.
    pub version: i32,
    /// The language of its text: `en`, `fr` or `both`.
    pub language: String,
    /// Whether the whole body runs from right to left.
    pub right_to_left: bool,
    /// When it was made.
    pub created_at: Time,
    /// The last change; none when never changed.
    pub updated_at: Option<Time>,
    /// When it was archived; nothing is sent with it after that.
    pub archived_at: Option<Time>,
    /// Since when pages show none of the values of its messages; never taken back.
    pub redacted_at: Option<Time>,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A template as it is now: its head and the version the head names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Current {
    /// What stays the same.
    pub head: Model,
    /// The text.
    pub text: template_version::Model,
}

/// What a new template shall be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTemplate {
    /// E-mail or text.
    pub channel: Channel,
    /// Its name.
    pub name: String,
    /// The subject; none for a text.
    pub subject: Option<String>,
    /// The text with its placeholders.
    pub body: String,
    /// Its category.
    pub category_id: Option<CategoryId>,
    /// The folder it lies in; none is the top.
    pub folder_id: Option<FolderId>,
    /// The lane it asks for; none means its category's.
    pub lane: Option<Lane>,
    /// The language of its text: `en`, `fr` or `both`.
    pub language: String,
    /// Whether the whole body runs from right to left.
    pub right_to_left: bool,
}

/// What is to be changed; none stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Its name.
    pub name: Option<String>,
    /// The subject.
    pub subject: Option<String>,
    /// The text.
    pub body: Option<String>,
    /// The language of its text: `en`, `fr` or `both`.
    pub language: Option<String>,
    /// Whether the whole body runs from right to left.
    pub right_to_left: Option<bool>,
    /// Its category.
    pub category_id: Option<CategoryId>,
    /// The folder; `Some(None)` is the top. Moving makes no new version.
    pub folder_id: Option<Option<FolderId>>,
    /// The version that was changed; when it is no longer the current one, the change is the conflict [`OVERTAKEN`].
    pub based_on: Option<i32>,
}

/// The conflict of a change to a version that is no longer the current one.
pub const OVERTAKEN: &str = "template_version";

impl Model {
    /// In which languages it is written.
    pub fn languages(&self) -> Languages {
        match self.language.as_str() {
            "fr" => Languages::One(Language::French),
            "both" => Languages::Both,
            _ => Languages::One(Language::English),
        }
    }

    /// One version of this template, read for filling.
    pub fn read(&self, text: &template_version::Model) -> Template {
        let read = match *self.channel {
            Channel::Email => {
                Template::email(text.subject.as_deref().unwrap_or_default(), &text.body)
            }
            Channel::Sms => Template::sms(&text.body),
        };
        read.in_languages(self.languages()).right_to_left(self.right_to_left)
    }
}

impl Current {
    /// This template with `change`, still under the old version's number.
    fn with(&self, change: &Change) -> Self {
        let Self { mut head, mut text } = self.clone();
        if let Some(name) = &change.name {
            head.name.clone_from(name);
            text.name.clone_from(name);
        }
        if let (Some(subject), Channel::Email) = (&change.subject, *head.channel) {
            text.subject = Some(subject.clone());
        }
        if let Some(body) = &change.body {
            text.body.clone_from(body);
        }
        if let Some(language) = &change.language {
            head.language.clone_from(language);
        }
        head.right_to_left = change.right_to_left.unwrap_or(head.right_to_left);
        head.category_id = change.category_id.or(head.category_id);
        head.folder_id = change.folder_id.unwrap_or(head.folder_id);
        Self { head, text }
    }

    /// The next version, made by `author` at `at`.
    fn next(mut self, author: &str, at: Time) -> Self {
        self.head.version += 1;
        self.text.version = self.head.version;
        author.clone_into(&mut self.text.created_by);
        self.text.created_at = at;
        self
    }
}

/// Makes a template with its version 1; `author` is an e-mail address.
pub async fn create(
    tx: &Transaction,
    stamp: &Stamp,
    service: ServiceId,
    author: &str,
    wanted: NewTemplate,
) -> db::Result<Current> {
    let made = first(stamp.at, service, author, wanted);
    Entity::insert(made.head.clone().into_active_model()).exec_without_returning(tx).await?;
    template_version::insert(tx, &made.text).await?;
    let words = json!({"name": made.head.name, "channel": made.head.channel.0});
    trail::leave(tx, stamp, service, ("template.create", made.head.id.uuid()), words).await?;
    Ok(made)
}

/// Changes a template. A change of name, subject, text or category makes the next version; moving it
/// to another folder does not, and a change that changes nothing leaves no trace (API specification,
/// section 5.4).
///
/// # Errors
/// `Missing` when the service has no such template, the conflict [`OVERTAKEN`] when somebody was faster.
pub async fn change(
    tx: &Transaction,
    stamp: &Stamp,
    (service, id): (ServiceId, TemplateId),
    author: &str,
    change: &Change,
) -> db::Result<Current> {
    let before = locked(tx, service, id).await?;
    if change.based_on.is_some_and(|version| version != before.head.version) {
        return Err(db::Error::Conflict(OVERTAKEN.to_owned()));
    }
    let after = before.with(change);
    if after == before {
        return Ok(before);
    }
    let moved = Model { folder_id: after.head.folder_id, ..before.head.clone() };
    let only_moved = after.text == before.text && after.head == moved;
    let mut after = if only_moved { after } else { after.next(author, stamp.at) };
    after.head.updated_at = Some(stamp.at);
    keep(tx, stamp, "template.change", after, !only_moved).await
}

/// Hides the values of a template's messages on pages, those of earlier ones too. There is no way back; a template
/// whose values are hidden already stays as it is.
///
/// # Errors
/// `Missing` when the service has no such template.
pub async fn redact(
    tx: &Transaction,
    stamp: &Stamp,
    (service, id): (ServiceId, TemplateId),
) -> db::Result<()> {
    let mut current = locked(tx, service, id).await?;
    if current.head.redacted_at.is_some() {
        return Ok(());
    }
    current.head.redacted_at = Some(stamp.at);
    keep(tx, stamp, "template.redact", current, false).await?;
    Ok(())
}

/// Archives a template as its next version and takes it out of its folder, unless not everybody sees that: then it
/// stays where those do not see it either. One that is archived already stays as it is.
pub async fn archive(
    tx: &Transaction,
    stamp: &Stamp,
    (service, id): (ServiceId, TemplateId),
    author: &str,
) -> db::Result<Current> {
    let before = locked(tx, service, id).await?;
    if before.head.archived_at.is_some() {
        return Ok(before);
    }
    let mut after = before.next(author, stamp.at);
    after.head.updated_at = Some(stamp.at);
    after.head.archived_at = Some(stamp.at);
    after.head.folder_id = match after.head.folder_id {
        Some(folder) => template_folder::restricted_above(tx, service, folder).await?,
        None => None,
    };
    keep(tx, stamp, "template.archive", after, true).await
}

/// A service's template as it is now, archived or not.
pub async fn current(
    db: &impl ConnectionTrait,
    service: ServiceId,
    id: TemplateId,
) -> db::Result<Option<Current>> {
    let Some(head) = find(db, service, id).await? else { return Ok(None) };
    let text = template_version::find(db, service, id, head.version).await?;
    Ok(Some(Current { head, text: text.ok_or(db::Error::Missing)? }))
}

/// The head of a service's template, archived or not.
pub async fn find(
    db: &impl ConnectionTrait,
    service: ServiceId,
    id: TemplateId,
) -> db::Result<Option<Model>> {
    Ok(Entity::find_by_id(id).filter(Column::ServiceId.eq(service)).one(db).await?)
}

/// The lane of its messages: its own, else its category's.
pub async fn lane(db: &impl ConnectionTrait, head: &Model) -> db::Result<Lane> {
    Ok(match (head.lane, head.category_id) {
        (Some(lane), _) => lane.0,
        (None, None) => Lane::Normal,
        (None, Some(category)) => template_category::find(db, category)
            .await?
            .map_or(Lane::Normal, |category| category.lane(*head.channel)),
    })
}

/// The heads of some of a service's templates, archived or not.
pub async fn some(
    db: &impl ConnectionTrait,
    service: ServiceId,
    ids: &[TemplateId],
) -> db::Result<Vec<Model>> {
    let own = Entity::find().filter(Column::ServiceId.eq(service));
    Ok(own.filter(Column::Id.is_in(ids.iter().copied())).all(db).await?)
}

/// The service's templates of this name that are not archived, oldest first.
pub async fn by_name(
    db: &impl ConnectionTrait,
    service: ServiceId,
    name: &str,
) -> db::Result<Vec<Model>> {
    let live = Entity::find().filter(Column::ServiceId.eq(service));
    let live = live.filter(Column::ArchivedAt.is_null()).filter(Column::Name.eq(name));
    Ok(live.order_by_asc(Column::Id).all(db).await?)
}

/// The newest archived template of this name, if there is one.
pub async fn archived_by_name(
    db: &impl ConnectionTrait,
    service: ServiceId,
    name: &str,
) -> db::Result<Option<Model>> {
    let archived = Entity::find().filter(Column::ServiceId.eq(service));
    let archived = archived.filter(Column::ArchivedAt.is_not_null()).filter(Column::Name.eq(name));
    Ok(archived.order_by_desc(Column::Id).one(db).await?)
}

/// The heads of a service's templates that are not archived, by name and then by channel.
pub async fn heads(
    db: &impl ConnectionTrait,
    service: ServiceId,
    channel: Option<Channel>,
) -> db::Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(Column::ServiceId.eq(service))
        .filter(Column::ArchivedAt.is_null())
        .apply_if(channel, |rows, is| rows.filter(Column::Channel.eq(Word(is))))
        .order_by_asc(Column::Name)
        .order_by_asc(Column::Channel)
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

/// The heads of those of [`heads`] whose name, subject or text holds each of the words (see [`looking::holds`]).
pub async fn holding(
    db: &impl ConnectionTrait,
    service: ServiceId,
    words: &str,
) -> db::Result<Vec<Model>> {
    let all = list(db, service, None).await?;
    let found = all.into_iter().filter(|one| {
        let subject = one.text.subject.as_deref().unwrap_or_default();
        looking::holds(&[&one.head.name, subject, &one.text.body], words)
    });
    Ok(found.map(|one| one.head).collect())
}

/// A service's templates that are not archived, by name and then by channel; two queries in all.
pub async fn list(
    db: &impl ConnectionTrait,
    service: ServiceId,
    channel: Option<Channel>,
) -> db::Result<Vec<Current>> {
    let heads = heads(db, service, channel).await?;
    let mut texts = template_version::currents(db, service).await?;
    heads
        .into_iter()
        .map(|head| {
            let text = texts.remove(&head.id).ok_or(db::Error::Missing)?;
            Ok(Current { head, text })
        })
        .collect()
}

fn first(at: Time, service: ServiceId, author: &str, wanted: NewTemplate) -> Current {
    let id = TemplateId::new(at);
    let subject = wanted.subject.filter(|_| wanted.channel == Channel::Email);
    let text = template_version::Model {
        template_id: id,
        version: 1,
        service_id: service,
        name: wanted.name.clone(),
        subject,
        body: wanted.body,
        created_by: author.to_owned(),
        created_at: at,
    };
    let head = Model {
        id,
        service_id: service,
        channel: Word(wanted.channel),
        lane: wanted.lane.map(Word),
        category_id: wanted.category_id,
        folder_id: wanted.folder_id,
        name: wanted.name,
        version: 1,
        language: wanted.language,
        right_to_left: wanted.right_to_left,
        created_at: at,
        updated_at: None,
        archived_at: None,
        redacted_at: None,
    };
    Current { head, text }
}

/// The template, its head locked until the transaction ends, so that two changes make two versions.
async fn locked(tx: &Transaction, service: ServiceId, id: TemplateId) -> db::Result<Current> {
    let head = Entity::find_by_id(id).filter(Column::ServiceId.eq(service));
    let head = head.lock_exclusive().one(tx).await?.ok_or(db::Error::Missing)?;
    let text = template_version::find(tx, service, id, head.version).await?;
    Ok(Current { head, text: text.ok_or(db::Error::Missing)? })
}

async fn keep(
    tx: &Transaction,
    stamp: &Stamp,
    action: &str,
    after: Current,
    is_version: bool,
) -> db::Result<Current> {
    if is_version {
        template_version::insert(tx, &after.text).await?;
    }
    after.head.clone().into_active_model().reset_all().update(tx).await?;
    let (service, id) = (after.head.service_id, after.head.id.uuid());
    let words = json!({"version": after.head.version, "folder": after.head.folder_id});
    trail::leave(tx, stamp, service, (action, id), words).await?;
    Ok(after)
}
