//! What a service has set about its messages: sender, channels and limits.

use std::collections::BTreeSet;

use accounts::ServiceId;
use audit::Stamp;
use db::Transaction;
use kernel::Time;
use notify::Permission;
use sea_orm::{IntoActiveModel, entity::prelude::*};
use serde_json::json;

use crate::trail;

/// What a service has set about its messages: sender, channels and limits.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "setting")]
pub struct Model {
    /// The service.
    #[sea_orm(primary_key, auto_increment = false)]
    pub service_id: ServiceId,
    /// The local part of its From address.
    pub email_from: String,
    /// Its own sending domain; none means the platform's.
    pub sending_domain: Option<String>,
    /// Whether texts begin with the service's name.
    pub prefix_sms: bool,
    /// What it may do, as words with commas: `email,sms,international_sms,inbound_sms`.
    pub permissions: String,
    /// Requests a minute for each kind of key.
    pub rate_limit: i32,
    /// E-mails a day.
    pub email_daily_limit: i64,
    /// Text parts a day.
    pub sms_daily_limit: i64,
    /// E-mails a fiscal year.
    pub email_annual_limit: i64,
    /// Text parts a fiscal year.
    pub sms_annual_limit: i64,
    /// The last change.
    pub updated_at: Time,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// How much a service may send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Requests a minute for each kind of key.
    pub rate: i32,
    /// E-mails a day.
    pub email_daily: i64,
    /// Text parts a day.
    pub sms_daily: i64,
    /// E-mails a fiscal year.
    pub email_annual: i64,
    /// Text parts a fiscal year.
    pub sms_annual: i64,
}

impl Limits {
    /// What a service gets in trial (API specification, section 3.6).
    pub const TRIAL: Self = Self { email_daily: 50, sms_daily: 50, ..Self::LIVE };
    /// What a service gets when it goes live (API specification, section 3.6).
    pub const LIVE: Self = Self {
        rate: 1000,
        email_daily: 10_000,
        sms_daily: 1_500,
        email_annual: 20_000_000,
        sms_annual: 100_000,
    };
}

/// What is to be changed; none stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// The local part of the From address; a taken one is the conflict `uq_setting_email_from`.
    pub email_from: Option<String>,
    /// The sending domain; `Some(None)` means the platform's.
    pub sending_domain: Option<Option<String>>,
    /// Whether texts begin with the service's name.
    pub prefix_sms: Option<bool>,
    /// What the service may do.
    pub permissions: Option<BTreeSet<Permission>>,
    /// How much it may send.
    pub limits: Option<Limits>,
    /// Why, for the record; empty says nothing.
    pub reason: String,
}

impl Model {
    /// Whether the service may do this.
    pub fn may(&self, permission: Permission) -> bool {
        self.permissions.split(',').any(|word| word == permission.as_str())
    }

    /// How much the service may send.
    pub const fn limits(&self) -> Limits {
        Limits {
            rate: self.rate_limit,
            email_daily: self.email_daily_limit,
            sms_daily: self.sms_daily_limit,
            email_annual: self.email_annual_limit,
            sms_annual: self.sms_annual_limit,
        }
    }

    fn with(mut self, change: &Change, at: Time) -> Self {
        if let Some(local_part) = &change.email_from {
            self.email_from.clone_from(local_part);
        }
        if let Some(domain) = &change.sending_domain {
            self.sending_domain.clone_from(domain);
        }
        if let Some(permissions) = &change.permissions {
            self.permissions = Permission::list(permissions);
        }
        self.prefix_sms = change.prefix_sms.unwrap_or(self.prefix_sms);
        let limits = change.limits.unwrap_or(self.limits());
        self.rate_limit = limits.rate;
        self.email_daily_limit = limits.email_daily;
        self.sms_daily_limit = limits.sms_daily;
        self.email_annual_limit = limits.email_annual;
        self.sms_annual_limit = limits.sms_annual;
        self.updated_at = at;
        self
    }
}

/// Gives a new service its settings: the permissions of a new service and the limits of a trial.
///
/// # Errors
/// A taken `email_from` is the conflict `uq_setting_email_from`.
pub async fn create(
    tx: &Transaction,
    stamp: &Stamp,
    service: ServiceId,
    email_from: &str,
) -> db::Result<Model> {
    let bare = Model {
        service_id: service,
        email_from: email_from.to_owned(),
        sending_domain: None,
        prefix_sms: true,
        permissions: Permission::list(&Permission::DEFAULT.iter().copied().collect()),
        rate_limit: 0,
        email_daily_limit: 0,
        sms_daily_limit: 0,
        email_annual_limit: 0,
        sms_annual_limit: 0,
        updated_at: stamp.at,
    };
    let trial = Change { limits: Some(Limits::TRIAL), ..Change::default() };
    let row = bare.with(&trial, stamp.at);
    Entity::insert(row.clone().into_active_model()).exec_without_returning(tx).await?;
    leave(tx, stamp, ("setting.create", ""), &row).await?;
    Ok(row)
}

/// Changes a service's settings; a change that changes nothing leaves no record.
///
/// # Errors
/// `Missing` when the service has none, the conflict `uq_setting_email_from` for a taken address.
pub async fn change(
    tx: &Transaction,
    stamp: &Stamp,
    service: ServiceId,
    change: &Change,
) -> db::Result<Model> {
    let before = get(tx, service).await?;
    let after = before.clone().with(change, before.updated_at);
    if after == before {
        return Ok(before);
    }
    let after = Model { updated_at: stamp.at, ..after };
    after.clone().into_active_model().reset_all().update(tx).await?;
    leave(tx, stamp, ("setting.change", &change.reason), &after).await?;
    Ok(after)
}

/// A service's settings, which must be there.
pub async fn get(db: &impl ConnectionTrait, service: ServiceId) -> db::Result<Model> {
    find(db, service).await?.ok_or(db::Error::Missing)
}

/// A service's settings, if it has any.
pub async fn find(db: &impl ConnectionTrait, service: ServiceId) -> db::Result<Option<Model>> {
    Ok(Entity::find_by_id(service).one(db).await?)
}

async fn leave(
    tx: &Transaction,
    stamp: &Stamp,
    (action, reason): (&str, &str),
    row: &Model,
) -> db::Result<()> {
    let mut words = json!({
        "email_from": row.email_from,
        "sending_domain": row.sending_domain,
        "prefix_sms": row.prefix_sms,
        "permissions": row.permissions,
        "rate_limit": row.rate_limit,
        "email_daily_limit": row.email_daily_limit,
        "sms_daily_limit": row.sms_daily_limit,
        "email_annual_limit": row.email_annual_limit,
        "sms_annual_limit": row.sms_annual_limit,
    });
    if !reason.is_empty() {
        words["reason"] = json!(reason);
    }
    trail::leave(tx, stamp, row.service_id, (action, row.service_id.uuid()), words).await
}
