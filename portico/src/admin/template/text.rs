//! A template's subject and body as an operator gives them.

use std::{io::Read, path::PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use clap::Args;
use notify::Channel;

/// Subject and body.
#[derive(Clone, Debug, Args)]
pub(super) struct Text {
    /// The subject of an email.
    #[arg(long)]
    subject: Option<String>,
    /// The body.
    #[arg(long, conflicts_with = "body_file")]
    body: Option<String>,
    /// A file that holds the body; - is the standard input.
    #[arg(long, value_name = "FILE")]
    body_file: Option<PathBuf>,
}

impl Text {
    /// What a new template needs: a body, and a subject for an email.
    pub fn whole(self, channel: Channel) -> Result<(Option<String>, String)> {
        let (subject, body) = self.parts(channel)?;
        ensure!(
            subject.is_some() || channel == Channel::Sms,
            "an email needs a subject: give one with --subject"
        );
        let body =
            body.context("the template needs a body: give one with --body or --body-file")?;
        Ok((subject, body))
    }

    /// What is given, checked (API specification, section 2.13).
    pub fn parts(self, channel: Channel) -> Result<(Option<String>, Option<String>)> {
        if channel == Channel::Sms && self.subject.is_some() {
            bail!("a text has no subject: leave --subject out");
        }
        let body = match self.body_file {
            Some(file) => Some(read(&file)?),
            None => self.body,
        };
        if let Some(body) = &body {
            ensure!(!body.trim().is_empty(), "the body is empty");
            let (most, letters) = (longest(channel), body.chars().count());
            ensure!(letters <= most, "the body has {letters} characters, and {most} is the limit");
        }
        let subject = self.subject.filter(|subject| !subject.trim().is_empty());
        Ok((subject, body))
    }
}

const fn longest(channel: Channel) -> usize {
    match channel {
        Channel::Email => 50_000,
        Channel::Sms => 612,
    }
}

fn read(file: &PathBuf) -> Result<String> {
    if file.as_os_str() == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).context("cannot read the standard input")?;
        return Ok(text);
    }
    std::fs::read_to_string(file)
        .with_context(|| format!("cannot read the body from {}", file.display()))
}
