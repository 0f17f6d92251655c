//! The listener: accepts connections, answers them over HTTP/1.1 and stops without cutting anyone off.

use std::{io, sync::Arc, time::Duration};

use axum::{Router, body::Body};
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower::Service;

use crate::slashes;

/// How long requests in hand may take once the stop was asked for. Below the 10 s that an operator grants the process.
pub const FINISH_WITHIN: Duration = Duration::from_secs(8);

/// A connection that sends no complete request head within this time is closed. It also bounds idle keep-alive,
/// so it stays above the 60 s after which the usual load balancers give up a connection themselves: the side that
/// closes first must not be ours, or a request in flight is lost.
const HEAD_WITHIN: Duration = Duration::from_secs(75);

/// Largest request line and headers together, in bytes. A Notify token is below 400.
const LARGEST_HEAD: usize = 32 * 1024;

/// Most bytes a connection buffers, for the head and for each piece of a body.
const LARGEST_BUFFER: usize = 128 * 1024;

/// Most connections at once; further ones wait in the system's queue.
const MOST_CONNECTIONS: usize = 8_192;

/// Serves `router` until `shutdown` is cancelled, then accepts no more and lets requests in hand finish within
/// [`FINISH_WITHIN`]; what is left after that is cut off and counted in the log.
///
/// # Errors
/// Only when the listener itself cannot be read (its address is gone).
pub async fn serve(
    listener: TcpListener,
    router: Router,
    shutdown: CancellationToken,
) -> io::Result<()> {
    tracing::info!(address = %listener.local_addr()?, "listening");
    let connections = TaskTracker::new();
    let cut = CancellationToken::new();
    let room = Arc::new(Semaphore::new(MOST_CONNECTIONS));

    while let Some((stream, seat)) = next_connection(&listener, &room, &shutdown).await {
        connections.spawn(connection(stream, router.clone(), shutdown.clone(), cut.clone(), seat));
    }

    drop(listener);
    connections.close();
    if tokio::time::timeout(FINISH_WITHIN, connections.wait()).await.is_err() {
        tracing::warn!(connections = connections.len(), "cut off requests that did not finish");
        cut.cancel();
        connections.wait().await;
    }
    Ok(())
}

/// The next connection with its seat, or nothing once the stop was asked for.
async fn next_connection(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
    shutdown: &CancellationToken,
) -> Option<(TcpStream, OwnedSemaphorePermit)> {
    loop {
        let accepted = async {
            let seat = Arc::clone(room).acquire_owned().await;
            (listener.accept().await, seat)
        };
        let (accepted, seat) = tokio::select! {
            biased;
            () = shutdown.cancelled() => return None,
            next = accepted => next,
        };
        match (accepted, seat) {
            (Ok((stream, _)), Ok(seat)) => return Some((stream, seat)),
            (Err(error), _) => pause_after(&error).await,
            (_, Err(_)) => return None,
        }
    }
}

/// A client that left before it was accepted is nothing; no file descriptors left is worth a breath and a word.
async fn pause_after(error: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if !matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset) {
        tracing::error!(%error, "cannot accept connections");
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
}

/// One connection from its first request to its last.
async fn connection(
    stream: TcpStream,
    router: Router,
    shutdown: CancellationToken,
    cut: CancellationToken,
    seat: OwnedSemaphorePermit,
) {
    let _ = stream.set_nodelay(true);
    let answer = hyper::service::service_fn(move |mut request: hyper::Request<Incoming>| {
        slashes::collapse(request.uri_mut());
        router.clone().call(request.map(Body::new))
    });
    let mut work = std::pin::pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD_WITHIN)
            .max_header_size(LARGEST_HEAD)
            .max_buf_size(LARGEST_BUFFER)
            .serve_connection(TokioIo::new(stream), answer)
    );

    let ended = tokio::select! {
        ended = work.as_mut() => Some(ended),
        () = shutdown.cancelled() => None,
    };
    let ended = match ended {
        Some(ended) => ended,
        None => {
            work.as_mut().graceful_shutdown();
            tokio::select! {
                ended = work.as_mut() => ended,
                () = cut.cancelled() => Ok(()),
            }
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended early");
    }
    drop(seat);
}
