//! Announcements of staff.

use sea_orm_migration::{prelude::*, schema::*};

/// Makes the table of announcements.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0013_staff"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(announcement()).await
    }
}

fn announcement() -> TableCreateStatement {
    Table::create()
        .table("announcement")
        .col(uuid("id"))
        .col(text("english"))
        .col(text("french"))
        .col(boolean("everybody"))
        .col(timestamp_with_time_zone("starts_at"))
        .col(timestamp_with_time_zone_null("ends_at"))
        .col(uuid("created_by"))
        .col(timestamp_with_time_zone_null("archived_at"))
        .primary_key(Index::create().col("id"))
        .take()
}
