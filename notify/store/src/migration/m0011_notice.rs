//! What a service's managers are told of once.

use sea_orm_migration::{prelude::*, schema::*};

/// Makes the table of notices.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0011_notice"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let notices = Table::create()
            .table("notice")
            .col(uuid("service_id"))
            .col(text("name"))
            .col(text("about"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone_null("told_at"))
            .primary_key(Index::create().col("service_id").col("name"))
            .take();
        manager.create_table(notices).await?;
        manager.get_connection().execute_unprepared(UNTOLD).await?;
        Ok(())
    }
}

/// Both engines read it alike; it holds only the few that wait.
const UNTOLD: &str = "CREATE INDEX ix_notice_untold ON notice (created_at) WHERE told_at IS NULL";
