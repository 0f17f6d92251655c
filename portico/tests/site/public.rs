//! The public pages (admin specification, sections A.4, A.7 and Q).

use std::collections::BTreeSet;

use http::{Method, header};
use portico::Migrator;
use testkit::Page;

use crate::house::House;

/// Both addresses of every paired page.
const PAIRS: [[&str; 2]; 19] = [
    ["/", "/accueil"],
    ["/features", "/fonctionnalites"],
    ["/usage-rules", "/regles-utilisation"],
    ["/security", "/securite"],
    ["/guidance", "/guides"],
    ["/guidance/getting-started", "/guides/premiers-pas"],
    ["/guidance/formatting", "/guides/mise-en-forme"],
    ["/guidance/personalisation", "/guides/personnalisation"],
    ["/guidance/spreadsheets", "/guides/feuilles-de-calcul"],
    ["/guidance/delivery", "/guides/livraison"],
    ["/guidance/text-parts", "/guides/segments-message-texte"],
    ["/guidance/lists", "/guides/listes"],
    ["/guidance/programmers", "/guides/programmation"],
    ["/accessibility", "/accessibilite"],
    ["/privacy", "/confidentialite"],
    ["/terms", "/conditions-utilisation"],
    ["/sitemap", "/plan-du-site"],
    ["/status", "/etat"],
    ["/contact", "/nous-joindre"],
];

/// The addresses on this site that a page leads to, without what stands after `#`.
fn links(page: &Page) -> BTreeSet<String> {
    let hrefs = page.body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let own = hrefs.filter(|href| href.starts_with('/') || href.starts_with('#'));
    own.map(|href| href.replace("&#38;", "&")).collect()
}

/// Whether the part of a page that a link names is there.
fn has_part(page: &Page, link: &str) -> bool {
    link.split_once('#').is_none_or(|(_, id)| page.body.contains(&format!("id=\"{id}\"")))
}

testkit::on_each_engine! { Migrator;
    async fn every_page_stands_at_two_addresses_that_know_each_other(test) {
        let house = House::over(&test.db).await;
        let origin = house.accounts.settings.public_url.clone();
        for paths in PAIRS {
            for (path, other, language, next) in
                [(paths[0], paths[1], "en", "fr"), (paths[1], paths[0], "fr", "en")]
            {
                let page = house.browser().get(path).await;
                page.expect(200, &format!("<html lang=\"{language}\">"))
                    .expect(200, &format!("<link rel=\"canonical\" href=\"{origin}{path}\">"))
                    .expect(200, &format!("hreflang=\"en\" href=\"{origin}{}\"", paths[0]))
                    .expect(200, &format!("hreflang=\"fr\" href=\"{origin}{}\"", paths[1]))
                    .expect(200, &format!("<a href=\"{other}?lang={next}\" lang=\"{next}\""))
                    .expect(200, "<meta name=\"description\" content=\"");
                let over = house.browser().get(&format!("{path}?lang={next}")).await;
                over.expect(200, &format!("<html lang=\"{next}\">"));
                assert!(over.path.starts_with(other), "{}", over.path);
            }
        }
    }

    async fn every_link_of_a_public_page_leads_somewhere(test) {
        let house = House::over(&test.db).await;
        let mut seen = BTreeSet::new();
        for path in PAIRS.as_flattened() {
            let page = house.browser().get(path).await;
            for link in links(&page) {
                if link.starts_with('#') {
                    assert!(has_part(&page, &link), "{path}: {link}");
                } else if !link.contains("lang=") && seen.insert(link.clone()) {
                    let (to, _) = link.split_once('#').unwrap_or((&link, ""));
                    let found = house.browser().get(to).await;
                    assert_eq!(found.status, 200, "{path} leads to {link}");
                    assert!(has_part(&found, &link), "{path}: {link}");
                }
            }
        }
        assert!(seen.len() > 40, "{seen:?}");
    }

    async fn the_first_page_speaks_the_readers_language_and_leads_on_who_has_signed_in(test) {
        let house = House::over(&test.db).await;
        let mut reader = house.browser();
        reader.get("/").await.expect(200, "Create an account").expect(200, "Sign in");
        reader.get("/?lang=fr").await.expect(200, "Créer un compte");
        let again = reader.get("/").await;
        assert_eq!(again.path, "/accueil");
        // The choice holds on pages that have one address only, and going back is possible.
        reader.get("/sign-in").await.expect(200, "<html lang=\"fr\">");
        reader.get("/?lang=en").await.expect(200, "<html lang=\"en\">");
        let (_, _, mut member) = house.team().await;
        let led = member.get("/").await;
        led.expect(200, "Permits");
        assert_eq!(led.path, "/services");
        member.get("/features").await.expect(200, "Sign out").expect_not("href=\"/register\"");
    }

    async fn who_comes_to_a_french_page_goes_on_in_french(test) {
        let house = House::over(&test.db).await;
        let mut reader = house.browser();
        reader.get("/securite").await.expect(200, "AES-256-GCM");
        reader.get("/sign-in").await.expect(200, "<html lang=\"fr\">");
        reader.get("/security").await.expect(200, "<html lang=\"en\">");
        reader.get("/sign-in").await.expect(200, "<html lang=\"fr\">");
    }

    async fn what_is_lost_or_asked_wrongly_is_said_on_a_whole_page(test) {
        let house = House::over(&test.db).await;
        let mut reader = house.browser();
        reader.get("/nonsense").await.expect(404, "<h1>Page not found</h1>").expect(404, "href=\"/guidance\"");
        reader.get("/nonsense?lang=fr").await.expect(404, "<h1>Page introuvable</h1>").expect(404, "href=\"/accueil\"");
        let wrong = reader.send(Method::POST, "/guidance", (String::new(), Vec::new())).await;
        wrong.expect(405, "<h1>Cette page ne peut pas être utilisée ainsi</h1>");
    }

    async fn limits_on_pages_are_those_in_force(test) {
        let house = House::over(&test.db).await;
        house.browser().get("/usage-rules").await
            .expect(200, ">10,000<").expect(200, ">1,500<").expect(200, "100,000 rows").expect(200, "96 hours");
        house.browser().get("/regles-utilisation").await.expect(200, ">10\u{a0}000<").expect(200, "100\u{a0}000 lignes");
    }

    async fn the_status_tells_of_delay_in_words(test) {
        let house = House::over(&test.db).await;
        house.browser().get("/status").await.expect(200, "Everything works.").expect_not("Delayed");
        // A letter that nobody delivers becomes late.
        house.browser().submit("/forgot-password", &[("email_address", "noor@example.gc.ca")]).await;
        let noor = house.person("noor@example.gc.ca").await;
        house.browser().submit("/forgot-password", &[("email_address", &noor.email_address)]).await;
        house.clock.advance(chrono::TimeDelta::minutes(7));
        house.browser().get("/etat").await.expect(200, "Quelque chose ne va pas").expect(200, "7 minutes")
            .expect_not("noor");
    }

    async fn the_terms_are_one_text_on_every_page_that_shows_them(test) {
        let house = House::over(&test.db).await;
        let promise = "You keep passwords and keys secret";
        house.browser().get("/terms").await.expect(200, promise).expect(200, "Version 1, November 21, 2026");
        house.browser().get("/register").await.expect(200, "<a href=\"/terms\">");
        house.browser().get("/register?lang=fr").await.expect(200, "<a href=\"/conditions-utilisation\">");
        let (service, _, mut member) = house.team().await;
        let at = format!("/services/{}/go-live/terms", service.id);
        member.get(&at).await.expect(200, promise);
        member.get(&format!("{at}?lang=fr")).await.expect(200, "Vous gardez secrets les mots de passe");
    }

    async fn machines_are_told_what_they_may_read(test) {
        let house = House::over(&test.db).await;
        let robots = house.browser().get("/robots.txt").await;
        robots.expect(200, "Disallow: /services");
        assert_eq!(robots.headers[header::CONTENT_TYPE], "text/plain; charset=utf-8");
        house.browser().get("/.well-known/security.txt").await
            .expect(200, "Contact: mailto:help@example.gc.ca\n").expect(200, "Expires: 2027-");
        house.browser().get("/security").await.expect(200, "mailto:help@example.gc.ca");
        let house = House::with(&test.db, |config| config.server.support_address.clear()).await;
        house.browser().get("/.well-known/security.txt").await.expect(404, "");
        house.browser().get("/security").await.expect(200, "people who run this installation");
    }

    async fn a_message_reaches_support_and_its_writer_gets_a_receipt(test) {
        let house = House::over(&test.db).await;
        let mut stranger = house.browser();
        stranger.get("/contact").await.expect(200, "Leave out personal information");
        stranger.submit("/contact", &[]).await
            .expect(422, "Enter your name").expect(422, "Enter an email address")
            .expect(422, "Choose what it is about").expect(422, "Write your message");
        let typed = [("name", "Noor"), ("email_address", "noor@example.org"), ("topic", "problem"), ("message", "It <b>fails</b>")];
        stranger.submit("/contact", &typed).await.expect(200, "Your message was sent");
        let letter = house.letters_to("help@example.gc.ca").await.pop().unwrap();
        assert_eq!((letter["message"].as_str(), letter["address"].as_str()), ("It <b>fails</b>", "noor@example.org"));
        assert!(letter["known en"].contains("not signed in") && letter["topic fr"].contains("fonctionne pas"));
        // The receipt repeats nothing that somebody else could have typed.
        let receipt = house.letters_to("noor@example.org").await.pop().unwrap();
        assert_eq!(receipt.keys().collect::<Vec<_>>(), ["topic en", "topic fr"]);

        let (_, _, mut member) = house.team().await;
        house.clock.advance(chrono::TimeDelta::minutes(1));
        let typed = [("topic", "idea"), ("message", "Plus de couleurs"), ("email_address", "other@example.org")];
        member.get("/nous-joindre").await.expect(200, "Nous répondrons à noor@example.gc.ca");
        member.submit("/nous-joindre", &typed).await.expect(200, "Votre message a été envoyé");
        let letter = house.letters_to("help@example.gc.ca").await.pop().unwrap();
        assert_eq!(letter["address"], "noor@example.gc.ca");
    }

    async fn what_should_not_be_written_is_stopped_and_stays_with_its_writer(test) {
        let house = House::over(&test.db).await;
        let (_, _, mut member) = house.team().await;
        let write = |words: &'static str| [("topic", "question"), ("message", words)];
        member.submit("/contact", &write("His SIN is 130 692 544")).await
            .expect(422, "social insurance number").expect(422, "His SIN is 130 692 544");
        member.submit("/contact", &write("4111 1111 1111 1111")).await.expect(422, "payment card");
        let long = "a".repeat(2_001);
        member.submit("/contact", &[("topic", "question"), ("message", &long)]).await.expect(422, "at most 2,000");
        for _ in 0..5 {
            member.submit("/contact", &write("Hello")).await.expect(200, "was sent");
        }
        member.submit("/contact", &write("One more")).await.expect(429, "still here").expect(429, "One more");
        house.clock.advance(chrono::TimeDelta::minutes(61));
        member.submit("/contact", &write("One more")).await.expect(200, "was sent");
        let letters = house.letters_to("help@example.gc.ca").await;
        assert_eq!(letters.len(), 6);
        assert!(letters.iter().all(|letter| !letter["message"].contains("130")));
    }

    async fn without_an_address_for_support_there_is_no_page(test) {
        let house = House::with(&test.db, |config| config.server.support_address.clear()).await;
        house.browser().get("/contact").await.expect(404, "").expect_not("href=\"/contact\"");
        house.browser().get("/nous-joindre").await.expect(404, "");
    }
}
