//! Passkeys in a real browser with a device of software: added, used alone and after the password, removed.

use testkit::Engine;
use tests::{
    Portico,
    tool::{node, run},
};

#[tokio::test]
async fn a_passkey_signs_in_alone_and_after_the_password() {
    // Browsers give passkeys to names only, and to this one without TLS.
    let public = ("PORTICO__SERVER__PUBLIC_URL", "http://localhost:{port}");
    let portico = Portico::start(Engine::Sqlite, &[public]).await;
    let address = portico.address.replace("127.0.0.1", "localhost");
    run(node().arg("clients/passkey.js").arg(address));
}
