//! Finding a service's messages for people: by channel, by what became of them, by template, sender, reference, time
//! and recipient, and those of a batch in the order of its rows.
//!
//! Every call looks at a bounded number of messages, newest first, so that a page answers alike at a thousand and at
//! ten million: it may give fewer rows than asked for and still say where to go on. A whole address or number is
//! found by its keyed hash among all messages; a part of one only by opening messages, so a part is looked for in
//! [`OPENED`] messages a call.

mod in_batch;

use accounts::{ApiKeyId, KeyKind, PersonId, ServiceId};
use kernel::{Time, Vault, Word};
use notify::{Channel, Dialect, Recipient, Status, status::Group};
use sea_orm::{
    Condition, QueryOrder, QuerySelect, QueryTrait, entity::prelude::*, sea_query::ExprTrait,
};

pub use self::in_batch::{FoundInBatch, InBatch, in_batch};
use crate::{
    NotificationId, TemplateId,
    notification::{Column, Content, Entity, Model, recipient_hash},
};

/// How many messages one call looks at when no index gives what is asked for.
pub const LOOKED_AT: u64 = 5_000;
/// How many messages one call opens to look for a part of a recipient.
pub const OPENED: u64 = 1_000;

/// What is looked for; what is none does not matter. Messages of test keys are never found.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// E-mails or texts.
    pub channel: Option<Channel>,
    /// What became of them.
    pub group: Option<Group>,
    /// Only those whose recipient does not exist: status `permanent-failure`.
    pub problem_addresses: bool,
    /// The recipient or a part of it, as typed.
    pub recipient: Option<String>,
    /// The sender's own reference, exactly.
    pub reference: Option<String>,
    /// Only those made from this template.
    pub template: Option<TemplateId>,
    /// Only those sent by this person or with this key.
    pub origin: Option<Origin>,
    /// Only those accepted at this moment or later.
    pub since: Option<Time>,
    /// Only those accepted before this moment.
    pub until: Option<Time>,
    /// Only those older than this one: [`Found::next`] of the page before.
    pub older_than: Option<NotificationId>,
    /// Rows of a page.
    pub size: u64,
}

/// Who sent a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Somebody at a page.
    Person(PersonId),
    /// A program.
    Key(ApiKeyId),
}

impl Search {
    /// Where the rows that are looked for begin, seen from the newest.
    fn top(&self) -> Option<NotificationId> {
        let until = self.until.map(NotificationId::first_of);
        self.older_than.into_iter().chain(until).min()
    }

    /// Where they end.
    fn bottom(&self) -> Option<NotificationId> {
        self.since.map(NotificationId::first_of)
    }

    /// Whether an index leads to the rows, so that no look is in vain.
    const fn is_indexed(&self) -> bool {
        let failed = matches!(self.group, Some(Group::Failed));
        let plain = self.group.is_none() && self.channel.is_none();
        let of_all = self.template.is_none() && self.origin.is_none();
        failed || self.problem_addresses || self.reference.is_some() || (plain && of_all)
    }
}

/// One page of what was found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Messages, newest first, with what is personal in them still sealed.
    pub rows: Vec<Model>,
    /// Where the next page begins; none when nothing is left to look at. A page can be short, even empty, and still
    /// have a next one: then nothing was found among the messages that were looked at.
    pub next: Option<NotificationId>,
}

impl Found {
    fn of(mut rows: Vec<Model>, size: u64, end: Option<NotificationId>) -> Self {
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        if rows.len() > size {
            rows.truncate(size);
            let next = rows.last().map(|row| row.id);
            return Self { rows, next };
        }
        Self { rows, next: end }
    }
}

/// One page of a service's messages.
///
/// # Errors
/// The database's own.
pub async fn search(
    db: &impl ConnectionTrait,
    vault: &Vault,
    dialect: Dialect,
    service: ServiceId,
    search: &Search,
) -> db::Result<Found> {
    match search.recipient.as_deref().map(str::trim).filter(|typed| !typed.is_empty()) {
        None => any(db, service, search).await,
        Some(typed) => match whole(typed, search.channel, dialect) {
            keys if keys.is_empty() => part(db, vault, service, (typed, search)).await,
            keys => {
                let hashes = keys.iter().map(|key| recipient_hash(vault, service, key));
                let rows = wanted(service, search)
                    .filter(Column::RecipientHash.is_in(hashes))
                    .limit(search.size + 1)
                    .all(db)
                    .await?;
                Ok(Found::of(rows, search.size, None))
            }
        },
    }
}

/// One page of the texts that a service sent to one recipient, newest first. A hash can in principle be that of two
/// recipients: whoever opens a message compares.
///
/// # Errors
/// The database's own.
pub async fn texts_to(
    db: &impl ConnectionTrait,
    (service, hash): (ServiceId, i64),
    older_than: Option<NotificationId>,
    size: u64,
) -> db::Result<Vec<Model>> {
    let search = Search { channel: Some(Channel::Sms), older_than, ..Search::default() };
    let rows = wanted(service, &search).filter(Column::RecipientHash.eq(hash));
    Ok(rows.limit(size).all(db).await?)
}

/// One page of the messages that programs sent with keys, those of test keys too, newest first.
///
/// # Errors
/// The database's own.
pub async fn by_keys(
    db: &impl ConnectionTrait,
    service: ServiceId,
    older_than: Option<NotificationId>,
    size: u64,
) -> db::Result<Found> {
    let search = Search { older_than, ..Search::default() };
    let end = window(db, service, &search).await?;
    let rows = Entity::find()
        .filter(Column::ServiceId.eq(service))
        .filter(Column::ApiKeyId.is_not_null())
        .apply_if(older_than, |rows, last| rows.filter(Column::Id.lt(last)))
        .apply_if(end, |rows, end| rows.filter(Column::Id.gte(end)))
        .order_by_desc(Column::Id)
        .limit(size + 1)
        .all(db)
        .await?;
    Ok(Found::of(rows, size, end))
}

/// The keys of the recipients that a text names as a whole.
fn whole(typed: &str, channel: Option<Channel>, dialect: Dialect) -> Vec<String> {
    let channels = Channel::ALL.iter().filter(|is| channel.is_none_or(|only| only == **is));
    let parsed = channels.filter_map(|is| Recipient::parse(*is, typed, dialect).ok());
    parsed.map(|recipient| recipient.key()).collect()
}

async fn any(db: &impl ConnectionTrait, service: ServiceId, search: &Search) -> db::Result<Found> {
    let rows = wanted(service, search);
    // Failures and references have indexes of their own; anything else can be rare and far back.
    let end = if search.is_indexed() { None } else { window(db, service, search).await? };
    let rows = rows.apply_if(end, |rows, end| rows.filter(Column::Id.gte(end)));
    let rows = rows.limit(search.size + 1).all(db).await?;
    Ok(Found::of(rows, search.size, end))
}

async fn part(
    db: &impl ConnectionTrait,
    vault: &Vault,
    service: ServiceId,
    (typed, search): (&str, &Search),
) -> db::Result<Found> {
    let needle = Needle::of(typed);
    let rows = wanted(service, search);
    let end = window(db, service, search).await?;
    let rows = rows.apply_if(end, |rows, end| rows.filter(Column::Id.gte(end)));
    let opened = rows.limit(OPENED).all(db).await?;
    let all_opened = (opened.len() as u64) < OPENED;
    let end = if all_opened { end } else { opened.last().map(|row| row.id) };
    let hits = opened.into_iter().filter(|row| {
        Content::open(vault, row.id, &row.sealed).is_ok_and(|content| needle.is_in(&content))
    });
    Ok(Found::of(hits.collect(), search.size, end))
}

/// The oldest of the newest [`LOOKED_AT`] messages of the time that is looked at; none when there are fewer.
async fn window(
    db: &impl ConnectionTrait,
    service: ServiceId,
    search: &Search,
) -> db::Result<Option<NotificationId>> {
    Ok(Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::ServiceId.eq(service))
        .apply_if(search.top(), |rows, top| rows.filter(Column::Id.lt(top)))
        .apply_if(search.bottom(), |rows, bottom| rows.filter(Column::Id.gte(bottom)))
        .order_by_desc(Column::Id)
        .offset(LOOKED_AT - 1)
        .limit(1)
        .into_tuple()
        .one(db)
        .await?)
}

fn wanted(service: ServiceId, search: &Search) -> Select<Entity> {
    Entity::find()
        .filter(Column::ServiceId.eq(service))
        .filter(Column::KeyKind.ne(Word(KeyKind::Test)))
        .apply_if(search.channel, |rows, is| rows.filter(Column::Channel.eq(Word(is))))
        .apply_if(search.group, |rows, is| rows.filter(stands(is)))
        .apply_if(search.problem_addresses.then_some(()), |rows, ()| {
            rows.filter(failed()).filter(permanent())
        })
        .apply_if(search.reference.as_deref(), |rows, is| rows.filter(Column::Reference.eq(is)))
        .apply_if(search.template, |rows, is| rows.filter(Column::TemplateId.eq(is)))
        .apply_if(search.origin, |rows, is| match is {
            Origin::Person(person) => rows.filter(Column::CreatedBy.eq(person)),
            Origin::Key(key) => rows.filter(Column::ApiKeyId.eq(key)),
        })
        .apply_if(search.top(), |rows, top| rows.filter(Column::Id.lt(top)))
        .apply_if(search.bottom(), |rows, bottom| rows.filter(Column::Id.gte(bottom)))
        .order_by_desc(Column::Id)
}

/// Whether a message is in a group; which statuses those are depends on its channel.
fn stands(group: Group) -> Condition {
    if group == Group::Failed {
        return failed();
    }
    let of = |channel: Channel| {
        let statuses = group.statuses(channel).into_iter().map(Word);
        Column::Channel.eq(Word(channel)).and(Column::Status.is_in(statuses))
    };
    Condition::any().add(of(Channel::Email)).add(of(Channel::Sms))
}

/// In the very words of the index `ix_notification_failed`, so that both engines see that it serves.
fn failed() -> Condition {
    Condition::all().add(Expr::cust(
        "status IN ('technical-failure','temporary-failure','permanent-failure','provider-failure','validation-failed','virus-scan-failed','returned-letter','pii-check-failed','failed')",
    ))
}

/// Whether the address does not exist.
fn permanent() -> Condition {
    Condition::all().add(Column::Status.eq(Word(Status::PermanentFailure)))
}

/// A part of a recipient: letters in any case, and digits whatever stands between them.
struct Needle {
    text: String,
    digits: Option<String>,
}

impl Needle {
    fn of(typed: &str) -> Self {
        let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
        let is_number = typed.chars().all(|c| c.is_ascii_digit() || " +-().".contains(c));
        let digits = (is_number && digits.len() >= 3).then_some(digits);
        Self { text: typed.to_lowercase(), digits }
    }

    fn is_in(&self, content: &Content) -> bool {
        let in_digits = |digits: &String| {
            !content.deliver_to.contains('@') && content.deliver_to.contains(digits.as_str())
        };
        content.deliver_to.to_lowercase().contains(&self.text)
            || content.to.to_lowercase().contains(&self.text)
            || self.digits.as_ref().is_some_and(in_digits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_index_are_those_of_the_group() {
        let mut failures: Vec<_> = Group::Failed.statuses(Channel::Email);
        failures.sort_by_key(|status| status.as_str());
        let mut written: Vec<_> = Status::ALL.iter().copied().filter(|s| s.is_failure()).collect();
        written.sort_by_key(|status| status.as_str());
        assert_eq!(failures, written);
        let sql = Entity::find().filter(failed()).build(sea_orm::DbBackend::Sqlite).to_string();
        for status in failures {
            assert!(sql.contains(&format!("'{status}'")), "{status}");
        }
        assert_eq!(
            sql.matches('\'').count() / 2,
            Status::ALL.iter().filter(|s| s.is_failure()).count()
        );
    }
}
