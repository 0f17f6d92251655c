//! Looks through words that somebody is about to send for what does not belong there: numbers and keys that would
//! harm their owner in strange hands (administration specification, section P).

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sensitive {
    /// Nine digits that are a social insurance number as far as can be told.
    SocialInsuranceNumber,
    /// The number of a payment card.
    CardNumber,
    /// A key for programs.
    ApiKey,
}

/// What `text` holds of these, each once.
#[must_use]
pub fn sensitive(text: &str) -> Vec<Sensitive> {
    let mut found = Vec::new();
    for groups in groups_of_digits(text) {
        for first in 0..groups.len() {
            for last in first..groups.len().min(first + 5) {
                found.extend(number(&groups[first..=last]));
            }
        }
    }
    if holds_key(text) {
        found.push(Sensitive::ApiKey);
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Runs of digits, each in the groups in which it is written: one blank, hyphen or full stop may stand between two.
/// Digits that touch a letter are part of a name and no number.
fn groups_of_digits(text: &str) -> Vec<Vec<String>> {
    let mut runs = Vec::new();
    let mut groups: Vec<String> = Vec::new();
    let mut before = ' ';
    let mut gap = false;
    for character in text.chars().chain([' ', ' ']) {
        match character {
            '0'..='9' if before.is_ascii_digit() => {
                if let Some(group) = groups.last_mut() {
                    group.push(character);
                }
            }
            '0'..='9' if !before.is_alphabetic() => {
                groups.push(character.to_string());
                gap = false;
            }
            ' ' | '-' | '.' | '\u{a0}' if before.is_ascii_digit() && !gap => gap = true,
            _ => {
                if character.is_alphabetic() && before.is_ascii_digit() {
                    groups.pop();
                }
                runs.push(std::mem::take(&mut groups));
                gap = false;
            }
        }
        before = character;
    }
    runs.push(groups);
    runs.retain(|groups| !groups.is_empty());
    runs
}

/// What a number is that is written in these groups.
fn number(groups: &[String]) -> Option<Sensitive> {
    let lengths: Vec<usize> = groups.iter().map(String::len).collect();
    let digits = groups.concat();
    let is_card = matches!(
        lengths.as_slice(),
        [13..=19] | [4, 6, 4 | 5] | [4, 4, 4, 1..=4] | [4, 4, 4, 4, 1..=3]
    );
    match lengths.as_slice() {
        [9] | [3, 3, 3] if !digits.starts_with(['0', '8']) && checks(&digits) => {
            Some(Sensitive::SocialInsuranceNumber)
        }
        _ if is_card && digits.starts_with(['2', '3', '4', '5', '6']) && checks(&digits) => {
            Some(Sensitive::CardNumber)
        }
        _ => None,
    }
}

/// Whether the last digit is right (Luhn).
fn checks(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let digit = u32::from(digit - b'0');
            let twice = if place % 2 == 1 { digit * 2 } else { digit };
            if twice > 9 { twice - 9 } else { twice }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Keys end in two identifiers with a hyphen between them.
fn holds_key(text: &str) -> bool {
    const ONE: usize = 36;
    let bytes = text.as_bytes();
    bytes.windows(2 * ONE + 1).any(|window| {
        window[ONE] == b'-' && is_identifier(&window[..ONE]) && is_identifier(&window[ONE + 1..])
    })
}

fn is_identifier(bytes: &[u8]) -> bool {
    bytes.iter().enumerate().all(|(place, byte)| match place {
        8 | 13 | 18 | 23 => *byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    })
}

#[cfg(test)]
mod tests {
    use super::{Sensitive::*, *};

    #[test]
    fn social_insurance_numbers_are_found_however_they_are_written() {
        for text in
            ["130692544", "My SIN: 130 692 544.", "(130-692-544)", "on 2026-11-21 130 692 544"]
        {
            assert_eq!(sensitive(text), [SocialInsuranceNumber], "{text}");
        }
        // A wrong check digit, a telephone number, an order number, a part of a name.
        for text in ["130692545", "613 555 0142", "AB130692544", "130692544XY", "2026-11-21", ""] {
            assert_eq!(sensitive(text), [], "{text}");
        }
    }

    #[test]
    fn numbers_of_payment_cards_are_found() {
        for text in ["4111111111111111", "card 4111 1111 1111 1111", "3782-822463-10005"] {
            assert_eq!(sensitive(text), [CardNumber], "{text}");
        }
        assert_eq!(sensitive("4111 1111 1111 1112"), []);
        assert_eq!(sensitive("9111111111111111"), []);
    }

    #[test]
    fn keys_are_found_and_single_identifiers_are_not() {
        let id = "26785a09-ab16-4eb0-8407-a37497a57506";
        assert_eq!(sensitive(&format!("It is permits-{id}-{id}!")), [ApiKey]);
        assert_eq!(sensitive(&format!("service {id}, template {id}")), []);
    }
}
