//! The published clients, unchanged, against a running server on each engine.

use testkit::Engine;
use tests::{
    Portico,
    tool::{here, node, python, run},
};

async fn python_client(engine: Engine) {
    let portico = Portico::start(engine, &[]).await;
    let script = here().join("clients/python_client.py");
    run(python().arg(script).args([&portico.address, &portico.key]));
}

async fn node_client(engine: Engine) {
    let portico = Portico::start(engine, &[]).await;
    let script = here().join("clients/node_client.js");
    run(node().arg(script).args([&portico.address, &portico.key]));
}

#[tokio::test]
async fn the_python_client_works_on_sqlite() {
    python_client(Engine::Sqlite).await;
}

#[tokio::test]
async fn the_python_client_works_on_postgres() {
    python_client(Engine::Postgres).await;
}

#[tokio::test]
async fn the_node_client_works_on_sqlite() {
    node_client(Engine::Sqlite).await;
}

#[tokio::test]
async fn the_node_client_works_on_postgres() {
    node_client(Engine::Postgres).await;
}
