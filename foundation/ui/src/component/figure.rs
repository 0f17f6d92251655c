//! Numbers as pictures. Each is drawn on the server and says the same in words.

use askama::{Template, filters::HtmlSafe};
use kernel::Language;

use super::{cell::Cell, table::Table};
use crate::Texts;

/// How much of a limit is used up.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "component/bar.html")]
pub struct Bar {
    /// The language of its words.
    pub language: Language,
    /// What is counted, such as “E-mails today”.
    pub label: String,
    /// How much is used.
    pub used: u64,
    /// How much there is.
    pub limit: u64,
    /// What else to know, such as when it starts again.
    pub hint: Option<String>,
}

impl HtmlSafe for Bar {}

impl Bar {
    /// From this share of the limit on, in percent, the bar says that the limit is near.
    const NEAR: u64 = 80;

    fn words(&self) -> Texts {
        Texts(self.language)
    }

    fn said(&self) -> String {
        let number = |number| text::number(self.language, number);
        self.words().bar_used(number(self.limit), number(self.used))
    }

    /// How much of the bar is filled, 0 to 100; something used always shows.
    fn share(&self) -> u64 {
        match self.used.saturating_mul(100).checked_div(self.limit) {
            None => 100,
            Some(0) => u64::from(self.used > 0),
            Some(percent) => percent.min(100),
        }
    }

    fn class(&self) -> &'static str {
        match () {
            () if self.used >= self.limit => "bar bar-full",
            () if self.share() >= Self::NEAR => "bar bar-near",
            () => "bar",
        }
    }

    fn warning(&self) -> Option<String> {
        match () {
            () if self.used > self.limit => Some(self.words().bar_over()),
            () if self.used == self.limit => Some(self.words().bar_full()),
            () if self.share() >= Self::NEAR => Some(self.words().bar_near()),
            () => None,
        }
    }
}

/// One column of a [`Chart`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChartRow {
    /// What it stands for, such as a day.
    pub label: String,
    /// The numbers, in the order of the chart's series.
    pub values: Vec<u64>,
}

/// Columns over time or kind, with all numbers in a table for those who open it.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "component/chart.html")]
pub struct Chart {
    /// The language of its words and numbers.
    pub language: Language,
    /// Its `id`, unique on the page; empty takes `chart`.
    pub id: String,
    /// What it shows.
    pub title: String,
    /// What is to be seen in it, in a sentence.
    pub description: String,
    /// What the columns stand for, such as “Day”.
    pub row_heading: String,
    /// What is counted; up to three, drawn on top of one another.
    pub series: Vec<String>,
    /// The columns.
    pub rows: Vec<ChartRow>,
    /// Whether the table is open at first.
    pub open: bool,
}

impl HtmlSafe for Chart {}

/// A piece of a column, in the chart's own measure.
struct Piece {
    x: String,
    y: String,
    width: String,
    height: String,
    /// Which of the looks, from 1.
    look: usize,
}

impl Chart {
    /// The drawing's measure: as wide and as high as this, whatever the screen.
    const WIDTH: f64 = 1000.0;
    const HEIGHT: f64 = 200.0;
    /// How much of its place a column takes.
    const SHARE: f64 = 0.75;

    fn words(&self) -> Texts {
        Texts(self.language)
    }

    fn id(&self) -> &str {
        if self.id.is_empty() { "chart" } else { &self.id }
    }

    /// The number at the top of the drawing: the next round one that can be halved.
    fn top(&self) -> u64 {
        let sum = |row: &ChartRow| row.values.iter().fold(0_u64, |sum, n| sum.saturating_add(*n));
        let highest = self.rows.iter().map(sum).max().unwrap_or(0).max(4);
        let mut ten: u64 = 1;
        loop {
            let steps = [1, 2, 3, 4, 5, 6, 8].map(|step| ten.saturating_mul(step));
            if let Some(top) = steps.into_iter().find(|top| *top >= highest && top % 2 == 0) {
                return top;
            }
            if ten == u64::MAX {
                return ten;
            }
            ten = ten.saturating_mul(10);
        }
    }

    fn top_said(&self) -> String {
        text::number(self.language, self.top())
    }

    fn half_said(&self) -> String {
        text::number(self.language, self.top() / 2)
    }

    fn first(&self) -> &str {
        self.rows.first().map_or("", |row| &row.label)
    }

    fn last(&self) -> &str {
        self.rows.last().map_or("", |row| &row.label)
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "a drawing is exact to a pixel, not to a message"
    )]
    fn pieces(&self) -> Vec<Piece> {
        let top = self.top() as f64;
        let place = Self::WIDTH / self.rows.len().max(1) as f64;
        let mut pieces = Vec::new();
        for (index, row) in self.rows.iter().enumerate() {
            let mut floor = Self::HEIGHT;
            for (series, value) in row.values.iter().enumerate().filter(|(_, value)| **value > 0) {
                let height = *value as f64 / top * Self::HEIGHT;
                floor -= height;
                pieces.push(Piece {
                    x: format!("{:.1}", (index as f64 + (1.0 - Self::SHARE) / 2.0) * place),
                    y: format!("{floor:.1}"),
                    width: format!("{:.1}", place * Self::SHARE),
                    height: format!("{height:.1}"),
                    look: series % 3 + 1,
                });
            }
        }
        pieces
    }

    fn table(&self) -> Table {
        let number = |value: &u64| Cell::Text(text::number(self.language, *value));
        let row = |row: &ChartRow| {
            std::iter::once(Cell::Text(row.label.clone()))
                .chain(row.values.iter().map(number))
                .collect()
        };
        Table {
            caption: self.title.clone(),
            hide_caption: true,
            head: std::iter::once(&self.row_heading).chain(&self.series).cloned().collect(),
            numbers: (1..=self.series.len()).collect(),
            rows: self.rows.iter().map(row).collect(),
            empty: None,
        }
    }
}
