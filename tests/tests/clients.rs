//! The published clients, unchanged, against a running server on each engine.

use tests::{
    Portico,
    tool::{here, node, python, run},
};

tests::on_each_engine! {
    async fn the_python_client_works(engine) {
        let portico = Portico::start(engine, &[]).await;
        let script = here().join("clients/python_client.py");
        run(python().arg(script).args([&portico.address, &portico.key]));
    }

    async fn the_node_client_works(engine) {
        let portico = Portico::start(engine, &[]).await;
        let script = here().join("clients/node_client.js");
        run(node().arg(script).args([&portico.address, &portico.key]));
    }
}
