//! Reading requests by the grammar of the published servers: every problem is collected and worded as
//! theirs (API specification, sections 0.6 and 0.7).

pub mod body;
pub mod python;

use std::borrow::Cow;

use serde_json::{Map, Value};
use uuid::Uuid;

pub use body::{Raw, json_answer};

use crate::error::{ApiError, Refusal};

/// The members of a JSON object, taken out one by one, and the problems met on the way.
#[derive(Debug)]
pub struct Fields {
    members: Map<String, Value>,
    problems: Vec<Refusal>,
}

impl Fields {
    /// The members of `body`, of which only those in `known` are allowed.
    ///
    /// # Errors
    /// At once when the body is no object: there is nothing else to look at.
    pub fn of(body: Value, known: &[&str]) -> Result<Self, ApiError> {
        let Value::Object(members) = body else {
            return Err(wrong_type("", &body, "object").into());
        };
        let strange: Vec<String> =
            members.keys().filter(|name| !known.contains(&name.as_str())).cloned().collect();
        let mut problems = Vec::new();
        if !strange.is_empty() {
            problems.push(Refusal::Unexpected { fields: strange });
        }
        Ok(Self { members, problems })
    }

    /// Whether a member is there.
    pub fn has(&self, name: &str) -> bool {
        self.members.contains_key(name)
    }

    /// A member as it came, if it is there.
    pub fn take(&mut self, name: &str) -> Option<Value> {
        // Nobody looks at the order of what is left.
        self.members.swap_remove(name)
    }

    /// A member that must be there.
    pub fn require(&mut self, name: &'static str) -> Option<Value> {
        let taken = self.take(name);
        if taken.is_none() {
            self.refuse(Refusal::Required { at: "".into(), field: name.into() });
        }
        taken
    }

    /// A text that must be there.
    pub fn required_string(&mut self, name: &'static str) -> Option<String> {
        let value = self.require(name)?;
        self.text(name, value, "string")
    }

    /// A text of at most `most` characters, or nothing; `null` is not a text.
    pub fn string(&mut self, name: &'static str, most: usize) -> Option<String> {
        let value = self.take(name)?;
        let text = self.text(name, value, "string")?;
        self.at_most(name, text, most)
    }

    /// A text, `null` or nothing.
    pub fn string_or_null(&mut self, name: &'static str) -> Option<String> {
        match self.take(name)? {
            Value::Null => None,
            value => self.text(name, value, "string, null"),
        }
    }

    /// A UUID that must be there.
    pub fn required_uuid(&mut self, name: &'static str) -> Option<Uuid> {
        let value = self.require(name)?;
        self.uuid_in(name, &value)
    }

    /// A UUID or nothing.
    pub fn uuid(&mut self, name: &'static str) -> Option<Uuid> {
        let value = self.take(name)?;
        self.uuid_in(name, &value)
    }

    /// A UUID, `null` or nothing.
    pub fn uuid_or_null(&mut self, name: &'static str) -> Option<Uuid> {
        match self.take(name)? {
            Value::Null => None,
            value => self.uuid_in(name, &value),
        }
    }

    /// An object; `null` and nothing are the empty one, because clients send `null` for it.
    pub fn object_or_null(&mut self, name: &'static str) -> Map<String, Value> {
        match self.take(name) {
            None | Some(Value::Null) => Map::new(),
            Some(Value::Object(members)) => members,
            Some(other) => {
                self.refuse(wrong_type(name, &other, "object"));
                Map::new()
            }
        }
    }

    /// Notes a problem.
    pub fn refuse(&mut self, problem: Refusal) {
        self.problems.push(problem);
    }

    /// The value of a check, its problem noted.
    pub fn check<T>(&mut self, checked: Result<T, Refusal>) -> Option<T> {
        match checked {
            Ok(value) => Some(value),
            Err(problem) => {
                self.refuse(problem);
                None
            }
        }
    }

    /// All problems as one answer, if there are any.
    pub fn done(self) -> Result<(), ApiError> {
        if self.problems.is_empty() { Ok(()) } else { Err(ApiError::all(self.problems)) }
    }

    /// What could be read, if there was no problem.
    ///
    /// # Errors
    /// All problems as one answer. Without a problem a required value is always there, so `None` is a defect.
    pub fn finish<T>(self, read: Option<T>) -> Result<T, ApiError> {
        self.done()?;
        read.ok_or_else(|| ApiError::internal("a request was read without problem or value"))
    }

    fn text(&mut self, name: &'static str, value: Value, expected: &'static str) -> Option<String> {
        match value {
            Value::String(text) if text.contains('\0') => {
                self.refuse(Refusal::NullCharacter { at: name.into() });
                None
            }
            Value::String(text) => Some(text),
            other => {
                self.refuse(wrong_type(name, &other, expected));
                None
            }
        }
    }

    /// A text of at most `most` characters.
    pub fn at_most(&mut self, name: &'static str, text: String, most: usize) -> Option<String> {
        if text.len() > most && text.chars().count() > most {
            let value = python::repr(&Value::String(text));
            self.refuse(Refusal::TooLong { at: name.into(), value });
            return None;
        }
        Some(text)
    }

    fn uuid_in(&mut self, name: &'static str, value: &Value) -> Option<Uuid> {
        let read = value.as_str().and_then(uuid);
        if read.is_none() {
            self.refuse(Refusal::NotUuid { at: name.into() });
        }
        read
    }
}

/// Any spelling of a UUID: either case, with or without hyphens, in braces or as a URN.
pub fn uuid(text: &str) -> Option<Uuid> {
    Uuid::parse_str(text).ok()
}

/// The identifier in a path: 400 `{name} is not a valid UUID` when it is none.
pub fn path_uuid(name: &'static str, text: &str) -> Result<Uuid, ApiError> {
    uuid(text).ok_or_else(|| Refusal::NotUuid { at: name.into() }.into())
}

/// The problem that `value` at `at` is not of the type `expected`.
pub fn wrong_type(
    at: impl Into<Cow<'static, str>>,
    value: &Value,
    expected: &'static str,
) -> Refusal {
    Refusal::WrongType { at: at.into(), value: python::repr(value), expected }
}
