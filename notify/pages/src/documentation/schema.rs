//! What a JSON Schema of the document says: which fields there are, of which kind, and how an example looks.

use serde_json::{Map, Value, json};

/// Deeper structures are shown as `object`; the document has none.
const DEEPEST: usize = 5;

/// One field of a body, under its whole path (`links.current`, `rows[]`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The path.
    pub path: String,
    /// The type, with format and choices.
    pub kind: String,
    /// Whether it must be there.
    pub required: bool,
    /// What it means.
    pub description: String,
}

/// The schemas of one document.
#[derive(Clone, Copy)]
pub struct Schemas<'a> {
    /// The whole document, for references.
    pub document: &'a Value,
}

impl<'a> Schemas<'a> {
    /// The thing itself, when it is a reference within the document.
    pub fn resolved(self, value: &'a Value) -> &'a Value {
        let reference = value.get("$ref").and_then(Value::as_str);
        reference
            .and_then(|reference| self.document.pointer(reference.strip_prefix('#')?))
            .unwrap_or(value)
    }

    /// Every field below `schema`, in the order of the document.
    pub fn fields(self, schema: &'a Value) -> Vec<Field> {
        let mut fields = Vec::new();
        self.gather(schema, "", DEEPEST, &mut fields);
        fields
    }

    fn gather(self, schema: &'a Value, path: &str, depth: usize, fields: &mut Vec<Field>) {
        if depth == 0 {
            return;
        }
        for schema in self.parts(schema) {
            if let Some(items) = schema.get("items") {
                self.gather(items, &format!("{path}[]"), depth - 1, fields);
            }
            let required: Vec<&str> = words(schema.get("required"));
            for (name, property) in object(schema.get("properties")) {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                fields.push(Field {
                    path: path.clone(),
                    kind: self.kind(property),
                    required: required.contains(&name.as_str()),
                    description: self.description(property),
                });
                self.gather(property, &path, depth - 1, fields);
            }
        }
    }

    /// The schema, and those that it is combined of; `null` among them says nothing about fields.
    fn parts(self, schema: &'a Value) -> Vec<&'a Value> {
        let schema = self.resolved(schema);
        let combined = ["allOf", "oneOf", "anyOf"].into_iter().filter_map(|key| schema.get(key));
        let mut parts = vec![schema];
        parts
            .extend(combined.filter_map(Value::as_array).flatten().map(|part| self.resolved(part)));
        parts
    }

    /// The kind of a value as one reads it: `string (uuid)`, `array of object`, `string or null`, `one of a, b`.
    pub fn kind(self, schema: &'a Value) -> String {
        let resolved = self.resolved(schema);
        let choices = words(resolved.get("enum"));
        if !choices.is_empty() {
            return format!("one of {}", choices.join(", "));
        }
        let either = resolved.get("oneOf").or_else(|| resolved.get("anyOf"));
        if let Some(either) = either.and_then(Value::as_array) {
            let kinds: Vec<String> = either.iter().map(|part| self.kind(part)).collect();
            return kinds.join(" or ");
        }
        let names = match resolved.get("type") {
            Some(Value::String(name)) => vec![name.as_str()],
            names => words(names),
        };
        let named: Vec<String> = names.into_iter().map(|name| self.named(name, resolved)).collect();
        match (named.is_empty(), resolved.get("allOf").is_some()) {
            (true, true) => "object".to_owned(),
            (true, false) => "any".to_owned(),
            (false, _) => named.join(" or "),
        }
    }

    fn named(self, name: &str, schema: &'a Value) -> String {
        match (name, schema.get("format").and_then(Value::as_str), schema.get("items")) {
            ("array", _, Some(items)) => format!("array of {}", self.kind(items)),
            ("string", Some(format), _) => format!("string ({format})"),
            (name, ..) => name.to_owned(),
        }
    }

    fn description(self, schema: &'a Value) -> String {
        let own = schema.get("description").or_else(|| self.resolved(schema).get("description"));
        own.and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    /// An example: the document's own where it gives one, else made from the kinds.
    pub fn example(self, schema: &'a Value) -> Value {
        self.example_within(schema, DEEPEST)
    }

    fn example_within(self, schema: &'a Value, depth: usize) -> Value {
        let resolved = self.resolved(schema);
        let given = [schema, resolved].into_iter().find_map(|schema| {
            let list = schema.get("examples").and_then(|list| list.get(0));
            schema.get("example").or(list).or_else(|| schema.get("default"))
        });
        if let Some(given) = given {
            return given.clone();
        }
        if let Some(first) = resolved.get("enum").and_then(|choices| choices.get(0)) {
            return first.clone();
        }
        if let Some(first) =
            ["oneOf", "anyOf"].into_iter().find_map(|key| resolved.get(key)?.get(0))
        {
            return self.example_within(first, depth);
        }
        if depth == 0 {
            return Value::Null;
        }
        self.made(resolved, depth - 1)
    }

    fn made(self, schema: &'a Value, depth: usize) -> Value {
        let name = match schema.get("type") {
            Some(Value::String(name)) => name.as_str(),
            names => words(names).first().copied().unwrap_or("object"),
        };
        match (name, schema.get("format").and_then(Value::as_str)) {
            ("string", Some("uuid")) => json!("0b1c3a4e-8d61-4a37-9c55-6f2a1f0c7d10"),
            ("string", Some("date-time")) => json!("2026-11-21T14:05:00.000000Z"),
            ("string", Some("uri")) => json!("https://example.ca/"),
            ("string", _) => json!("…"),
            ("integer" | "number", _) => json!(1),
            ("boolean", _) => json!(true),
            ("null", _) => Value::Null,
            ("array", _) => {
                let items = schema.get("items").map(|items| self.example_within(items, depth));
                Value::Array(items.into_iter().collect())
            }
            _ => Value::Object(self.made_object(schema, depth)),
        }
    }

    fn made_object(self, schema: &'a Value, depth: usize) -> Map<String, Value> {
        let parts = self.parts(schema).into_iter();
        parts
            .flat_map(|part| object(part.get("properties")))
            .map(|(name, property)| (name.clone(), self.example_within(property, depth)))
            .collect()
    }
}

fn object(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

fn words(value: Option<&Value>) -> Vec<&str> {
    let list = value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(Value::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Value {
        json!({"components": {"schemas": {
            "Send": {"type": "object", "required": ["to"], "properties": {
                "to": {"type": "string", "example": "noor@example.ca", "description": "Who."},
                "values": {"type": ["object", "null"]},
                "links": {"$ref": "#/components/schemas/Links"},
                "rows": {"type": "array", "items": {"type": "array", "items": {"type": "string"}}},
                "state": {"type": "string", "enum": ["sent", "failed"]},
            }},
            "Links": {"type": "object", "properties": {
                "next": {"oneOf": [{"type": "null"}, {"type": "string", "format": "uri"}]},
            }},
            "Loop": {"type": "object", "properties": {"again": {"$ref": "#/components/schemas/Loop"}}},
        }}})
    }

    #[test]
    fn fields_are_listed_with_their_whole_path() {
        let document = document();
        let schemas = Schemas { document: &document };
        let send = json!({"$ref": "#/components/schemas/Send"});
        let fields = schemas.fields(&send);
        let shown: Vec<String> =
            fields.iter().map(|field| format!("{}: {}", field.path, field.kind)).collect();
        assert_eq!(
            shown,
            [
                "to: string",
                "values: object or null",
                "links: object",
                "links.next: null or string (uri)",
                "rows: array of array of string",
                "state: one of sent, failed",
            ]
        );
        assert!(fields[0].required && !fields[1].required);
        assert_eq!(fields[0].description, "Who.");
    }

    #[test]
    fn an_example_prefers_what_the_document_gives() {
        let document = document();
        let send = json!({"$ref": "#/components/schemas/Send"});
        let example = Schemas { document: &document }.example(&send);
        assert_eq!(example["to"], "noor@example.ca");
        assert_eq!(example["rows"], json!([["…"]]));
        assert_eq!(example["state"], "sent");
    }

    #[test]
    fn a_schema_that_contains_itself_comes_to_an_end() {
        let document = document();
        let schemas = Schemas { document: &document };
        let again = json!({"$ref": "#/components/schemas/Loop"});
        assert_eq!(schemas.fields(&again).len(), DEEPEST);
        assert!(schemas.example(&again).to_string().ends_with("null}}}}}"));
    }
}
