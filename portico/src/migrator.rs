//! Every table of every part, in the order in which they stand on each other.

use sea_orm_migration::{MigrationTrait, MigratorTrait};

/// All migrations of the product.
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        [
            audit::migrations(),
            accounts::migrations(),
            jobs::migrations(),
            notify_store::migrations(),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}
