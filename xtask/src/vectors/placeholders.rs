//! Suite `placeholders`: names, values and filling, before any Markdown.

use kernel::Language;
use notify::{
    placeholder::{self, Lists, Personalisation, Source},
    preview::{Safety, Show, Style, highlight},
    sentence::Sentence,
};
use serde_json::{Map, Value, json};

/// What the product gives for an input of this suite, in the shape of the vectors.
pub fn actual(input: &Value) -> Value {
    match text(input, "op") {
        "render" => json!({"rendered": render(input)}),
        "truthy" => {
            let value = placeholder::Value::from_json(&input["value"]).ok().flatten();
            json!({"shown": placeholder::truthy(value.as_ref())})
        }
        "extract" => extract(input),
        "key" => json!({"key": placeholder::key(text(input, "name"))}),
        "data" => data(input),
        "compare" => compare(input),
        "join" => json!({"text": join(input)}),
        _ => Value::Null,
    }
}

fn text<'v>(input: &'v Value, field: &str) -> &'v str {
    input[field].as_str().unwrap_or_default()
}

/// The values of an input; none for `null`.
pub fn values(input: &Value) -> Personalisation {
    let object = input["values"].as_object();
    object.and_then(|object| Personalisation::from_json(object).ok()).unwrap_or_default()
}

fn render(input: &Value) -> String {
    let show = match (input["redact"] == true, input["without_brackets"] == true) {
        (true, _) => Show::HIDDEN,
        (_, true) => Show::NamesWithoutBrackets,
        _ => Show::Names,
    };
    let style = Style {
        safety: match text(input, "html") {
            "escape" => Safety::Escape,
            "strip" => Safety::Strip,
            _ => Safety::Passthrough,
        },
        lists: if input["markdown_lists"] == true {
            Lists::Bullets
        } else {
            Lists::Sentence(Language::English)
        },
        show,
        bare_destinations: true,
    };
    highlight(&Source::parse(text(input, "content")), &values(input), style)
}

fn extract(input: &Value) -> Value {
    let sources = [Source::parse(text(input, "subject")), Source::parse(text(input, "content"))];
    let names = placeholder::placeholders(&[&sources[0], &sources[1]]);
    let conditional: Map<String, Value> =
        names.iter().map(|(name, conditional)| ((*name).to_owned(), json!(conditional))).collect();
    let names: Vec<&str> = names.into_iter().map(|(name, _)| name).collect();
    json!({"placeholders": names, "conditional": conditional})
}

fn data(input: &Value) -> Value {
    let sources = [Source::parse(text(input, "subject")), Source::parse(text(input, "content"))];
    let sources = [&sources[0], &sources[1]];
    let values = values(input);
    json!({
        "missing": placeholder::missing(&sources, &values),
        "additional": placeholder::additional(&sources, &values),
    })
}

fn compare(input: &Value) -> Value {
    let (old, new) = (Source::parse(text(input, "old")), Source::parse(text(input, "new")));
    let difference = placeholder::compare(&[&old], &[&new]);
    json!({
        "different": difference.any(),
        "added": difference.added,
        "removed": difference.removed,
    })
}

fn join(input: &Value) -> String {
    let items = input["items"].as_array().map(Vec::as_slice).unwrap_or_default();
    let items: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
    let sentence = Sentence {
        conjunction: text(input, "conjunction"),
        before: text(input, "before"),
        after: text(input, "after"),
        prefix: text(input, "prefix"),
        prefix_plural: text(input, "prefix_plural"),
    };
    sentence.html(&items)
}
