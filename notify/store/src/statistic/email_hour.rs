//! How many e-mails of a service went to a provider in one hour, and how many addresses did not exist.

use accounts::ServiceId;
use kernel::Time;
use sea_orm::entity::prelude::*;

/// How many e-mails of a service went to a provider in one hour, and how many addresses did not exist.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "email_hour")]
pub struct Model {
    /// The service.
    #[sea_orm(primary_key, auto_increment = false)]
    pub service_id: ServiceId,
    /// The hour's beginning.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hour: Time,
    /// E-mails that a provider was asked to take.
    pub sent: i64,
    /// Those that ended in `permanent-failure` in this hour.
    pub bounced: i64,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
