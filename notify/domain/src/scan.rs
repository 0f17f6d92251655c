//! Finds placeholders in the text of a template (rendering specification, section 2.1, with D13 and D14).

use crate::placeholder::{Conditional, Name, Segment};

/// Conditionals may stand in conditionals this deep; deeper ones are text.
const MAX_DEPTH: usize = 3;

/// Cuts a text into its stretches.
pub fn segments(text: &str) -> Vec<Segment> {
    nested(text, 0)
}

fn nested(text: &str, depth: usize) -> Vec<Segment> {
    let brackets = Brackets::of(text);
    let mut found = Vec::new();
    let mut plain_from = 0;
    let mut at = 0;
    while let Some(open) = brackets.next_double(at) {
        match placeholder(text, &brackets, open, depth) {
            Found::Segment(segment, end) => {
                push_text(&mut found, &text[plain_from..open]);
                found.push(segment);
                plain_from = end;
                at = end;
            }
            Found::Nothing(next) => at = next,
            Found::NoneAhead => break,
        }
    }
    push_text(&mut found, &text[plain_from..]);
    found
}

fn push_text(segments: &mut Vec<Segment>, text: &str) {
    if !text.is_empty() {
        segments.push(Segment::Text(text.to_owned()));
    }
}

enum Found {
    /// A placeholder, and where the text goes on.
    Segment(Segment, usize),
    /// These brackets are text; go on from here.
    Nothing(usize),
    /// No closing brackets in the rest of the text.
    NoneAhead,
}

fn placeholder(text: &str, brackets: &Brackets, open: usize, depth: usize) -> Found {
    let from = open + 2;
    if text[from..].starts_with("))") {
        return Found::Nothing(from + 2);
    }
    let Some((to, balanced)) = brackets.close(text, open) else {
        return Found::NoneAhead;
    };
    let body = &text[from..to];
    let body = if balanced { body } else { body.trim_start_matches('(').trim_end_matches(')') };
    let (written, conditional) = match body.split_once("??") {
        Some((name, shown)) => (name, Some(shown)),
        None => (body, None),
    };
    // `((a ((b)) c))` and an unclosed `((` before a proper placeholder: the inner one is meant.
    if written.contains("((") || (!balanced && body.contains("((")) {
        return Found::Nothing(from);
    }
    let name = Name::new(written);
    let segment = match conditional {
        None => Segment::Placeholder(name),
        Some(shown) => Segment::Conditional(Conditional {
            name,
            text: shown.to_owned(),
            parts: if depth < MAX_DEPTH {
                nested(shown, depth + 1)
            } else {
                vec![Segment::Text(shown.to_owned())]
            },
        }),
    };
    Found::Segment(segment, to + 2)
}

/// The round brackets of a text, each opening one with its partner, found in one pass.
struct Brackets {
    /// Offsets of `(` in order, each with the offset of its `)`.
    opening: Vec<(usize, Option<usize>)>,
}

impl Brackets {
    fn of(text: &str) -> Self {
        let mut opening: Vec<(usize, Option<usize>)> = Vec::new();
        let mut waiting: Vec<usize> = Vec::new();
        for at in memchr::memchr2_iter(b'(', b')', text.as_bytes()) {
            if text.as_bytes()[at] == b'(' {
                waiting.push(opening.len());
                opening.push((at, None));
            } else if let Some(index) = waiting.pop() {
                opening[index].1 = Some(at);
            }
        }
        Self { opening }
    }

    /// The next `((` at or after `at` that no third `(` follows.
    fn next_double(&self, at: usize) -> Option<usize> {
        let first = self.opening.partition_point(|(open, _)| *open < at);
        self.opening[first..].windows(2).enumerate().find_map(|(index, pair)| {
            let (one, two) = (pair[0].0, pair[1].0);
            let third = self.opening.get(first + index + 2).map(|(open, _)| *open);
            (two == one + 1 && third != Some(two + 1)).then_some(one)
        })
    }

    /// Where the `))` of the `((` at `open` begins, and whether the brackets between are balanced; where they are
    /// not, the nearest `))` that leaves at least one character.
    fn close(&self, text: &str, open: usize) -> Option<(usize, bool)> {
        let index = self.opening.partition_point(|(at, _)| *at < open);
        let outer = self.opening.get(index).and_then(|(_, close)| *close);
        let inner = self.opening.get(index + 1).and_then(|(_, close)| *close);
        match (inner, outer) {
            (Some(inner), Some(outer)) if outer == inner + 1 => Some((inner, true)),
            _ => {
                let body = &text[open + 2..];
                let least = body.chars().next()?.len_utf8();
                body[least..].find("))").map(|at| (open + 2 + least + at, false))
            }
        }
    }
}
