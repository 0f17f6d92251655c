//! The tables of this crate.

mod m0002_sign_in;
mod m0003_staff;
mod m0004_ways_in;
mod m0005_join_request;

use sea_orm_migration::prelude::*;

/// The migrations of this crate, oldest first.
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(Accounts),
        Box::new(m0002_sign_in::Migration),
        Box::new(m0003_staff::Migration),
        Box::new(m0004_ways_in::Migration),
        Box::new(m0005_join_request::Migration),
    ]
}

struct Accounts;

impl MigrationName for Accounts {
    fn name(&self) -> &'static str {
        "m0001_accounts"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Accounts {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [organisation(), person(), service(), membership(), api_key()] {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn id() -> ColumnDef {
    ColumnDef::new("id").uuid().not_null().primary_key().to_owned()
}

fn uuid(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).uuid().not_null().to_owned()
}

fn text(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().not_null().to_owned()
}

fn time(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).timestamp_with_time_zone().not_null().to_owned()
}

fn time_or_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).timestamp_with_time_zone().to_owned()
}

fn reference(
    from: &'static str,
    column: &'static str,
    to: &'static str,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("fk_{from}_{column}"))
        .from(from, column)
        .to(to, "id")
        .to_owned()
}

fn organisation() -> TableCreateStatement {
    Table::create()
        .table("organisation")
        .col(id())
        .col(text("name"))
        .col(time("created_at"))
        .to_owned()
}

fn person() -> TableCreateStatement {
    Table::create()
        .table("person")
        .col(id())
        .col(text("name"))
        .col(text("email_address"))
        .col(ColumnDef::new("mobile_number").text())
        .col(text("language"))
        .col(time("created_at"))
        .to_owned()
}

fn service() -> TableCreateStatement {
    Table::create()
        .table("service")
        .col(id())
        .col(text("name"))
        .col(ColumnDef::new("organisation_id").uuid())
        .col(ColumnDef::new("trial").boolean().not_null())
        .col(time_or_null("suspended_at"))
        .col(time_or_null("archived_at"))
        .col(time("created_at"))
        .foreign_key(&mut reference("service", "organisation_id", "organisation"))
        .to_owned()
}

fn membership() -> TableCreateStatement {
    Table::create()
        .table("membership")
        .col(uuid("service_id"))
        .col(uuid("person_id"))
        .col(time("created_at"))
        .primary_key(Index::create().col("service_id").col("person_id"))
        .foreign_key(&mut reference("membership", "service_id", "service"))
        .foreign_key(&mut reference("membership", "person_id", "person"))
        .to_owned()
}

fn api_key() -> TableCreateStatement {
    Table::create()
        .table("api_key")
        .col(id())
        .col(uuid("service_id"))
        .col(text("name"))
        .col(text("kind"))
        .col(text("capabilities"))
        .col(ColumnDef::new("secret_sealed").var_binary(255).not_null())
        .col(ColumnDef::new("secret_fingerprint").var_binary(255).not_null())
        .col(time("created_at"))
        .col(time_or_null("revoked_at"))
        .col(time_or_null("last_used_at"))
        .foreign_key(&mut reference("api_key", "service_id", "service"))
        .to_owned()
}

fn unique(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.unique().name(format!("uq_{table}_{}", columns.join("_"))).table(table);
    for column in columns {
        index.col(*column);
    }
    index
}

fn index(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(format!("ix_{table}_{}", columns.join("_"))).table(table);
    for column in columns {
        index.col(*column);
    }
    index
}

fn indexes() -> Vec<IndexCreateStatement> {
    let mut key_name = unique("api_key", &["service_id", "name"]);
    // A revoked key's name may be given again (API specification, section 1.8).
    key_name.and_where(Expr::col("revoked_at").is_null());
    let by_service =
        Index::create().name("ix_api_key_service_id").table("api_key").col("service_id").to_owned();
    let by_person = Index::create()
        .name("ix_membership_person_id")
        .table("membership")
        .col("person_id")
        .to_owned();
    vec![
        unique("organisation", &["name"]),
        unique("person", &["email_address"]),
        unique("service", &["name"]),
        unique("api_key", &["secret_fingerprint"]),
        key_name,
        by_service,
        by_person,
    ]
}
