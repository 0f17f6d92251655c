//! Messages with everything a template can hold, in each language and direction.

use kernel::Language;
use notify::{
    email::{self, Colour, EmailMessage, Logo, Look},
    placeholder::{Personalisation, Value},
    template::{Languages, Template},
};

const ENGLISH: &str = "\
# Your benefit

Hello ((name)),

Your payment of **$1,204.66** will be deposited on June 19, 2026. It's the \"last\" one this year.

## What to do

1. Check your bank account
2. Keep this message
   * on paper
   * or on your phone
3. [Sign in to your account](https://benefits.example/sign-in?lang=en&from=mail \"Opens the sign-in page\")

You need:((documents))

^ If you moved, tell us your _new_ address:
^ https://benefits.example/services/a-rather-long-address/that-does-not-fit/on-a-small-screen/change.html

---

    Client number: 120-553

#### Contact
info@benefits.example
";

const FRENCH: &str = "\
# Votre prestation

Bonjour ((name)),

Votre paiement de **1 204,66 $** sera déposé le 19 juin 2026.

## Ce qu'il faut faire

* Vérifiez votre compte
* Conservez ce message

Vous aurez besoin de ceci :((documents))

^ Si vous avez déménagé, dites-le-nous.
";

const ARABIC: &str = "\
# إشعار

مرحبا ((name))،

سيتم إيداع دفعتك في **19 يونيو 2026**.

1. تحقق من حسابك
2. احتفظ بهذا البريد
   * ورقيا
   * أو على هاتفك

^ المكتب مغلق في 1 يوليو.

[تسجيل الدخول](https://benefits.example/ar)
";

/// Each message with a name for it.
pub fn messages() -> Result<Vec<(&'static str, EmailMessage)>, Box<dyn std::error::Error>> {
    let name = "Zoé <b>O'Brien</b> [x](https://evil.example)";
    let documents = Value::List(vec!["passport".into(), "photo <2>".into()]);
    let values: Personalisation =
        [("name", Value::from(name)), ("documents", documents)].into_iter().collect();
    let branded = Look {
        name: Some("Benefits & Pensions".into()),
        logo: None,
        colour: Some(Colour::parse("#1d70b8")?),
    };
    let pictured = Look {
        name: None,
        logo: Some(Logo {
            address: "https://benefits.example/logo.png?size=2&form=\"wide\"".into(),
            alternative: "Benefits & <Pensions>".into(),
        }),
        colour: None,
    };
    let whole = Look { logo: pictured.logo.clone(), ..branded.clone() };
    let both =
        format!("(le français suit)\n\n[[en]]\n{ENGLISH}[[/en]]\n\n---\n\n[[fr]]\n{FRENCH}[[/fr]]");
    let mixed = format!("[[en]]\nThe office is closed.\n[[/en]]\n\n[[rtl]]\n{ARABIC}[[/rtl]]");
    let french = Languages::One(Language::French);
    let templates = [
        ("english", Template::email("Your benefit, ((name))", ENGLISH), branded),
        (
            "french",
            Template::email("Votre prestation", FRENCH).in_languages(french),
            Look::default(),
        ),
        ("both", Template::email("Benefit", &both).in_languages(Languages::Both), Look::default()),
        ("right-to-left", Template::email("إشعار", ARABIC).right_to_left(true), Look::default()),
        ("mixed", Template::email("Notice", &mixed).in_languages(Languages::Both), Look::default()),
        (
            "french-branded",
            Template::email("Votre prestation", FRENCH).in_languages(french),
            whole.clone(),
        ),
        (
            "both-with-logo",
            Template::email("Benefit", &both).in_languages(Languages::Both),
            pictured,
        ),
        ("right-to-left-branded", Template::email("إشعار", ARABIC).right_to_left(true), whole),
        ("empty", Template::email("", ""), Look::default()),
    ];
    let mut messages = Vec::new();
    for (name, template, look) in templates {
        messages.push((name, email::render(&template, &values, &look)?));
    }
    Ok(messages)
}
