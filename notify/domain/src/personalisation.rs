//! The values that a caller supplies for the placeholders of a template.

use std::fmt;

use serde_json::Map;

use crate::placeholder::key;

/// One supplied value. Absent and `null` are not values: such a name is simply not in the [`Personalisation`].
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Text, as it was sent.
    Text(String),
    /// A number; whole numbers are written without a fraction (`1.0` is `1`), others in their shortest form.
    Number(serde_json::Number),
    /// Written `true` or `false`.
    Bool(bool),
    /// Members as text, `null` and empty ones dropped; `0` and `false` are kept (rendering specification, D33).
    List(Vec<String>),
}

impl Value {
    /// The value that a JSON value stands for; `Ok(None)` for `null`.
    ///
    /// # Errors
    /// `NotAValue` for an object, and for a list that holds a list or an object.
    pub fn from_json(json: &serde_json::Value) -> Result<Option<Self>, NotAValue> {
        use serde_json::Value as Json;
        Ok(match json {
            Json::Null => None,
            Json::Bool(is) => Some(Self::Bool(*is)),
            Json::Number(number) => Some(Self::Number(number.clone())),
            Json::String(text) => Some(Self::Text(text.clone())),
            Json::Array(members) => Some(Self::List(list(members)?)),
            Json::Object(_) => return Err(NotAValue),
        })
    }

    /// True when there is nothing to print although the name was supplied: a list without a usable member
    /// (API specification, section 3.9: "treat as missing").
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::List(members) if members.is_empty())
    }

    /// Whether the value shows the text of a conditional (rendering specification, section 2.4).
    pub fn truthy(&self) -> bool {
        match self {
            Self::Text(text) => is_yes(text),
            Self::Bool(is) => *is,
            Self::Number(_) => is_yes(&self.to_string()),
            Self::List(members) => members.iter().any(|member| is_yes(member)),
        }
    }
}

/// A list is written here as its members with commas; templates write lists by [`crate::placeholder::Lists`].
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => write_number(number, f),
            Self::Bool(is) => write!(f, "{is}"),
            Self::List(members) => f.write_str(&members.join(", ")),
        }
    }
}

/// A JSON value that no placeholder can show: an object, or a list inside a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("neither text, number, true or false, nor a list of these")]
pub struct NotAValue;

/// The name of a personalisation entry whose value cannot be shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the value of {0:?} cannot be shown in a message")]
pub struct BadEntry(pub String);

fn list(members: &[serde_json::Value]) -> Result<Vec<String>, NotAValue> {
    let mut kept = Vec::with_capacity(members.len());
    for member in members {
        match Value::from_json(member)? {
            None => {}
            Some(Value::List(_)) => return Err(NotAValue),
            Some(value) => {
                let text = value.to_string();
                if !text.is_empty() {
                    kept.push(text);
                }
            }
        }
    }
    Ok(kept)
}

fn write_number(number: &serde_json::Number, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match number.as_f64() {
        Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < 1e15 => {
            write!(f, "{float:.0}")
        }
        _ => write!(f, "{number}"),
    }
}

/// The yes-words of both languages, compared without case and without trimming.
fn is_yes(text: &str) -> bool {
    const WORDS: [&str; 11] =
        ["yes", "y", "true", "t", "1", "include", "show", "oui", "vrai", "inclure", "afficher"];
    WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

#[derive(Clone, Debug, PartialEq)]
struct Entry {
    key: String,
    name: String,
    value: Value,
}

/// Values by name. Names match without regard to case, spaces, hyphens and underscores
/// (rendering specification, section 2.2); of two names that match each other, the later wins.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Personalisation {
    /// Sorted by key, so that a hostile number of names costs no more than a logarithm a look-up.
    entries: Vec<Entry>,
}

impl Personalisation {
    /// No values.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads the `personalisation` object of a request; `null` members are left out.
    ///
    /// # Errors
    /// The name of the first entry that is neither text, number, boolean nor a list of these.
    pub fn from_json(object: &Map<String, serde_json::Value>) -> Result<Self, BadEntry> {
        let mut entries = Vec::with_capacity(object.len());
        for (name, json) in object {
            match Value::from_json(json) {
                Ok(Some(value)) => {
                    entries.push(Entry { key: key(name), name: name.clone(), value });
                }
                Ok(None) => {}
                Err(NotAValue) => return Err(BadEntry(name.clone())),
            }
        }
        entries.sort_by(|one, other| one.key.cmp(&other.key));
        // A stable sort keeps the order of the request among equal keys, and `later` replaces `kept`.
        entries.dedup_by(|later, kept| {
            let same = later.key == kept.key;
            if same {
                std::mem::swap(later, kept);
            }
            same
        });
        Ok(Self { entries })
    }

    /// Adds a value, or replaces the one whose name matches.
    pub fn insert(&mut self, name: impl Into<String>, value: Value) {
        let name = name.into();
        let entry = Entry { key: key(&name), name, value };
        match self.position(&entry.key) {
            Ok(at) => self.entries[at] = entry,
            Err(at) => self.entries.insert(at, entry),
        }
    }

    /// The value for a name written in any matching way.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.by_key(&key(name))
    }

    /// The value for a name that has already gone through [`key`].
    pub fn by_key(&self, key: &str) -> Option<&Value> {
        self.position(key).ok().map(|at| &self.entries[at].value)
    }

    /// Names as supplied, with their values, in the order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.entries.iter().map(|entry| (entry.name.as_str(), &entry.value))
    }

    /// Number of values.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// True when nothing was supplied.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn position(&self, key: &str) -> Result<usize, usize> {
        self.entries.binary_search_by(|entry| entry.key.as_str().cmp(key))
    }
}

impl<N: Into<String>> FromIterator<(N, Value)> for Personalisation {
    fn from_iter<I: IntoIterator<Item = (N, Value)>>(pairs: I) -> Self {
        let mut all = Self::new();
        for (name, value) in pairs {
            all.insert(name, value);
        }
        all
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
