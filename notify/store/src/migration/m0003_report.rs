//! Reports: what was asked for, the sealed pieces of each file, and how often a service asked.

use sea_orm_migration::{prelude::*, schema::*};

/// Makes the tables of reports.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0003_report"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [report(), report_piece(), report_allowance()] {
            manager.create_table(table).await?;
        }
        let mut own = Index::create();
        own.name("ix_report_service_id_id").table("report").col("service_id").col("id");
        manager.create_index(own.take()).await
    }
}

fn report() -> TableCreateStatement {
    Table::create()
        .table("report")
        .col(uuid("id"))
        .col(uuid("service_id"))
        .col(text("kind"))
        .col(text("language"))
        .col(text("coverage"))
        .col(text("status"))
        .col(text("requested_by"))
        .col(uuid_null("api_key_id"))
        .col(timestamp_with_time_zone("requested_at"))
        .col(timestamp_with_time_zone_null("completed_at"))
        .col(timestamp_with_time_zone_null("expires_at"))
        .col(uuid_null("writer"))
        .col(integer("pieces"))
        .col(big_integer("line_count"))
        .primary_key(Index::create().col("id"))
        .take()
}

fn report_piece() -> TableCreateStatement {
    Table::create()
        .table("report_piece")
        .col(uuid("report_id"))
        .col(integer("place"))
        .col(binary("sealed"))
        .primary_key(Index::create().col("report_id").col("place"))
        .take()
}

fn report_allowance() -> TableCreateStatement {
    Table::create()
        .table("report_allowance")
        .col(uuid("service_id"))
        .col(text("taken"))
        .primary_key(Index::create().col("service_id"))
        .take()
}
