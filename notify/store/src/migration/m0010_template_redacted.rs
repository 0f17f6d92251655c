//! Templates whose values are never shown.

use sea_orm_migration::{prelude::*, schema::*};

/// Adds since when the values of a template's messages are hidden.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0010_template_redacted"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = timestamp_with_time_zone_null("redacted_at");
        manager.alter_table(Table::alter().table("template").add_column(column).take()).await
    }
}
