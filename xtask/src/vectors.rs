//! Checks golden vectors: what the product makes of an input, beside what is expected of it.

mod csv;
mod email_address;
mod email_html_body;
mod email_plain;
mod normal;
mod phone;
mod placeholders;
mod sms;

use std::{
    collections::BTreeSet,
    fmt,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// The file that lists the vectors whose expected output is questionable.
const QUIRKS: &str = "quirks.jsonl";

/// Differences shown for each file.
const SHOWN: usize = 5;

/// What a suite makes of an input, in the shape of `expected`.
type Suite = fn(&Value) -> Value;

fn suite(name: &str) -> Option<Suite> {
    Some(match name {
        "csv" => csv::actual,
        "email_address" => email_address::actual,
        "email_html_body" => email_html_body::actual,
        "email_plain" => email_plain::actual,
        "phone" => phone::actual,
        "placeholders" => placeholders::actual,
        "sms" => sms::actual,
        _ => return None,
    })
}

/// A vector whose output differs.
#[derive(Debug)]
pub struct Difference {
    /// The id of the vector.
    pub id: String,
    /// The field that differs.
    pub field: String,
    /// What the vector expects.
    pub expected: Value,
    /// What the product gives.
    pub actual: Value,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "  {} ({})", self.id, self.field)?;
        writeln!(f, "    expected {}", self.expected)?;
        writeln!(f, "    actual   {}", self.actual)
    }
}

/// The outcome of one file.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Name of the file.
    pub file: String,
    /// Vectors that gave what was expected.
    pub passed: usize,
    /// Vectors that did not and have to: the first difference of each.
    pub failed: Vec<Difference>,
    /// Vectors listed in `quirks.jsonl` that gave what was expected.
    pub quirks_same: usize,
    /// Vectors listed in `quirks.jsonl` that gave something else: the first difference of each.
    pub quirks_other: Vec<Difference>,
}

/// The outcome of a folder.
#[derive(Debug, Default)]
pub struct Report {
    /// One for each file, by name.
    pub outcomes: Vec<Outcome>,
}

impl Report {
    /// Whether every vector that is not a quirk gave what was expected.
    pub fn passed(&self) -> bool {
        self.outcomes.iter().all(|outcome| outcome.failed.is_empty())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for outcome in &self.outcomes {
            let failed = outcome.failed.len();
            let Outcome { file, passed, quirks_same, .. } = outcome;
            let quirks_other = outcome.quirks_other.len();
            writeln!(
                f,
                "{file}: {passed} passed, {failed} failed; quirks: {quirks_same} the same, {quirks_other} otherwise"
            )?;
            for difference in outcome.failed.iter().take(SHOWN) {
                write!(f, "{difference}")?;
            }
            if failed > SHOWN {
                writeln!(f, "  and {} more", failed - SHOWN)?;
            }
        }
        Ok(())
    }
}

/// Checks every `.jsonl` file of a folder.
///
/// # Errors
/// A folder or file that cannot be read, a line that is no vector, a file that belongs to no known suite, or a folder
/// without vectors.
pub fn check_folder(folder: &Path) -> Result<Report> {
    let quirks = quirks(&folder.join(QUIRKS))?;
    let mut report = Report::default();
    for path in files(folder)? {
        report.outcomes.push(check_file(&path, &quirks)?);
    }
    if report.outcomes.is_empty() {
        bail!("no vectors in {}", folder.display());
    }
    Ok(report)
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder)
        .with_context(|| format!("cannot read the folder {}", folder.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.retain(|path| {
        path.extension().is_some_and(|end| end == "jsonl") && !path.ends_with(QUIRKS)
    });
    paths.sort();
    Ok(paths)
}

/// The ids in `quirks.jsonl`; a folder may be without.
fn quirks(path: &Path) -> Result<BTreeSet<String>> {
    if !path.exists() {
        return Ok(BTreeSet::new());
    }
    lines(path)?.iter().map(|line| text(line, "id").map(str::to_owned)).collect()
}

fn lines(path: &Path) -> Result<Vec<Value>> {
    let content = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let written = content.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    written
        .map(|(at, line)| {
            serde_json::from_str(line)
                .with_context(|| format!("{}, line {}", path.display(), at + 1))
        })
        .collect()
}

fn text<'v>(line: &'v Value, field: &str) -> Result<&'v str> {
    line[field].as_str().with_context(|| format!("no {field} in {line}"))
}

fn check_file(path: &Path, quirks: &BTreeSet<String>) -> Result<Outcome> {
    let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let Some(suite) = suite(name) else { bail!("{} belongs to no known suite", path.display()) };
    let mut outcome = Outcome { file: format!("{name}.jsonl"), ..Outcome::default() };
    for vector in lines(path)? {
        let id = text(&vector, "id")?;
        let difference = difference(id, &vector["expected"], &suite(&vector["input"]));
        match (difference, quirks.contains(id)) {
            (None, false) => outcome.passed += 1,
            (None, true) => outcome.quirks_same += 1,
            (Some(difference), true) => outcome.quirks_other.push(difference),
            (Some(difference), false) => outcome.failed.push(difference),
        }
    }
    Ok(outcome)
}

/// The first field of `expected` that the product gives otherwise. `uk` is for information only.
fn difference(id: &str, expected: &Value, actual: &Value) -> Option<Difference> {
    let fields = expected.as_object()?;
    fields.iter().filter(|(field, _)| *field != "uk").find_map(|(field, expected)| {
        let actual = match (field.as_str(), &actual[field]) {
            ("html", Value::String(html)) => Value::String(normal::html(html)),
            (_, other) => other.clone(),
        };
        (actual != *expected).then(|| Difference {
            id: id.to_owned(),
            field: field.clone(),
            expected: expected.clone(),
            actual,
        })
    })
}
