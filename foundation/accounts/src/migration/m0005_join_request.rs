//! Asking to join a team.

use sea_orm_migration::prelude::*;

use super::{id, index, reference, text, time, time_or_null, uuid};

/// Adds the table of requests to join a team.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0005_join_request"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(join_request()).await?;
        for index in [index("join_request", &["service_id"]), index("join_request", &["person_id"])]
        {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn join_request() -> TableCreateStatement {
    Table::create()
        .table("join_request")
        .col(id())
        .col(uuid("service_id"))
        .col(uuid("person_id"))
        .col(text("reason"))
        .col(time("asked_at"))
        .col(time_or_null("decided_at"))
        .col(ColumnDef::new("decided_by").uuid())
        .col(ColumnDef::new("accepted").boolean())
        .foreign_key(&mut reference("join_request", "service_id", "service"))
        .foreign_key(&mut reference("join_request", "person_id", "person"))
        .to_owned()
}
