//! The journeys of the admin specification, section (b), in a real browser: in both languages with script, and once
//! each without script and by the keyboard alone.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use testkit::Engine;
use tests::{
    Portico,
    tool::{node, run},
};

/// Both languages with script; without it in English, by the keyboard in French.
const RUNS: [(&str, &str); 4] =
    [("en", "script"), ("fr", "script"), ("en", "plain"), ("fr", "keyboard")];

/// Walks a journey in each way and gives what its person did, in the order of [`RUNS`].
async fn walk(journey: &str) -> Vec<String> {
    let portico = Portico::start(Engine::Sqlite, &[]).await;
    let runs = RUNS.iter().map(|(language, way)| {
        let mut command = node();
        portico.lend(&mut command);
        let walk = ["clients/journeys.js", portico.address.as_str(), journey, language, way];
        String::from_utf8(run(command.args(walk)).stdout).unwrap()
    });
    runs.collect()
}

macro_rules! journeys {
    ($($name:ident)+) => { $(
        #[tokio::test]
        async fn $name() {
            walk(stringify!($name)).await;
        }
    )+ };
}

journeys! { registration signing_in new_service sending team seeing }

/// What the first journey takes, as `docs/journeys.md` says it.
#[tokio::test]
async fn the_first_journey_takes_what_the_page_says() {
    let counts = walk("first").await;
    let page = include_str!("../../docs/journeys.md");
    let counted: serde_json::Value = serde_json::from_str(&counts[0]).unwrap();
    let row = format!(
        "| Portico | {} | {} | {} |",
        counted["pages"], counted["fields"], counted["clicks"]
    );
    assert!(page.contains(&row), "docs/journeys.md does not say “{row}”; seconds: {counted}");
}

/// Every page of the site, in both languages, narrow and wide: axe finds nothing.
#[tokio::test]
async fn axe_finds_nothing_on_any_page_of_the_site() {
    let portico = Portico::start(Engine::Sqlite, &[]).await;
    let mut command = node();
    portico.lend(&mut command);
    run(command.args(["clients/crawl.js", portico.address.as_str()]));
}
