//! The wire to an SMTP server: replies in, bytes out, every wait with an end.

use std::{io, time::Duration};

use thiserror::Error;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    time::timeout,
};

use super::reply::{Parsed, Reply};

/// Why a connection is of no more use.
#[derive(Debug, Error)]
pub(crate) enum Broken {
    #[error("the connection broke: {0}")]
    Io(#[from] io::Error),
    #[error("the server closed the connection")]
    Closed,
    #[error("no answer in time: {0}")]
    Slow(&'static str),
    #[error("the server does not speak SMTP")]
    Garbled,
    /// 421: the server closes, and has not taken what it was asked to take.
    #[error("the server closes: {0}")]
    Goodbye(Reply),
    /// The server cannot be used as the settings want it.
    #[error("{0}")]
    Unfit(String),
}

/// Any connection, in clear or in TLS.
pub(crate) trait Wire: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Wire for T {}

/// A wire and what was read from it but not yet used.
pub(crate) struct Lines<W> {
    wire: W,
    held: Vec<u8>,
}

impl<W: Wire> Lines<W> {
    pub(crate) const fn new(wire: W) -> Self {
        Self { wire, held: Vec::new() }
    }

    /// The wire alone, to be lifted to TLS. What the server sent too early, in clear, must not be
    /// taken for an answer that came inside TLS.
    pub(crate) fn into_wire(self) -> Result<W, Broken> {
        if self.held.is_empty() { Ok(self.wire) } else { Err(Broken::Garbled) }
    }

    /// The next reply, awaited for `limit` at most; `during` names the step in the error.
    pub(crate) async fn reply(
        &mut self,
        limit: Duration,
        during: &'static str,
    ) -> Result<Reply, Broken> {
        timeout(limit, self.next_reply()).await.unwrap_or(Err(Broken::Slow(during)))
    }

    async fn next_reply(&mut self) -> Result<Reply, Broken> {
        loop {
            match Reply::parse(&self.held) {
                Parsed::Whole(reply, used) => {
                    self.held.drain(..used);
                    let goodbye = reply.is_goodbye();
                    return if goodbye { Err(Broken::Goodbye(reply)) } else { Ok(reply) };
                }
                Parsed::Garbled => return Err(Broken::Garbled),
                Parsed::Partial => {}
            }
            if self.wire.read_buf(&mut self.held).await? == 0 {
                return Err(Broken::Closed);
            }
        }
    }

    /// Writes all of `bytes`; each stretch has to be taken within `limit`.
    pub(crate) async fn say(&mut self, bytes: &[u8], limit: Duration) -> Result<(), Broken> {
        self.put(bytes, limit).await.map_err(|(_, why)| why)
    }

    /// As [`Lines::say`], and tells on failure how many bytes may have left.
    pub(crate) async fn put(
        &mut self,
        bytes: &[u8],
        limit: Duration,
    ) -> Result<(), (usize, Broken)> {
        const DURING: &str = "sending";
        let mut left = 0;
        while left < bytes.len() {
            match timeout(limit, self.wire.write(&bytes[left..])).await {
                Ok(Ok(0)) => return Err((left, Broken::Closed)),
                Ok(Ok(more)) => left += more,
                Ok(Err(error)) => return Err((left, error.into())),
                Err(_) => return Err((left, Broken::Slow(DURING))),
            }
        }
        match timeout(limit, self.wire.flush()).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err((left, error.into())),
            Err(_) => Err((left, Broken::Slow(DURING))),
        }
    }

    /// Whether the server has said or closed anything while nothing was asked of it.
    pub(crate) fn is_quiet(&mut self) -> bool {
        use futures::FutureExt;
        self.held.is_empty() && self.wire.read_buf(&mut self.held).now_or_never().is_none()
    }

    /// Says goodbye without waiting for the answer.
    pub(crate) async fn quit(mut self) {
        const PATIENCE: Duration = Duration::from_secs(1);
        if self.say(b"QUIT\r\n", PATIENCE).await.is_ok() {
            let _ = timeout(PATIENCE, self.wire.shutdown()).await;
        }
    }
}
