//! How many messages a key sent on one day, those of test keys too.

use std::collections::HashMap;

use accounts::{ApiKeyId, ServiceId};
use sea_orm::{QuerySelect, entity::prelude::*};

use super::{Days, total};

/// How many messages a key sent on one day.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "key_day")]
pub struct Model {
    /// The service.
    #[sea_orm(primary_key, auto_increment = false)]
    pub service_id: ServiceId,
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub api_key_id: ApiKeyId,
    /// The day in UTC, `2026-11-21`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: String,
    /// How many were accepted.
    pub messages: i64,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What each key of a service sent in these days; a key that sent nothing is left out.
pub async fn by_key(
    db: &impl ConnectionTrait,
    service: ServiceId,
    days: Days,
) -> db::Result<HashMap<ApiKeyId, i64>> {
    let rows: Vec<(ApiKeyId, i64)> = Entity::find()
        .select_only()
        .column(Column::ApiKeyId)
        .expr_as(total(Column::Messages), "messages")
        .filter(Column::ServiceId.eq(service))
        .filter(Column::Day.between(days.first.to_string(), days.last.to_string()))
        .group_by(Column::ApiKeyId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}
