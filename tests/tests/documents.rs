//! html-validate finds no problem in emails of every look nor on any page; and it would say so.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::{path::Path, process::Output};

use testkit::Engine;
use tests::{
    Portico, gallery, mailbox,
    tool::{node, run},
};

#[path = "../../notify/domain/examples/documents/sample.rs"]
mod sample;

/// What html-validate says of the files in a folder.
fn said(folder: &Path) -> Output {
    node().arg("clients/html.js").arg(folder).output().unwrap()
}

#[test]
fn every_kind_of_email_is_valid_html() {
    let folder = tempfile::tempdir().unwrap();
    let messages = sample::messages().unwrap();
    let looked = format!("{} documents, 0 problems\n", messages.len());
    for (name, message) in messages {
        std::fs::write(folder.path().join(format!("{name}.html")), message.html).unwrap();
    }
    let output = said(folder.path());
    let words = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && words == looked, "{words}");
}

#[test]
fn a_problem_in_an_email_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let (_, message) = sample::messages().unwrap().swap_remove(0);
    let spoilt = message.html.replacen("</h2>", "</h3>", 1);
    assert_ne!(spoilt, message.html);
    std::fs::write(folder.path().join("spoilt.html"), spoilt).unwrap();
    let output = said(folder.path());
    let words = String::from_utf8(output.stdout).unwrap();
    assert!(!output.status.success() && words.contains("close-order"), "{words}");
}

#[test]
fn a_folder_without_documents_is_no_success() {
    assert!(!said(tempfile::tempdir().unwrap().path()).status.success());
}

#[tokio::test]
async fn every_page_is_valid_html() {
    let portico = Portico::start(Engine::Sqlite, &[]).await;
    let pages = |paths: &[String]| {
        run(node().arg("clients/html.js").arg(&portico.address).args(paths));
    };
    pages(&["/dev/mailbox".to_owned()]);
    let messages = mailbox::two_messages(&portico).await;
    assert_eq!(messages.len(), 2);
    pages(&messages);
    pages(&["/dev/mailbox", "/documentation", "/dev/mailbox/no-such-message"].map(str::to_owned));
}

#[tokio::test]
async fn every_component_is_valid_html() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let look = move || run(node().args(["clients/html.js", &address, "/form", "/shown"]));
    tokio::select! {
        looked = tokio::task::spawn_blocking(look) => { looked.unwrap(); }
        ended = axum::serve(listener, gallery::router()) => panic!("the gallery closed: {ended:?}"),
    }
}
