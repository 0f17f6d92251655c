//! The development mailbox with something in it.

use std::time::Duration;

use serde_json::json;

use crate::Portico;

/// Sends one email and one text, and gives the paths of their pages in the mailbox.
pub async fn two_messages(portico: &Portico) -> Vec<String> {
    let http = Portico::http();
    let text = json!({
        "phone_number": "+16135550142",
        "template_id": portico.template("Sign-in").await,
        "personalisation": { "code": "204811" },
    });
    let email = json!({
        "email_address": "noor@example.gc.ca",
        "template_id": portico.template("Application").await,
        "personalisation": { "name": "Noor", "reference": "A-1", "days": 5 },
    });
    for (kind, body) in [("sms", text), ("email", email)] {
        let url = format!("{}/v2/notifications/{kind}", portico.address);
        let asked = http.post(url).header("Authorization", portico.authorization()).json(&body);
        assert_eq!(asked.send().await.unwrap().status(), 201);
    }
    for _ in 0..50 {
        let listed = http.get(format!("{}/dev/mailbox", portico.address)).send().await.unwrap();
        let paths = links(&listed.text().await.unwrap());
        if paths.len() == 2 {
            return paths;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Vec::new()
}

fn links(page: &str) -> Vec<String> {
    let mut paths: Vec<String> = page
        .split("href=\"")
        .filter(|rest| rest.starts_with("/dev/mailbox/"))
        .map(|rest| rest.split('"').next().unwrap_or_default().to_owned())
        .collect();
    paths.dedup();
    paths
}
