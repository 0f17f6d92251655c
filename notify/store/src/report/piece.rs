//! The pieces of a report's file, each sealed for its report and place.

use db::Transaction;
use sea_orm::{IntoActiveModel, entity::prelude::*};

use crate::ReportId;

/// One piece of a report's file.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "report_piece")]
pub struct Model {
    /// Whose piece.
    #[sea_orm(primary_key, auto_increment = false)]
    pub report_id: ReportId,
    /// Which, from 0.
    #[sea_orm(primary_key, auto_increment = false)]
    pub place: i32,
    /// A part of the file, sealed for [`place`].
    pub sealed: Vec<u8>,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What a piece is sealed for, so that pieces cannot be exchanged.
pub(super) fn place(report: ReportId, place: i32) -> Vec<u8> {
    [report.uuid().as_bytes().as_slice(), &place.to_be_bytes()].concat()
}

pub(super) async fn insert(
    tx: &Transaction,
    report_id: ReportId,
    place: i32,
    sealed: Vec<u8>,
) -> db::Result<()> {
    let row = Model { report_id, place, sealed }.into_active_model();
    Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

pub(super) async fn find(
    db: &impl ConnectionTrait,
    report: ReportId,
    place: i32,
) -> db::Result<Option<Vec<u8>>> {
    Ok(Entity::find_by_id((report, place)).one(db).await?.map(|piece| piece.sealed))
}

pub(super) async fn remove(tx: &Transaction, reports: &[ReportId]) -> db::Result<()> {
    if !reports.is_empty() {
        let theirs = Column::ReportId.is_in(reports.iter().copied());
        Entity::delete_many().filter(theirs).exec(tx).await?;
    }
    Ok(())
}
