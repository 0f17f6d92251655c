use std::{collections::BTreeSet, fs, path::Path};

use serde_json::Value;

use crate::app::{App, Migrator};

/// The document as it stands in the repository; its server is the tests' own.
async fn written(app: &App) -> Value {
    app.call(http::Method::GET, "/v2/openapi-en", None, "").await.body
}

testkit::on_each_engine! { Migrator;
    async fn the_document_in_the_repository_is_fresh(test) {
        let app = App::start(&test).await;
        let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/api/notify.json"));
        let wanted = format!("{:#}\n", written(&app).await);
        if fs::read_to_string(path).unwrap_or_default() != wanted {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, wanted).unwrap();
            panic!("docs/api/notify.json was not fresh and has been written anew: look at it and commit it");
        }
    }

    async fn the_french_document_has_the_same_routes_in_french_words(test) {
        let app = App::start(&test).await;
        let english = written(&app).await;
        let french = app.call(http::Method::GET, "/v2/openapi-fr", None, "").await.body;
        assert_ne!(english["info"]["title"], french["info"]["title"]);
        let (mut routes, paths) = (0, english["paths"].as_object().unwrap());
        for (path, item) in paths {
            for (method, operation) in item.as_object().unwrap() {
                let other = &french["paths"][path][method];
                assert_eq!(operation["operationId"], other["operationId"]);
                assert_ne!(operation["summary"], other["summary"], "{method} {path}");
                assert_eq!(statuses(operation), statuses(other));
                routes += 1;
            }
        }
        assert!(routes > 30, "{routes}");
    }

    async fn every_sentence_of_the_document_is_there_in_french(test) {
        let app = App::start(&test).await;
        let english = sentences(&written(&app).await);
        let french = app.call(http::Method::GET, "/v2/openapi-fr", None, "").await.body;
        // A new sentence needs its French one in notify/api/src/openapi/french.json; words of the wire stay.
        let same = english.intersection(&sentences(&french)).cloned().collect::<Vec<_>>();
        let left: Vec<_> = same.iter().filter(|text| !text.starts_with('`')).collect();
        assert_eq!(left, Vec::<&String>::new());
    }

    async fn every_refusal_of_the_document_has_the_shape_of_errors(test) {
        let app = App::start(&test).await;
        let english = written(&app).await;
        let text = english.to_string();
        for reference in text.split("\"$ref\":\"#").skip(1) {
            let pointer = reference.split('"').next().unwrap();
            assert!(english.pointer(pointer).is_some(), "nothing at {pointer}");
        }
        assert!(english["openapi"].as_str().unwrap().starts_with("3.1"));
        for (path, item) in english["paths"].as_object().unwrap() {
            for operation in item.as_object().unwrap().values() {
                for (status, response) in operation["responses"].as_object().unwrap() {
                    let shape = &response["content"]["application/json"]["schema"]["$ref"];
                    let legacy = path.ends_with("/version/{version}") && status == "404";
                    if status.as_str() >= "400" && !legacy {
                        assert_eq!(shape, "#/components/schemas/Errors", "{path} {status}");
                    }
                }
            }
        }
    }
}

fn statuses(operation: &Value) -> Vec<&String> {
    operation["responses"].as_object().unwrap().keys().collect()
}

/// Every summary and description below `value`.
fn sentences(value: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                match member {
                    Value::String(text) if key == "summary" || key == "description" => {
                        found.insert(text.clone());
                    }
                    member => found.extend(sentences(member)),
                }
            }
        }
        Value::Array(list) => found.extend(list.iter().flat_map(sentences)),
        _ => {}
    }
    found
}
