//! Feeds generated texts to the parsers of recipients, texts and lists, and checks what must hold for every input.
//!
//! `cargo run --release -p notify --example generate_recipients -- 1000000` runs a million cases of each parser; the
//! tests run some thousands. The same number always makes the same cases.

use kernel::{EmailAddress, Language, PhoneNumber, phone_number};
use notify::dialect::Dialect;
use notify::placeholder::Source;
use notify::recipient::{self, Audience};
use notify::sheet::{MAX_ROWS, Row, Rules, Sheet, Template, csv_of_rows};
use notify::sms::{Encoding, Text, count};

const LETTERS: &[&str] =
    &["a", "Z", "é", "ß", "È", "ễ", "ά", "й", "が", "ᐃ", "\u{11AB6}", "👍🏽", "\u{301}", "x"];
const SPACES: &[&str] = &[
    " ", "\t", "\n", "\r\n", "\r", "\u{A0}", "\u{202F}", "\u{200B}", "\u{FEFF}", "\u{2028}",
    "\u{AD}",
];
const MARKS: &[&str] = &[
    ".", ",", ";", "«", "»", "…", "€", "[", "((", "))", "((n))", "??", "\"", "\"\"", "'", "=", "<",
    "&", "\0",
];
const NUMBERS: &[&str] = &[
    "+", "1", "613", "555", "0142", "44", "7911", "123456", "(", ")", "-", "/", "٦", "➊", "ext",
    "011", "876",
];
const ADDRESSES: &[&str] = &[
    "@", ".", "..", "rosa", "exemple", "ca", "-", "xn--", "食堂", "🍁", "_", "+", "groß",
    "\u{200D}",
];
const HEADINGS: &[&str] =
    &["email address", "adresse courriel", "phone number", "to", "name", "Name", "n"];

/// Random choices that repeat themselves for the same seed (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % sides.max(1) as u64).unwrap_or(0)
    }

    fn text(&mut self, most: usize, sets: &[&[&str]]) -> String {
        let length = self.below(most + 1);
        (0..length)
            .map(|_| {
                let set = sets[self.below(sets.len())];
                set[self.below(set.len())]
            })
            .collect()
    }
}

/// One case of every parser.
fn case(dice: &mut Dice) -> Result<(), String> {
    email_address(&dice.text(9, &[ADDRESSES, ADDRESSES, LETTERS, SPACES]))?;
    phone_number(&dice.text(9, &[NUMBERS, NUMBERS, NUMBERS, SPACES, LETTERS]))?;
    text_message(&dice.text(24, &[LETTERS, SPACES, MARKS]), &dice.text(3, &[LETTERS, MARKS]))?;
    let mut list = dice.text(4, &[HEADINGS, &[","], MARKS]);
    list.push('\n');
    list.push_str(&dice.text(30, &[ADDRESSES, NUMBERS, SPACES, MARKS, &[","], &["\n"]]));
    recipient_list(&list)
}

fn holds(what: &str, input: &str, is: bool) -> Result<(), String> {
    if is { Ok(()) } else { Err(format!("{what}: {input:?}")) }
}

fn email_address(text: &str) -> Result<(), String> {
    let Ok(address) = EmailAddress::parse(text) else { return Ok(()) };
    let plain = !address.as_written().contains(|c: char| c.is_whitespace() || c.is_control());
    holds("an address holds white space", text, plain)?;
    holds(
        "an address is its own address",
        text,
        EmailAddress::parse(address.as_written()).as_ref() == Ok(&address),
    )?;
    holds(
        "the lower-cased address is valid",
        text,
        EmailAddress::parse(&address.normalised()).is_ok(),
    )?;
    let smtp = address.for_smtp();
    let domain = smtp.rsplit('@').next().unwrap_or_default();
    holds("the domain on the wire is ASCII", text, domain.is_ascii() && !domain.is_empty())
}

fn phone_number(text: &str) -> Result<(), String> {
    let key = recipient::key(text);
    holds("a key is its own key", text, recipient::key(&key) == key)?;
    let _ = phone_number::human(text);
    let Ok(number) = PhoneNumber::parse(text) else { return Ok(()) };
    let e164 = number.e164();
    let digits =
        e164.strip_prefix('+').is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_digit()));
    holds("E.164 is a plus and digits", text, digits && (8..=16).contains(&e164.len()))?;
    holds("a number has no letters", text, !text.contains(char::is_alphabetic))?;
    holds("a number reads back", text, PhoneNumber::parse(e164).as_ref() == Ok(&number))?;
    holds(
        "a number for people reads back",
        text,
        PhoneNumber::parse(&number.human()).as_ref() == Ok(&number),
    )?;
    holds("a local number is one of +1", text, !number.is_local() || number.country_code() == 1)
}

fn text_message(body: &str, service: &str) -> Result<(), String> {
    let text = Text::of(body, Some(service));
    let message = text.message();
    holds("what is counted is what is sent", body, count(message).units == text.units())?;
    holds("a message has no outer white space", body, message == message.trim())?;
    holds("a message has only LF", body, !message.contains('\r'))?;
    let wide = message.encode_utf16().count();
    let fits = match text.encoding() {
        Encoding::Gsm7 => text.units() >= wide,
        Encoding::Ucs2 => text.units() == wide,
    };
    holds("units fit the encoding", body, fits)?;
    // A Greek vowel that lost its accent is sent, but one that never had an accent is not (see `sms::alphabet`).
    let stays = message.contains('α') || Text::of(message, None).message() == message;
    holds("a sendable text stays as it is", body, stays)
}

fn recipient_list(csv: &str) -> Result<(), String> {
    let subject = Source::parse("Notice ((n))");
    let body = Source::parse("Hi ((name))");
    let sheet = Sheet::read(csv);
    for sms in [false, true] {
        let template = if sms {
            Template::Sms { body: &body, service: None }
        } else {
            Template::Email { subject: &subject, body: &body }
        };
        let rules = Rules {
            template,
            language: Language::French,
            dialect: if csv.len().is_multiple_of(2) { Dialect::Gc } else { Dialect::Uk },
            international: csv.len().is_multiple_of(3),
            max_rows: MAX_ROWS,
            audience: &Audience::Anyone,
            annual_left: None,
            daily_left: None,
        };
        let (mut last, mut wrong, mut rows) = (0, 0, 0);
        for row in sheet.check(&rules) {
            holds("row numbers rise", csv, row.row.number > last)?;
            (last, rows, wrong) = (row.row.number, rows + 1, wrong + usize::from(row.has_error()));
        }
        let report = sheet.check(&rules).report();
        holds(
            "the report counts the rows",
            csv,
            (report.rows, report.rows_with_errors) == (rows, wrong),
        )?;
        let _ = report.refusal(&rules, true).map(|refusal| refusal.to_string());
    }
    written_rows(&sheet, csv)
}

/// Rows that are written again as JSON read the same.
fn written_rows(sheet: &Sheet<'_>, csv: &str) -> Result<(), String> {
    // Cells beyond the headings are not written again, and without them some rows are blank.
    let values = |sheet: &Sheet<'_>| -> Vec<Vec<Option<String>>> {
        let columns = sheet.columns().len();
        let text = |row: &Row<'_>, place| row.cell(place).value().map(|value| value.to_string());
        let rows = sheet.rows().map(|row| (0..columns).map(|place| text(&row, place)).collect());
        rows.filter(|row: &Vec<_>| row.iter().any(Option::is_some)).collect()
    };
    let first = values(sheet);
    let mut rows: Vec<serde_json::Value> =
        vec![(0..sheet.columns().len()).map(|n| format!("h{n}")).collect()];
    rows.extend(first.iter().map(|row| serde_json::json!(row)));
    let text = csv_of_rows(&rows).map_err(|error| error.to_string())?;
    holds("rows survive JSON", csv, values(&Sheet::read(&text)) == first)
}

/// Runs cases until one fails.
///
/// # Errors
/// What did not hold, and for which input.
pub fn run(cases: usize) -> Result<(), String> {
    let mut dice = Dice(1);
    (0..cases).try_for_each(|_| case(&mut dice))
}

#[cfg_attr(test, expect(dead_code, reason = "the tests call `run`"))]
fn main() -> Result<(), String> {
    let cases = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(20_000);
    run(cases)?;
    println!("{cases} cases of each parser: everything held");
    Ok(())
}
