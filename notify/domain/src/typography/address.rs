//! Finds e-mail addresses in running text, whose apostrophes stay straight (D22).

use std::ops::Range;

/// The addresses in `text`, in order.
pub fn spans(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in memchr::memchr_iter(b'@', text.as_bytes()) {
        let floor = found.last().map_or(0, |span| span.end);
        if at < floor {
            continue;
        }
        let local = local_part(&text[floor..at]);
        let domain = domain(&text[at + 1..]);
        if local > 0 && domain > 0 {
            found.push(at - local..at + 1 + domain);
        }
    }
    found
}

/// Whether `at` lies inside one of the spans.
pub fn contains(spans: &[Range<usize>], at: usize) -> bool {
    let next = spans.partition_point(|span| span.end <= at);
    spans.get(next).is_some_and(|span| span.contains(&at))
}

/// Bytes at the end of `before` that belong to the part before the `@`; quotation marks around it do not.
fn local_part(before: &str) -> usize {
    let kept = before.trim_end_matches(|c: char| {
        c.is_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-\u{2018}\u{2019}".contains(c)
    });
    before[kept.len()..].trim_start_matches(['\'', '\u{2018}', '\u{2019}']).len()
}

/// Bytes at the start of `after` that belong to the part after the `@`.
fn domain(after: &str) -> usize {
    let rest = after.trim_start_matches(|c: char| c.is_alphanumeric() || matches!(c, '.' | '-'));
    after.len() - rest.len()
}
