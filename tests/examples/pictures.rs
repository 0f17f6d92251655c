//! Takes the pictures of the README into the folder given; `cargo xtask pictures` runs it.
#![expect(clippy::expect_used, reason = "nothing to do without its argument")]

use testkit::Engine;
use tests::{
    Portico,
    tool::{node, run},
};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let folder = std::env::args().nth(1).expect("the folder for the pictures");
    let portico = Portico::start(Engine::Sqlite, &[]).await;
    run(node().args(["clients/pictures.js", &portico.address, &folder]));
}
