//! Every change of Notify's tables, oldest first, for both engines.

mod m0001_notify;
mod m0002_template_category;
mod m0003_report;
mod m0004_statistic;
mod m0005_callback_failure;
mod m0006_go_live;
mod m0009_folder_viewer;
mod m0010_template_redacted;
mod m0011_notice;
mod m0012_conversation;

use sea_orm_migration::MigrationTrait;

/// The migrations, to be run after those of the foundation.
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(m0001_notify::Migration),
        Box::new(m0002_template_category::Migration),
        Box::new(m0003_report::Migration),
        Box::new(m0004_statistic::Migration),
        Box::new(m0005_callback_failure::Migration),
        Box::new(m0006_go_live::Migration),
        Box::new(m0009_folder_viewer::Migration),
        Box::new(m0010_template_redacted::Migration),
        Box::new(m0011_notice::Migration),
        Box::new(m0012_conversation::Migration),
    ]
}
