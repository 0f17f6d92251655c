//! Looking for words in texts, whatever their case and accents.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The text in lower case and without accents: what is compared when somebody looks for words.
pub fn plain(text: &str) -> String {
    let bare = text.nfd().filter(|c| !is_combining_mark(*c));
    bare.flat_map(char::to_lowercase).collect()
}

/// Whether one of the texts holds each of the words, in any order; no words are in every text.
pub fn holds(texts: &[&str], words: &str) -> bool {
    let texts: Vec<String> = texts.iter().map(|text| plain(text)).collect();
    let sought = plain(words);
    sought.split_whitespace().all(|word| texts.iter().any(|text| text.contains(word)))
}

#[cfg(test)]
mod tests {
    use super::holds;

    #[test]
    fn accents_case_and_order_do_not_matter() {
        let texts = ["Rappel de rendez-vous", "Votre permis est prêt, Zoë."];
        assert!(holds(&texts, "PRET rappel"));
        assert!(holds(&texts, "zoe"));
        assert!(holds(&texts, "Prêt"));
        assert!(holds(&texts, "  "));
        assert!(!holds(&texts, "permis refusé"));
    }
}
