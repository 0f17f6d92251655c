//! Facts that pages read instead of counting messages, uploads that wait for their sender, retention by service,
//! and who sent a message that no key sent.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

/// Makes the tables of facts, uploads and retention, and counts what is there already.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0004_statistic"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [statistic(), email_hour(), batch_count(), upload(), retention()] {
            manager.create_table(table).await?;
        }
        for (table, column) in columns() {
            let add = Table::alter().table(table).add_column(column).take();
            manager.alter_table(add).await?;
        }
        let db = manager.get_connection();
        for index in INDEXES {
            db.execute_unprepared(index).await?;
        }
        let day = match db.get_database_backend() {
            DbBackend::Postgres => "to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD')",
            _ => "substr(created_at, 1, 10)",
        };
        db.execute_unprepared(&COUNT_DAYS.replace("{day}", day)).await?;
        db.execute_unprepared(COUNT_BATCHES).await?;
        Ok(())
    }
}

fn statistic() -> TableCreateStatement {
    Table::create()
        .table("statistic")
        .col(uuid("service_id"))
        .col(text("day"))
        .col(uuid("template_id"))
        .col(text("channel"))
        .col(big_integer("requested"))
        .col(big_integer("delivered"))
        .col(big_integer("failed"))
        .col(big_integer("parts"))
        .primary_key(Index::create().col("service_id").col("day").col("template_id"))
        .take()
}

fn email_hour() -> TableCreateStatement {
    Table::create()
        .table("email_hour")
        .col(uuid("service_id"))
        .col(timestamp_with_time_zone("hour"))
        .col(big_integer("sent"))
        .col(big_integer("bounced"))
        .primary_key(Index::create().col("service_id").col("hour"))
        .take()
}

fn batch_count() -> TableCreateStatement {
    Table::create()
        .table("batch_count")
        .col(uuid("batch_id"))
        .col(text("status"))
        .col(uuid("service_id"))
        .col(big_integer("messages"))
        .primary_key(Index::create().col("batch_id").col("status"))
        .take()
}

fn upload() -> TableCreateStatement {
    Table::create()
        .table("upload")
        .col(uuid("id"))
        .col(uuid("service_id"))
        .col(uuid("person_id"))
        .col(uuid("template_id"))
        .col(integer("template_version"))
        .col(text("file_name"))
        .col(binary("file_hash"))
        .col(integer("row_count"))
        .col(binary("content_sealed"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("id"))
        .take()
}

fn retention() -> TableCreateStatement {
    Table::create()
        .table("retention")
        .col(uuid("service_id"))
        .col(text("channel"))
        .col(integer("days"))
        .col(timestamp_with_time_zone("updated_at"))
        .primary_key(Index::create().col("service_id").col("channel"))
        .take()
}

/// SQLite adds one column in a statement.
fn columns() -> [(&'static str, ColumnDef); 4] {
    [
        ("notification", uuid_null("created_by")),
        ("notification", big_integer_null("recipient_hash")),
        ("batch", uuid_null("created_by")),
        ("batch", binary_null("file_hash")),
    ]
}

/// Both engines read these alike.
const INDEXES: &[&str] = &[
    "CREATE INDEX ix_notification_recipient_hash_id ON notification (recipient_hash, id) WHERE recipient_hash IS NOT NULL",
    "CREATE INDEX ix_notification_failed ON notification (service_id, id) WHERE status IN ('technical-failure','temporary-failure','permanent-failure','provider-failure','validation-failed','virus-scan-failed','returned-letter','pii-check-failed','failed')",
];

const COUNT_DAYS: &str = "INSERT INTO statistic \
    (service_id, day, template_id, channel, requested, delivered, failed, parts) \
    SELECT service_id, {day}, template_id, channel, count(*), \
    sum(CASE WHEN status = 'delivered' OR (status = 'sent' AND channel = 'email') THEN 1 ELSE 0 END), \
    sum(CASE WHEN status IN ('technical-failure','temporary-failure','permanent-failure','provider-failure','validation-failed','virus-scan-failed','returned-letter','pii-check-failed','failed') THEN 1 ELSE 0 END), \
    sum(parts) FROM notification WHERE key_kind <> 'test' AND status <> 'cancelled' \
    GROUP BY service_id, {day}, template_id, channel";

const COUNT_BATCHES: &str = "INSERT INTO batch_count (batch_id, status, service_id, messages) \
    SELECT batch_id, status, service_id, count(*) FROM notification WHERE batch_id IS NOT NULL \
    GROUP BY batch_id, status, service_id";
