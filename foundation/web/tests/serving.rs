//! The listener through a real socket: how it stops, and what it refuses.

#![expect(clippy::unwrap_used, reason = "a test whose socket breaks should fail")]

use std::{net::SocketAddr, time::Duration};

use axum::{Router, routing::get};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};
use tokio_util::sync::CancellationToken;

struct Server {
    address: SocketAddr,
    stop: CancellationToken,
    running: JoinHandle<std::io::Result<()>>,
}

async fn start() -> Server {
    let router = Router::new().route("/quick", get(|| async { "quick" })).route(
        "/slow",
        get(|| async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            "slow"
        }),
    );
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let stop = CancellationToken::new();
    #[expect(clippy::disallowed_methods, reason = "the test keeps and awaits the task itself")]
    let running = tokio::spawn(web::serve(listener, router, stop.clone()));
    Server { address, stop, running }
}

async fn said(stream: &mut TcpStream, request: &str) -> String {
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = vec![0; 4096];
    let length = stream.read(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer[..length]).into_owned()
}

#[tokio::test]
async fn one_connection_serves_many_requests_and_a_doubled_slash() {
    let server = start().await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    for path in ["/quick", "//quick", "///quick?a=b"] {
        let answer = said(&mut stream, &format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n")).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{path}: {answer}");
    }
}

#[tokio::test]
async fn a_request_in_hand_is_finished_and_then_the_server_ends() {
    let server = start().await;
    let mut busy = TcpStream::connect(server.address).await.unwrap();
    let mut idle = TcpStream::connect(server.address).await.unwrap();
    said(&mut idle, "GET /quick HTTP/1.1\r\nHost: x\r\n\r\n").await;
    busy.write_all(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    tokio::time::sleep(Duration::from_millis(50)).await;

    server.stop.cancel();
    let mut answer = String::new();
    busy.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("slow"), "{answer}");

    let ended = tokio::time::timeout(Duration::from_secs(2), server.running).await;
    ended.unwrap().unwrap().unwrap();
    assert!(TcpStream::connect(server.address).await.is_err(), "it still listens");
}

#[tokio::test]
async fn a_head_of_hostile_size_is_refused() {
    let server = start().await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let request = format!("GET /quick HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n", "y".repeat(60_000));
    let answer = said(&mut stream, &request).await;
    assert!(answer.starts_with("HTTP/1.1 431"), "{answer}");
}
