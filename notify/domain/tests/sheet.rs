//! Recipient lists: the defects of the published library that are not copied, and the sentences of the bulk route.

use kernel::Language;
use notify::dialect::Dialect;
use notify::placeholder::{Source, Value};
use notify::recipient::Audience;
use notify::sheet::{Cell, CheckedRow, Fault, Report, Rules, Sheet, Template};

const ANYONE: &Audience = &Audience::Anyone;

struct Case {
    subject: Source,
    body: Source,
    sms: bool,
    audience: Audience,
    max_rows: usize,
    daily_left: Option<usize>,
}

impl Case {
    fn email(body: &str) -> Self {
        Self { sms: false, ..Self::sms(body) }
    }

    fn sms(body: &str) -> Self {
        Self {
            subject: Source::parse("Notice"),
            body: Source::parse(body),
            sms: true,
            audience: ANYONE.clone(),
            max_rows: 50_000,
            daily_left: None,
        }
    }

    fn rules(&self) -> Rules<'_> {
        let template = if self.sms {
            Template::Sms { body: &self.body, service: Some("Parks") }
        } else {
            Template::Email { subject: &self.subject, body: &self.body }
        };
        Rules {
            template,
            language: Language::English,
            dialect: Dialect::Gc,
            international: true,
            max_rows: self.max_rows,
            audience: &self.audience,
            annual_left: None,
            daily_left: self.daily_left,
        }
    }

    fn report(&self, csv: &str) -> Report {
        Sheet::read(csv).check(&self.rules()).report()
    }

    fn rows<'t>(&self, csv: &'t str) -> Vec<CheckedRow<'t>> {
        let rules = self.rules();
        let sheet = Sheet::read(csv);
        sheet.check(&rules).collect()
    }

    fn refusal(&self, csv: &str) -> Option<String> {
        self.report(csv).refusal(&self.rules(), false).map(|refusal| refusal.to_string())
    }
}

#[test]
fn d06_recipients_are_checked_whichever_language_their_heading_has() {
    let report =
        Case::email("Hi ((name))").report("adresse courriel,name\nnot an address,Rosa\n,Sam\n");
    assert_eq!(
        (report.bad_recipients, report.rows_missing_data, report.rows_with_errors),
        (1, 1, 2)
    );
    let simulated = Case::sms("Hi").report("numéro de téléphone\n6132532222\n6135550142\n");
    assert!(simulated.mixes_simulated());
}

#[test]
fn d48_no_break_spaces_around_values_are_trimmed() {
    let rows = Case::email("Hi ((name))")
        .rows("email address,name\n\u{A0}luc@exemple.ca\u{202F},\u{A0}Luc\u{3000}\n");
    assert!(!rows[0].has_error());
    assert_eq!(rows[0].personalisation.get("name"), Some(&Value::from("Luc")));
}

#[test]
fn d50_a_blank_first_heading_shifts_nothing() {
    let rows = Case::email("Hi ((name))")
        .rows(",email address,name\n1,rosa@exemple.ca,Rosa\n,sam@exemple.ca,Sam,,\n");
    assert_eq!(rows.iter().map(|row| row.has_error()).collect::<Vec<_>>(), [false, false]);
    assert_eq!(rows[0].recipient_text.as_deref(), Some("rosa@exemple.ca"));
}

#[test]
fn d51_blank_rows_are_skipped_and_keep_their_numbers() {
    let rows = Case::email("Hi")
        .rows("email address\nrosa@exemple.ca\n\n ,\u{200B},\nsam@exemple.ca\n\n\n");
    assert_eq!(
        rows.iter().map(|row| (row.index, row.row.number)).collect::<Vec<_>>(),
        [(0, 2), (1, 5)]
    );
}

#[test]
fn d52_headings_that_differ_only_by_case_are_one_column() {
    let rows = Case::email("Hi ((name))")
        .rows("email address,name,Name\nrosa@exemple.ca,Rosa,Lim\nsam@exemple.ca,Sam,\nzoe@exemple.ca,Zoé,Roy\n");
    assert_eq!(
        rows[0].personalisation.get("name"),
        Some(&Value::List(vec!["Rosa".into(), "Lim".into()]))
    );
    assert_eq!(rows[1].personalisation.get("name"), Some(&Value::List(vec!["Sam".into()])));
    assert!(matches!(rows[1].row.cell(1), Cell::List(members) if members.len() == 2));
    assert!(!rows[1].has_error());
}

#[test]
fn d53_several_recipient_columns_are_refused_in_any_language() {
    let case = Case::email("Hi");
    let both = "adresse courriel,email address\nzoe@exemple.ca,other@exemple.ca\n";
    assert_eq!(
        case.refusal(both).as_deref(),
        Some("Duplicate column headers: adresse courriel, email address")
    );
    let french = "adresse courriel,adresse courriel\nrosa@exemple.ca,sam@exemple.ca\n";
    assert_eq!(case.refusal(french).as_deref(), Some("Duplicate column headers: adresse courriel"));
}

#[test]
fn d54_the_length_of_a_row_is_the_length_of_its_message() {
    let case = Case::sms("((a_placeholder_with_a_name_of_fifty_characters_or_more))");
    let fits = format!(
        "phone number,aplaceholderwithanameoffiftycharactersormore\n6135550142,{}\n",
        "x".repeat(605)
    );
    assert!(!case.report(&fits).has_errors());
    let over = format!(
        "phone number,aplaceholderwithanameoffiftycharactersormore\n6135550142,{}\n",
        "x".repeat(606)
    );
    let row = &case.rows(&over)[0];
    assert!(row.message_too_long && row.faults.is_empty(), "only the prefix makes it too long");
    let far = format!(
        "phone number,aplaceholderwithanameoffiftycharactersormore\n6135550142,{}\n",
        "x".repeat(613)
    );
    assert_eq!(case.rows(&far)[0].faults, [(1, Fault::TooLong)]);
}

#[test]
fn d55_the_parts_of_a_list_are_the_parts_that_will_be_sent() {
    let case = Case::sms(&"x".repeat(154));
    assert_eq!(case.report("phone number\n6135550142\n6135550143\n").parts, 4);
}

#[test]
fn d57_every_message_speaks_of_the_row_number_of_the_spreadsheet() {
    let faulty = "name,email address\nRosa,rosa@exemple.ca\n,bad\n\nSam,\n";
    assert_eq!(
        Case::email("Hi ((name))").refusal(faulty).as_deref(),
        Some(
            "Some rows have errors. Row 3 - `name`: Missing,`email address`: invalid recipient. \
             Row 5 - `email address`: Missing."
        )
    );
    let long = format!("phone number,a\n6135550142,b\n6135550143,{}\n", "x".repeat(620));
    assert_eq!(
        Case::sms("((a))").refusal(&long).as_deref(),
        Some(
            "Row 3 - has a character count greater than 612 characters. Some messages may be too long due to custom content."
        )
    );
}

#[test]
fn d58_rows_beyond_the_most_are_counted_and_not_checked() {
    let safelist = ["user0@exemple.ca"].iter().collect();
    let case = Case { max_rows: 1, audience: Audience::Only(safelist), ..Case::email("Hi") };
    let report = case.report("email address\nuser0@exemple.ca\nbad\n\nuser2@exemple.ca\n");
    assert_eq!(
        (report.rows, report.too_many_rows, report.not_allowed, report.rows_with_errors),
        (3, true, 0, 0)
    );
    assert_eq!(
        case.refusal("email address\nuser0@exemple.ca\nb\n").as_deref(),
        Some("Too many rows. Maximum number of rows allowed is 1")
    );
}

#[test]
fn d59_checking_twice_or_in_any_order_gives_the_same() {
    let case = Case::sms("Hi ((name))");
    let csv = "phone number,name\n6135550142,Rosa\nbad,Sam\n";
    let rules = case.rules();
    let sheet = Sheet::read(csv);
    let first = sheet.check(&rules).report();
    assert_eq!(sheet.check(&rules).next().map(|row| row.has_error()), Some(false));
    assert_eq!(sheet.check(&rules).report(), first);
}

#[test]
fn an_unclosed_quotation_mark_is_a_fault_of_its_row() {
    let rows = Case::email("Hi ((name))")
        .rows("email address,name\nrosa@exemple.ca,\"Rosa\nsam@exemple.ca,Sam\n");
    assert_eq!((rows.len(), rows[0].fault(1)), (1, Some(Fault::UnclosedQuote)));
}

#[test]
fn the_bulk_route_says_what_it_always_said() {
    let case = Case { daily_left: Some(1), ..Case::sms("Hi ((name))") };
    assert_eq!(
        case.refusal("Phone_Number\n6135550142\n").as_deref(),
        Some("Missing column headers: name")
    );
    assert_eq!(
        case.refusal("x\ny\n").as_deref(),
        Some("Missing column headers: name, phone number")
    );
    assert_eq!(
        case.refusal("phone number,name\n6135550142,a\n6135550143,b\n").as_deref(),
        Some(
            "You only have 1 remaining sms messages before you reach your daily limit. You've tried to send 2 sms messages."
        )
    );
    assert_eq!(case.refusal("phone number,name\n6135550142,a\n"), None);
    let nobody = Case { audience: Audience::Only([""; 0].iter().collect()), ..Case::sms("Hi") };
    assert_eq!(
        nobody.refusal("phone number\n6135550142\n").as_deref(),
        Some("You cannot send to these recipients because you used a team and safelist API key.")
    );
}

#[test]
fn at_most_twenty_rows_are_named_however_many_are_wrong() {
    let csv = format!("email address\n{}", "bad\n".repeat(1000));
    let said = Case::email("Hi").refusal(&csv).unwrap_or_default();
    assert_eq!(said.matches("Row ").count(), 20);
    assert!(Case::email("Hi").report(&csv).examples.len() <= 50);
}

#[test]
fn a_list_of_very_many_columns_costs_no_more_than_its_text() {
    let headings: String = (0..200_000).map(|place| format!(",a{place}")).collect();
    let csv = format!("email address{headings}\n{}", "rosa@exemple.ca\n".repeat(50_000));
    let report = Case::email("Hi").report(&csv);
    assert_eq!((report.rows, report.has_errors()), (50_000, false));
}

#[test]
fn short_rows_lack_the_last_values_of_their_lists() {
    let rows = Case::email("Hi ((item))")
        .rows("email address,item,item\nrosa@exemple.ca,a\nsam@exemple.ca\nx,y,z\n");
    assert!(matches!(rows[0].row.cell(1), Cell::List(members) if members.len() == 2));
    assert_eq!(rows[1].fault(1), Some(Fault::Missing));
}

#[test]
fn a_column_is_read_by_its_heading_however_it_is_written() {
    let sheet = Sheet::read("Email_Address,Reference\nrosa@exemple.ca,R-1\n");
    let row = sheet.rows().next();
    assert_eq!(row.as_ref().and_then(|row| sheet.text(row, "reference")), Some("R-1"));
}
