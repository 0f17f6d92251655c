//! schemathesis asks everything that the OpenAPI document allows and much that it does not.

use tests::{
    Portico,
    tool::{python_command, run},
};

tests::on_each_engine! {
    async fn nothing_undocumented_is_answered(engine) {
        let portico = Portico::start(engine, &[]).await;
        portico.command(&["admin", "limits", "set", "--service", "Demonstration", "--rate", "100000000"]);
        let made = portico.command(&[
            "admin", "key", "create", "--service", "Demonstration", "--capability", "manage_templates", "--capability", "manage_reports",
            "Everything",
        ]);
        let Some(key) = made.split_whitespace().find(|word| word.starts_with("gcntfy-")) else {
            panic!("no key in {made}");
        };
        let authorization = format!("Authorization: ApiKey-v1 {key}");
        run(python_command("schemathesis")
            .arg("run")
            .arg(format!("{}/v2/openapi-en", portico.address))
            .args(["--header", &authorization])
            .args(["--checks", "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"])
            .args(["--max-examples", "25", "--seed", "1", "--no-color"]));
    }
}
