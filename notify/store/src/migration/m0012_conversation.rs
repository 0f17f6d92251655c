//! Received texts by who wrote them, the last attempts at call-backs, and what each key sends.

use sea_orm_migration::{prelude::*, schema::*};

/// Makes the tables of conversations, of attempts and of keys' days.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0012_conversation"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [conversation(), attempt(), key_day()] {
            manager.create_table(table).await?;
        }
        // What was kept before has no hash: only the vault makes it. It is gone when its time of keeping ends.
        let hash = big_integer_null("sender_hash");
        let add = Table::alter().table("received_text").add_column(hash).take();
        manager.alter_table(add).await?;
        for index in INDEXES {
            manager.get_connection().execute_unprepared(index).await?;
        }
        Ok(())
    }
}

fn conversation() -> TableCreateStatement {
    Table::create()
        .table("conversation")
        .col(uuid("service_id"))
        .col(big_integer("sender_hash"))
        .col(uuid("latest_id"))
        .primary_key(Index::create().col("service_id").col("sender_hash"))
        .take()
}

fn attempt() -> TableCreateStatement {
    Table::create()
        .table("callback_attempt")
        .col(uuid("id"))
        .col(uuid("service_id"))
        .col(text("kind"))
        .col(uuid("event"))
        .col(text("outcome"))
        .col(text_null("words"))
        .col(integer("milliseconds"))
        .col(timestamp_with_time_zone("at"))
        .primary_key(Index::create().col("id"))
        .take()
}

fn key_day() -> TableCreateStatement {
    Table::create()
        .table("key_day")
        .col(uuid("service_id"))
        .col(uuid("api_key_id"))
        .col(text("day"))
        .col(big_integer("messages"))
        .primary_key(Index::create().col("service_id").col("api_key_id").col("day"))
        .take()
}

/// Both engines read these alike.
const INDEXES: &[&str] = &[
    "CREATE INDEX ix_conversation_latest ON conversation (service_id, latest_id)",
    "CREATE INDEX ix_received_text_sender ON received_text (service_id, sender_hash, id) WHERE sender_hash IS NOT NULL",
    "CREATE INDEX ix_callback_attempt_service_id_id ON callback_attempt (service_id, id)",
];
