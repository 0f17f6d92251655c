//! What a service has set about its messages: sender, channels and limits.

use accounts::ServiceId;
use kernel::Time;
use sea_orm::entity::prelude::*;

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
