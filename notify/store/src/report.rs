//! A report that a service asked for: what it covers, how far it has come, and its file in sealed pieces.

mod allowance;
mod piece;
mod rows;

use accounts::{ApiKeyId, ServiceId};
use audit::Stamp;
use db::Transaction;
use kernel::{Language, Time, Vault, Word, vault::VaultError};
use notify::report::{Coverage, KEPT, Kind, LOOKS_BACK, State};
use sea_orm::{
    IntoActiveModel, QueryOrder, QuerySelect, QueryTrait, entity::prelude::*, sea_query::ExprTrait,
};
use serde_json::json;

pub use self::{
    allowance::{Full, Taken, take},
    rows::rows,
};
use crate::{ReportId, trail};

/// How long the writing of a report may take before it counts as failed: longer than all its tries.
const LONGEST: chrono::TimeDelta = chrono::TimeDelta::hours(12);

/// A report that a service asked for.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "report")]
pub struct Model {
    /// The report.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReportId,
    /// Whose it is.
    pub service_id: ServiceId,
    /// What it is about.
    pub kind: Word<Kind>,
    /// The language of its words.
    pub language: Word<Language>,
    /// A [`Coverage`] as JSON.
    pub coverage: String,
    /// How far it has come.
    pub status: Word<State>,
    /// Who asked for it, as [`audit::Actor`] writes it.
    pub requested_by: String,
    /// The key that asked for it; none for a person.
    pub api_key_id: Option<ApiKeyId>,
    /// When it was asked for.
    pub requested_at: Time,
    /// When it was written, or given up.
    pub completed_at: Option<Time>,
    /// When its file is destroyed; none until it is ready.
    pub expires_at: Option<Time>,
    /// The run of the job that writes it now; an older one that still runs writes nothing more.
    pub writer: Option<Uuid>,
    /// Pieces of its file.
    pub pieces: i32,
    /// Messages in it.
    pub line_count: i64,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Which messages it covers.
    ///
    /// # Errors
    /// When the row was not written by this crate.
    pub fn coverage(&self) -> db::Result<Coverage> {
        serde_json::from_str(&self.coverage).map_err(|error| DbErr::Json(error.to_string()).into())
    }

    /// Whether its file can be downloaded at `now`.
    pub fn is_expired(&self, now: Time) -> bool {
        self.expires_at.is_some_and(|expires| expires <= now)
    }
}

/// A report to be made.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// What it is about.
    pub kind: Kind,
    /// The language of its words.
    pub language: Language,
    /// Which messages it covers.
    pub coverage: Coverage,
    /// The key that asks for it; none for a person.
    pub api_key: Option<ApiKeyId>,
}

/// Which of a service's reports a list shows.
#[derive(Clone, Debug)]
pub struct Filter {
    /// The time of the question: reports that were asked for more than seven days before are not listed.
    pub now: Time,
    /// Only those that this actor asked for ([`audit::Actor`] as text).
    pub requested_by: Option<String>,
    /// Only those older than this one.
    pub older_than: Option<ReportId>,
}

/// Notes that a report is wanted, by `stamp.actor`. The caller enqueues [`notify::report::WRITE`] in the same
/// transaction.
///
/// # Errors
/// Only the database's own.
pub async fn request(
    tx: &Transaction,
    stamp: &Stamp,
    service: ServiceId,
    wanted: &Wanted,
) -> db::Result<Model> {
    let coverage = serde_json::to_string(&wanted.coverage);
    let row = Model {
        id: ReportId::new(stamp.at),
        service_id: service,
        kind: Word(wanted.kind),
        language: Word(wanted.language),
        coverage: coverage.map_err(|error| DbErr::Json(error.to_string()))?,
        status: Word(State::Requested),
        requested_by: stamp.actor.to_string(),
        api_key_id: wanted.api_key,
        requested_at: stamp.at,
        completed_at: None,
        expires_at: None,
        writer: None,
        pieces: 0,
        line_count: 0,
    };
    Entity::insert(row.clone().into_active_model()).exec_without_returning(tx).await?;
    let words = json!({"kind": wanted.kind, "coverage": wanted.coverage});
    trail::leave(tx, stamp, service, ("report.request", row.id.uuid()), words).await?;
    Ok(row)
}

/// A service's report.
pub async fn find(
    db: &impl ConnectionTrait,
    service: ServiceId,
    id: ReportId,
) -> db::Result<Option<Model>> {
    Ok(Entity::find_by_id(id).filter(Column::ServiceId.eq(service)).one(db).await?)
}

/// One page of a service's reports of the last seven days, newest first.
pub async fn page(
    db: &impl ConnectionTrait,
    service: ServiceId,
    filter: Filter,
    size: u64,
) -> db::Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(Column::ServiceId.eq(service))
        .filter(Column::Id.gte(ReportId::first_of(filter.now - LOOKS_BACK)))
        .apply_if(filter.requested_by, |rows, who| rows.filter(Column::RequestedBy.eq(who)))
        .apply_if(filter.older_than, |rows, last| rows.filter(Column::Id.lt(last)))
        .order_by_desc(Column::Id)
        .limit(size)
        .all(db)
        .await?)
}

/// Begins to write a report, or begins again, as the run `writer`; none when it has been written or is gone.
pub async fn begin(
    tx: &Transaction,
    service: ServiceId,
    id: ReportId,
    writer: Uuid,
) -> db::Result<Option<Model>> {
    let open = [Word(State::Requested), Word(State::Generating)];
    Entity::update_many()
        .col_expr(Column::Status, Expr::value(State::Generating.as_str()))
        .col_expr(Column::Writer, Expr::value(writer))
        .col_expr(Column::Pieces, Expr::value(0))
        .col_expr(Column::LineCount, Expr::value(0_i64))
        .filter(Column::Id.eq(id))
        .filter(Column::ServiceId.eq(service))
        .filter(Column::Status.is_in(open))
        .exec(tx)
        .await?;
    let Some(row) = find(tx, service, id).await?.filter(|row| row.writer == Some(writer)) else {
        return Ok(None);
    };
    piece::remove(tx, &[id]).await?;
    Ok(Some(row))
}

/// Adds the next piece of a report's file with the lines of `lines` messages, if `row.writer` still writes it.
/// `row` is brought up to date.
pub async fn add(
    tx: &Transaction,
    row: &mut Model,
    sealed: Vec<u8>,
    lines: usize,
) -> db::Result<bool> {
    let (place, lines) = (row.pieces, i64::try_from(lines).unwrap_or(i64::MAX));
    let added = Entity::update_many()
        .col_expr(Column::Pieces, Expr::value(place + 1))
        .col_expr(Column::LineCount, Expr::value(row.line_count + lines))
        .filter(Column::Id.eq(row.id))
        .filter(Column::Writer.eq(row.writer))
        .filter(Column::Pieces.eq(place))
        .exec(tx)
        .await?;
    if added.rows_affected == 0 {
        return Ok(false);
    }
    piece::insert(tx, row.id, place, sealed).await?;
    row.pieces += 1;
    row.line_count += lines;
    Ok(true)
}

/// The report is whole and can be downloaded for 72 hours; false if another run writes it now.
pub async fn finish(tx: &Transaction, row: &Model, now: Time) -> db::Result<bool> {
    let done = Entity::update_many()
        .col_expr(Column::Status, Expr::value(State::Ready.as_str()))
        .col_expr(Column::CompletedAt, Expr::value(now))
        .col_expr(Column::ExpiresAt, Expr::value(now + KEPT))
        .filter(Column::Id.eq(row.id))
        .filter(Column::Writer.eq(row.writer))
        .filter(Column::Status.eq(Word(State::Generating)))
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// The report could not be written and is given up; what was written of it is destroyed.
pub async fn give_up(
    tx: &Transaction,
    service: ServiceId,
    id: ReportId,
    now: Time,
) -> db::Result<()> {
    let open = [Word(State::Requested), Word(State::Generating)];
    let failed = Entity::update_many()
        .col_expr(Column::Status, Expr::value(State::Error.as_str()))
        .col_expr(Column::CompletedAt, Expr::value(now))
        .filter(Column::Id.eq(id))
        .filter(Column::ServiceId.eq(service))
        .filter(Column::Status.is_in(open))
        .exec(tx)
        .await?;
    if failed.rows_affected == 1 {
        piece::remove(tx, &[id]).await?;
    }
    Ok(())
}

/// Seals what stands at `place` of a report's file.
///
/// # Errors
/// When there is no key to seal with.
pub fn seal(vault: &Vault, row: &Model, text: &str) -> Result<Vec<u8>, VaultError> {
    vault.seal(&piece::place(row.id, row.pieces), text.as_bytes())
}

/// The piece at `place` of a report's file, opened; none when it is not there.
///
/// # Errors
/// The database's, as the outer result; the vault's, as the inner one.
pub async fn read(
    db: &impl ConnectionTrait,
    vault: &Vault,
    id: ReportId,
    place: i32,
) -> db::Result<Option<Result<Vec<u8>, VaultError>>> {
    let sealed = piece::find(db, id, place).await?;
    Ok(sealed.map(|sealed| vault.open(&piece::place(id, place), &sealed)))
}

/// Destroys the files that have expired at `now`, then the reports of which nothing is listed any more, and gives
/// up those whose writing was never ended; how many files and reports there were.
pub async fn purge(tx: &Transaction, now: Time) -> db::Result<u64> {
    let stuck = Entity::find()
        .filter(Column::Status.is_in([Word(State::Requested), Word(State::Generating)]))
        .filter(Column::Id.lt(ReportId::first_of(now - LONGEST)));
    for row in stuck.all(tx).await? {
        give_up(tx, row.service_id, row.id, now).await?;
    }
    let expired = ids(tx, Column::ExpiresAt.lte(now).and(Column::Pieces.gt(0))).await?;
    piece::remove(tx, &expired).await?;
    Entity::update_many()
        .col_expr(Column::Pieces, Expr::value(0))
        .filter(Column::Id.is_in(expired.iter().copied()))
        .exec(tx)
        .await?;
    let old = ids(tx, Column::Id.lt(ReportId::first_of(now - LOOKS_BACK))).await?;
    piece::remove(tx, &old).await?;
    Entity::delete_many().filter(Column::Id.is_in(old.iter().copied())).exec(tx).await?;
    Ok((expired.len() + old.len()) as u64)
}

async fn ids(tx: &Transaction, of: Expr) -> db::Result<Vec<ReportId>> {
    Ok(Entity::find().select_only().column(Column::Id).filter(of).into_tuple().all(tx).await?)
}
