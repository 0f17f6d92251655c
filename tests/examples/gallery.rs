//! Serves the gallery of components at the address given, such as `127.0.0.1:6020`, until it is stopped.

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:6020".to_owned());
    let listener = tokio::net::TcpListener::bind(&address).await?;
    println!("http://{address}/form /shown /figures");
    axum::serve(listener, tests::gallery::router()).await
}
