//! Requests to go live, each with what was said and how it was decided.

use sea_orm_migration::{prelude::*, schema::*};

/// Makes the table of requests.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0006_go_live"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(go_live()).await?;
        let db = manager.get_connection();
        for index in INDEXES {
            db.execute_unprepared(index).await?;
        }
        Ok(())
    }
}

fn go_live() -> TableCreateStatement {
    Table::create()
        .table("go_live")
        .col(uuid("id"))
        .col(uuid("service_id"))
        .col(text("state"))
        .col(text("purpose"))
        .col(text("recipients"))
        .col(big_integer_null("email_daily"))
        .col(big_integer_null("sms_daily"))
        .col(uuid_null("terms_by"))
        .col(timestamp_with_time_zone_null("terms_at"))
        .col(uuid_null("asked_by"))
        .col(timestamp_with_time_zone_null("asked_at"))
        .col(uuid_null("decided_by"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .col(text_null("reason"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("id"))
        .take()
}

/// Both engines read these alike; a service has one request at a time that is not decided.
const INDEXES: &[&str] = &[
    "CREATE UNIQUE INDEX uq_go_live_open ON go_live (service_id) WHERE state IN ('draft', 'asked')",
    "CREATE INDEX ix_go_live_service_id ON go_live (service_id, id)",
    "CREATE INDEX ix_go_live_state ON go_live (state, id)",
];
