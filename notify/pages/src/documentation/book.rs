//! The document as a reader meets it: operations by group, each with what it takes, gives and refuses.

use std::collections::HashSet;

use kernel::Language;
use serde_json::{Map, Value};

use super::{
    prose::Prose,
    schema::{Field, Schemas},
};

/// The methods that a path can have, in the order they are shown.
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// The whole document.
#[derive(Clone, Debug, Default)]
pub struct Book {
    /// What the API is for.
    pub description: Vec<Prose>,
    /// The ways to prove who asks.
    pub keys: Vec<Prose>,
    /// Operations under their tag, in the order of the document.
    pub groups: Vec<Group>,
}

/// The operations of one tag.
#[derive(Clone, Debug)]
pub struct Group {
    /// The tag.
    pub name: String,
    /// The tag as part of an address.
    pub anchor: String,
    /// What carries the tag.
    pub operations: Vec<Operation>,
}

/// One method on one path.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Its identifier, also its address on the page.
    pub anchor: String,
    /// In capitals.
    pub method: String,
    /// With its variable parts in braces.
    pub path: String,
    /// One sentence.
    pub summary: Prose,
    /// More, if there is more.
    pub description: Vec<Prose>,
    /// What stands in the address and the headers.
    pub parameters: Vec<Parameter>,
    /// What stands in the body.
    pub body: Option<Body>,
    /// What comes back when it works.
    pub answers: Vec<Answer>,
    /// What comes back when it does not: status and reason.
    pub errors: Vec<(String, Prose)>,
}

/// One parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// `path`, `query` or `header`.
    pub place: String,
    /// Its type.
    pub kind: String,
    /// Whether it must be there.
    pub required: bool,
    /// What it means.
    pub description: Prose,
}

/// What a body is made of.
#[derive(Clone, Debug)]
pub struct Body {
    /// Its fields, each with what it means.
    pub fields: Vec<(Field, Prose)>,
    /// An example, as JSON for reading.
    pub example: String,
    /// The same on one line, for a command.
    pub line: String,
}

/// A good answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: String,
    /// What it means.
    pub description: Prose,
    /// Its body, if it has one.
    pub body: Option<Body>,
}

impl Operation {
    /// Method and path, which no other operation has.
    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

impl Book {
    /// Reads an OpenAPI 3.1 document. What it does not say stays empty.
    pub fn read(document: &Value) -> Self {
        Self::reading(document, HashSet::new())
    }

    /// Reads the French form of `english`. A sentence that is the same in both is taken for English and says so.
    pub fn read_french(document: &Value, english: &Value) -> Self {
        let mut sentences = HashSet::new();
        gather_sentences(english, &mut sentences);
        Self::reading(document, sentences)
    }

    fn reading(document: &Value, english: HashSet<&str>) -> Self {
        let reader = Reading { document, schemas: Schemas { document }, english };
        let mut groups: Vec<Group> = Vec::new();
        for (tag, operation) in reader.operations() {
            match groups.iter_mut().find(|group| group.name == tag) {
                Some(group) => group.operations.push(operation),
                None => groups.push(Group {
                    anchor: anchor(&tag),
                    name: tag,
                    operations: vec![operation],
                }),
            }
        }
        Self { description: reader.paragraphs("/info/description"), keys: reader.keys(), groups }
    }
}

struct Reading<'a> {
    document: &'a Value,
    schemas: Schemas<'a>,
    english: HashSet<&'a str>,
}

impl<'a> Reading<'a> {
    fn paragraphs(&self, pointer: &str) -> Vec<Prose> {
        let text = self.document.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
        Prose::paragraphs(text, self.foreign(text))
    }

    fn prose(&self, text: &str) -> Prose {
        Prose::new(text, self.foreign(text))
    }

    fn foreign(&self, text: &str) -> Option<Language> {
        self.english.contains(text).then_some(Language::English)
    }

    fn keys(&self) -> Vec<Prose> {
        let schemes = self.document.pointer("/components/securitySchemes");
        members(schemes).map(|(_, scheme)| self.prose(text(scheme, "description"))).collect()
    }

    fn operations(&self) -> impl Iterator<Item = (String, Operation)> {
        members(self.document.get("paths")).flat_map(move |(path, item)| {
            METHODS.into_iter().filter_map(move |method| {
                let operation = item.get(method)?;
                let tag = operation.pointer("/tags/0").and_then(Value::as_str);
                let tag = tag.unwrap_or_default().to_owned();
                Some((tag, self.operation(method, path, item, operation)))
            })
        })
    }

    fn operation(
        &self,
        method: &str,
        path: &str,
        item: &'a Value,
        operation: &'a Value,
    ) -> Operation {
        let (id, description) = (text(operation, "operationId"), text(operation, "description"));
        let (answers, errors) = self.answers(operation);
        Operation {
            anchor: anchor(if id.is_empty() { path } else { id }),
            method: method.to_ascii_uppercase(),
            path: path.to_owned(),
            summary: self.title(text(operation, "summary")),
            description: Prose::paragraphs(description, self.foreign(description)),
            parameters: [item, operation]
                .into_iter()
                .flat_map(|owner| list(owner.get("parameters")))
                .map(|parameter| self.parameter(parameter))
                .collect(),
            body: operation.get("requestBody").and_then(|body| self.body(body)),
            answers,
            errors,
        }
    }

    /// A summary as a heading, which ends without a full stop.
    fn title(&self, summary: &str) -> Prose {
        Prose::new(summary.trim_end_matches('.'), self.foreign(summary))
    }

    fn parameter(&self, parameter: &'a Value) -> Parameter {
        let parameter = self.schemas.resolved(parameter);
        let kind = parameter.get("schema").map(|schema| self.schemas.kind(schema));
        Parameter {
            name: text(parameter, "name").to_owned(),
            place: text(parameter, "in").to_owned(),
            kind: kind.unwrap_or_default(),
            required: parameter.get("required").and_then(Value::as_bool).unwrap_or_default(),
            description: self.prose(text(parameter, "description")),
        }
    }

    fn body(&self, owner: &'a Value) -> Option<Body> {
        let content = self.schemas.resolved(owner).get("content")?.get("application/json")?;
        let schema = content.get("schema")?;
        let given = content.get("example").cloned();
        let example = given.unwrap_or_else(|| self.schemas.example(schema));
        let fields = self.schemas.fields(schema).into_iter().map(|field| {
            let meaning = self.prose(&field.description);
            (field, meaning)
        });
        Some(Body {
            fields: fields.collect(),
            example: serde_json::to_string_pretty(&example).unwrap_or_default(),
            line: example.to_string(),
        })
    }

    fn answers(&self, operation: &'a Value) -> (Vec<Answer>, Vec<(String, Prose)>) {
        let (mut answers, mut errors) = (Vec::new(), Vec::new());
        for (status, answer) in members(operation.get("responses")) {
            let answer = self.schemas.resolved(answer);
            let description = self.prose(text(answer, "description"));
            if status.starts_with(['4', '5']) {
                errors.push((status.clone(), description));
            } else {
                let body = self.body(answer);
                answers.push(Answer { status: status.clone(), description, body });
            }
        }
        (answers, errors)
    }
}

/// Every summary and description below `value`.
fn gather_sentences<'v>(value: &'v Value, sentences: &mut HashSet<&'v str>) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                match member {
                    Value::String(text) if key == "summary" || key == "description" => {
                        sentences.insert(text);
                    }
                    member => gather_sentences(member, sentences),
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|member| gather_sentences(member, sentences)),
        _ => {}
    }
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flat_map(Map::iter)
}

fn list(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// Letters and digits of a name, joined by hyphens.
fn anchor(name: &str) -> String {
    let words =
        name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_lowercase()
}
