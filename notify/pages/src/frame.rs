//! The frame around Notify's pages.

use ui::{Link, Shell};
use web::Reader;

use crate::words::Texts;

/// Where the mailbox stands.
pub const MAILBOX: &str = "/dev/mailbox";
/// Where the documentation stands.
pub const DOCUMENTATION: &str = "/documentation";

/// Which pages the menu offers.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// Whether there is a development mailbox.
    pub mailbox: bool,
}

impl Frame {
    /// The frame for the page called `title`.
    pub fn shell(self, reader: &Reader, title: String) -> Shell {
        let t = Texts(reader.language);
        let mut menu = vec![Link::new(DOCUMENTATION, t.menu_documentation())];
        if self.mailbox {
            menu.push(Link::new(MAILBOX, t.menu_mailbox()));
        }
        reader.shell(title, t.product(), menu)
    }
}
