//! Every component in a real browser: axe finds nothing, nothing is wider than the screen, and script only adds.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use tests::{
    gallery,
    tool::{node, run},
};

#[tokio::test]
async fn every_component_serves_everybody() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let look = move || run(node().args(["clients/gallery.js", &address]));
    tokio::select! {
        looked = tokio::task::spawn_blocking(look) => { looked.unwrap(); }
        ended = axum::serve(listener, gallery::router()) => panic!("the gallery closed: {ended:?}"),
    }
}
