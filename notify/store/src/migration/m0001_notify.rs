//! The first tables of Notify.

use sea_orm_migration::{prelude::*, schema::*};

/// Makes every table that the main road needs.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0001_notify"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in tables() {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        let db = manager.get_connection();
        for partial in PARTIAL_INDEXES {
            db.execute_unprepared(partial).await?;
        }
        Ok(())
    }
}

fn tables() -> Vec<TableCreateStatement> {
    vec![
        setting(),
        template(),
        template_version(),
        template_category(),
        template_folder(),
        reply_to(),
        sms_sender(),
        safelist(),
        callback(),
        notification(),
        delivery(),
        awaited_receipt(),
        usage(),
        idempotency(),
        batch(),
        received_text(),
        mailbox_message(),
    ]
}

fn setting() -> TableCreateStatement {
    Table::create()
        .table("setting")
        .col(uuid("service_id"))
        .col(text("email_from"))
        .col(text_null("sending_domain"))
        .col(boolean("prefix_sms"))
        .col(text("permissions"))
        .col(integer("rate_limit"))
        .col(big_integer("email_daily_limit"))
        .col(big_integer("sms_daily_limit"))
        .col(big_integer("email_annual_limit"))
        .col(big_integer("sms_annual_limit"))
        .col(timestamp_with_time_zone("updated_at"))
        .primary_key(Index::create().col("service_id"))
        .take()
}

fn template() -> TableCreateStatement {
    Table::create()
        .table("template")
        .col(uuid("id"))
        .col(uuid("service_id"))
        .col(text("channel"))
        .col(text_null("lane"))
        .col(uuid_null("category_id"))
        .col(uuid_null("folder_id"))
        .col(text("name"))
        .col(integer("version"))
        .col(text("language"))
        .col(boolean("right_to_left"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("updated_at"))
        .col(timestamp_with_time_zone_null("archived_at"))
        .primary_key(Index::create().col("id"))
        .take()
}

fn template_version() -> TableCreateStatement {
    Table::create()
        .table("template_version")
        .col(uuid("template_id"))
        .col(integer("version"))
        .col(uuid("service_id"))
        .col(text("name"))
        .col(text_null("subject"))
        .col(text("body"))
        .col(text("created_by"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("template_id").col("version"))
        .take()
}

fn template_category() -> TableCreateStatement {
    Table::create()
        .table("template_category")
        .col(uuid("id"))
        .col(text("name_en"))
        .col(text("name_fr"))
        .col(text("email_lane"))
        .col(text("sms_lane"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("id"))
        .take()
}

fn template_folder() -> TableCreateStatement {
    Table::create()
        .table("template_folder")
        .col(uuid("id"))
        .col(uuid("service_id"))
        .col(text("name"))
        .col(uuid_null("parent_id"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("id"))
        .take()
}

fn reply_to() -> TableCreateStatement {
    Table::create()
        .table("reply_to")
        .col(uuid("id"))
        .col(uuid("service_id"))
        .col(text("email_address"))
        .col(boolean("is_default"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("archived_at"))
        .primary_key(Index::create().col("id"))
        .take()
}

fn sms_sender() -> TableCreateStatement {
    Table::create()
        .table("sms_sender")
        .col(uuid("id"))
        .col(uuid("service_id"))
        .col(text("sender"))
        .col(boolean("is_default"))
        .col(boolean("receives"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("archived_at"))
        .primary_key(Index::create().col("id"))
        .take()
}

fn safelist() -> TableCreateStatement {
    Table::create()
        .table("safelist")
        .col(uuid("id"))
        .col(uuid("service_id"))
        .col(text("channel"))
        .col(text("recipient"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("id"))
        .take()
}

fn callback() -> TableCreateStatement {
    Table::create()
        .table("callback")
        .col(uuid("id"))
        .col(uuid("service_id"))
        .col(text("kind"))
        .col(text("url"))
        .col(binary("token_sealed"))
        .col(binary("signing_secret_sealed"))
        .col(timestamp_with_time_zone_null("suspended_at"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .primary_key(Index::create().col("id"))
        .take()
}

fn notification() -> TableCreateStatement {
    Table::create()
        .table("notification")
        .col(uuid("id"))
        .col(uuid("service_id"))
        .col(uuid("template_id"))
        .col(integer("template_version"))
        .col(uuid_null("api_key_id"))
        .col(text("key_kind"))
        .col(text("channel"))
        .col(text("status"))
        .col(text_null("reference"))
        .col(binary("sealed"))
        .col(text_null("reply_to"))
        .col(integer("parts"))
        .col(uuid_null("batch_id"))
        .col(integer_null("row_number"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("scheduled_for"))
        .col(timestamp_with_time_zone_null("sent_at"))
        .col(timestamp_with_time_zone_null("completed_at"))
        .col(timestamp_with_time_zone_null("updated_at"))
        .col(text_null("provider"))
        .col(text_null("provider_reference"))
        .col(text_null("provider_response"))
        .primary_key(Index::create().col("id"))
        .take()
}

fn delivery() -> TableCreateStatement {
    Table::create()
        .table("delivery")
        .col(uuid("notification_id"))
        .col(uuid("service_id"))
        .col(text("channel"))
        .col(text("lane"))
        .col(timestamp_with_time_zone("due_at"))
        .col(integer("attempt"))
        .col(uuid_null("lease"))
        .primary_key(Index::create().col("notification_id"))
        .take()
}

fn awaited_receipt() -> TableCreateStatement {
    Table::create()
        .table("awaited_receipt")
        .col(uuid("notification_id"))
        .col(timestamp_with_time_zone("due_at"))
        .primary_key(Index::create().col("notification_id"))
        .take()
}

fn usage() -> TableCreateStatement {
    Table::create()
        .table("usage")
        .col(uuid("service_id"))
        .col(text("channel"))
        .col(text("period"))
        .col(big_integer("used"))
        .primary_key(Index::create().col("service_id").col("channel").col("period"))
        .take()
}

fn idempotency() -> TableCreateStatement {
    Table::create()
        .table("idempotency")
        .col(uuid("service_id"))
        .col(text("key"))
        .col(binary("request_hash"))
        .col(binary("answer_sealed"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("service_id").col("key"))
        .take()
}

fn batch() -> TableCreateStatement {
    Table::create()
        .table("batch")
        .col(uuid("id"))
        .col(uuid("service_id"))
        .col(uuid("template_id"))
        .col(integer("template_version"))
        .col(text("channel"))
        .col(uuid_null("api_key_id"))
        .col(text("key_kind"))
        .col(text("name"))
        .col(text_null("reference"))
        .col(text("status"))
        .col(integer("row_count"))
        .col(big_integer("units"))
        .col(text("charged_on"))
        .col(uuid_null("sender_id"))
        .col(text_null("reply_to"))
        .col(binary("content_sealed"))
        .col(timestamp_with_time_zone_null("scheduled_for"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("started_at"))
        .col(timestamp_with_time_zone_null("finished_at"))
        .col(timestamp_with_time_zone_null("updated_at"))
        .primary_key(Index::create().col("id"))
        .take()
}

fn received_text() -> TableCreateStatement {
    Table::create()
        .table("received_text")
        .col(uuid("id"))
        .col(uuid("service_id"))
        .col(text("notify_number"))
        .col(binary("sealed"))
        .col(text("provider"))
        .col(text("provider_reference"))
        .col(timestamp_with_time_zone("received_at"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("id"))
        .take()
}

fn mailbox_message() -> TableCreateStatement {
    Table::create()
        .table("mailbox_message")
        .col(uuid("id"))
        .col(uuid("notification_id"))
        .col(text("channel"))
        .col(text("sender"))
        .col(text("recipient"))
        .col(text_null("subject"))
        .col(text_null("headers"))
        .col(text_null("html"))
        .col(text("plain"))
        .col(text_null("encoding"))
        .col(integer("parts"))
        .col(timestamp_with_time_zone("received_at"))
        .primary_key(Index::create().col("id"))
        .take()
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        unique("uq_setting_email_from", "setting", &["email_from"]),
        index("ix_template_service_id", "template", &["service_id", "name"]),
        unique("uq_template_category_name_en", "template_category", &["name_en"]),
        unique("uq_template_category_name_fr", "template_category", &["name_fr"]),
        index("ix_template_folder_service_id", "template_folder", &["service_id"]),
        index("ix_reply_to_service_id", "reply_to", &["service_id"]),
        index("ix_sms_sender_service_id", "sms_sender", &["service_id"]),
        unique(
            "uq_safelist_service_id_channel_recipient",
            "safelist",
            &["service_id", "channel", "recipient"],
        ),
        unique("uq_callback_service_id_kind", "callback", &["service_id", "kind"]),
        index("ix_notification_service_id_id", "notification", &["service_id", "id"]),
        index(
            "ix_delivery_channel_lane_service_id_due_at",
            "delivery",
            &["channel", "lane", "service_id", "due_at"],
        ),
        index("ix_awaited_receipt_due_at", "awaited_receipt", &["due_at"]),
        index("ix_idempotency_created_at", "idempotency", &["created_at"]),
        index("ix_batch_service_id_id", "batch", &["service_id", "id"]),
        index("ix_received_text_service_id_id", "received_text", &["service_id", "id"]),
        unique(
            "uq_received_text_provider_provider_reference",
            "received_text",
            &["provider", "provider_reference"],
        ),
    ]
}

fn index(name: &str, table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(table);
    for column in columns {
        index.col(*column);
    }
    index
}

fn unique(name: &str, table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    index(name, table, columns).unique().take()
}

/// Both engines read these alike; only the rows that have the column are in them.
const PARTIAL_INDEXES: &[&str] = &[
    "CREATE INDEX ix_notification_reference ON notification (service_id, reference) WHERE reference IS NOT NULL",
    "CREATE UNIQUE INDEX uq_notification_batch_id_row_number ON notification (batch_id, row_number) WHERE batch_id IS NOT NULL",
    "CREATE INDEX ix_notification_provider_reference ON notification (provider_reference) WHERE provider_reference IS NOT NULL",
    "CREATE UNIQUE INDEX uq_reply_to_service_id ON reply_to (service_id) WHERE is_default AND archived_at IS NULL",
    "CREATE UNIQUE INDEX uq_sms_sender_service_id ON sms_sender (service_id) WHERE is_default AND archived_at IS NULL",
    "CREATE UNIQUE INDEX uq_sms_sender_sender ON sms_sender (sender) WHERE receives AND archived_at IS NULL",
];
