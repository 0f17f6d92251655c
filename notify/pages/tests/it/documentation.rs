//! The documentation as a programmer reads it.

use testkit::on_each_engine;

use crate::house::{Migrations, ask, ask_router, house, is_sound};

on_each_engine! { Migrations;
    async fn a_request_is_documented_with_everything_it_takes_and_gives(test) {
        let page = ask(&test.db, "/documentation").await;
        is_sound(&page, "en", "API documentation");
        for words in [
            "Second <code>paragraph</code>.",
            "<code>ApiKey-v1</code> and the key.",
            r##"<a href="#send-email">Send an email</a>"##,
            "curl --request POST &#39;http://localhost:6015/v2/notifications/email&#39;",
            // The quote of the address must not end the argument of the shell.
            r"o&#39;\&#39;&#39;hara@example.ca",
            "<code>Idempotency-Key</code>",
            r#"<code>email_address</code></th><td role="cell" data-head="Type"><code>string</code></td>"#,
            r#"data-head="Required">yes</td><td role="cell" data-head="Meaning">Who.</td>"#,
            "<h4>Answer 201</h4>",
            "<code>string (uuid)</code>",
            "<dt>403</dt><dd>A key that may not send</dd>",
        ] {
            assert!(page.html.contains(words), "{words}\n{}", page.html);
        }
    }

    async fn french_readers_get_the_french_document(test) {
        let page = ask_router(house(&test.db, false), "/documentation?lang=fr").await;
        is_sound(&page, "fr", "Documentation de l’API");
        assert!(page.html.contains("Envoyer un courriel") && !page.html.contains("Send an"));
        assert!(page.html.contains(r#"<span lang="en">Who.</span>"#), "an English sentence says so");
        assert!(!page.html.contains("/dev/mailbox"), "production has no mailbox to link to");
    }
}
