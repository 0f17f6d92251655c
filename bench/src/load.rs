//! Load over kept connections: closed loops to find the limit, an open loop to find the delays.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use hdrhistogram::Histogram;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinSet,
};

/// Makes the next request.
pub type Request = Arc<dyn Fn() -> Vec<u8> + Send + Sync>;

/// What a round of load saw.
pub struct Seen {
    /// Answers with the expected status.
    pub answers: u64,
    /// How long the round took.
    pub took: Duration,
    /// Delays in microseconds.
    pub delays: Histogram<u64>,
    /// How late requests left that nothing of the server's held back, in microseconds; open loop only.
    pub late: Histogram<u64>,
}

impl Seen {
    /// Answers a second.
    pub fn rate(&self) -> f64 {
        self.answers as f64 / self.took.as_secs_f64()
    }

    /// The delay below which this share of the answers stayed, in milliseconds.
    pub fn delay(&self, quantile: f64) -> f64 {
        self.delays.value_at_quantile(quantile) as f64 / 1000.0
    }

    /// The same for how late our own requests left, in milliseconds.
    pub fn lateness(&self, quantile: f64) -> f64 {
        self.late.value_at_quantile(quantile) as f64 / 1000.0
    }
}

/// What one caller saw.
struct Own {
    delays: Histogram<u64>,
    late: Histogram<u64>,
}

impl Own {
    fn new() -> Result<Self> {
        Ok(Self { delays: Histogram::new(3)?, late: Histogram::new(3)? })
    }
}

/// `connections` callers that each wait for the answer before they ask again.
pub async fn closed(
    address: &str,
    connections: usize,
    length: Duration,
    expected: u16,
    request: Request,
) -> Result<Seen> {
    let (started, mut callers) = (Instant::now(), JoinSet::new());
    for _ in 0..connections {
        let (address, request) = (address.to_owned(), request.clone());
        callers.spawn(async move {
            let mut caller = Caller::connect(&address).await?;
            let mut own = Own::new()?;
            while started.elapsed() < length {
                let bytes = request();
                let asked = Instant::now();
                caller.ask(&bytes, expected).await?;
                own.delays.record(asked.elapsed().as_micros() as u64)?;
            }
            Ok(own)
        });
    }
    gather(callers, started).await
}

/// So many requests over `connections` connections, as quickly as they are answered; gives the answers.
pub async fn so_many(
    address: &str,
    connections: usize,
    many: usize,
    expected: u16,
    request: Request,
) -> Result<Vec<Vec<u8>>> {
    let mut callers = JoinSet::new();
    for nth in 0..connections {
        let (address, request) = (address.to_owned(), request.clone());
        let share = many / connections + usize::from(nth < many % connections);
        callers.spawn(async move {
            let mut caller = Caller::connect(&address).await?;
            let mut answers = Vec::with_capacity(share);
            for _ in 0..share {
                answers.push(caller.ask(&request(), expected).await?);
            }
            anyhow::Ok(answers)
        });
    }
    let mut all = Vec::with_capacity(many);
    while let Some(caller) = callers.join_next().await {
        all.extend(caller??);
    }
    Ok(all)
}

/// `rate` requests a second at fixed moments, whether or not earlier ones were answered.
///
/// When the answer before kept a request from leaving in time, its delay counts from the moment at
/// which it was meant to leave, so that a stall is seen in full. When only our own timer or a busy
/// core made it late, the delay counts from its leaving, and the lateness is kept apart.
pub async fn open(
    address: &str,
    rate: u32,
    length: Duration,
    expected: u16,
    request: Request,
) -> Result<Seen> {
    const LANES: u32 = 64;
    let (started, mut callers) = (Instant::now(), JoinSet::new());
    for lane in 0..LANES {
        let (address, request) = (address.to_owned(), request.clone());
        callers.spawn(async move {
            let mut caller = Caller::connect(&address).await?;
            let mut own = Own::new()?;
            let step = Duration::from_secs(1) * LANES / rate;
            let mut due = started + Duration::from_millis(100) + step * lane / LANES;
            while due < started + length {
                let held_back = Instant::now() > due;
                tokio::time::sleep_until(due.into()).await;
                let bytes = request();
                let leaves = Instant::now();
                if !held_back {
                    own.late.record(due.elapsed().as_micros() as u64)?;
                }
                caller.ask(&bytes, expected).await?;
                let from = if held_back { due } else { leaves };
                own.delays.record(from.elapsed().as_micros() as u64)?;
                due += step;
            }
            Ok(own)
        });
    }
    gather(callers, started).await
}

async fn gather(mut callers: JoinSet<Result<Own>>, started: Instant) -> Result<Seen> {
    let mut all = Own::new()?;
    while let Some(caller) = callers.join_next().await {
        let own = caller??;
        all.delays.add(own.delays)?;
        all.late.add(own.late)?;
    }
    let Own { delays, late } = all;
    Ok(Seen { answers: delays.len(), took: started.elapsed(), delays, late })
}

/// One kept connection.
pub struct Caller {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Caller {
    /// Connects to `host:port`.
    pub async fn connect(address: &str) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(16 * 1024) })
    }

    /// Sends one request and reads its whole answer; gives the body.
    pub async fn ask(&mut self, request: &[u8], expected: u16) -> Result<Vec<u8>> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        loop {
            ensure!(self.stream.read_buf(&mut self.buffer).await? > 0, "the server hung up");
            if let Some((head, length)) = head(&self.buffer)?
                && self.buffer.len() >= head + length
            {
                let status: u16 = std::str::from_utf8(&self.buffer[9..12])?.parse()?;
                if status != expected {
                    bail!("{}", String::from_utf8_lossy(&self.buffer));
                }
                return Ok(self.buffer[head..head + length].to_vec());
            }
        }
    }
}

/// The length of the head and of the body, once the head is whole.
fn head(buffer: &[u8]) -> Result<Option<(usize, usize)>> {
    let Some(end) = buffer.windows(4).position(|bytes| bytes == b"\r\n\r\n") else {
        return Ok(None);
    };
    let text = std::str::from_utf8(&buffer[..end])?.to_ascii_lowercase();
    let length = text.lines().find_map(|line| line.strip_prefix("content-length:"));
    Ok(Some((end + 4, length.context("a content-length")?.trim().parse()?)))
}

/// The bytes of a request.
pub fn request(line: &str, host: &str, headers: &str, body: &str) -> Vec<u8> {
    format!(
        "{line} HTTP/1.1\r\nhost: {host}\r\n{headers}content-type: application/json\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}
