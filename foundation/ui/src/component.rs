//! The parts pages are made of, each a struct that renders as HTML inside a template.

mod action;
mod cell;
mod choice;
mod diff;
mod error;
mod field;
mod figure;
mod letter;
mod live;
mod message;
mod qr;
mod table;
mod way;

pub use action::{Button, ButtonKind, ButtonLink};
pub use cell::{Cell, Link, Rendered, Tag, Tone};
pub use choice::{Checkbox, Checkboxes, Choice, Pick, Radios, Select};
pub use diff::Diff;
pub use error::{ErrorSummary, Errors, FieldError};
pub use field::{
    CodeInput, Counter, FileInput, InputKind, PasswordInput, TextArea, TextInput, Width,
};
pub use figure::{Bar, Chart, ChartRow};
pub use letter::{Bubble, Copyable, EmailFrame};
pub use live::{Filter, Insert, Inserts, Live, Preview, Selected};
pub use message::{Banner, BannerTone, Details, Inset, Panel};
pub use qr::QrCode;
pub use table::{Action, PageLinks, Pagination, SummaryList, SummaryRow, Table};
pub use way::{BackLink, Breadcrumbs, Steps, Tab, Tabs, Task, Tasks, Tile, Tiles};

/// What a field that may stay empty says so with.
fn optional(language: &kernel::Language) -> String {
    crate::Texts(*language).optional()
}
