//! Measures how many e-mails a second go through the SMTP provider.
//!
//! `smtp-sink -c 127.0.0.1:2525 1000 &`, then
//! `cargo run --release -p notify-work --example smtp_load -- 127.0.0.1:2525 20000 10`
//! (server, messages, connections). Prints one line; compare with
//! `smtp-source -c -d -l 5000 -m 20000 -s 10 127.0.0.1:2525`.

use std::{sync::Arc, time::Instant};

use anyhow::{Context, bail};
use futures::{StreamExt, stream};
use kernel::Clock;
use notify_work::{
    mime,
    provider::{
        EmailRoute, Outcome, OutgoingEmail,
        smtp::{
            Smtp,
            settings::{Protection, SmtpSettings},
        },
    },
};
use serde_json::json;
use uuid::Uuid;

/// A message of about 6 KB, as a real notification with its layout.
fn email(number: u128) -> OutgoingEmail {
    let row = "<tr><td style=\"margin:0;padding:0\">Bonjour Élise, votre demande a été reçue.</td></tr>\n";
    OutgoingEmail {
        id: Uuid::from_u128(number),
        from_name: "Service Québec".to_owned(),
        from_address: "service@notify.example".to_owned(),
        to: format!("someone.{number}@example.com"),
        reply_to: Some("answers@service.example".to_owned()),
        subject: "Votre demande a été reçue – Your application was received".to_owned(),
        html: format!("<!doctype html><html><body><table>{}</table></body></html>", row.repeat(50)),
        plain: "Bonjour Élise, votre demande a été reçue.\n".repeat(20),
        unsubscribe: None,
    }
}

fn settings(server: &str, connections: usize) -> anyhow::Result<SmtpSettings> {
    let (host, port) = server.split_once(':').context("host:port")?;
    let port: u16 = port.parse()?;
    let mut settings: SmtpSettings =
        serde_json::from_value(json!({ "host": host, "port": port, "connections": connections }))?;
    settings.protection = Protection::Plain;
    settings.messages_per_connection = 10_000;
    Ok(settings)
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut words = std::env::args().skip(1);
    let server = words.next().unwrap_or_else(|| "127.0.0.1:2525".to_owned());
    let count: u128 = words.next().unwrap_or_else(|| "20000".to_owned()).parse()?;
    let connections: usize = words.next().unwrap_or_else(|| "10".to_owned()).parse()?;

    let sample = email(1);
    let started = Instant::now();
    for _ in 0..2_000 {
        std::hint::black_box(mime::write(&sample, Clock::system().now())?);
    }
    let writing = started.elapsed().as_secs_f64() * 1e6 / 2e3;
    let size = mime::write(&sample, Clock::system().now())?.bytes.len();

    let smtp = Arc::new(Smtp::new(settings(&server, connections)?, Clock::system())?);
    let started = Instant::now();
    let refused = stream::iter(0..count)
        .map(|number| {
            let smtp = Arc::clone(&smtp);
            async move { smtp.send(&email(number)).await }
        })
        .buffer_unordered(connections * 20)
        .filter(|outcome| std::future::ready(!matches!(outcome, Outcome::Accepted { .. })))
        .collect::<Vec<_>>()
        .await;
    let took = started.elapsed().as_secs_f64();
    smtp.close().await;
    if let Some(first) = refused.first() {
        bail!("{} of {count} were not accepted, the first with {first:?}", refused.len());
    }
    println!(
        "{count} messages of {size} bytes over {connections} connections in {took:.2} s: {:.0} a second; writing one takes {writing:.1} µs",
        count as f64 / took
    );
    Ok(())
}
