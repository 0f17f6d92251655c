//! Folders that only some members of a team see.

use sea_orm_migration::{prelude::*, schema::*};

/// Adds the mark on a folder, and the table of who sees the marked ones.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0009_folder_viewer"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // An older version that still runs makes folders that everybody sees.
        let restricted = boolean("restricted").default(false).take();
        let alter = Table::alter().table("template_folder").add_column(restricted).take();
        manager.alter_table(alter).await?;
        manager.create_table(folder_viewer()).await?;
        let index = "CREATE INDEX ix_folder_viewer_service_id ON folder_viewer (service_id)";
        manager.get_connection().execute_unprepared(index).await?;
        Ok(())
    }
}

fn folder_viewer() -> TableCreateStatement {
    Table::create()
        .table("folder_viewer")
        .col(uuid("folder_id"))
        .col(uuid("person_id"))
        .col(uuid("service_id"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("folder_id").col("person_id"))
        .take()
}
