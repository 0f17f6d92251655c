//! One statement that writes what a provider said about hundreds of messages, each with a name of its own.

use db::Transaction;
use kernel::Time;
use notify::Status;
use sea_orm::{ConnectionTrait, FromQueryResult, IdenStatic, Statement, Value};

use crate::{
    NotificationId,
    statistic::{Changed, Tally},
};

/// A message that a provider took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedOver {
    /// The message.
    pub id: NotificationId,
    /// The provider's own name for it.
    pub reference: Option<String>,
}

/// What messages that went to the same provider have in common.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HandOver {
    /// Who took them.
    pub provider: String,
    /// The status they get: `sending`, `sent`, or how they ended if that was known at once.
    pub to: Status,
    /// The provider's words about how they ended.
    pub response: Option<String>,
}

/// Notes that a provider took `messages`; gives those that were still `created` and counts them in
/// `tally`, all others stay.
///
/// A name of its own for each message makes this one `UPDATE … FROM (VALUES …)`, which both engines
/// read alike, instead of a statement a message.
pub async fn hand_over(
    tx: &Transaction,
    messages: &[HandedOver],
    common: &HandOver,
    at: Time,
    tally: &mut Tally,
) -> db::Result<Vec<NotificationId>> {
    if messages.is_empty() {
        return Ok(Vec::new());
    }
    let completed = common.to.is_completed().then_some(at);
    let mut values: Vec<Value> = vec![
        common.to.as_str().into(),
        at.into(),
        completed.into(),
        common.provider.as_str().into(),
        common.response.clone().into(),
        Status::Created.as_str().into(),
    ];
    let mut rows = String::new();
    for (nth, message) in messages.iter().enumerate() {
        let (id, name) = (values.len() + 1, values.len() + 2);
        rows.push_str(if nth == 0 { "" } else { "," });
        rows.push_str(&format!("(${id},${name})"));
        values.push(message.id.into());
        values.push(message.reference.clone().into());
    }
    let returned = Changed::COLUMNS.map(|column| format!("notification.{}", column.as_str()));
    let returned = returned.join(",");
    let sql = format!(
        "UPDATE notification SET status = $1, updated_at = $2, sent_at = $2, completed_at = $3, \
         provider = $4, provider_response = $5, provider_reference = v.column2 \
         FROM (VALUES {rows}) AS v WHERE notification.id = v.column1 AND notification.status = $6 \
         RETURNING {returned}"
    );
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    let written = tx.query_all_raw(statement).await?;
    let mut ids = Vec::with_capacity(written.len());
    for row in &written {
        let message = Changed::from_query_result(row, "")?;
        tally.stepped(&message, Status::Created, common.to, at);
        ids.push(message.id);
    }
    Ok(ids)
}
