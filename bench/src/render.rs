//! Rendering on one core: a realistic e-mail in its three forms, and a text with its parts.

use std::time::{Duration, Instant};

use anyhow::Result;
use kernel::Language;
use notify::{
    email::{self, Look},
    personalisation::{Personalisation, Value},
    sms,
    template::Template,
};

use crate::table;

const BODY: &str = include_str!("../../portico/src/demo/application.md");
const TEXT: &str = "((code)) is your sign-in code. Do not share it.\n((code)) est votre code de connexion. Ne le communiquez à personne.";

/// Prints messages a second.
pub fn measure() -> Result<()> {
    let values = values();
    let mail = Template::email("Your application ((reference))", BODY);
    let look = Look::default();
    let text = Template::sms(TEXT);
    table::begin("Rendered a second, on one core", &["message", "a second", "µs each"]);
    show("e-mail of 1.3 KB: document, plain part, subject, preheader", || {
        email::render(&mail, &values, &look).map(|message| message.html.len()).unwrap_or_default()
    });
    show("e-mail, filled only (what accepting needs)", || {
        mail.fill(&values).map(|filled| filled.body.len()).unwrap_or_default()
    });
    show("text with prefix, made sendable and counted", || {
        sms::Text::render(text.body(), &values, Some("Demonstration"), Language::English)
            .message()
            .len()
    });
    Ok(())
}

fn values() -> Personalisation {
    let mut values = Personalisation::new();
    for (name, value) in
        [("name", "Noor Benali"), ("reference", "A-2026-004811"), ("days", "5"), ("code", "204811")]
    {
        values.insert(name, Value::Text(value.to_owned()));
    }
    values
}

/// The best of five rounds: what disturbs a round on a shared machine only ever slows it.
fn show(name: &str, work: impl Fn() -> usize) {
    let mut best = Duration::MAX;
    let rounds = 20_000;
    for _ in 0..5 {
        let started = Instant::now();
        let mut length = 0;
        for _ in 0..rounds {
            length += std::hint::black_box(work());
        }
        assert!(length > 0, "{name} rendered nothing");
        best = best.min(started.elapsed());
    }
    let each = best.as_secs_f64() / f64::from(rounds);
    table::row(&[name.to_owned(), format!("{:.0}", 1.0 / each), format!("{:.1}", each * 1e6)]);
}
