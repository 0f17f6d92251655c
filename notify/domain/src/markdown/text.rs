//! Collects the words of a tree and gives them their typography.

use crate::{
    markdown::{Event, Link, Span, Tree, Words},
    shield,
    typography::{self, Around, Quotes},
};

impl Tree {
    /// Appends text and says where it went; stand-ins are swapped back, except the backslash, which typography must
    /// not take for the author's.
    pub(super) fn store(&mut self, text: &str) -> Span {
        let from = self.text.len();
        if shield::any_reserved(text) {
            let kept = |c: char| if c == shield::BACKSLASH { c } else { shield::original(c) };
            self.text.extend(text.chars().filter(|c| !shield::is_silent(*c)).map(kept));
        } else {
            self.text.push_str(text);
        }
        self.span_from(from)
    }

    /// Appends words, joining those that follow words directly.
    pub(super) fn push_text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let added = self.store(text);
        if let Some(Event::Text(words)) = self.events.last_mut()
            && words.straight.to == added.from
        {
            words.straight.to = added.to;
            return;
        }
        if added.from < added.to {
            self.events.push(Event::Text(Words { curled: added, straight: added }));
        }
    }

    fn span_from(&self, from: usize) -> Span {
        Span { from: offset(from), to: offset(self.text.len()) }
    }

    /// Gives every stretch of words its curled form, looking across marks such as bold (D20).
    pub(super) fn curl(&mut self) {
        let events = std::mem::take(&mut self.events);
        let mut curled = Vec::with_capacity(events.len());
        let mut scratch = String::new();
        let mut before = None;
        for (at, event) in events.iter().enumerate() {
            curled.push(match event {
                Event::Text(words) => {
                    let around = Around { before, after: self.first_after(&events[at + 1..]) };
                    before = self.get(words.straight).chars().next_back();
                    Event::Text(self.curl_words(*words, around, &mut scratch))
                }
                Event::Link(link) => Event::Link(self.curl_link(*link, &mut scratch)),
                other => {
                    before = self.last_of(other, before);
                    *other
                }
            });
        }
        self.events = curled;
    }

    fn curl_words(&mut self, words: Words, around: Around, scratch: &mut String) -> Words {
        let curled = self.typeset(words.straight, around, Quotes::Curled, scratch);
        let straight = if curled == words.straight {
            curled
        } else {
            self.typeset(words.straight, around, Quotes::Straight, scratch)
        };
        Words { curled, straight }
    }

    fn typeset(
        &mut self,
        span: Span,
        around: Around,
        quotes: Quotes,
        scratch: &mut String,
    ) -> Span {
        let text = &self.text[span.from as usize..span.to as usize];
        if !typography::may_change(text) {
            return span;
        }
        scratch.clear();
        typography::apply(text, around, quotes, scratch);
        if scratch == text {
            return span;
        }
        let from = self.text.len();
        self.text.push_str(scratch);
        self.span_from(from)
    }

    fn curl_link(&mut self, link: Link, scratch: &mut String) -> Link {
        // A destination with blanks is no address, and is read as words where it is printed.
        let reads_as_words = self.get(link.destination.straight).contains(char::is_whitespace);
        let mut curl = |words: Words| Words {
            curled: self.typeset(words.straight, Around::default(), Quotes::Curled, scratch),
            straight: words.straight,
        };
        let destination = if reads_as_words { curl(link.destination) } else { link.destination };
        Link { destination, title: link.title.map(curl), ..link }
    }

    /// The first character of the text that follows in the same block.
    fn first_after(&self, events: &[Event]) -> Option<char> {
        for event in events {
            match event {
                Event::Text(words) => return self.get(words.straight).chars().next(),
                Event::Url(span) | Event::Angle(span, _) => return self.get(*span).chars().next(),
                Event::Break => return Some('\n'),
                Event::Highlight(_) | Event::Conditional(_, false) => return Some('('),
                Event::Strong
                | Event::StrongEnd
                | Event::Emphasis
                | Event::EmphasisEnd
                | Event::Link(_)
                | Event::LinkEnd => {}
                _ => return None,
            }
        }
        None
    }

    /// The last character before what follows `event`: none at the start of a block.
    fn last_of(&self, event: &Event, before: Option<char>) -> Option<char> {
        match event {
            Event::Url(span) | Event::Angle(span, _) => self.get(*span).chars().next_back(),
            Event::Break => Some('\n'),
            Event::Highlight(_) | Event::ConditionalEnd(_, false) => Some(')'),
            Event::Strong
            | Event::StrongEnd
            | Event::Emphasis
            | Event::EmphasisEnd
            | Event::Link(_)
            | Event::LinkEnd => before,
            _ => None,
        }
    }
}

/// Offsets fit 32 bits: bodies are limited to 50,000 characters and values to 51,200.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
