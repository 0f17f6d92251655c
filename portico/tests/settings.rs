//! Every setting stands in `portico.default.toml`, in force or as a comment, and nothing else does.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::{cell::RefCell, collections::BTreeSet};

use figment::{
    Figment,
    providers::{Format, Toml},
};
use portico::config::{Config, DEFAULT};
use serde::{
    Deserialize,
    de::{
        self, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess,
        Visitor,
    },
    forward_to_deserialize_any,
};
use serde_json::Value;

type Failed = de::value::Error;

/// Answers every question that a type asks about its settings, and notes the names it asked for.
#[derive(Clone)]
struct Probe<'a> {
    path: String,
    /// Which variant of an enumeration to choose: each turn another one.
    turn: usize,
    asked: &'a RefCell<BTreeSet<String>>,
}

impl Probe<'_> {
    fn below(&self, name: &str) -> Self {
        let dot = if self.path.is_empty() { "" } else { "." };
        let path = format!("{}{dot}{name}", self.path);
        self.asked.borrow_mut().insert(path.clone());
        Self { path, ..self.clone() }
    }
}

impl<'de> Deserializer<'de> for Probe<'_> {
    type Error = Failed;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        // As good as any text, and an address where one is wanted.
        visitor.visit_str("127.0.0.1:1")
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        visitor.visit_bool(true)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        visitor.visit_u64(1)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        visitor.visit_u64(1)
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        visitor.visit_u64(1)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Failed> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        visitor.visit_seq(Each { probe: self, names: [""].iter() })
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        visitor.visit_map(Each { probe: self, names: [].iter() })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failed> {
        visitor.visit_map(Each { probe: self, names: fields.iter() })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failed> {
        let chosen = variants[self.turn.min(variants.len() - 1)];
        visitor.visit_enum(Variant { probe: self, chosen })
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u128 f32 f64 char str string bytes byte_buf unit unit_struct tuple
        tuple_struct identifier ignored_any
    }
}

/// The fields of a struct, or one element of a list, or nothing of a map.
struct Each<'a> {
    probe: Probe<'a>,
    names: std::slice::Iter<'static, &'static str>,
}

impl<'de> MapAccess<'de> for Each<'_> {
    type Error = Failed;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Failed> {
        let Some(name) = self.names.as_slice().first() else { return Ok(None) };
        seed.deserialize(de::value::StrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Failed> {
        seed.deserialize(self.probe.below(self.names.next().unwrap()))
    }
}

impl<'de> SeqAccess<'de> for Each<'_> {
    type Error = Failed;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Failed> {
        self.names.next().map(|_| seed.deserialize(self.probe.clone())).transpose()
    }
}

struct Variant<'a> {
    probe: Probe<'a>,
    chosen: &'static str,
}

impl<'de, 'a> EnumAccess<'de> for Variant<'a> {
    type Error = Failed;
    type Variant = Variant<'a>;

    fn variant_seed<S: DeserializeSeed<'de>>(
        self,
        seed: S,
    ) -> Result<(S::Value, Variant<'a>), Failed> {
        Ok((seed.deserialize(de::value::StrDeserializer::new(self.chosen))?, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_> {
    type Error = Failed;

    fn unit_variant(self) -> Result<(), Failed> {
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Failed> {
        seed.deserialize(self.probe.below(self.chosen))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Failed> {
        self.probe.below(self.chosen).deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failed> {
        self.probe.below(self.chosen).deserialize_struct("", fields, visitor)
    }
}

/// Every setting that the product knows, as `section.name`.
fn known() -> BTreeSet<String> {
    let asked = RefCell::default();
    for turn in 0..8 {
        Config::deserialize(Probe { path: String::new(), turn, asked: &asked }).unwrap();
    }
    let all = asked.into_inner();
    let is_section = |path: &String| {
        all.range(format!("{path}.")..)
            .next()
            .is_some_and(|next| next.starts_with(&format!("{path}.")))
    };
    all.iter().filter(|path| !is_section(path)).cloned().collect()
}

/// The lines of the default that are settings or sections, without the sign of a comment.
fn lines() -> impl Iterator<Item = &'static str> {
    DEFAULT.lines().map(|line| line.trim_start_matches("# ")).filter(|line| {
        let name = line.split(" = ").next().unwrap_or_default();
        let is_name = |text: &str| text.chars().all(|c| c.is_ascii_lowercase() || "._".contains(c));
        line.starts_with('[') && is_name(line[1..].split(']').next().unwrap_or_default())
            || line.contains(" = ") && is_name(name)
    })
}

/// Every setting in the default, in force or as a comment, as `section.name`.
fn mentioned() -> BTreeSet<String> {
    let (mut section, mut all) = (String::new(), BTreeSet::new());
    for line in lines() {
        if let Some(name) = line.strip_prefix('[') {
            name.split(']').next().unwrap().clone_into(&mut section);
        } else {
            let value: Value = Figment::from(Toml::string(line)).extract().unwrap();
            gather(&section, &value, &mut all);
        }
    }
    all
}

fn gather(path: &str, value: &Value, all: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| gather(&format!("{path}.{name}"), value, all));
        }
        Value::Array(items) if items.iter().any(Value::is_object) => {
            items.iter().for_each(|item| gather(path, item, all));
        }
        _ => drop(all.insert(path.to_owned())),
    }
}

#[test]
fn every_setting_is_in_the_default_and_every_line_of_it_is_a_setting() {
    let (known, mentioned) = (known(), mentioned());
    // What a map holds is named by the operator: `headers` may be mentioned as `headers.Authorization`.
    let covers = |known: &str, said: &str| {
        said.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let missing: Vec<_> =
        known.iter().filter(|name| !mentioned.iter().any(|said| covers(name, said))).collect();
    assert!(missing.is_empty(), "portico.default.toml does not mention {missing:#?}");
    let unknown: Vec<_> =
        mentioned.iter().filter(|said| !known.iter().any(|name| covers(name, said))).collect();
    assert!(unknown.is_empty(), "portico.default.toml mentions {unknown:#?}");
    assert!(known.contains("providers.text.http.answer.rules.value.pointer"), "{known:?}");
}

#[test]
fn the_commented_settings_are_good_when_they_are_put_in_force() {
    let (mut section, mut seen) = ("", BTreeSet::new());
    let mut text = String::new();
    for line in lines() {
        // Of alternatives the first is taken.
        let name = line.split(" = ").next().unwrap_or_default();
        if line.starts_with('[') {
            section = line;
        } else if !seen.insert((section, name)) {
            continue;
        }
        text.push_str(&line.replace("file:/run/secrets/", "a secret of many bytes: "));
        text.push('\n');
    }
    let text = text
        .replace("route = \"mailbox\"\n[providers.email.", "route = \"smtp\"\n[providers.email.");
    let text =
        text.replace("route = \"mailbox\"\n[providers.text.", "route = \"http\"\n[providers.text.");
    let config: Config = Figment::from(Toml::string(&text)).extract().unwrap();
    let (email, texts) = (config.providers.email.smtp.clone(), config.providers.text.http.clone());
    assert!(email.is_some() && texts.is_some_and(|texts| texts.receipts.is_some()));
    config.providers.check(false).unwrap();
}
