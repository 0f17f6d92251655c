//! A mail server that takes everything and remembers which messages it took.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// How often each message, by the left half of its `Message-ID`, was taken.
#[derive(Clone, Default)]
pub struct Sink {
    taken: Arc<Mutex<HashMap<String, usize>>>,
    open: Arc<AtomicUsize>,
}

impl Sink {
    /// Starts the server; gives it and its port.
    pub async fn start() -> (Self, u16) {
        let sink = Self::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = sink.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = server.clone();
                server.open.fetch_add(1, SeqCst);
                tokio::spawn(async move {
                    // A client that was killed in the middle leaves a broken connection; that is the test.
                    let _ = server.talk(stream).await;
                    server.open.fetch_sub(1, SeqCst);
                });
            }
        });
        (sink, port)
    }

    /// How often the message was taken.
    pub fn times(&self, id: &str) -> usize {
        self.taken.lock().unwrap().get(id).copied().unwrap_or(0)
    }

    /// Every message that was taken, with how often.
    pub fn all(&self) -> HashMap<String, usize> {
        self.taken.lock().unwrap().clone()
    }

    /// Waits until every client has hung up and what it sent to the end is counted.
    pub async fn deserted(&self) {
        while self.open.load(SeqCst) > 0 {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    async fn talk(&self, stream: TcpStream) -> std::io::Result<()> {
        stream.set_nodelay(true)?;
        let (from, mut to) = stream.into_split();
        let mut lines = BufReader::new(from).lines();
        to.write_all(b"220 sink\r\n").await?;
        while let Some(line) = lines.next_line().await? {
            let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
            match verb.as_str() {
                "EHLO" => to.write_all(b"250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n").await?,
                "DATA" => {
                    to.write_all(b"354 go on\r\n").await?;
                    let mut id = String::new();
                    loop {
                        // What ends without its full stop was not handed over.
                        let Some(line) = lines.next_line().await? else { return Ok(()) };
                        if line == "." {
                            break;
                        }
                        if let Some(rest) = line.strip_prefix("Message-ID: <") {
                            id = rest.split('@').next().unwrap_or_default().to_owned();
                        }
                    }
                    *self.taken.lock().unwrap().entry(id).or_default() += 1;
                    to.write_all(b"250 taken\r\n").await?;
                }
                "QUIT" => return to.write_all(b"221 bye\r\n").await,
                _ => to.write_all(b"250 fine\r\n").await?,
            }
        }
        Ok(())
    }
}
