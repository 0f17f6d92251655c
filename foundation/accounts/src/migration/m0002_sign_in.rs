//! What signing in on the site needs.

use sea_orm_migration::prelude::*;

use super::{id, index, reference, text, time, time_or_null, unique, uuid};

/// Adds columns to people and memberships, and the tables of sessions, links, codes and invitations.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0002_sign_in"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in columns() {
            manager.alter_table(column).await?;
        }
        for table in tables() {
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
    let words = "view_activity,manage_templates,send_messages,manage_service,manage_api_keys";
    vec![
        add("person", time_or_null("confirmed_at")),
        add("person", time_or_null("blocked_at")),
        add("person", text("time_zone").default("America/Toronto").to_owned()),
        add("person", ColumnDef::new("staff").boolean().not_null().default(false).to_owned()),
        add("person", ColumnDef::new("wants_news").boolean().not_null().default(true).to_owned()),
        add("membership", text("permissions").default(words).to_owned()),
    ]
}

fn tables() -> Vec<TableCreateStatement> {
    vec![
        credential(),
        attempt(),
        session(),
        link(),
        sign_in_code(),
        invitation(),
        organisation_domain(),
    ]
}

fn bytes(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).var_binary(255).not_null().to_owned()
}

fn credential() -> TableCreateStatement {
    Table::create()
        .table("credential")
        .col(uuid("person_id").primary_key())
        .col(ColumnDef::new("password_hash").text())
        .col(time_or_null("password_changed_at"))
        .col(ColumnDef::new("totp_sealed").var_binary(255))
        .col(time_or_null("totp_confirmed_at"))
        .col(ColumnDef::new("totp_step").big_integer())
        .foreign_key(&mut reference("credential", "person_id", "person"))
        .to_owned()
}

fn attempt() -> TableCreateStatement {
    Table::create()
        .table("attempt")
        .col(bytes("address").primary_key())
        .col(ColumnDef::new("failures").integer().not_null())
        .col(time("failed_at"))
        .to_owned()
}

fn session() -> TableCreateStatement {
    Table::create()
        .table("session")
        .col(id())
        .col(bytes("token_hash"))
        .col(uuid("person_id"))
        .col(time("created_at"))
        .col(time_or_null("passed_at"))
        .col(time("seen_at"))
        .col(text("browser"))
        .foreign_key(&mut reference("session", "person_id", "person"))
        .to_owned()
}

fn link() -> TableCreateStatement {
    Table::create()
        .table("link")
        .col(id())
        .col(bytes("token_hash"))
        .col(text("purpose"))
        .col(uuid("person_id"))
        .col(text("email_address"))
        .col(time("created_at"))
        .col(time_or_null("used_at"))
        .foreign_key(&mut reference("link", "person_id", "person"))
        .to_owned()
}

fn sign_in_code() -> TableCreateStatement {
    Table::create()
        .table("sign_in_code")
        .col(id())
        .col(uuid("person_id"))
        .col(bytes("code_hash"))
        .col(ColumnDef::new("recovery").boolean().not_null())
        .col(time("created_at"))
        .col(time_or_null("used_at"))
        .foreign_key(&mut reference("sign_in_code", "person_id", "person"))
        .to_owned()
}

fn invitation() -> TableCreateStatement {
    Table::create()
        .table("invitation")
        .col(id())
        .col(uuid("service_id"))
        .col(text("email_address"))
        .col(text("permissions"))
        .col(uuid("invited_by"))
        .col(bytes("token_hash"))
        .col(time("sent_at"))
        .col(time_or_null("accepted_at"))
        .col(time_or_null("cancelled_at"))
        .foreign_key(&mut reference("invitation", "service_id", "service"))
        .foreign_key(&mut reference("invitation", "invited_by", "person"))
        .to_owned()
}

fn organisation_domain() -> TableCreateStatement {
    Table::create()
        .table("organisation_domain")
        .col(text("domain").primary_key())
        .col(uuid("organisation_id"))
        .foreign_key(&mut reference("organisation_domain", "organisation_id", "organisation"))
        .to_owned()
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        unique("session", &["token_hash"]),
        unique("link", &["token_hash"]),
        unique("invitation", &["token_hash"]),
        index("session", &["person_id"]),
        index("session", &["seen_at"]),
        index("link", &["person_id"]),
        index("sign_in_code", &["person_id"]),
        index("invitation", &["service_id"]),
    ]
}
