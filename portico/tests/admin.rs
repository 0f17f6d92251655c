//! `portico admin` on both engines: what it does, that it can be repeated, and what it says when it cannot.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::{sync::Arc, time::Duration};

use accounts::{Directory, Refused, membership, service};
use audit::{Actor, Filter};
use chrono::TimeDelta;
use clap::Parser;
use portico::{
    Migrator,
    admin::{self, Answer, Arguments, Context},
};
use serde_json::{Value, json};
use testkit::TestDatabase;
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::path};

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    arguments: Arguments,
}

/// An operator at a shell.
struct Shell {
    context: Context,
    _test: TestDatabase,
}

impl Shell {
    fn new(test: TestDatabase) -> Self {
        let vault = Arc::new(testkit::vault());
        let context = Context { db: test.db.clone(), vault, clock: testkit::clock() };
        Self { context, _test: test }
    }

    async fn answer(&self, words: &[&str]) -> anyhow::Result<Answer> {
        self.context.clock.advance(TimeDelta::seconds(1));
        let line = ["admin", "--operator", "sam"].iter().chain(words);
        admin::perform(Line::try_parse_from(line)?.arguments, &self.context).await
    }

    /// The answer for programs.
    async fn does(&self, words: &[&str]) -> Value {
        self.answer(words).await.unwrap_or_else(|error| panic!("{words:?}: {error:#}")).json
    }

    /// Does it twice: the first time with `outcome`, the second time without a change.
    async fn twice(&self, outcome: &str, words: &[&str]) -> Value {
        let first = self.does(words).await;
        assert_eq!(first["outcome"], outcome, "{words:?}");
        let second = self.answer(words).await.unwrap();
        assert_eq!(second.json["outcome"], "unchanged", "{words:?}");
        assert!(second.words.starts_with("unchanged: "), "{}", second.words);
        first
    }

    /// The sentence of a refusal.
    async fn refuses(&self, words: &[&str]) -> String {
        format!("{:#}", self.answer(words).await.unwrap_err())
    }

    async fn permits(&self) -> Value {
        self.does(&["service", "create", "Permits"]).await["service"].clone()
    }

    async fn records(&self) -> Vec<String> {
        let all = audit::page(self.context.db.read(), &Filter::default(), None, 100).await.unwrap();
        assert!(all.iter().all(|record| record.actor.0 == Actor::Operator("sam".to_owned())));
        all.into_iter().rev().map(|record| record.action).collect()
    }
}

testkit::on_each_engine! { Migrator;
    async fn a_service_is_made_changed_and_put_through_its_states(test) {
        let shell = Shell::new(test);
        shell.twice("created", &["organisation", "create", "Agency"]).await;
        let made = shell.twice("created", &["service", "create", "Crédits d’été", "--organisation", "Agency"]).await;
        assert_eq!(made["service"]["email_from"], "credits.d.ete");
        assert_eq!(made["service"]["state"], "trial");
        let id = made["service"]["id"].as_str().unwrap();
        let name = ["service", "change", id, "--name", "Permits", "--email-from", "permits", "--permissions", "email,sms,inbound_sms"];
        let changed = shell.twice("changed", &name).await;
        assert_eq!(changed["service"]["permissions"], json!(["email", "sms", "inbound_sms"]));
        for (verb, state) in [("suspend", "suspended"), ("resume", "trial"), ("go-live", "live"), ("archive", "archived")] {
            let after = shell.twice("changed", &["service", verb, "Permits"]).await;
            assert_eq!(after["service"]["state"], state);
        }
        assert!(shell.refuses(&["service", "suspend", id]).await.contains("is archived"));
        assert!(shell.refuses(&["service", "show", "Permits"]).await.contains("portico admin service list"));
        let shown = shell.does(&["service", "show", id]).await;
        assert_eq!(shown["service"]["name"], "_archived_2026-11-21_12:00:13_Permits");
        shell.twice("created", &["service", "create", "Permits", "--email-from", "permits2"]).await;
        let records = shell.records().await;
        let of = |action: &str| records.iter().filter(|record| *record == action).count();
        let once = ["organisation.create", "service.rename", "service.suspend", "service.resume", "service.go-live", "service.archive"];
        assert_eq!(once.map(of), [1; 6]);
        assert_eq!([of("service.create"), of("setting.create"), of("setting.change")], [2, 2, 2]);
    }

    async fn names_that_are_taken_are_refused_with_the_way_out(test) {
        let shell = Shell::new(test);
        shell.permits().await;
        let taken = shell.refuses(&["service", "create", "permits"]).await;
        assert!(taken.contains("--email-from"), "{taken}");
        shell.does(&["service", "create", "Other"]).await;
        assert!(shell.refuses(&["service", "change", "Other", "--name", "Permits"]).await.contains("choose another name"));
        assert!(shell.refuses(&["service", "create", "許可"]).await.contains("--email-from"));
        assert!(shell.refuses(&["service", "create", "  "]).await.contains("is empty"));
        assert!(shell.refuses(&["service", "create", "New", "--organisation", "None"]).await.contains("organisation create"));
        assert!(service::by_name(shell.context.db.read(), "New").await.unwrap().is_none());
    }

    async fn going_live_raises_the_limits_of_a_trial_but_not_limits_of_its_own(test) {
        let shell = Shell::new(test);
        shell.permits().await;
        shell.does(&["service", "create", "Other"]).await;
        let show = |name| ["limits", "show", "--service", name];
        assert_eq!(shell.does(&show("Permits")).await["limits"]["email_daily"], 50);
        let set = ["limits", "set", "--service", "Other", "--email-daily", "70", "--rate", "9"];
        let changed = shell.twice("changed", &set).await;
        assert_eq!(changed["limits"]["rate"], 9);
        assert_eq!(changed["limits"]["sms_daily"], 50);
        for name in ["Permits", "Other"] {
            shell.does(&["service", "go-live", name]).await;
        }
        assert_eq!(shell.does(&show("Permits")).await["limits"]["email_daily"], 10_000);
        assert_eq!(shell.does(&show("Other")).await["limits"]["email_daily"], 70);
        assert!(shell.refuses(&["limits", "set", "--service", "Other"]).await.contains("no limit is given"));
        assert!(shell.refuses(&["limits", "set", "--service", "Other", "--sms-daily=-1"]).await.contains("less than 0"));
    }

    async fn people_join_and_leave_teams(test) {
        let shell = Shell::new(test);
        let permits = shell.permits().await["id"].as_str().unwrap().parse().unwrap();
        let noor = ["person", "create", "Noor@Example.ca", "--name", "Noor", "--mobile", "613 555 0123", "--language", "fr"];
        let made = shell.twice("created", &noor).await;
        assert_eq!(made["person"]["mobile_number"], "+16135550123");
        shell.twice("changed", &["person", "create", "noor@example.ca", "--name", "Noor A", "--mobile", "+16135550123"]).await;
        let team = |verb| ["member", verb, "--service", "Permits", "noor@example.ca"];
        shell.twice("created", &team("add")).await;
        let contacts = membership::contacts(shell.context.db.read(), permits).await.unwrap();
        assert_eq!(contacts.emails, ["noor@example.ca"]);
        assert_eq!(shell.does(&["member", "list", "--service", "Permits"]).await["people"][0]["name"], "Noor A");
        shell.twice("removed", &team("remove")).await;
        assert!(shell.refuses(&["member", "add", "--service", "Permits", "kim@example.ca"]).await.contains("person create"));
        assert!(shell.refuses(&["person", "create", "noor", "--name", "N"]).await.contains("not an email address"));
        assert!(shell.refuses(&["person", "create", "n@example.ca", "--name", "N", "--mobile", "12"]).await.contains("cannot be sent a text"));
    }

    async fn a_key_is_shown_once_works_and_is_revoked(test) {
        let shell = Shell::new(test);
        shell.permits().await;
        let create = ["key", "create", "--service", "Permits", "web", "--kind", "team", "--capability", "manage_templates"];
        let made = shell.twice("created", &create).await;
        assert_eq!(made["key"]["capabilities"], json!(["manage_templates"]));
        assert!(shell.does(&create).await.get("full").is_none());
        let full = format!("ApiKey-v1 {}", made["full"].as_str().unwrap());
        let Context { db, vault, clock } = shell.context.clone();
        let directory = Directory::new(db, vault, clock);
        assert_eq!(&*directory.authenticate(Some(&full)).await.unwrap().key_name, "web");
        let other = shell.refuses(&["key", "create", "--service", "Permits", "web"]).await;
        assert!(other.contains("of kind team") && other.contains("revoke it first"), "{other}");

        shell.twice("removed", &["key", "revoke", "--service", "Permits", "web"]).await;
        let service = made["key"]["service_id"].as_str().unwrap().parse().unwrap();
        directory.invalidate(service).await;
        assert!(matches!(directory.authenticate(Some(&full)).await, Err(Refused::Revoked)));
        assert!(shell.refuses(&["key", "revoke", "--service", "Permits", "none"]).await.contains("key list"));
        assert!(!shell.does(&["key", "list", "--service", "Permits"]).await.to_string().contains("secret"));
    }

    async fn lists_come_in_pages_that_follow_one_another(test) {
        let shell = Shell::new(test);
        shell.permits().await;
        for name in ["a", "b", "c", "d", "e"] {
            shell.does(&["key", "create", "--service", "Permits", name]).await;
        }
        let (mut names, mut next) = (Vec::new(), None::<String>);
        loop {
            let mut words = vec!["key", "list", "--service", "Permits", "--limit", "2"];
            if let Some(next) = &next {
                words.extend(["--older-than", next]);
            }
            let page = shell.does(&words).await;
            let keys = page["keys"].as_array().unwrap();
            names.extend(keys.iter().map(|key| key["name"].as_str().unwrap().to_owned()));
            next = page["next"].as_str().map(str::to_owned);
            if next.is_none() {
                break;
            }
        }
        assert_eq!(names, ["e", "d", "c", "b", "a"]);
        assert_eq!(shell.answer(&["organisation", "list"]).await.unwrap().words, "no organisations");
        let first = shell.answer(&["key", "list", "--service", "Permits", "--limit", "1"]).await.unwrap();
        assert!(first.words.contains("--older-than"));
    }

    async fn a_template_is_made_changed_and_put_away(test) {
        let shell = Shell::new(test);
        shell.permits().await;
        let create = ["template", "create", "--service", "Permits", "Ready", "--type", "email", "--subject", "Hello ((name))", "--body", "It is ready."];
        let made = shell.twice("created", &create).await;
        assert_eq!((&made["template"]["version"], &made["template"]["subject"]), (&json!(1), &json!("Hello ((name))")));
        shell.twice("created", &["template", "create", "--service", "Permits", "Ready", "--type", "sms", "--body", "Ready"]).await;
        let several = shell.refuses(&["template", "show", "--service", "Permits", "Ready"]).await;
        assert!(several.contains("by its id") && several.contains(made["template"]["id"].as_str().unwrap()));

        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "It is ready now.\n").unwrap();
        let id = made["template"]["id"].as_str().unwrap();
        let update = ["template", "update", "--service", "Permits", id, "--body-file", file.path().to_str().unwrap()];
        assert_eq!(shell.twice("changed", &update).await["template"]["version"], 2);
        let clash = shell.refuses(&create).await;
        assert!(clash.contains("template update"), "{clash}");
        assert!(shell.answer(&["template", "show", "--service", "Permits", id]).await.unwrap().words.ends_with("ready now.\n"));
        let texts = shell.does(&["template", "list", "--service", "Permits", "--type", "sms"]).await;
        assert_eq!(texts["templates"].as_array().unwrap().len(), 1);
        shell.twice("changed", &["template", "archive", "--service", "Permits", id]).await;
        shell.twice("changed", &["template", "archive", "--service", "Permits", "Ready"]).await;
        assert!(shell.refuses(&update).await.contains("is archived"));
    }

    async fn a_template_that_cannot_be_sent_is_refused(test) {
        let shell = Shell::new(test);
        shell.permits().await;
        let create = async |more: &[&str]| {
            let words = [&["template", "create", "--service", "Permits", "X"], more].concat();
            shell.refuses(&words).await
        };
        assert!(create(&["--type", "email", "--body", "b"]).await.contains("--subject"));
        assert!(create(&["--type", "sms", "--subject", "s", "--body", "b"]).await.contains("no subject"));
        assert!(create(&["--type", "sms"]).await.contains("--body-file"));
        assert!(create(&["--type", "sms", "--body", &"x".repeat(613)]).await.contains("612 is the limit"));
        assert!(create(&["--type", "letter", "--body", "b"]).await.contains("letter"));
    }

    async fn safelist_senders_and_reply_addresses_are_kept(test) {
        let shell = Shell::new(test);
        shell.permits().await;
        let of = |noun, verb, what| [noun, verb, "--service", "Permits", what];
        shell.twice("created", &of("safelist", "add", "Kim@Example.ca")).await;
        shell.twice("created", &of("safelist", "add", "(613) 555-0123")).await;
        let listed = shell.does(&["safelist", "list", "--service", "Permits"]).await;
        assert_eq!(listed["recipients"][0]["recipient"], "+16135550123");
        assert_eq!(listed["recipients"][1]["recipient"], "kim@example.ca");
        shell.twice("removed", &of("safelist", "remove", "kim@example.ca")).await;

        shell.twice("created", &of("reply-to", "add", "a@example.ca")).await;
        shell.twice("created", &of("reply-to", "add", "b@example.ca")).await;
        assert!(shell.refuses(&of("reply-to", "remove", "a@example.ca")).await.contains("--default"));
        shell.twice("changed", &["reply-to", "add", "--service", "Permits", "b@example.ca", "--default"]).await;
        shell.twice("removed", &of("reply-to", "remove", "a@example.ca")).await;

        shell.twice("created", &of("sms-sender", "add", "Permits CA")).await;
        shell.twice("created", &["sms-sender", "add", "--service", "Permits", "613 555 0100", "--receives", "--default"]).await;
        shell.twice("removed", &of("sms-sender", "remove", "Permits CA")).await;
        assert!(shell.refuses(&of("sms-sender", "add", "A name too long")).await.contains("at most 11"));
    }

    async fn a_call_back_is_set_with_a_secret_for_its_signatures(test) {
        let shell = Shell::new(test);
        shell.permits().await;
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "a-long-enough-token\n").unwrap();
        let token = file.path().to_str().unwrap();
        let set = |url| ["callback", "set", "--service", "Permits", url, "--token-file", token, "--unchecked"];
        let made = shell.twice("created", &set("https://example.ca/receipts")).await;
        let moved = shell.twice("changed", &set("https://example.ca/other")).await;
        assert_eq!(made["signing_secret"], moved["signing_secret"]);
        assert!(made["signing_secret"].as_str().unwrap().len() >= 32);
        let list = shell.does(&["callback", "list", "--service", "Permits"]).await;
        assert_eq!(list["callbacks"][0]["url"], "https://example.ca/other");
        assert!(!list.to_string().contains("secret") && !list.to_string().contains("long-enough"));
        assert!(shell.refuses(&set("http://example.ca/")).await.contains("not an https address"));
        assert!(shell.refuses(&set("https://127.0.0.1/")).await.contains("loopback"));
        shell.twice("removed", &["callback", "remove", "--service", "Permits"]).await;
        assert!(shell.refuses(&["callback", "secret", "--service", "Permits"]).await.contains("set one first"));
        std::fs::write(file.path(), "short").unwrap();
        assert!(shell.refuses(&set("https://example.ca/")).await.contains("at least 10"));
    }

    async fn a_call_back_is_asked_before_it_is_kept_and_suspended_and_resumed(test) {
        let shell = Shell::new(test);
        shell.permits().await;
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "a-long-enough-token\n").unwrap();
        let token = file.path().to_str().unwrap();
        let receiver = MockServer::start().await;
        for (place, answer) in [("/there", 204), ("/slow", 204), ("/gone", 404)] {
            let delay = Duration::from_millis(if place == "/slow" { 1100 } else { 0 });
            let answer = ResponseTemplate::new(answer).set_delay(delay);
            receiver.register(Mock::given(path(place)).respond_with(answer)).await;
        }
        let url = |place: &str| format!("{}{place}", receiver.uri());
        let set = async |url: &str| shell.answer(&["callback", "set", "--service", "Permits", url, "--token-file", token, "--this-machine"]).await;
        let refused = set(&url("/gone")).await.unwrap_err().to_string();
        assert!(refused.contains("the status 404") && refused.contains("--unchecked"), "{refused}");
        let refused = set("http://127.0.0.1:1/").await.unwrap_err().to_string();
        assert!(refused.contains("cannot be reached"), "{refused}");
        assert_eq!(shell.does(&["callback", "list", "--service", "Permits"]).await["callbacks"], json!([]));
        let slow = set(&url("/slow")).await.unwrap();
        assert!(slow.words.contains("warning: the receiver is slow"), "{}", slow.words);
        let made = set(&url("/there")).await.unwrap();
        assert!(made.words.contains("the receiver answered 204") && !made.words.contains("slow"), "{}", made.words);
        let of = |verb| ["callback", verb, "--service", "Permits"];
        let suspended = shell.twice("changed", &of("suspend")).await;
        assert!(suspended["callback"]["suspended_at"].is_string());
        let listed = shell.answer(&of("list")).await.unwrap();
        assert!(listed.words.contains("suspended since 2026-11-21"), "{}", listed.words);
        assert!(shell.twice("changed", &of("resume")).await["callback"]["suspended_at"].is_null());
        let checked = shell.answer(&["callback", "check", "--service", "Permits", "--this-machine"]).await.unwrap();
        assert!(checked.words.contains("the receiver answered 204"), "{}", checked.words);
    }
}
