//! The named character references of HTML, such as `&eacute;`.

use std::sync::LazyLock;

/// One line a name: the name without `&` and `;`, then its characters as hexadecimal numbers. Sorted by name.
/// Written from the list that the HTML standard publishes as data.
static LIST: &str = include_str!("character_references.txt");

static NAMES: LazyLock<Vec<(&'static str, &'static str)>> =
    LazyLock::new(|| LIST.lines().filter_map(|line| line.split_once(' ')).collect());

/// The characters that a name stands for.
pub fn decode(name: &str) -> Option<String> {
    let at = NAMES.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
    let codes = NAMES.get(at)?.1.split(' ');
    codes.map(|code| u32::from_str_radix(code, 16).ok().and_then(char::from_u32)).collect()
}

/// Whether some name begins with `start`.
pub fn any_begins_with(start: &str) -> bool {
    let at = NAMES.partition_point(|(known, _)| *known < start);
    NAMES.get(at).is_some_and(|(known, _)| known.starts_with(start))
}

/// Length in bytes of the complete reference at the start of `text`, which begins with `&`: a number, or a name
/// that the HTML standard knows. Zero when there is none; then the `&` stands for itself.
///
/// The beginning of a known name counts too (`&T;`), because such text reaches readers unchanged anyway and clients
/// compare previews byte for byte.
pub fn length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let Some(end) = bytes.iter().take(40).position(|byte| *byte == b';') else {
        return 0;
    };
    let inner = &text[1..end];
    let known = match inner.strip_prefix('#') {
        Some(number) => is_number(number),
        None => {
            !inner.is_empty()
                && inner.bytes().all(|byte| byte.is_ascii_alphanumeric())
                && any_begins_with(inner)
        }
    };
    if known { end + 1 } else { 0 }
}

fn is_number(digits: &str) -> bool {
    match digits.strip_prefix(['x', 'X']) {
        Some(hex) => !hex.is_empty() && hex.bytes().all(|byte| byte.is_ascii_hexdigit()),
        None => !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()),
    }
}
