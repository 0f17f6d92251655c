//! Which articles there are, and under which addresses.

use kernel::Language;

/// What an article is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// The first page.
    Home,
    /// What the product is.
    About,
    /// How to use it, the first one being the way to the others.
    Guidance,
    /// What holds for everybody.
    Rules,
}

/// An article: its addresses and its text in both languages.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The name of its files.
    pub name: &'static str,
    /// What it is for.
    pub shelf: Shelf,
    /// Its address in English and in French.
    pub paths: [&'static str; 2],
    sources: [&'static str; 2],
}

impl Entry {
    /// Its address in a language.
    pub const fn path(&self, language: Language) -> &'static str {
        super::path(self.paths, language)
    }

    /// Its Markdown in a language.
    pub const fn source(&self, language: Language) -> &'static str {
        super::path(self.sources, language)
    }
}

macro_rules! entries {
    ($($shelf:ident $name:literal $english:literal $french:literal;)*) => {
        /// Every article, in the order in which they are listed.
        pub const ENTRIES: &[Entry] = &[$(Entry {
            name: $name,
            shelf: Shelf::$shelf,
            paths: [$english, $french],
            sources: [
                include_str!(concat!("../../content/en/", $name, ".md")),
                include_str!(concat!("../../content/fr/", $name, ".md")),
            ],
        }),*];
    };
}

entries! {
    Home "home" "/" "/accueil";
    About "features" "/features" "/fonctionnalites";
    About "usage-rules" "/usage-rules" "/regles-utilisation";
    About "security" "/security" "/securite";
    Guidance "guidance" "/guidance" "/guides";
    Guidance "getting-started" "/guidance/getting-started" "/guides/premiers-pas";
    Guidance "formatting" "/guidance/formatting" "/guides/mise-en-forme";
    Guidance "personalisation" "/guidance/personalisation" "/guides/personnalisation";
    Guidance "spreadsheets" "/guidance/spreadsheets" "/guides/feuilles-de-calcul";
    Guidance "delivery" "/guidance/delivery" "/guides/livraison";
    Guidance "text-parts" "/guidance/text-parts" "/guides/segments-message-texte";
    Guidance "lists" "/guidance/lists" "/guides/listes";
    Guidance "programmers" "/guidance/programmers" "/guides/programmation";
    Rules "accessibility" "/accessibility" "/accessibilite";
    Rules "privacy" "/privacy" "/confidentialite";
    Rules "terms" "/terms" "/conditions-utilisation";
}

/// The paired addresses of the article with this name; of an unknown name those of the first page.
pub fn paths(name: &str) -> [&'static str; 2] {
    let known = ENTRIES.iter().find(|entry| entry.name == name);
    known.map_or(["/", "/accueil"], |entry| entry.paths)
}
