//! When attempts at a call-back failed within the last minutes.

use sea_orm_migration::{prelude::*, schema::*};

/// Makes the table of failed attempts.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0005_callback_failure"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let failures = Table::create()
            .table("callback_failure")
            .col(uuid("callback_id"))
            .col(text("times"))
            .primary_key(Index::create().col("callback_id"))
            .take();
        manager.create_table(failures).await
    }
}
