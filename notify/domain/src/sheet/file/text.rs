//! Bytes of a text file become text, in whatever encoding spreadsheet programs write.

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::Trouble;

/// Reads UTF-8 with or without a byte order mark, UTF-16 with or without one, and otherwise Windows-1252, of which
/// Latin-1 is a part. What is none of these, such as a picture, is refused.
pub(super) fn read(bytes: &[u8]) -> Result<String, Trouble> {
    let text = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest)?,
        [0xFF, 0xFE, rest @ ..] => utf16(rest, UTF_16LE)?,
        [0xFE, 0xFF, rest @ ..] => utf16(rest, UTF_16BE)?,
        _ => match unmarked_utf16(bytes) {
            Some(encoding) => utf16(bytes, encoding)?,
            None => utf8(bytes)?,
        },
    };
    if text.contains(is_no_text) { Err(Trouble::Unreadable) } else { Ok(text) }
}

fn utf8(bytes: &[u8]) -> Result<String, Trouble> {
    let (mut letters, mut wrong) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    match (wrong, letters) {
        (0, _) => Ok(String::from_utf8_lossy(bytes).into_owned()),
        // Broken UTF-8 read as something else would send "Ã©" to people.
        (wrong, letters) if letters >= wrong => Err(Trouble::Unreadable),
        _ => Ok(WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()),
    }
}

fn utf16(bytes: &[u8], encoding: &'static encoding_rs::Encoding) -> Result<String, Trouble> {
    let (text, failed) = encoding.decode_without_bom_handling(bytes);
    if failed { Err(Trouble::Unreadable) } else { Ok(text.into_owned()) }
}

/// Headings are mostly ASCII, whose every other byte is zero in UTF-16 and none in any other encoding.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let start = &bytes[..bytes.len().min(512)];
    let zeros = |odd: usize| {
        start.iter().enumerate().filter(|(at, byte)| at % 2 == odd && **byte == 0).count()
    };
    match (zeros(0), zeros(1)) {
        (0, low) if low > start.len() / 4 => Some(UTF_16LE),
        (high, 0) if high > start.len() / 4 => Some(UTF_16BE),
        _ => None,
    }
}

/// Control characters that no spreadsheet writes into a text; a zero in a cell would be refused by the database.
fn is_no_text(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{E}'..='\u{1B}' | '\u{7F}'..='\u{84}' | '\u{86}'..='\u{9F}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::read;

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        let bytes = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn every_usual_encoding_gives_the_same_text() {
        let text = "prénom;numéro\r\nRenée;8°\r\n";
        let marked = |mark: &[u8], rest: Vec<u8>| [mark.to_vec(), rest].concat();
        let latin1: Vec<u8> = text.chars().map(|c| c as u8).collect();
        for bytes in [
            text.as_bytes().to_vec(),
            marked(b"\xEF\xBB\xBF", text.into()),
            latin1,
            utf16(text, true),
            utf16(text, false),
            marked(b"\xFF\xFE", utf16(text, true)),
            marked(b"\xFE\xFF", utf16(text, false)),
        ] {
            assert_eq!(read(&bytes).as_deref(), Ok(text), "{bytes:?}");
        }
        // Windows-1252 has quotation marks and an oe where Latin-1 has control characters.
        assert_eq!(read(b"l\x92\x9Cuvre \x80").as_deref(), Ok("l’œuvre €"));
    }

    #[test]
    fn what_is_no_text_is_refused_and_broken_utf8_is_not_guessed_at() {
        for bytes in [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], b"a,b\n\0", b"\xFF\xFEa", b"a\x07b"] {
            assert!(read(bytes).is_err(), "{bytes:?}");
        }
        let mut broken = "é,è,à\nê,ç,ù\n".as_bytes().to_vec();
        broken.push(0xC3);
        broken.push(b'\n');
        assert!(read(&broken).is_err());
    }

    proptest! {
        #[test]
        fn any_utf8_without_control_characters_is_itself(text in "[^\\p{Cc}\u{FEFF}]{0,40}") {
            // A text of zeros alone is the only one that looks like UTF-16, and it has control characters.
            let read = read(text.as_bytes());
            prop_assert_eq!(read.as_deref(), Ok(text.as_str()));
        }

        #[test]
        fn no_bytes_break_the_reading(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            let _ = read(&bytes);
        }
    }
}
