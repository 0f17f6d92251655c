//! What has changed between two texts, word for word.

use std::time::Duration;

use askama::{Template, filters::HtmlSafe};
use kernel::Language;
use similar::{ChangeTag, TextDiff};

use crate::Texts;

/// Two texts in one: what went is struck out, what came is underlined, and both are said in words.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "component/diff.html")]
pub struct Diff {
    /// The language of the words about it.
    pub language: Language,
    /// The earlier text.
    pub before: String,
    /// The later text.
    pub after: String,
    /// The language of the texts, when it is not the page's.
    pub lang: Option<Language>,
}

impl HtmlSafe for Diff {}

/// A stretch of text that stayed, went or came.
#[derive(Debug, PartialEq, Eq)]
enum Stretch {
    Kept(String),
    Gone(String),
    New(String),
}

impl Diff {
    /// Two long texts with nothing in common would take seconds; after this the rest counts as changed.
    const PATIENCE: Duration = Duration::from_millis(200);

    fn words(&self) -> Texts {
        Texts(self.language)
    }

    fn same(&self) -> bool {
        self.before == self.after
    }

    fn stretches(&self) -> Vec<Stretch> {
        let diff = TextDiff::configure()
            .timeout(Self::PATIENCE)
            .diff_words(self.before.as_str(), self.after.as_str());
        let mut stretches: Vec<Stretch> = Vec::new();
        let (mut gone, mut new) = (String::new(), String::new());
        let changes: Vec<_> = diff.iter_all_changes().collect();
        for (index, change) in changes.iter().enumerate() {
            match change.tag() {
                ChangeTag::Delete => gone.push_str(change.value()),
                ChangeTag::Insert => new.push_str(change.value()),
                // One blank between two changed words would chop a changed phrase into crumbs.
                ChangeTag::Equal if is_blank_between(&changes, index) => {
                    gone.push_str(change.value());
                    new.push_str(change.value());
                }
                ChangeTag::Equal => {
                    settle(&mut stretches, &mut gone, &mut new);
                    keep(&mut stretches, change.value());
                }
            }
        }
        settle(&mut stretches, &mut gone, &mut new);
        stretches
    }
}

fn is_blank_between(changes: &[similar::Change<&str>], index: usize) -> bool {
    let changed = |at: Option<usize>| {
        at.and_then(|at| changes.get(at)).is_some_and(|change| change.tag() != ChangeTag::Equal)
    };
    changes[index].value() == " " && changed(index.checked_sub(1)) && changed(Some(index + 1))
}

fn settle(stretches: &mut Vec<Stretch>, gone: &mut String, new: &mut String) {
    if !gone.is_empty() {
        stretches.push(Stretch::Gone(std::mem::take(gone)));
    }
    if !new.is_empty() {
        stretches.push(Stretch::New(std::mem::take(new)));
    }
}

fn keep(stretches: &mut Vec<Stretch>, words: &str) {
    if let Some(Stretch::Kept(kept)) = stretches.last_mut() {
        kept.push_str(words);
    } else {
        stretches.push(Stretch::Kept(words.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretches(before: &str, after: &str) -> Vec<Stretch> {
        Diff { before: before.to_owned(), after: after.to_owned(), ..Diff::default() }.stretches()
    }

    #[test]
    fn a_changed_phrase_stays_one_piece() {
        assert_eq!(
            stretches(
                "Your appointment is on Monday morning.",
                "Your appointment is at nine o’clock."
            ),
            [
                Stretch::Kept("Your appointment is ".to_owned()),
                Stretch::Gone("on Monday morning.".to_owned()),
                Stretch::New("at nine o’clock.".to_owned()),
            ]
        );
    }

    #[test]
    fn nothing_is_lost_on_either_side() {
        let (before, after) =
            ("Bonjour ((name)),\n\nVotre  demande", "Bonjour,\nVotre demande est reçue");
        let mut sides = (String::new(), String::new());
        for stretch in stretches(before, after) {
            match stretch {
                Stretch::Kept(words) => {
                    sides.0.push_str(&words);
                    sides.1.push_str(&words);
                }
                Stretch::Gone(words) => sides.0.push_str(&words),
                Stretch::New(words) => sides.1.push_str(&words),
            }
        }
        assert_eq!(sides, (before.to_owned(), after.to_owned()));
    }
}
