//! What can go wrong with the database, in the words the callers decide by.

use sea_orm::{DbErr, RuntimeErr};

/// A failed database operation.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// The row that must be there is not.
    #[error("no such row")]
    Missing,
    /// A unique rule refused the row; the name is the index's, `uq_<table>_<columns>`, on both engines.
    #[error("the unique rule {0} refuses the row")]
    Conflict(String),
    /// The database is busy, restarting or out of reach: the same call may succeed later.
    #[error("the database is busy: {0}")]
    Busy(String),
    /// Anything else; a defect of ours or of the machine.
    #[error(transparent)]
    Other(DbErr),
}

impl Error {
    /// Whether this is the refusal of the named unique index.
    pub fn is_conflict(&self, index: &str) -> bool {
        matches!(self, Self::Conflict(name) if name == index)
    }
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        match &error {
            DbErr::RecordNotFound(_) => Self::Missing,
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => Self::Busy(error.to_string()),
            DbErr::Exec(RuntimeErr::SqlxError(cause))
            | DbErr::Query(RuntimeErr::SqlxError(cause)) => {
                sorted(cause).unwrap_or(Self::Other(error))
            }
            _ => Self::Other(error),
        }
    }
}

fn sorted(cause: &sqlx::Error) -> Option<Error> {
    match cause {
        sqlx::Error::PoolTimedOut | sqlx::Error::Io(_) | sqlx::Error::WorkerCrashed => {
            Some(Error::Busy(cause.to_string()))
        }
        sqlx::Error::Database(refusal) if refusal.is_unique_violation() => {
            let name =
                refusal.constraint().map_or_else(|| columns(refusal.message()), str::to_owned);
            Some(Error::Conflict(name))
        }
        sqlx::Error::Database(refusal) => {
            // PostgreSQL: serialization, deadlock, shutdown, too many connections; SQLite: busy, locked.
            let code = refusal.code().unwrap_or_default();
            let passing =
                ["40001", "40P01", "57P01", "57P02", "57P03", "53300", "5", "6", "261", "517"];
            passing.contains(&code.as_ref()).then(|| Error::Busy(refusal.message().to_owned()))
        }
        _ => None,
    }
}

/// SQLite names the columns, not the index: `UNIQUE constraint failed: t.a, t.b` → `uq_t_a_b`.
fn columns(message: &str) -> String {
    let listed = message.rsplit(": ").next().unwrap_or_default();
    let mut name = String::from("uq");
    for (nth, column) in listed.split(", ").enumerate() {
        let (table, column) = column.split_once('.').unwrap_or(("", column));
        if nth == 0 {
            name = format!("{name}_{table}");
        }
        name = format!("{name}_{column}");
    }
    name
}
