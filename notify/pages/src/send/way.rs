//! To whom a template is sent: one person, a list, or the sender.

use ui::{Tab, Tabs};

use crate::words::Texts;

/// To whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// One person.
    One,
    /// The rows of a spreadsheet.
    Many,
    /// The person who sends.
    Own,
}

/// The three ways as tabs; `send` is the address of the first.
pub fn ways(t: Texts, send: &str, current: Way) -> Tabs {
    let tab = |way: Way, page: &str, text: String| Tab {
        href: format!("{send}{page}"),
        text,
        count: None,
        current: way == current,
    };
    Tabs {
        language: t.0,
        label: t.way_label(),
        tabs: vec![
            tab(Way::One, "", t.way_one()),
            tab(Way::Many, "/list", t.way_many()),
            tab(Way::Own, "/self", t.way_own()),
        ],
        pills: false,
    }
}
