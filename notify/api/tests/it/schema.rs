use http::{Method, Request, StatusCode, header};
use serde_json::{Value, json};

use crate::app::{Answer, App, Migrator, merged};

const EMAIL: &str = "/v2/notifications/email";
const SMS: &str = "/v2/notifications/sms";

fn messages(answer: &Answer) -> Vec<&str> {
    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.body);
    answer.messages()
}

/// A request that is good but for `with`.
fn email(app: &App, with: Value) -> Value {
    merged(json!({"email_address": "a@b.ca", "template_id": app.service}), with)
}

testkit::on_each_engine! { Migrator;
    async fn vectors_9_to_13_every_problem_is_named_in_the_known_grammar(test) {
        let app = App::start(&test).await;
        let asked: &[(&str, Value, &[&str])] = &[
            (EMAIL, json!({}), &["email_address is a required property", "template_id is a required property"]),
            (SMS, json!({}), &["phone_number is a required property", "template_id is a required property"]),
            (EMAIL, json!([]), &["[] is not of type object"]),
            (EMAIL, email(&app, json!({"template_id": "abc"})), &["template_id is not a valid UUID"]),
            (EMAIL, email(&app, json!({"template_id": null})), &["template_id is not a valid UUID"]),
            (EMAIL, email(&app, json!({"foo": 1})), &["Additional properties are not allowed (foo was unexpected)"]),
            (EMAIL, email(&app, json!({"a": 1, "b": 2})), &["Additional properties are not allowed (a, b were unexpected)"]),
            (SMS, json!({"phone_number": 7_700_900_001_i64, "template_id": app.service}), &["phone_number 7700900001 is not of type string"]),
            (EMAIL, email(&app, json!({"email_address": "a@"})), &["email_address Not a valid email address"]),
            (SMS, json!({"phone_number": "12", "template_id": app.service}), &["phone_number Not a valid international number"]),
            (EMAIL, email(&app, json!({"reference": null})), &["reference None is not of type string"]),
            (EMAIL, email(&app, json!({"reference": "a\u{0}"})), &["reference must not contain a null character"]),
            (EMAIL, email(&app, json!({"personalisation": "not_a_dict"})), &["personalisation not_a_dict is not of type object"]),
            (EMAIL, email(&app, json!({"scheduled_for": 42})), &["scheduled_for 42 is not of type string, null"]),
            (EMAIL, email(&app, json!({"one_click_unsubscribe_url": "http://x.ca"})), &["one_click_unsubscribe_url is not a valid https url"]),
            (EMAIL, email(&app, json!({"personalisation": {"a": {"b": 1}}})), &["personalisation file is a required property"]),
            (EMAIL, email(&app, json!({"callback": {"url": "https://10.0.0.1/"}})), &["callback must not point to a private network"]),
        ];
        for (path, body, expected) in asked {
            assert_eq!(messages(&app.post(path, &app.key, body).await), *expected, "{body}");
        }
        let long = "a".repeat(1001);
        let answer = app.post(EMAIL, &app.key, &email(&app, json!({"reference": long}))).await;
        assert_eq!(messages(&answer), [format!("reference {long} is too long")]);
    }

    async fn identifiers_are_read_in_every_spelling(test) {
        let app = App::start(&test).await;
        let plain = app.service.to_string();
        let spellings = [plain.to_uppercase(), plain.replace('-', ""), format!("{{{plain}}}"), format!("urn:uuid:{plain}")];
        for spelling in spellings {
            let answer = app.post(EMAIL, &app.key, &email(&app, json!({"template_id": spelling}))).await;
            answer.refused(400, "BadRequestError", "Template not found");
        }
        let answer = app.post(EMAIL, &app.key, &email(&app, json!({"template_id": format!(" {plain}")}))).await;
        assert_eq!(messages(&answer), ["template_id is not a valid UUID"]);
    }

    async fn vectors_18_to_21_values_and_files_have_their_limits(test) {
        let app = App::start(&test).await;
        let refused = async |values: Value| {
            let answer = app.post(EMAIL, &app.key, &email(&app, json!({"personalisation": values}))).await;
            messages(&answer).join("|")
        };
        assert_eq!(refused(json!({"a": "x".repeat(51_201)})).await,
            "Personalisation variables size of 51201 bytes is greater than allowed limit of 51200 bytes.");
        assert_eq!(refused(json!({"a": "é".repeat(51_200)})).await, "Template not found");
        let files: serde_json::Map<_, _> = (0..11).map(|n| (format!("f{n}"), json!({"file": "aGk="}))).collect();
        assert_eq!(refused(Value::Object(files)).await, "File number exceed allowed limits of 10 with number of 11.");
        assert_eq!(refused(json!({"doc": {"file": "a"}})).await, "doc : Incorrect padding : Error decoding base64 field");
        assert_eq!(refused(json!({"doc": {"file": "é"}})).await,
            "doc : string argument should contain only ASCII characters : Error decoding base64 field");
        assert_eq!(refused(json!({"doc": {"file": "aGk=", "sending_method": "foo"}})).await,
            "personalisation foo is not one of [attach, link]");
        assert_eq!(refused(json!({"doc": {"file": "aGk=", "sending_method": "attach"}})).await,
            "personalisation filename is a required property");
        assert_eq!(refused(json!({"doc": {"file": "aGk=", "sending_method": "attach", "filename": "a"}})).await,
            "personalisation a is too short");
        let large = "A".repeat(14 * 1024 * 1024);
        assert_eq!(refused(json!({"doc": {"file": large, "filename": "big.pdf"}})).await,
            "doc : File size for big.pdf is 11010048 and greater than allowed limit of 10485760.");
    }

    async fn a_body_is_json_whatever_it_says_it_is(test) {
        let app = App::start(&test).await;
        let broken = "Error decoding arguments: The browser (or proxy) sent a request that this server could not understand.";
        for body in ["{", "nonsense", "{\"a\": NaN}", "\u{feff}", " "] {
            let answer = app.call(Method::POST, EMAIL, Some(&app.key.header()), body).await;
            answer.refused(400, "BadRequestError", broken);
        }
        let text = Request::post(EMAIL).header(header::AUTHORIZATION, app.key.header()).header(header::CONTENT_TYPE, "text/plain");
        let answer = app.ask(text.body("".into()).unwrap()).await;
        assert_eq!(messages(&answer).len(), 2);
    }

    async fn hostile_bodies_are_refused_early(test) {
        let app = App::start(&test).await;
        let deep = format!("{{\"personalisation\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
        let answer = app.call(Method::POST, EMAIL, Some(&app.key.header()), deep).await;
        assert_eq!(answer.body["errors"][0]["code"], "malformed-json");
        let huge = vec![b' '; 100 * 1024 * 1024];
        let answer = app.call(Method::POST, EMAIL, Some(&app.key.header()), huge.clone()).await;
        assert_eq!((answer.status.as_u16(), &answer.body["errors"][0]["code"]), (413, &json!("body-too-large")));
        // Without a key nothing of the body is looked at.
        assert_eq!(app.call(Method::POST, EMAIL, None, huge).await.status, StatusCode::UNAUTHORIZED);
        let long = format!("ApiKey-v1 gcntfy-{}", "x".repeat(60_000));
        assert_eq!(app.call(Method::POST, EMAIL, Some(&long), "{}").await.status, StatusCode::FORBIDDEN);
    }

    async fn unknown_paths_and_methods_have_the_legacy_shape(test) {
        let app = App::start(&test).await;
        let lost = "The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.";
        for (method, path) in [(Method::GET, "/v2/nothing"), (Method::POST, "/v2/notifications/fax"), (Method::GET, "/v2")] {
            let answer = app.call(method, path, None, "{}").await;
            assert_eq!((answer.status.as_u16(), answer.body), (404, json!({"result": "error", "message": lost})), "{path}");
        }
        let answer = app.get("/v2/notifications/x/y/z", &app.key).await;
        assert_eq!((answer.status.as_u16(), &answer.body["result"]), (404, &json!("error")));
        let answer = app.call(Method::PUT, EMAIL, None, "{}").await;
        let wrong = json!({"result": "error", "message": "The method is not allowed for the requested URL."});
        assert_eq!((answer.status.as_u16(), answer.body), (405, wrong));
    }
}
