//! Texts that look like what authors, callers and attackers write.

/// A small generator of numbers: the same seed gives the same case on every machine.
pub struct Chance(u64);

impl Chance {
    /// Begins a case.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % (limit as u64)).unwrap_or(0)
    }

    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[self.below(from.len())]
    }
}

const PIECES: [&str; 84] = [
    "word",
    "a",
    "é",
    "Ottawa",
    "1",
    "42",
    "2026",
    "x",
    " ",
    " ",
    " ",
    "  ",
    "    ",
    "\n",
    "\n",
    "\n\n",
    "\n\n\n",
    "\t",
    "\r\n",
    "\u{2028}",
    "\u{a0}",
    "*",
    "**",
    "***",
    "_",
    "__",
    "`",
    "```\n",
    "~~",
    "~~~\n",
    "#",
    "# ",
    "## ",
    "### ",
    "* ",
    "- ",
    "• ",
    "1. ",
    "7. ",
    "+ ",
    "^ ",
    "^",
    "> ",
    "[",
    "]",
    "(",
    ")",
    "](",
    "![",
    "[x](",
    "<",
    ">",
    "&",
    "&amp;",
    "&copy;",
    "&#39;",
    "\\",
    "\\*",
    "\"",
    "'",
    "--",
    " - ",
    " – ",
    ".",
    ",",
    " ,",
    "!",
    "?",
    ":",
    ";",
    "|",
    "|--|",
    "---",
    "https://a.example/b_c?d=e&f=(g)",
    "http://",
    "javascript:alert(1)",
    "o'neil@x.ca",
    "[[en]]",
    "[[/en]]",
    "[[rtl]]",
    "[[/rtl]]",
    "[k]: https://a.example \"t\"\n",
    "[k]",
    "[^n]: note\n",
];

const RARE: [&str; 10] = [
    "\u{FDD0}",
    "\u{FDDC}",
    "\u{FDE1}0\u{FDE3}",
    "\u{FDE2}1\u{FDE3}",
    "\u{200d}",
    "\u{feff}",
    "\0",
    "\u{7}",
    "😀",
    "<script>alert(1)</script>",
];

const PLACEHOLDERS: [&str; 12] = [
    "((a))",
    "((b))",
    "((c))",
    "((a))",
    "((b))",
    "((yes??",
    "((no??",
    "))",
    "[go](((a)))",
    "**((b))**",
    "((",
    "))",
];

/// Markup as an author might write it, placeholders included.
pub fn template(chance: &mut Chance) -> String {
    let mut text = String::new();
    for _ in 0..chance.below(30) {
        let piece = match chance.below(10) {
            0 | 1 => chance.pick(&PLACEHOLDERS),
            2 if chance.below(4) == 0 => chance.pick(&RARE),
            _ => chance.pick(&PIECES),
        };
        text.push_str(piece);
    }
    text
}

/// A value that would like to be more than text.
pub fn value(chance: &mut Chance) -> String {
    let mut text = String::new();
    for _ in 0..chance.below(8) {
        let piece = if chance.below(12) == 0 { chance.pick(&RARE) } else { chance.pick(&PIECES) };
        text.push_str(piece);
    }
    text
}
