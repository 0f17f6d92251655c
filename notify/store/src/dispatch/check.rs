//! Uploading a spreadsheet and saying everything that is wrong with it, away from the threads that answer.

use std::sync::Arc;

use accounts::{PersonId, ServiceId};
use kernel::{Language, vault::VaultError};
use notify::{
    Channel,
    limit::Quota,
    placeholder::Personalisation,
    recipient::Audience,
    sheet::{self, Report, Rules, Sheet, UnreadableFile},
    template::Template,
};

use super::{Barred, Dispatch, Ready, ShownColumn, ShownRow, table};
use crate::{BatchId, TemplateId, UploadId, batch, upload};

/// The most rows with errors that are shown.
const MOST_FAILING: usize = 50;
/// The most rows of one look.
const MOST_LOOKED_AT: usize = 500;

/// Why a file is not kept, or an upload not checked.
#[derive(Clone, Debug, thiserror::Error)]
pub enum NotChecked {
    /// The service cannot send with the template.
    #[error(transparent)]
    Barred(#[from] Barred),
    /// The file gives no list; the sentence is for the field of the form.
    #[error(transparent)]
    Unreadable(#[from] UnreadableFile),
    /// The list has more columns, or longer rows, than any honest list.
    #[error("the list is too wide")]
    TooWide,
    /// The service has no such upload, or its day is over.
    #[error("there is no such upload")]
    Gone,
    /// Our own defect, or a process that stops.
    #[error("the work was interrupted")]
    Interrupted,
    /// Our own defect: the list could not be sealed or opened.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] db::Error),
}

/// What a page wants to see of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// The reader's language, for the name of a missing recipient column.
    pub language: Language,
    /// The place of the first row wanted, from 0.
    pub from: usize,
    /// How many rows, at most 500.
    pub rows: usize,
}

/// A reason for which a list cannot be sent as it is. All that apply are named, in the order of the rendering
/// specification's section 13.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// More rows than allowed.
    TooManyRows {
        /// The most rows.
        most: usize,
    },
    /// No row after the headings.
    NoRows,
    /// Columns are missing, sorted; the recipient's in the reader's language.
    MissingColumns(Vec<String>),
    /// Several columns hold recipients.
    DuplicateRecipientColumns(Vec<String>),
    /// The same file was sent with the same version of the template today.
    AlreadySent {
        /// The batch of that time.
        batch: BatchId,
    },
    /// Recipients that are not on the team of a service in trial.
    NotOnTeam {
        /// Rows.
        rows: usize,
    },
    /// More than is left of the day.
    OverDaily {
        /// Messages or parts left.
        left: i64,
    },
    /// More than is left of the fiscal year.
    OverAnnual {
        /// Messages or parts left.
        left: i64,
    },
    /// Recipients that are none.
    BadRecipients {
        /// Rows.
        rows: usize,
    },
    /// Values or recipients are missing.
    MissingData {
        /// Rows.
        rows: usize,
    },
    /// Messages are too long.
    TooLong {
        /// Rows.
        rows: usize,
    },
    /// Other faults of cells, such as a quotation mark that is never closed.
    OtherFaults {
        /// Rows.
        rows: usize,
    },
    /// Simulated and real recipients stand in one list.
    MixedSimulated,
}

/// A list and everything that is known of it.
#[derive(Clone, Debug)]
pub struct Check {
    /// The upload, without its list.
    pub upload: upload::Model,
    /// The service and the version of the template it was uploaded for.
    pub ready: Ready,
    /// Why it cannot be sent; empty if it can.
    pub problems: Vec<Problem>,
    /// All counts: rows, parts, duplicates, errors.
    pub report: Report,
    /// What it will be charged: messages, or parts of texts.
    pub units: i64,
    /// The columns from left to right.
    pub columns: Vec<ShownColumn>,
    /// The rows that were asked for.
    pub rows: Vec<ShownRow>,
    /// The first rows with errors, at most 50.
    pub failing: Vec<ShownRow>,
}

/// One row of a list as its recipient will get it.
#[derive(Clone, Debug)]
pub struct RowAsSent {
    /// The upload, without its list.
    pub upload: upload::Model,
    /// The row.
    pub row: ShownRow,
    /// The columns from left to right.
    pub columns: Vec<ShownColumn>,
    /// The template in the version of the upload.
    pub template: Arc<Template>,
    /// The service's name, if its texts begin with it.
    pub prefix: Option<String>,
    /// The values of the row; what is missing is not in it.
    pub values: Personalisation,
}

/// A list with all that it is held against.
pub(super) struct Work {
    pub(super) csv: String,
    pub(super) ready: Ready,
    audience: Audience,
    most_rows: usize,
    dialect: notify::Dialect,
    language: Language,
}

/// What one pass over a list gives.
pub(super) struct Examined {
    pub(super) report: Report,
    columns: Vec<ShownColumn>,
    rows: Vec<ShownRow>,
    failing: Vec<ShownRow>,
}

impl Dispatch {
    /// Reads an uploaded file and keeps it sealed for a day. Only a file that gives a list is kept; whether the list
    /// can be sent is said by [`Self::check`].
    ///
    /// # Errors
    /// Why it is not kept.
    pub async fn keep_upload(
        &self,
        (service, person): (ServiceId, PersonId),
        template: TemplateId,
        file_name: &str,
        bytes: impl AsRef<[u8]> + Send + 'static,
    ) -> Result<upload::Model, NotChecked> {
        let ready = self.ready(service, template, None).await??;
        let (name, caps) = (file_name.to_owned(), self.settings.caps);
        let uses = ready.template.placeholders().len();
        let vault = self.vault.clone();
        let id = UploadId::new(self.clock.now());
        let read = move || {
            let bytes = bytes.as_ref();
            let csv = sheet::read_file(&name, bytes, &caps)?;
            if !sheet::is_reasonable(&csv, uses) {
                return Err(NotChecked::TooWide);
            }
            let rows = Sheet::read(&csv).rows().count();
            let sealed = vault.seal(id.uuid().as_bytes(), csv.as_bytes())?;
            Ok((rows, sealed, vault.fingerprint(bytes)))
        };
        let (rows, content_sealed, file_hash) = aside(read).await??;
        let row = upload::Model {
            id,
            service_id: service,
            person_id: person,
            template_id: template,
            template_version: ready.text.version,
            file_name: file_name.to_owned(),
            file_hash,
            row_count: i32::try_from(rows).unwrap_or(i32::MAX),
            content_sealed,
            created_at: self.clock.now(),
        };
        let tx = self.db.begin().await?;
        upload::insert(&tx, row.clone()).await?;
        tx.commit().await.map_err(db::Error::from)?;
        Ok(row)
    }

    /// Says everything about an upload, and shows some of its rows.
    ///
    /// # Errors
    /// When there is nothing to check.
    pub async fn check(
        &self,
        service: ServiceId,
        id: UploadId,
        look: Look,
    ) -> Result<Check, NotChecked> {
        let (upload, work) = self.work(service, id, look.language).await?;
        let before = self.sent_before(&upload).await?;
        let (work, examined) = aside(move || {
            let examined = work.examine(look);
            (work, examined)
        })
        .await?;
        let Work { ready, most_rows, .. } = work;
        let Examined { report, columns, rows, failing } = examined;
        let problems = problems(&report, &ready, most_rows, before);
        let units = units(&report, ready.channel());
        Ok(Check { upload, ready, problems, report, units, columns, rows, failing })
    }

    /// One row as its recipient will get it, by its place from 0; none beyond the last.
    ///
    /// # Errors
    /// When there is nothing to check.
    pub async fn row(
        &self,
        service: ServiceId,
        id: UploadId,
        index: usize,
        language: Language,
    ) -> Result<Option<RowAsSent>, NotChecked> {
        let (upload, work) = self.work(service, id, language).await?;
        aside(move || work.row(upload, index)).await
    }

    /// The rows whose recipient stands in an earlier row, as comma-separated text with their row numbers; for
    /// downloading.
    ///
    /// # Errors
    /// When there is nothing to check.
    pub async fn duplicates(
        &self,
        service: ServiceId,
        id: UploadId,
        row_number: &str,
    ) -> Result<String, NotChecked> {
        let (_, work) = self.work(service, id, Language::English).await?;
        let heading = row_number.to_owned();
        aside(move || work.duplicates(&heading)).await
    }

    pub(super) async fn work(
        &self,
        service: ServiceId,
        id: UploadId,
        language: Language,
    ) -> Result<(upload::Model, Work), NotChecked> {
        let found = upload::find(self.db.read(), service, id, self.clock.now()).await?;
        let mut upload = found.ok_or(NotChecked::Gone)?;
        let ready = self.ready(service, upload.template_id, Some(upload.template_version));
        let ready = ready.await??;
        let csv = upload.open(&self.vault)?;
        upload.content_sealed.clear();
        let audience = self.audience(&ready).await?;
        let (most_rows, dialect) = (self.settings.most_rows, self.settings.dialect);
        Ok((upload, Work { csv, ready, audience, most_rows, dialect, language }))
    }

    pub(super) async fn sent_before(&self, upload: &upload::Model) -> db::Result<Option<BatchId>> {
        let template = (upload.template_id, upload.template_version);
        let file = (upload.file_name.as_str(), upload.file_hash.as_slice());
        let now = self.clock.now();
        batch::sent_today(self.db.read(), upload.service_id, template, file, now).await
    }
}

/// Runs work that takes a while on a thread that may.
pub(super) async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, NotChecked> {
    tokio::task::spawn_blocking(work).await.map_err(|_| NotChecked::Interrupted)
}

impl Work {
    pub(super) fn examine(&self, look: Look) -> Examined {
        let sheet = Sheet::read(&self.csv);
        let rules = self.rules();
        let mut checking = sheet.check(&rules);
        let columns = table::columns(&sheet, &checking);
        let (mut rows, mut failing) = (Vec::new(), Vec::new());
        let wanted = look.from..look.from.saturating_add(look.rows.min(MOST_LOOKED_AT));
        for checked in checking.by_ref() {
            let fails = checked.has_error() || (checked.recipient.is_some() && !checked.allowed);
            let is_wanted = wanted.contains(&checked.index);
            let is_shown = fails && failing.len() < MOST_FAILING;
            if is_wanted || is_shown {
                let shown = ShownRow::of(&checked, columns.len());
                if is_shown {
                    failing.push(shown.clone());
                }
                if is_wanted {
                    rows.push(shown);
                }
            }
        }
        Examined { report: checking.report(), columns, rows, failing }
    }

    fn row(&self, upload: upload::Model, index: usize) -> Option<RowAsSent> {
        let sheet = Sheet::read(&self.csv);
        let rules = self.rules();
        let mut checking = sheet.check(&rules);
        let columns = table::columns(&sheet, &checking);
        let checked = checking.by_ref().find(|checked| checked.index == index)?;
        Some(RowAsSent {
            upload,
            row: ShownRow::of(&checked, columns.len()),
            columns,
            template: self.ready.template.clone(),
            prefix: self.ready.prefix().map(str::to_owned),
            values: checked.personalisation,
        })
    }

    fn duplicates(&self, row_number: &str) -> String {
        let sheet = Sheet::read(&self.csv);
        let rules = self.rules();
        // A spreadsheet program takes the text for UTF-8 only with a byte order mark.
        let mut out = String::from("\u{FEFF}");
        let headings = sheet.columns().iter().map(|column| column.heading.as_str());
        sheet::write_line(std::iter::once(row_number).chain(headings), &mut out);
        for checked in sheet.check(&rules).filter(|checked| checked.duplicate) {
            let shown = ShownRow::of(&checked, sheet.columns().len());
            let cells = shown.cells.into_iter().map(|cell| cell.texts.join(", "));
            sheet::write_line(std::iter::once(shown.number.to_string()).chain(cells), &mut out);
        }
        out
    }

    fn rules(&self) -> Rules<'_> {
        let ready = &self.ready;
        let template = match ready.channel() {
            Channel::Email => sheet::Template::Email {
                subject: ready.template.subject(),
                body: ready.template.body(),
            },
            Channel::Sms => {
                sheet::Template::Sms { body: ready.template.body(), service: ready.prefix() }
            }
        };
        Rules {
            template,
            language: self.language,
            dialect: self.dialect,
            international: ready.international(),
            max_rows: self.most_rows,
            audience: &self.audience,
            annual_left: None,
            daily_left: None,
        }
    }
}

/// What a list is charged: simulated recipients get nothing and cost nothing.
pub(super) fn units(report: &Report, channel: Channel) -> i64 {
    let real = report.rows - report.simulated;
    let units = match channel {
        Channel::Email => real,
        // Simulated and real numbers are never in one list.
        Channel::Sms if real == 0 => 0,
        Channel::Sms => report.parts,
    };
    i64::try_from(units).unwrap_or(i64::MAX)
}

/// Everything that keeps a list from being sent.
pub(super) fn problems(
    report: &Report,
    ready: &Ready,
    most: usize,
    before: Option<BatchId>,
) -> Vec<Problem> {
    let Quota { daily_left, annual_left, .. } = ready.quota;
    let units = units(report, ready.channel());
    let missing = report.missing_columns.clone();
    let duplicate = report.duplicate_recipient_columns.clone();
    let known = |rows: usize| (rows > 0).then_some(rows);
    let faulty = report.bad_recipients + report.rows_missing_data + report.rows_too_long;
    let other = report.rows_with_errors.saturating_sub(faulty);
    let all = [
        report.too_many_rows.then_some(Problem::TooManyRows { most }),
        (report.rows == 0).then_some(Problem::NoRows),
        (!missing.is_empty()).then_some(Problem::MissingColumns(missing)),
        (!duplicate.is_empty()).then_some(Problem::DuplicateRecipientColumns(duplicate)),
        before.map(|batch| Problem::AlreadySent { batch }),
        known(report.strangers).map(|rows| Problem::NotOnTeam { rows }),
        (units > daily_left).then_some(Problem::OverDaily { left: daily_left }),
        (units > annual_left).then_some(Problem::OverAnnual { left: annual_left }),
        known(report.bad_recipients).map(|rows| Problem::BadRecipients { rows }),
        known(report.rows_missing_data).map(|rows| Problem::MissingData { rows }),
        known(report.rows_too_long).map(|rows| Problem::TooLong { rows }),
        known(other).map(|rows| Problem::OtherFaults { rows }),
        report.mixes_simulated().then_some(Problem::MixedSimulated),
    ];
    all.into_iter().flatten().collect()
}
