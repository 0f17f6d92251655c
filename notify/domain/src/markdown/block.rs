//! Cuts a text into blocks: paragraphs, headings, lists, callouts (rendering specification, sections 4.2, 4.3, 4.5).

use crate::{
    markdown::{
        Advice, Event, Tree,
        definition::{self, Definitions},
        inline, line,
    },
    shield,
};

/// Callouts in callouts deeper than this are paragraphs.
const MAX_CALLOUTS: u8 = 6;

/// Fenced text has at most this many lines, so that a thousand opening fences cost no more than one.
const LONGEST_FENCED: usize = 500;

/// A line, as bytes of the source without its end.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// Its first byte.
    pub from: usize,
    /// One past its last byte.
    pub to: usize,
}

/// How deep in lists and callouts the parser is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Depth {
    /// Lists around.
    pub lists: u8,
    /// Callouts around.
    pub callouts: u8,
}

/// Reads blocks into a tree.
pub struct Blocks<'p, 's> {
    source: &'s str,
    definitions: &'p Definitions<'s>,
    /// Where they go.
    pub tree: &'p mut Tree,
}

impl<'p, 's> Blocks<'p, 's> {
    /// Reads a text that holds no language tags.
    pub fn read(source: &'s str, definitions: &'p Definitions<'s>, tree: &'p mut Tree) {
        let mut lines = Vec::with_capacity(source.len() / 32 + 1);
        let mut from = 0;
        for to in memchr::memchr_iter(b'\n', source.as_bytes()) {
            lines.push(Line { from, to });
            from = to + 1;
        }
        lines.push(Line { from, to: source.len() });
        Blocks { source, definitions, tree }.blocks(&lines, Depth::default());
    }

    /// The text of a line.
    pub fn str(&self, line: Line) -> &'s str {
        &self.source[line.from..line.to]
    }

    fn blocks(&mut self, lines: &[Line], depth: Depth) {
        let mut at = 0;
        while at < lines.len() {
            at = self.block(lines, at, depth);
        }
    }

    /// Reads the block at `at` and says where the next begins.
    fn block(&mut self, lines: &[Line], at: usize, depth: Depth) -> usize {
        let text = self.str(lines[at]);
        if line::is_blank(text) {
            return at + 1;
        }
        if let Some(end) = self.leaf(lines, at) {
            return end;
        }
        if let Some((level, words)) = line::heading(text) {
            self.heading(level, words);
            return at + 1;
        }
        if line::is_callout(text) && depth.callouts < MAX_CALLOUTS {
            return self.callout(lines, at, depth);
        }
        if let Some(end) = self.list(lines, at, depth) {
            return end;
        }
        if self.definitions.hides(text) {
            return self.skip_definition(lines, at);
        }
        self.paragraph(lines, at)
    }

    /// A rule, indented text or fenced text at `at`.
    pub fn leaf(&mut self, lines: &[Line], at: usize) -> Option<usize> {
        let text = self.str(lines[at]);
        if line::is_rule(text) {
            self.tree.events.push(Event::Rule);
            return Some(at + 1);
        }
        if line::indent(text) >= 4 {
            return Some(self.indented(lines, at));
        }
        let end = self.fence_end(lines, at)?;
        self.verbatim(&lines[at + 1..end], 0);
        Some(end + 1)
    }

    /// The line that closes the fence opened at `at`.
    pub fn fence_end(&self, lines: &[Line], at: usize) -> Option<usize> {
        let fence = line::fence(self.str(lines[at]))?;
        let ahead = lines[at + 1..].iter().take(LONGEST_FENCED);
        let mut ahead = ahead.copied();
        let closing = ahead.position(|line| self.str(line).trim_matches(' ') == fence);
        closing.filter(|inside| *inside > 0).map(|inside| at + 1 + inside)
    }

    /// Text with four or more spaces before it: a paragraph with its line breaks (D27).
    fn indented(&mut self, lines: &[Line], at: usize) -> usize {
        let rest = lines[at..].iter();
        let count = rest.take_while(|line| line::indent(self.str(**line)) >= 4).count();
        self.verbatim(&lines[at..at + count], 4);
        at + count
    }

    /// Lines without inline Markdown, each but the last with a break.
    fn verbatim(&mut self, lines: &[Line], indent: usize) {
        if lines.iter().all(|line| line::is_blank(self.str(*line))) {
            return;
        }
        self.tree.events.push(Event::Paragraph);
        for (at, line) in lines.iter().enumerate() {
            if at > 0 {
                self.tree.events.push(Event::Break);
            }
            let from = line.from + indent.min(line.to - line.from);
            inline::verbatim(&self.source[from..line.to], self.tree);
        }
        self.tree.events.push(Event::ParagraphEnd);
    }

    /// Whether a line is a definition that takes effect.
    pub fn definition(&self, text: &str) -> bool {
        self.definitions.hides(text)
    }

    /// A heading, unless its value is empty.
    fn heading(&mut self, level: u8, words: &str) {
        let (open, close) = match level {
            1 | 2 => (Event::Heading(level), Event::HeadingEnd(level)),
            _ => (Event::Paragraph, Event::ParagraphEnd),
        };
        if !shield::is_empty(words) {
            self.tree.events.push(open);
            inline::read(words, self.definitions, self.tree);
            self.tree.events.push(close);
        }
    }

    /// Lines with `^`, and the lines that follow without a blank line; blank lines between callouts join them.
    pub fn callout(&mut self, lines: &[Line], at: usize, depth: Depth) -> usize {
        let mut end = at;
        while end < lines.len() {
            if !line::is_blank(self.str(lines[end])) {
                end += 1;
                continue;
            }
            let next = lines[end..].iter().position(|line| !line::is_blank(self.str(*line)));
            match next.filter(|skip| line::is_callout(self.str(lines[end + skip]))) {
                Some(skip) => end += skip,
                None => break,
            }
        }
        let inner: Vec<Line> =
            lines[at..end].iter().map(|line| self.without_caret(*line)).collect();
        self.tree.events.push(Event::Callout);
        self.blocks(&inner, Depth { callouts: depth.callouts + 1, ..depth });
        self.tree.events.push(Event::CalloutEnd);
        end
    }

    fn without_caret(&self, line: Line) -> Line {
        let text = self.str(line);
        match text.trim_start_matches(' ').strip_prefix('^') {
            Some(rest) => {
                Line { from: line.to - rest.strip_prefix(' ').unwrap_or(rest).len(), ..line }
            }
            None => line,
        }
    }

    fn skip_definition(&self, lines: &[Line], at: usize) -> usize {
        if !self.definitions.hides_note(self.str(lines[at])) {
            return at + 1;
        }
        let more = lines[at + 1..].iter();
        at + 1 + more.take_while(|line| definition::continues_note(self.str(**line))).count()
    }

    fn paragraph(&mut self, lines: &[Line], at: usize) -> usize {
        let mut end = at + 1;
        while end < lines.len() && !self.ends_paragraph(lines, end) {
            end += 1;
        }
        self.paragraph_of(&lines[at..end]);
        end
    }

    fn ends_paragraph(&self, lines: &[Line], at: usize) -> bool {
        let text = self.str(lines[at]);
        line::is_blank(text)
            || line::is_rule(text)
            || line::heading(text).is_some()
            || line::interrupts_as_item(text)
            || self.fence_end(lines, at).is_some()
            || self.definitions.hides(text)
    }

    /// Writes lines as one paragraph; nothing when they hold only blanks of any kind.
    pub fn paragraph_of(&mut self, lines: &[Line]) {
        let start = self.tree.events.len();
        self.tree.events.push(Event::Paragraph);
        let written = self.tree.events.len();
        self.words(lines);
        if self.tree.events[written..].iter().all(|event| self.is_blank_event(event)) {
            self.tree.events.truncate(start);
        } else {
            self.tree.events.push(Event::ParagraphEnd);
        }
    }

    fn is_blank_event(&self, event: &Event) -> bool {
        match event {
            Event::Text(words) => self.tree.get(words.straight).trim().is_empty(),
            Event::Break => true,
            _ => false,
        }
    }

    /// Reads lines as inline Markdown; the dashes under the head of a table go (D5).
    pub fn words(&mut self, lines: &[Line]) {
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
        let contiguous = lines.windows(2).all(|pair| pair[1].from == pair[0].to + 1);
        let table = self.is_table(lines);
        if contiguous && !table {
            inline::read(&self.source[first.from..last.to], self.definitions, self.tree);
            return;
        }
        let mut joined = String::with_capacity(last.to - first.from);
        for (at, line) in lines.iter().enumerate() {
            if table && line::is_table_delimiter(self.str(*line)) {
                continue;
            }
            if at > 0 {
                joined.push('\n');
            }
            joined.push_str(self.str(*line));
        }
        inline::read(&joined, self.definitions, self.tree);
    }

    fn is_table(&mut self, lines: &[Line]) -> bool {
        let delimited = |pair: &[Line]| {
            self.str(pair[0]).contains('|') && line::is_table_delimiter(self.str(pair[1]))
        };
        let table = lines.windows(2).any(delimited);
        if table {
            self.tree.advise(Advice::Table);
        }
        table
    }
}
