//! The categories that templates can have from the first day, each with the lane it gives them.

use sea_orm_migration::{prelude::*, sea_orm::prelude::Uuid};

/// Adds six categories with the same ids in every installation.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0002_template_category"
    }
}

/// The last digit of the id, the two names, the lane of e-mails and of texts.
const CATEGORIES: &[(u128, &str, &str, &str)] = &[
    (1, "Sign-in codes", "Codes de connexion", "priority"),
    (2, "Alerts", "Alertes", "priority"),
    (3, "Reminders", "Rappels", "normal"),
    (4, "Status updates", "Mises à jour", "normal"),
    (5, "Newsletters", "Infolettres", "bulk"),
    (6, "Other", "Autre", "normal"),
];

/// 1 January 2026 as a UUIDv7, so that these sort before every category that is made later.
const FIRST: u128 = 0x019b_7741_c000_7000_8000_0000_0000_0000;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let at: chrono::DateTime<chrono::Utc> =
            chrono::DateTime::from_timestamp(1_767_225_600, 0).unwrap_or_default();
        let mut insert = Query::insert();
        insert.into_table("template_category").columns([
            "id",
            "name_en",
            "name_fr",
            "email_lane",
            "sms_lane",
            "created_at",
        ]);
        for (number, english, french, lane) in CATEGORIES {
            let id = Uuid::from_u128(FIRST + number);
            insert.values_panic([
                id.into(),
                (*english).into(),
                (*french).into(),
                (*lane).into(),
                (*lane).into(),
                at.into(),
            ]);
        }
        manager.exec_stmt(insert).await
    }
}
