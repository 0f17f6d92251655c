//! Checking the rows of a bulk send, away from the threads that answer requests.

use std::sync::Arc;

use notify::{
    Channel, Dialect,
    placeholder::Source,
    recipient::Audience,
    sheet::{self, MOST_COLUMNS, Report, Rules, Sheet, csv_of_rows, is_reasonable},
};

use super::asked::Rows;
use crate::{
    error::{ApiError, Refusal},
    memory::Template,
};

/// What the rows are held against.
#[derive(Clone, Debug)]
pub struct Standard {
    /// What they are filled into.
    pub template: Arc<Template>,
    /// The service's name, if its texts begin with it.
    pub prefix: Option<String>,
    /// Whose limits.
    pub dialect: Dialect,
    /// Whether the service may text abroad.
    pub international: bool,
    /// The most rows.
    pub most: usize,
    /// Who may receive.
    pub audience: Audience,
    /// What is left of the year and of the day; nothing is counted with a test key.
    pub left: Option<(i64, i64)>,
    /// Whether the service is in trial, for the sentence about recipients.
    pub trial: bool,
}

/// Rows that may be sent.
#[derive(Debug)]
pub struct Checked {
    /// The whole sheet.
    pub csv: String,
    /// Rows that are not blank.
    pub rows: usize,
    /// What they count against limits.
    pub units: usize,
}

/// Checks the rows.
///
/// # Errors
/// The first reason of section 2.6, steps 9, 10 and 12.
pub async fn check(rows: Rows, standard: Standard) -> Result<Checked, ApiError> {
    let checked = tokio::task::spawn_blocking(move || standard.check(rows)).await;
    match checked {
        Ok(checked) => checked.map_err(ApiError::from),
        Err(stopped) => Err(ApiError::internal(&stopped)),
    }
}

impl Standard {
    fn check(&self, rows: Rows) -> Result<Checked, Refusal> {
        let csv = match rows {
            Rows::Csv(csv) => csv,
            Rows::Lists(rows) => csv_of_rows(&rows).map_err(Refusal::NotARow)?,
        };
        // A row's reference is stored as text, and no database keeps a null character in one.
        if csv.contains('\0') {
            return Err(Refusal::NullCharacter { at: "rows".into() });
        }
        if !is_reasonable(&csv, self.template.words.uses) {
            return Err(Refusal::SheetTooLarge { columns: MOST_COLUMNS });
        }
        let report = self.report(&csv)?;
        let real = report.rows - report.simulated;
        let units = match self.template.channel {
            Channel::Email => real,
            // Simulated and real numbers are never in one sheet.
            Channel::Sms if real == 0 => 0,
            Channel::Sms => report.parts,
        };
        Ok(Checked { csv, rows: report.rows, units })
    }

    fn report(&self, csv: &str) -> Result<Report, Refusal> {
        let nothing = Source::default();
        let rules = self.rules(&nothing);
        let report = Sheet::read(csv).check(&rules).report();
        if let Some(refusal) = report.refusal(&rules, self.trial) {
            return Err(refusal.into());
        }
        if report.rows == 0 {
            return Err(Refusal::NoRows);
        }
        let counted = self.left.is_some() && self.template.channel == Channel::Sms;
        if counted && report.mixes_simulated() {
            return Err(sheet::Refusal::MixedSimulated.into());
        }
        Ok(report)
    }

    fn rules<'r>(&'r self, nothing: &'r Source) -> Rules<'r> {
        let words = &self.template.words;
        let template = match self.template.channel {
            Channel::Email => {
                let subject = words.subject.as_ref().unwrap_or(nothing);
                sheet::Template::Email { subject, body: &words.body }
            }
            Channel::Sms => {
                sheet::Template::Sms { body: &words.body, service: self.prefix.as_deref() }
            }
        };
        let left = |left: i64| usize::try_from(left).unwrap_or(0);
        Rules {
            template,
            language: self.template.language,
            dialect: self.dialect,
            international: self.international,
            max_rows: self.most,
            audience: &self.audience,
            annual_left: self.left.map(|(annual, _)| left(annual)),
            daily_left: self.left.map(|(_, daily)| left(daily)),
        }
    }
}
