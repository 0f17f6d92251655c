//! What an identifier or a client reference means, of whatever service: for staff only, who may see every service.

use accounts::{ServiceId, service};
use sea_orm::{QueryOrder, QuerySelect, QueryTrait, entity::prelude::*};

use crate::{batch, go_live, notification, received_text, report, template, template_folder};

/// What kind of thing was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A message.
    Notification,
    /// A template.
    Template,
    /// A folder of templates.
    Folder,
    /// A bulk send.
    Batch,
    /// A request to go live.
    Request,
    /// A text that somebody sent to a service.
    ReceivedText,
    /// A report.
    Report,
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub kind: Kind,
    /// Its identifier.
    pub id: Uuid,
    /// Whose it is.
    pub service: ServiceId,
    /// Its name, if it has one.
    pub name: Option<String>,
}

/// What these identifiers are; those of nothing are left out.
pub async fn by_id(db: &impl ConnectionTrait, ids: &[Uuid]) -> db::Result<Vec<Found>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    macro_rules! of {
        ($module:ident, $kind:ident, $name:expr) => {
            let own = $module::Column::Id.is_in(ids.iter().copied());
            for row in $module::Entity::find().filter(own).all(db).await? {
                let name: fn($module::Model) -> Option<String> = $name;
                let (id, service) = (row.id.uuid(), row.service_id);
                found.push(Found { kind: Kind::$kind, id, service, name: name(row) });
            }
        };
    }
    of!(notification, Notification, |row| row.reference);
    of!(template, Template, |row| Some(row.name));
    of!(template_folder, Folder, |row| Some(row.name));
    of!(batch, Batch, |row| Some(row.name));
    of!(go_live, Request, |_| None);
    of!(received_text, ReceivedText, |_| None);
    of!(report, Report, |_| None);
    Ok(found)
}

/// The newest messages with this client reference, at most `most`, of whatever service.
///
/// The index of references begins with the service, so the services are named: one probe each, however many
/// messages there are.
pub async fn by_reference(
    db: &impl ConnectionTrait,
    reference: &str,
    most: u64,
) -> db::Result<Vec<notification::Model>> {
    let services = service::Entity::find().select_only().column(service::Column::Id).into_query();
    let rows = notification::Entity::find()
        .filter(notification::Column::ServiceId.in_subquery(services))
        .filter(notification::Column::Reference.eq(reference))
        .order_by_desc(notification::Column::Id)
        .limit(most)
        .all(db)
        .await?;
    Ok(rows)
}
