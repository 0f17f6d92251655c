//! Checking the rows of a bulk send, away from the threads that answer requests.

use std::sync::Arc;

use notify::{
    Channel, Dialect,
    placeholder::Source,
    recipient::Audience,
    sheet::{self, Report, Rules, Sheet, csv_of_rows},
};

use super::asked::Rows;
use crate::{
    error::{ApiError, Refusal},
    memory::Template,
};

/// The most columns of a sheet.
const COLUMNS: usize = 1_000;
/// The most bytes that one row, and all rows together, may fill the template to, if each placeholder stood for
/// the whole row. No honest sheet comes near.
const ONE_ROW: usize = 64 * 1024 * 1024;
const ALL_ROWS: usize = 8 * 1024 * 1024 * 1024;

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
        self.bound(&csv)?;
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

    /// Refuses sheets that only exist to keep us busy, before they are taken apart.
    fn bound(&self, csv: &str) -> Result<(), Refusal> {
        let shape = Shape::of(csv);
        let uses = self.template.words.uses.max(1);
        let too_large = shape.columns > COLUMNS
            || shape.longest.saturating_mul(uses) > ONE_ROW
            || csv.len().saturating_mul(uses) > ALL_ROWS;
        if too_large { Err(Refusal::SheetTooLarge { columns: COLUMNS }) } else { Ok(()) }
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

/// How wide and long the rows of a sheet are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Shape {
    columns: usize,
    longest: usize,
}

impl Shape {
    /// Commas and line breaks inside quotation marks end nothing.
    fn of(csv: &str) -> Self {
        let (mut shape, mut start, mut commas, mut quoted) = (Self::default(), 0, 0, false);
        for (at, byte) in csv.bytes().enumerate() {
            match byte {
                b'"' => quoted = !quoted,
                b',' if !quoted => commas += 1,
                b'\n' | b'\r' if !quoted => {
                    shape.widen(commas + 1, at - start);
                    (start, commas) = (at + 1, 0);
                }
                _ => {}
            }
        }
        shape.widen(commas + 1, csv.len() - start);
        shape
    }

    fn widen(&mut self, columns: usize, length: usize) {
        self.columns = self.columns.max(columns);
        self.longest = self.longest.max(length);
    }
}

#[cfg(test)]
mod tests {
    use super::Shape;

    #[test]
    fn a_sheet_is_measured_without_being_taken_apart() {
        assert_eq!(Shape::of("a,b\nlong,\"x,\n,y\"\nz"), Shape { columns: 2, longest: 12 });
        assert_eq!(Shape::of(""), Shape { columns: 1, longest: 0 });
        assert_eq!(Shape::of(&",".repeat(5000)).columns, 5001);
    }
}
