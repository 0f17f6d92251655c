//! What stands in one column of one row.

use std::borrow::Cow;

use crate::placeholder::Value;

/// Nothing, a text, or a list when several columns share a heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Cell<'t> {
    /// Nothing but white space.
    #[default]
    Empty,
    /// A text without outer white space and invisible characters.
    Text(Cow<'t, str>),
    /// The values of columns with the same heading, from the first that was not empty.
    List(Vec<Option<Cow<'t, str>>>),
}

impl<'t> Cell<'t> {
    /// Adds the value of a further column with the same heading: the first replaces nothing, each other makes a list.
    pub(super) fn add(&mut self, value: Option<Cow<'t, str>>) {
        *self = match (std::mem::take(self), value) {
            (Self::Empty, None) => Self::Empty,
            (Self::Empty, Some(text)) => Self::Text(text),
            (Self::Text(first), further) => Self::List(vec![Some(first), further]),
            (Self::List(mut members), further) => {
                members.push(further);
                Self::List(members)
            }
        };
    }

    /// The text, unless the cell is empty or a list.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Empty | Self::List(_) => None,
        }
    }

    /// The rightmost value: what a repeated recipient column gives.
    pub(super) fn last(&self) -> Option<&str> {
        match self {
            Self::Empty => None,
            Self::Text(text) => Some(text),
            Self::List(members) => members.last().and_then(Option::as_deref),
        }
    }

    /// The value for a placeholder; empty cells have none.
    pub fn value(&self) -> Option<Value> {
        match self {
            Self::Empty => None,
            Self::Text(text) => Some(Value::Text(text.clone().into_owned())),
            Self::List(members) => Some(Value::List(
                members.iter().flatten().map(|member| member.clone().into_owned()).collect(),
            )),
        }
    }
}

/// Drops invisible characters and outer white space of any script (D48); `None` when nothing is left.
pub(super) fn clean(field: Cow<'_, str>) -> Option<Cow<'_, str>> {
    let visible = if !field.is_ascii() && field.contains(kernel::email_address::is_invisible) {
        Cow::Owned(field.replace(kernel::email_address::is_invisible, ""))
    } else {
        field
    };
    let kept = visible.trim();
    if kept.is_empty() {
        return None;
    }
    if kept.len() == visible.len() {
        return Some(visible);
    }
    Some(match visible {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    })
}
