//! A mailbox in the form that headers and envelopes take.

use std::fmt;

use url::Host;

/// A mailbox that cannot break out of a header or an SMTP command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Left half, quoted where it has to be.
    local: String,
    /// Right half, in ASCII.
    domain: String,
}

impl Address {
    /// Reads `local@domain`. The recipient rules (rendering specification, section 11.2) let a few
    /// local parts through that are not plain words on the wire, such as `.a`; those are quoted.
    /// A domain outside ASCII is converted. `None` when there is no `@`, a half is empty or too
    /// long for a command line, a character is a blank or a control, or the domain is none.
    pub fn parse(text: &str) -> Option<Self> {
        let (local, domain) = text.rsplit_once('@')?;
        let odd = |c: char| c.is_control() || c.is_whitespace() || "\"\\<>(),:;[]@".contains(c);
        if local.is_empty() || text.len() > 320 || local.contains(odd) || domain.contains(odd) {
            return None;
        }
        let Ok(Host::Domain(domain)) = Host::parse(domain) else { return None };
        let dotted = local.starts_with('.') || local.ends_with('.') || local.contains("..");
        let local = if dotted { format!("\"{local}\"") } else { local.to_owned() };
        Some(Self { local, domain })
    }

    /// The domain, in ASCII.
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// Whether the whole address is ASCII, so that any server can take it.
    pub fn is_ascii(&self) -> bool {
        self.local.is_ascii()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.local, self.domain)
    }
}
