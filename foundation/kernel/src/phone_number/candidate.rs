//! From what people type to the digits of one number, or nothing if the text is anything else.

/// The zero of every script; its nine sisters follow it.
const ZEROS: &[char] = &[
    '\u{660}',
    '\u{6F0}',
    '\u{7C0}',
    '\u{966}',
    '\u{9E6}',
    '\u{A66}',
    '\u{AE6}',
    '\u{B66}',
    '\u{BE6}',
    '\u{C66}',
    '\u{CE6}',
    '\u{D66}',
    '\u{DE6}',
    '\u{E50}',
    '\u{ED0}',
    '\u{F20}',
    '\u{1040}',
    '\u{1090}',
    '\u{17E0}',
    '\u{1810}',
    '\u{1946}',
    '\u{19D0}',
    '\u{1A80}',
    '\u{1A90}',
    '\u{1B50}',
    '\u{1BB0}',
    '\u{1C40}',
    '\u{1C50}',
    '\u{A620}',
    '\u{A8D0}',
    '\u{A900}',
    '\u{A9D0}',
    '\u{A9F0}',
    '\u{AA50}',
    '\u{ABF0}',
    '\u{FF10}',
    '\u{104A0}',
    '\u{10D30}',
    '\u{11066}',
    '\u{110F0}',
    '\u{11136}',
    '\u{111D0}',
    '\u{112F0}',
    '\u{11450}',
    '\u{114D0}',
    '\u{11650}',
    '\u{116C0}',
    '\u{11730}',
    '\u{118E0}',
    '\u{11950}',
    '\u{11C50}',
    '\u{11D50}',
    '\u{11DA0}',
    '\u{16A60}',
    '\u{16AC0}',
    '\u{16B50}',
    '\u{1D7CE}',
    '\u{1D7D8}',
    '\u{1D7E2}',
    '\u{1D7EC}',
    '\u{1D7F6}',
    '\u{1E140}',
    '\u{1E2F0}',
    '\u{1E950}',
    '\u{1FBF0}',
];
/// Digits of the longest number with the longest calling code, and some for prefixes that will be dropped.
const MOST_DIGITS: usize = 24;
/// The most separators in a row that still hold two groups of digits together.
const WIDEST_GAP: usize = 4;

/// The digits of the only number in a text.
#[derive(Debug)]
pub struct Candidate {
    /// Whether the number started with `+`, so that its calling code is known.
    pub international: bool,
    digits: [u8; MOST_DIGITS],
    count: usize,
}

impl Candidate {
    /// Finds the number that the whole text is. Letters, a second number, a line break inside or a sum of money are refused.
    pub fn of(text: &str) -> Option<Self> {
        if let Some(plain) = Self::of_plain(text) {
            return Some(plain);
        }
        if text.chars().any(char::is_alphabetic) {
            return None;
        }
        let first = text.char_indices().find(|(_, c)| digit(*c).is_some())?.0;
        let (head, tail) = text.split_at(first);
        let mut found =
            Self { international: starts_with_plus(head), digits: [0; MOST_DIGITS], count: 0 };
        let end = found.take(tail)?;
        let start = opening(head);
        let money = |c: Option<char>| c.is_some_and(is_money);
        let touched =
            start == first && money(head.chars().next_back()) || money(tail[end..].chars().next());
        (!touched && brackets_match(&text[start..first + end])).then_some(found)
    }

    /// The common case without any scanning of Unicode: ten digits, or `+` and digits.
    fn of_plain(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let (international, digits) = match bytes.split_first() {
            Some((b'+', rest)) => (true, rest),
            _ => (false, bytes),
        };
        if digits.is_empty() || digits.len() > MOST_DIGITS || !digits.iter().all(u8::is_ascii_digit)
        {
            return None;
        }
        let mut found = Self { international, digits: [0; MOST_DIGITS], count: digits.len() };
        found.digits[..digits.len()].copy_from_slice(digits);
        Some(found)
    }

    /// The digits as ASCII.
    pub fn digits(&self) -> &str {
        std::str::from_utf8(&self.digits[..self.count]).unwrap_or_default()
    }

    /// Takes all digits of `tail` and gives the place after the last; `None` if they are not one number.
    fn take(&mut self, tail: &str) -> Option<usize> {
        let (mut end, mut gap, mut closed) = (0, 0, false);
        for (at, character) in tail.char_indices() {
            if let Some(value) = digit(character) {
                if closed || gap > WIDEST_GAP || self.count == MOST_DIGITS {
                    return None;
                }
                self.digits[self.count] = b'0' + value;
                self.count += 1;
                (end, gap) = (at + character.len_utf8(), 0);
            } else if is_separator(character) {
                gap += 1;
            } else if is_plus(character) {
                return None;
            } else {
                closed = true;
            }
        }
        Some(end)
    }
}

fn digit(character: char) -> Option<u8> {
    if character.is_ascii() {
        return character.is_ascii_digit().then(|| character as u8 - b'0');
    }
    let at = ZEROS.partition_point(|zero| *zero <= character).checked_sub(1)?;
    let value = character as u32 - *ZEROS.get(at)? as u32;
    u8::try_from(value).ok().filter(|value| *value < 10)
}

const fn is_plus(character: char) -> bool {
    matches!(character, '+' | '\u{FF0B}')
}

const fn is_opening(character: char) -> bool {
    matches!(character, '(' | '[' | '\u{FF08}' | '\u{FF3B}')
}

const fn is_closing(character: char) -> bool {
    matches!(character, ')' | ']' | '\u{FF09}' | '\u{FF3D}')
}

const fn is_separator(character: char) -> bool {
    matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30FC}' | '\u{FF0D}'..='\u{FF0F}' | ' '
        | '\u{A0}' | '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{3000}' | '.' | '/' | '~' | '\u{2053}' | '\u{223C}'
        | '\u{FF5E}')
        || is_opening(character)
        || is_closing(character)
}

/// A number that touches one of these is an amount.
const fn is_money(character: char) -> bool {
    matches!(character, '%' | '$' | '\u{A2}'..='\u{A5}' | '\u{E3F}' | '\u{20A0}'..='\u{20C0}' | '\u{FDFC}' | '\u{FE69}'
        | '\u{FF04}' | '\u{FFE0}' | '\u{FFE1}' | '\u{FFE5}' | '\u{FFE6}')
}

/// Whether the text before the first digit holds a `+` that belongs to the number.
fn starts_with_plus(head: &str) -> bool {
    let mut gap = 0;
    for character in head.chars().rev() {
        if is_plus(character) {
            return true;
        }
        gap += 1;
        if gap > WIDEST_GAP || !is_separator(character) {
            return false;
        }
    }
    false
}

/// Where the number starts in the text before its first digit: at its `+` or bracket, else at the digit.
fn opening(head: &str) -> usize {
    let mut start = head.len();
    for (at, character) in head.char_indices().rev() {
        if is_plus(character) || is_opening(character) {
            start = at;
        } else if !is_separator(character) {
            break;
        }
    }
    start
}

/// Whether brackets come in pairs; the first may lack its partner, as people drop one when they copy.
fn brackets_match(number: &str) -> bool {
    let mut rest = number.strip_prefix(is_opening).unwrap_or(number);
    if !skip_plain(&mut rest) {
        return false;
    }
    if let Some(closed) = rest.strip_prefix(is_closing) {
        rest = closed;
        if !skip_plain(&mut rest) {
            return false;
        }
    }
    for _ in 0..3 {
        let Some(opened) = rest.strip_prefix(is_opening) else { break };
        rest = opened;
        if !skip_plain(&mut rest) {
            return false;
        }
        let Some(closed) = rest.strip_prefix(is_closing) else { return false };
        rest = closed;
    }
    !rest.contains(|c| is_opening(c) || is_closing(c))
}

/// Skips what is not a bracket, and says whether there was anything.
fn skip_plain(rest: &mut &str) -> bool {
    let end = rest.find(|c| is_opening(c) || is_closing(c)).unwrap_or(rest.len());
    *rest = &rest[end..];
    end > 0
}
