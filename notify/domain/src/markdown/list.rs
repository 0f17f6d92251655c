//! Lists and what their items hold (rendering specification, section 4.4, with D4 and D28).

use crate::markdown::{
    Event,
    block::{Blocks, Depth, Line},
    line::{self, Marker},
};

/// Lists nested deeper than this are text.
const MAX_LISTS: u8 = 6;

impl Blocks<'_, '_> {
    /// Reads the list that begins at `at`, if one does.
    pub fn list(&mut self, lines: &[Line], at: usize, depth: Depth) -> Option<usize> {
        let marker = line::marker(self.str(lines[at]))?;
        if depth.lists >= MAX_LISTS {
            return None;
        }
        let end = self.list_end(lines, at, marker.indent);
        if self.is_single_character(&lines[at..end], marker) {
            return None;
        }
        self.tree.events.push(Event::List(marker.ordered));
        self.items(&lines[at..end], marker, Depth { lists: depth.lists + 1, ..depth });
        self.tree.events.push(Event::ListEnd(marker.ordered));
        Some(end)
    }

    /// A mark and one character is text: `- 5`.
    fn is_single_character(&self, lines: &[Line], marker: Marker) -> bool {
        let first = self.str(lines[0]).get(marker.bytes..).unwrap_or_default();
        first.chars().count() < 2 && lines[1..].iter().all(|line| line::is_blank(self.str(*line)))
    }

    /// A list goes on to a rule, a definition, two blank lines, or one blank line before a line that is neither
    /// indented nor an item of the list.
    fn list_end(&self, lines: &[Line], at: usize, indent: usize) -> usize {
        let mut end = at + 1;
        while let Some(line) = lines.get(end) {
            let text = self.str(*line);
            if line::is_blank(text) {
                let goes_on = lines.get(end + 1).is_some_and(|next| {
                    let next = self.str(*next);
                    !line::is_blank(next) && (next.starts_with(' ') || is_item(next, indent))
                });
                if !goes_on {
                    return end;
                }
            } else if line::is_rule(text) || self.definition(text) {
                return end;
            }
            end += 1;
        }
        end
    }

    fn items(&mut self, lines: &[Line], first: Marker, depth: Depth) {
        let mut at = 0;
        let mut blank_before = false;
        while at < lines.len() {
            let rest = lines[at + 1..].iter();
            let more = rest.take_while(|line| !is_item(self.str(**line), first.indent)).count();
            let end = at + 1 + more;
            let item = self.item_lines(&lines[at..end]);
            let trailing = item.iter().rev().take_while(|line| self.is_blank_line(line)).count();
            let content = &item[..item.len() - trailing];
            let blank_inside = content.iter().any(|line| self.is_blank_line(line));
            let blank_after = trailing > 0 && end < lines.len();
            let loose = blank_before || blank_inside || blank_after;
            self.tree.events.push(Event::Item);
            self.item(content, loose, depth);
            self.tree.events.push(Event::ItemEnd);
            blank_before = trailing > 0;
            at = end;
        }
    }

    fn is_blank_line(&self, line: &Line) -> bool {
        line::is_blank(self.str(*line))
    }

    /// The lines of an item without its marker, and without as many spaces before the later lines.
    fn item_lines(&self, lines: &[Line]) -> Vec<Line> {
        let Some(marker) = line::marker(self.str(lines[0])) else { return lines.to_vec() };
        let mut inner = Vec::with_capacity(lines.len());
        inner.push(Line { from: lines[0].from + marker.bytes, to: lines[0].to });
        inner.extend(lines[1..].iter().map(|line| {
            let spaces = line::indent(self.str(*line)).min(marker.columns);
            Line { from: line.from + spaces, to: line.to }
        }));
        inner
    }

    /// Blocks of an item: no headings and no paragraphs of their own, unless the item is loose.
    fn item(&mut self, lines: &[Line], loose: bool, depth: Depth) {
        let opened = self.tree.events.len();
        let mut at = 0;
        while at < lines.len() {
            if self.is_blank_line(&lines[at]) {
                at += 1;
            } else if let Some(end) = self.item_block(lines, at, depth) {
                at = end;
            } else {
                let rest = lines[at + 1..].iter().enumerate();
                let more =
                    rest.take_while(|(next, _)| !self.ends_words(lines, at + 1 + next)).count();
                let words = &lines[at..at + 1 + more];
                if loose || self.tree.events.len() > opened {
                    self.paragraph_of(words);
                } else {
                    self.words(words);
                }
                at += 1 + more;
            }
        }
    }

    fn item_block(&mut self, lines: &[Line], at: usize, depth: Depth) -> Option<usize> {
        let text = self.str(lines[at]);
        if line::marker(text).is_some() && !line::is_rule(text) {
            return self.list(lines, at, depth);
        }
        if line::is_callout(text) && depth.callouts < MAX_LISTS {
            return Some(self.callout(lines, at, depth));
        }
        self.leaf(lines, at)
    }

    fn ends_words(&self, lines: &[Line], at: usize) -> bool {
        let text = self.str(lines[at]);
        let marker = line::marker(text).is_some_and(|marker| !marker.ordered || marker.is_first);
        marker
            || line::is_blank(text)
            || line::is_rule(text)
            || line::is_callout(text)
            || self.fence_end(lines, at).is_some()
    }
}

/// Whether the line begins an item at this indent; a mark without a space after it does not (D4).
fn is_item(line: &str, indent: usize) -> bool {
    line::marker(line).is_some_and(|marker| marker.indent == indent)
}
