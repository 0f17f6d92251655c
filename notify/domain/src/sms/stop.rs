//! Words by which somebody asks to get no more texts.

/// The words that carriers know, in English and French.
const WORDS: &[&str] = &[
    "stop",
    "stopall",
    "unsubscribe",
    "cancel",
    "end",
    "quit",
    "arret",
    "arrêt",
    "arreter",
    "arrêter",
    "fin",
    "desabonner",
    "désabonner",
];

/// Whether a text that somebody sent is nothing but such a word.
#[must_use]
pub fn asks_to_stop(text: &str) -> bool {
    let word: String =
        text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let one = text.split_whitespace().count() == 1;
    one && WORDS.contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use super::asks_to_stop;

    #[test]
    fn one_word_alone_asks_to_stop() {
        for text in ["STOP", " Stop! ", "arrêt", "ARRET."] {
            assert!(asks_to_stop(text), "{text}");
        }
        for text in ["Please do not stop", "stop it", "", "Non"] {
            assert!(!asks_to_stop(text), "{text}");
        }
    }
}
