//! The mail server that throws everything away and counts it: smtp-sink from the Debian package postfix.

use std::{
    io::{BufRead, BufReader},
    os::unix::fs::MetadataExt,
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};

/// A running smtp-sink.
pub struct Sink {
    port: String,
    child: Child,
    taken: Arc<AtomicUsize>,
}

impl Sink {
    /// Starts it on a free port.
    pub fn start() -> Result<Self> {
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port().to_string();
        let mut command = Command::new("/usr/sbin/smtp-sink");
        // As root it wants to be told whom to become; anybody else may not tell it.
        if Path::new("/proc/self").metadata()?.uid() == 0 {
            command.args(["-u", "nobody"]);
        }
        let mut child = command
            .args(["-c", &format!("127.0.0.1:{port}"), "1000"])
            .stdout(Stdio::piped())
            .spawn()
            .context("smtp-sink: install the package postfix")?;
        let counters = child.stdout.take().context("the counters of smtp-sink")?;
        let taken = Arc::new(AtomicUsize::new(0));
        let shown = taken.clone();
        std::thread::spawn(move || {
            for counter in BufReader::new(counters).split(b'\r').map_while(Result::ok) {
                if let Some(count) = messages(&String::from_utf8_lossy(&counter)) {
                    shown.store(count, Relaxed);
                }
            }
        });
        Ok(Self { port, child, taken })
    }

    /// Messages that it has taken since it started.
    pub fn taken(&self) -> usize {
        self.taken.load(Relaxed)
    }

    /// Waits until it has taken `expected` messages, and fails when it took more or fewer.
    pub async fn took(&self, expected: usize) -> Result<()> {
        let asked = Instant::now();
        while self.taken() < expected && asked.elapsed() < Duration::from_secs(5) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let taken = self.taken();
        ensure!(taken == expected, "smtp-sink took {taken} messages in all instead of {expected}");
        Ok(())
    }

    /// Settings of a Portico that sends everything here and delivers only when it is told to.
    pub fn settings(&self) -> [(&str, &str); 5] {
        [
            ("PORTICO__NOTIFY__DELIVER", "false"),
            ("PORTICO__PROVIDERS__EMAIL__ROUTE", "smtp"),
            ("PORTICO__PROVIDERS__EMAIL__SMTP__HOST", "127.0.0.1"),
            ("PORTICO__PROVIDERS__EMAIL__SMTP__PORT", &self.port),
            ("PORTICO__PROVIDERS__EMAIL__SMTP__PROTECTION", "plain"),
        ]
    }

    /// Messages a second that smtp-source brings here: 5 KB each over 10 kept connections.
    pub async fn source(&self, messages: usize) -> Result<f64> {
        let (before, started) = (self.taken(), Instant::now());
        let status = Command::new("/usr/sbin/smtp-source")
            .args(["-d", "-s", "10", "-l", "5120", "-m", &messages.to_string()])
            .args(["-f", "a@example.gc.ca", "-t", "b@example.gc.ca"])
            .arg(format!("127.0.0.1:{}", self.port))
            .status()?;
        let took = started.elapsed().as_secs_f64();
        ensure!(status.success(), "smtp-source failed");
        self.took(before + messages).await?;
        Ok(messages as f64 / took)
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The messages in `sess=10 quit=10 mesg=2000`.
fn messages(counter: &str) -> Option<usize> {
    counter.split_once("mesg=")?.1.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::messages;

    #[test]
    fn the_counter_of_messages_is_read() {
        assert_eq!(messages("sess=10 quit=9 mesg=2000"), Some(2000));
        assert_eq!(messages("sess=10 quit=9"), None);
    }
}
