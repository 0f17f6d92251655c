//! What staff work with: kinds of organisations and their members, archived people, services that do not count.

use sea_orm_migration::prelude::*;

use super::{id, index, reference, text, time, time_or_null, unique, uuid};

/// Adds columns to organisations, people and services, and the tables of members of organisations.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0003_staff"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in columns() {
            manager.alter_table(column).await?;
        }
        for table in [organisation_member(), organisation_invitation()] {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

/// One statement a column, because SQLite takes no more; an older version that runs beside leaves the defaults.
fn columns() -> Vec<TableAlterStatement> {
    let add = |table: &'static str, column: ColumnDef| {
        Table::alter().table(table).add_column(column).to_owned()
    };
    vec![
        add("organisation", text("kind").default("other").to_owned()),
        add("person", time_or_null("signed_in_at")),
        add("person", time_or_null("archived_at")),
        add("service", ColumnDef::new("counted").boolean().not_null().default(true).to_owned()),
        add("service", time_or_null("asked_live_at")),
    ]
}

fn organisation_member() -> TableCreateStatement {
    Table::create()
        .table("organisation_member")
        .col(uuid("organisation_id"))
        .col(uuid("person_id"))
        .col(time("created_at"))
        .primary_key(Index::create().col("organisation_id").col("person_id"))
        .foreign_key(&mut reference("organisation_member", "organisation_id", "organisation"))
        .foreign_key(&mut reference("organisation_member", "person_id", "person"))
        .to_owned()
}

fn organisation_invitation() -> TableCreateStatement {
    Table::create()
        .table("organisation_invitation")
        .col(id())
        .col(uuid("organisation_id"))
        .col(text("email_address"))
        .col(uuid("invited_by"))
        .col(ColumnDef::new("token_hash").var_binary(255).not_null())
        .col(time("sent_at"))
        .col(time_or_null("accepted_at"))
        .col(time_or_null("cancelled_at"))
        .foreign_key(&mut reference("organisation_invitation", "organisation_id", "organisation"))
        .foreign_key(&mut reference("organisation_invitation", "invited_by", "person"))
        .to_owned()
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        unique("organisation_invitation", &["token_hash"]),
        index("organisation_invitation", &["organisation_id"]),
        index("organisation_member", &["person_id"]),
        index("service", &["organisation_id"]),
    ]
}
