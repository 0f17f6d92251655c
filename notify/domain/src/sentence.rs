//! Lists of names as a sentence for pages, such as "‘region’ and ‘fee’".

use crate::escape;

/// How the members of a list are joined and what surrounds them.
#[derive(Clone, Copy, Debug)]
pub struct Sentence<'a> {
    /// The word before the last member, without spaces: "and", "et", "or".
    pub conjunction: &'a str,
    /// What opens each member, such as a quotation mark.
    pub before: &'a str,
    /// What closes each member.
    pub after: &'a str,
    /// Words before a list of one; empty for none.
    pub prefix: &'a str,
    /// Words before a longer list; empty for none.
    pub prefix_plural: &'a str,
}

impl Sentence<'_> {
    /// The list as escaped HTML text, without a serial comma. No members give only the words before them.
    pub fn html(&self, members: &[&str]) -> String {
        let mut out = String::new();
        let prefix = if members.len() == 1 { self.prefix } else { self.prefix_plural };
        if !prefix.is_empty() {
            escape::text(prefix, &mut out);
            out.push(' ');
        }
        for (at, member) in members.iter().enumerate() {
            if at > 0 && at + 1 == members.len() {
                out.push(' ');
                escape::text(self.conjunction, &mut out);
                out.push(' ');
            } else if at > 0 {
                out.push_str(", ");
            }
            for part in [self.before, member, self.after] {
                escape::text(part, &mut out);
            }
        }
        out
    }
}
