//! An SMTP server that does what a test tells it to, and keeps what it was told.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use futures::FutureExt;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::{ServerConfig, crypto::ring, pki_types::PrivateKeyDer};
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufStream},
    net::{TcpListener, TcpStream},
};
use tokio_rustls::TlsAcceptor;
use tokio_util::task::TaskTracker;

/// What the server does instead of the usual.
#[derive(Clone)]
pub enum Act {
    /// Says this line (or lines) in place of its usual answer.
    Say(&'static str),
    /// Closes the connection.
    Drop,
    /// Never answers.
    Hang,
}

type Rule = Box<dyn Fn(usize, &str) -> Option<Act> + Send + Sync>;

/// One message that the server took.
#[derive(Clone, Debug)]
pub struct Taken {
    pub from: String,
    pub to: String,
    /// As it was before dots were doubled.
    pub data: String,
    /// Whether more had arrived already when its end was read.
    pub followed: bool,
}

pub struct Server {
    pub address: SocketAddr,
    /// PEM of the certificate, when it speaks TLS.
    pub authority: Option<String>,
    shared: Arc<Shared>,
}

struct Shared {
    offers: Vec<&'static str>,
    rule: Rule,
    tls: Option<TlsAcceptor>,
    from_the_start: bool,
    connections: AtomicUsize,
    commands: Mutex<Vec<(usize, String)>>,
    taken: Mutex<Vec<Taken>>,
}

/// TLS as the server does it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    None,
    Later,
    FromTheStart,
}

impl Server {
    /// A server with these offers; `rule` sees the connection's number and each command, `.` for the
    /// end of the data and `connect` before the greeting.
    pub async fn start(
        offers: &[&'static str],
        tls: Tls,
        rule: impl Fn(usize, &str) -> Option<Act> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (acceptor, authority) = match tls {
            Tls::None => (None, None),
            _ => {
                let (acceptor, authority) = certificate();
                (Some(acceptor), Some(authority))
            }
        };
        let shared = Arc::new(Shared {
            offers: offers.to_vec(),
            rule: Box::new(rule),
            tls: acceptor,
            from_the_start: tls == Tls::FromTheStart,
            connections: AtomicUsize::new(0),
            commands: Mutex::default(),
            taken: Mutex::default(),
        });
        let tasks = TaskTracker::new();
        let serving = Arc::clone(&shared);
        tasks.clone().spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let number = serving.connections.fetch_add(1, Ordering::SeqCst);
                tasks.spawn(Arc::clone(&serving).serve(socket, number));
            }
        });
        Self { address, authority, shared }
    }

    pub fn taken(&self) -> Vec<Taken> {
        self.shared.taken.lock().unwrap().clone()
    }

    pub fn commands(&self) -> Vec<String> {
        self.shared.commands.lock().unwrap().iter().map(|(_, command)| command.clone()).collect()
    }

    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }
}

fn certificate() -> (TlsAcceptor, String) {
    let names = vec!["127.0.0.1".to_owned(), "localhost".to_owned()];
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(names).unwrap();
    let key = PrivateKeyDer::Pkcs8(signing_key.serialize_der().into());
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .unwrap();
    (TlsAcceptor::from(Arc::new(config)), cert.pem())
}

impl Shared {
    async fn serve(self: Arc<Self>, socket: TcpStream, number: usize) -> Option<()> {
        if self.from_the_start {
            let wire = self.tls.as_ref()?.accept(socket).await.ok()?;
            return self.talk(BufStream::new(wire), number, true).await.map(drop);
        }
        let wire = self.talk(BufStream::new(socket), number, true).await?;
        let wire = self.tls.as_ref()?.accept(wire.into_inner()).await.ok()?;
        self.talk(BufStream::new(wire), number, false).await.map(drop)
    }

    /// Talks until the end, or until TLS is wanted: then gives the wire back.
    async fn talk<W: AsyncRead + AsyncWrite + Unpin>(
        &self,
        mut wire: BufStream<W>,
        number: usize,
        greet: bool,
    ) -> Option<BufStream<W>> {
        if greet {
            self.answer(&mut wire, number, "connect", "220 test ESMTP").await?;
        }
        let mut envelope = [String::new(), String::new()];
        loop {
            let line = self.hear(&mut wire, number).await?;
            match line.split([' ', ':']).next()? {
                "STARTTLS" => {
                    self.answer(&mut wire, number, &line, "220 go").await?;
                    return Some(wire);
                }
                "QUIT" => {
                    self.answer(&mut wire, number, &line, "221 bye").await?;
                    return None;
                }
                verb => self.obey(&mut wire, number, (verb, &line), &mut envelope).await?,
            }
        }
    }

    async fn hear<W: AsyncRead + AsyncWrite + Unpin>(
        &self,
        wire: &mut BufStream<W>,
        number: usize,
    ) -> Option<String> {
        let mut line = String::new();
        wire.read_line(&mut line).await.ok().filter(|read| *read > 0)?;
        let line = line.trim_end().to_owned();
        self.commands.lock().unwrap().push((number, line.clone()));
        Some(line)
    }

    async fn obey<W: AsyncRead + AsyncWrite + Unpin>(
        &self,
        wire: &mut BufStream<W>,
        number: usize,
        (verb, line): (&str, &str),
        envelope: &mut [String; 2],
    ) -> Option<()> {
        let usual = match verb {
            "EHLO" => {
                let offers = self.offers.iter().map(|offer| format!("250-{offer}\r\n"));
                format!("250-test\r\n{}250 HELP", offers.collect::<String>())
            }
            "AUTH" => return self.sign_in(wire, number, line).await,
            "MAIL" => "250 2.1.0 ok".to_owned(),
            "RCPT" => "250 2.1.5 ok".to_owned(),
            "DATA" => "354 go".to_owned(),
            "BDAT" => {
                let size: usize = line.split(' ').nth(1)?.parse().ok()?;
                let mut data = vec![0; size];
                wire.read_exact(&mut data).await.ok()?;
                return self.take(wire, number, envelope, String::from_utf8(data).ok()?).await;
            }
            _ => "250 2.0.0 ok".to_owned(),
        };
        match verb {
            "MAIL" => line.clone_into(&mut envelope[0]),
            "RCPT" => line.clone_into(&mut envelope[1]),
            _ => {}
        }
        if self.answer(wire, number, line, &usual).await? == 354 {
            let data = read_data(wire).await?;
            self.take(wire, number, envelope, data).await?;
        }
        Some(())
    }

    async fn sign_in<W: AsyncRead + AsyncWrite + Unpin>(
        &self,
        wire: &mut BufStream<W>,
        number: usize,
        line: &str,
    ) -> Option<()> {
        if line == "AUTH LOGIN" {
            self.answer(wire, number, line, "334 VXNlcm5hbWU6").await?;
            let user = self.hear(wire, number).await?;
            self.answer(wire, number, &user, "334 UGFzc3dvcmQ6").await?;
            self.hear(wire, number).await?;
        }
        self.answer(wire, number, line, "235 2.7.0 ok").await.map(drop)
    }

    async fn take<W: AsyncRead + AsyncWrite + Unpin>(
        &self,
        wire: &mut BufStream<W>,
        number: usize,
        [from, to]: &[String; 2],
        data: String,
    ) -> Option<()> {
        let followed = wire.fill_buf().now_or_never().is_some();
        let (from, to) = (from.clone(), to.clone());
        let taken = Taken { from, to, data, followed };
        let usual = "250 2.0.0 Ok: queued as 4F3aX9";
        if !taken.data.is_empty() && !matches!((self.rule)(number, "."), Some(Act::Say(_))) {
            self.taken.lock().unwrap().push(taken);
        }
        self.answer(wire, number, ".", usual).await?;
        Some(())
    }

    /// Answers and tells the code; `None` when the connection is to end.
    async fn answer<W: AsyncRead + AsyncWrite + Unpin>(
        &self,
        wire: &mut BufStream<W>,
        number: usize,
        command: &str,
        usual: &str,
    ) -> Option<u16> {
        let said = match (self.rule)(number, command) {
            Some(Act::Drop) => return None,
            Some(Act::Hang) => std::future::pending().await,
            Some(Act::Say(said)) => said,
            None => usual,
        };
        wire.write_all(format!("{said}\r\n").as_bytes()).await.ok()?;
        wire.flush().await.ok()?;
        said.get(..3)?.parse().ok()
    }
}

/// Reads until the dot alone; takes doubled dots back.
async fn read_data<W: AsyncRead + AsyncWrite + Unpin>(wire: &mut BufStream<W>) -> Option<String> {
    let mut data = String::new();
    loop {
        let mut line = String::new();
        if wire.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        if line == ".\r\n" {
            return Some(data);
        }
        data += line.strip_prefix('.').unwrap_or(&line);
    }
}
