//! Who has written to support within the last day, as a fingerprint.

use sea_orm_migration::{prelude::*, schema::*};

/// Makes the table of messages to support; it holds neither words nor addresses.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0015_contact"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("contact_message")
            .col(uuid("id"))
            .col(binary("sender"))
            .primary_key(Index::create().col("id"))
            .take();
        manager.create_table(table).await?;
        let index = Index::create()
            .name("ix_contact_message_sender")
            .table("contact_message")
            .col("sender")
            .col("id")
            .take();
        manager.create_index(index).await
    }
}
