//! What a person can see and change of how they sign in.

use sea_orm_migration::prelude::*;

use super::{id, index, reference, text, time, time_or_null, unique, uuid};

/// Adds the proof to sessions, and the tables of sign-ins, passkeys and the questions that passkeys answered.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0004_ways_in"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let proof =
            Table::alter().table("session").add_column(time_or_null("proved_at")).to_owned();
        manager.alter_table(proof).await?;
        for table in [sign_in(), passkey(), answered_question()] {
            manager.create_table(table).await?;
        }
        for index in [
            index("sign_in", &["person_id"]),
            index("sign_in", &["at"]),
            unique("passkey", &["credential_id"]),
            index("passkey", &["person_id"]),
        ] {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn sign_in() -> TableCreateStatement {
    Table::create()
        .table("sign_in")
        .col(id())
        .col(uuid("person_id"))
        .col(time("at"))
        .col(text("how"))
        .col(text("browser"))
        .foreign_key(&mut reference("sign_in", "person_id", "person"))
        .to_owned()
}

fn passkey() -> TableCreateStatement {
    Table::create()
        .table("passkey")
        .col(id())
        .col(uuid("person_id"))
        .col(text("name"))
        .col(ColumnDef::new("credential_id").var_binary(1023).not_null())
        .col(text("credential"))
        .col(time("created_at"))
        .col(time_or_null("used_at"))
        .foreign_key(&mut reference("passkey", "person_id", "person"))
        .to_owned()
}

fn answered_question() -> TableCreateStatement {
    Table::create().table("answered_question").col(id()).col(time("at")).to_owned()
}
