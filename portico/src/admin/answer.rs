//! What a command answers, for people and for programs.

use clap::Args;
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// The answer of one command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// For people.
    pub words: String,
    /// For programs: an object with `outcome` and the thing itself, or a list and `next`.
    pub json: Value,
}

/// What a command did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Created,
    Changed,
    Removed,
    Unchanged,
}

impl Outcome {
    const fn word(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Changed => "changed",
            Self::Removed => "removed",
            Self::Unchanged => "unchanged",
        }
    }

    /// Changed or unchanged.
    pub const fn changed(really: bool) -> Self {
        if really { Self::Changed } else { Self::Unchanged }
    }
}

/// Something that an answer can show.
pub(super) trait Shown {
    /// What it is called, one and many.
    const NOUN: (&'static str, &'static str);
    /// By what it is told from others.
    fn id(&self) -> Uuid;
    /// Everything about it, for programs; never a secret.
    fn json(&self) -> Value;
    /// One line about it, for people.
    fn line(&self) -> String;
}

impl Answer {
    /// What was done to `thing`.
    pub(super) fn done<T: Shown>(outcome: Outcome, thing: &T) -> Self {
        let (noun, word) = (T::NOUN.0, outcome.word());
        Self {
            words: format!("{word}: {noun} {}", thing.line()),
            json: json!({"outcome": word, noun: thing.json()}),
        }
    }

    /// Something, as it is.
    pub(super) fn show<T: Shown>(thing: &T) -> Self {
        Self { words: thing.line(), json: json!({T::NOUN.0: thing.json()}) }
    }

    /// What was done to something that has nothing further to show.
    pub(super) fn bare(outcome: Outcome, about: &str) -> Self {
        let word = outcome.word();
        Self { words: format!("{word}: {about}"), json: json!({"outcome": word, "about": about}) }
    }

    /// One page of things; `rows` may hold one more than the page, which tells that a next page exists.
    pub(super) fn page<T: Shown>(mut rows: Vec<T>, page: &Page) -> Self {
        let whole = usize::try_from(page.size).unwrap_or(usize::MAX);
        let more = rows.len() > whole;
        rows.truncate(whole);
        let next = rows.last().filter(|_| more).map(Shown::id);
        let mut lines: Vec<_> = rows.iter().map(Shown::line).collect();
        if lines.is_empty() {
            lines.push(format!("no {}", T::NOUN.1));
        }
        lines.extend(next.map(|next| format!("more: add --older-than {next}")));
        let things: Vec<_> = rows.iter().map(Shown::json).collect();
        Self { words: lines.join("\n"), json: json!({T::NOUN.1: things, "next": next}) }
    }

    /// Adds a line for people, and a field for programs.
    #[must_use]
    pub(super) fn with(mut self, line: &str, field: &str, value: &str) -> Self {
        self.words = format!("{}\n{line}", self.words);
        if let Value::Object(object) = &mut self.json {
            put(object, field, value);
        }
        self
    }
}

fn put(object: &mut Map<String, Value>, field: &str, value: &str) {
    object.insert(field.to_owned(), Value::String(value.to_owned()));
}

/// Which page of a list, newest first.
#[derive(Clone, Debug, Args)]
pub(super) struct Page {
    /// How many to list.
    #[arg(long = "limit", default_value_t = 50, value_name = "NUMBER")]
    pub size: u64,
    /// Begin after this one: the id that the page before ended with.
    #[arg(long, value_name = "ID")]
    pub older_than: Option<Uuid>,
}

impl Page {
    /// How many rows to read: one more than the page, to see whether there is a next one.
    pub const fn wanted(&self) -> u64 {
        self.size.saturating_add(1)
    }

    /// The page of a list that was read whole.
    pub fn of<T: Shown>(&self, mut rows: Vec<T>) -> Answer {
        rows.retain(|row| self.older_than.is_none_or(|last| row.id() < last));
        rows.sort_by_key(|row| std::cmp::Reverse(row.id()));
        Answer::page(rows, self)
    }
}
