//! The pages in a real browser: axe finds nothing, in both languages, narrow and wide.

use testkit::Engine;
use tests::{
    Portico, mailbox,
    tool::{node, run},
};

#[tokio::test]
async fn axe_finds_nothing_on_any_page() {
    let portico = Portico::start(Engine::Sqlite, &[]).await;
    let pages = || {
        let mut command = node();
        command.arg("clients/pages.js").arg(&portico.address);
        command
    };
    run(pages().args(["/dev/mailbox", "/documentation"]));
    let paths = mailbox::two_messages(&portico).await;
    assert_eq!(paths.len(), 2);
    run(pages().arg("/dev/mailbox").args(paths));
}
