//! The messages of one crate in both languages, ready to be said.

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use kernel::Language;
use unic_langid::LanguageIdentifier;

/// A value on its way into a message.
pub type Value<'a> = FluentValue<'a>;

/// What may fill a variable of a message: words and whole numbers.
pub trait Argument {
    /// The value as Fluent takes it.
    fn value(&self) -> Value<'_>;
}

impl Argument for str {
    fn value(&self) -> Value<'_> {
        Value::from(self)
    }
}

impl Argument for String {
    fn value(&self) -> Value<'_> {
        Value::from(self.as_str())
    }
}

impl<T: Argument + ?Sized> Argument for &T {
    fn value(&self) -> Value<'_> {
        (*self).value()
    }
}

macro_rules! whole_numbers {
    ($($number:ty)*) => {$(
        impl Argument for $number {
            fn value(&self) -> Value<'_> {
                Value::from(*self)
            }
        }
    )*};
}
whole_numbers!(u8 u16 u32 u64 usize i8 i16 i32 i64 isize);

/// Both languages of one crate.
pub struct Catalogue {
    english: FluentBundle<FluentResource>,
    french: FluentBundle<FluentResource>,
}

impl Catalogue {
    /// From the two files that the build script has checked.
    pub fn new(english: &str, french: &str) -> Self {
        Self { english: bundle("en-CA", english), french: bundle("fr-CA", french) }
    }

    /// The message `id` with its variables filled. The generated methods give only ids that exist in both languages;
    /// an unknown one comes back as itself.
    pub fn say(&self, language: Language, id: &str, values: &[(&str, Value<'_>)]) -> String {
        let bundle = match language {
            Language::English => &self.english,
            Language::French => &self.french,
        };
        let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else {
            return id.to_owned();
        };
        let values: FluentArgs<'_> = values.iter().cloned().collect();
        bundle.format_pattern(pattern, Some(&values), &mut Vec::new()).into_owned()
    }
}

fn bundle(language: &str, source: &str) -> FluentBundle<FluentResource> {
    let language: LanguageIdentifier = language.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // Marks around each value would end up in titles, attributes and copied text.
    bundle.set_use_isolating(false);
    let (Ok(resource) | Err((resource, _))) = FluentResource::try_new(source.to_owned());
    bundle.add_resource_overriding(resource);
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(language: Language, count: u32) -> String {
        let catalogue = Catalogue::new(
            "people = { $count ->\n    [one] { $count } person\n   *[other] { $count } people\n}\n",
            "people = { $count ->\n    [one] { $count } personne\n   *[other] { $count } personnes\n}\n",
        );
        catalogue.say(language, "people", &[("count", count.value())])
    }

    #[test]
    fn zero_is_singular_in_french_and_plural_in_english() {
        assert_eq!(people(Language::English, 0), "0 people");
        assert_eq!(people(Language::French, 0), "0 personne");
        assert_eq!(people(Language::French, 2), "2 personnes");
    }
}
