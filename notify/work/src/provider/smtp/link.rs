//! Opening a connection to an SMTP server: greeting, TLS, sign-in.

use std::sync::Arc;

use base64::{Engine, engine::general_purpose::STANDARD};
use kernel::Secret;
use rustls::pki_types::ServerName;
use tokio::{net::TcpStream, time::timeout};
use tokio_rustls::TlsConnector;

use super::{
    reply::Reply,
    settings::{Protection, SmtpSettings},
    wire::{Broken, Lines, Wire},
};

/// A signed-in connection.
pub(crate) struct Link {
    pub(crate) settings: Arc<SmtpSettings>,
    pub(crate) lines: Lines<Box<dyn Wire>>,
    pub(crate) offers: Offers,
    /// Messages that went over it.
    pub(crate) carried: u32,
    /// A refused message left a transaction open, so the next one starts with `RSET`.
    pub(crate) unclean: bool,
}

/// What the server can do, from its answer to `EHLO`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Offers {
    pub(crate) pipelining: bool,
    pub(crate) chunking: bool,
    pub(crate) eight_bit: bool,
    pub(crate) smtputf8: bool,
    /// `SIZE` may be given with `MAIL`.
    pub(crate) size: bool,
    /// Largest message, in bytes, where there is a limit.
    pub(crate) largest: Option<usize>,
    starttls: bool,
    plain: bool,
    login: bool,
}

impl Offers {
    pub(crate) fn read(reply: &Reply) -> Self {
        let mut offers = Self::default();
        for line in reply.lines.iter().skip(1) {
            let line = line.to_ascii_uppercase();
            let mut words = line.split([' ', '=']).filter(|word| !word.is_empty());
            match words.next() {
                Some("PIPELINING") => offers.pipelining = true,
                Some("CHUNKING") => offers.chunking = true,
                Some("8BITMIME") => offers.eight_bit = true,
                Some("SMTPUTF8") => offers.smtputf8 = true,
                Some("STARTTLS") => offers.starttls = true,
                Some("SIZE") => {
                    offers.size = true;
                    let limit = words.next().and_then(|word| word.parse().ok());
                    offers.largest = limit.filter(|&limit| limit > 0);
                }
                Some("AUTH") => words.for_each(|word| match word {
                    "PLAIN" => offers.plain = true,
                    "LOGIN" => offers.login = true,
                    _ => {}
                }),
                _ => {}
            }
        }
        offers
    }
}

impl Link {
    /// Connects as the settings say.
    ///
    /// # Errors
    /// [`Broken`]; none of them is the fault of a message.
    pub(crate) async fn open(
        settings: &Arc<SmtpSettings>,
        tls: &TlsConnector,
    ) -> Result<Self, Broken> {
        let limit = settings.connect_limit();
        let socket = timeout(limit, TcpStream::connect((settings.host.as_str(), settings.port)))
            .await
            .unwrap_or(Err(std::io::ErrorKind::TimedOut.into()))?;
        socket.set_nodelay(true)?;
        let (lines, offers) = match settings.protection {
            Protection::Tls => {
                let mut lines = Lines::new(secure(settings, tls, socket).await?);
                greeting(&mut lines, settings).await?;
                hello(lines, settings).await?
            }
            Protection::Starttls => {
                let mut lines = Lines::new(socket);
                greeting(&mut lines, settings).await?;
                let socket = starttls(lines, settings).await?;
                hello(Lines::new(secure(settings, tls, socket).await?), settings).await?
            }
            Protection::Plain => {
                if !socket.peer_addr()?.ip().is_loopback() {
                    return Err(Broken::Unfit(format!(
                        "{} is not this machine: nothing is sent to it without TLS",
                        settings.host
                    )));
                }
                let mut lines = Lines::new(Box::new(socket) as Box<dyn Wire>);
                greeting(&mut lines, settings).await?;
                hello(lines, settings).await?
            }
        };
        let mut link =
            Self { settings: Arc::clone(settings), lines, offers, carried: 0, unclean: false };
        // SmtpSettings::check lets no password through to a connection without TLS.
        if let (Some(user), Some(password)) = (&settings.username, &settings.password) {
            link.sign_in(user, password).await?;
        }
        Ok(link)
    }

    async fn sign_in(&mut self, user: &str, password: &Secret) -> Result<(), Broken> {
        if self.settings.protection == Protection::Plain {
            return Err(Broken::Unfit("a password is never sent without TLS".to_owned()));
        }
        let secret = password.expose();
        if self.offers.plain {
            let both = STANDARD.encode(format!("\0{user}\0{secret}"));
            return self.answer(&format!("AUTH PLAIN {both}"), 235).await;
        }
        if !self.offers.login {
            return Err(Broken::Unfit("the server offers no sign-in that we know".to_owned()));
        }
        self.answer("AUTH LOGIN", 334).await?;
        self.answer(&STANDARD.encode(user), 334).await?;
        self.answer(&STANDARD.encode(secret), 235).await
    }

    async fn answer(&mut self, said: &str, wanted: u16) -> Result<(), Broken> {
        let limit = self.settings.command_limit();
        self.lines.say(format!("{said}\r\n").as_bytes(), limit).await?;
        let reply = self.lines.reply(limit, "sign-in").await?;
        if reply.code == wanted {
            return Ok(());
        }
        Err(Broken::Unfit(format!("the server refuses our sign-in: {reply}")))
    }
}

async fn greeting<W: Wire>(lines: &mut Lines<W>, settings: &SmtpSettings) -> Result<(), Broken> {
    let reply = lines.reply(settings.command_limit(), "greeting").await?;
    if reply.code == 220 {
        return Ok(());
    }
    Err(Broken::Unfit(format!("the server refuses our connection: {reply}")))
}

async fn ehlo<W: Wire>(lines: &mut Lines<W>, settings: &SmtpSettings) -> Result<Offers, Broken> {
    let limit = settings.command_limit();
    lines.say(format!("EHLO {}\r\n", settings.hello).as_bytes(), limit).await?;
    let reply = lines.reply(limit, "EHLO").await?;
    if !reply.is_good() {
        return Err(Broken::Unfit(format!("the server refuses EHLO: {reply}")));
    }
    Ok(Offers::read(&reply))
}

async fn hello<W: Wire + 'static>(
    mut lines: Lines<W>,
    settings: &SmtpSettings,
) -> Result<(Lines<Box<dyn Wire>>, Offers), Broken> {
    let offers = ehlo(&mut lines, settings).await?;
    Ok((Lines::new(Box::new(lines.into_wire()?)), offers))
}

/// Asks for TLS; gives the socket back, ready for the handshake.
async fn starttls(
    mut lines: Lines<TcpStream>,
    settings: &SmtpSettings,
) -> Result<TcpStream, Broken> {
    if !ehlo(&mut lines, settings).await?.starttls {
        return Err(Broken::Unfit("the server does not offer STARTTLS".to_owned()));
    }
    let limit = settings.command_limit();
    lines.say(b"STARTTLS\r\n", limit).await?;
    let reply = lines.reply(limit, "STARTTLS").await?;
    if !reply.is_good() {
        return Err(Broken::Unfit(format!("the server refuses STARTTLS: {reply}")));
    }
    lines.into_wire()
}

async fn secure(
    settings: &SmtpSettings,
    tls: &TlsConnector,
    socket: TcpStream,
) -> Result<Box<dyn Wire>, Broken> {
    let name = ServerName::try_from(settings.host.clone())
        .map_err(|_| Broken::Unfit(format!("{} cannot be in a certificate", settings.host)))?;
    let wire = timeout(settings.connect_limit(), tls.connect(name, socket))
        .await
        .map_err(|_| Broken::Slow("TLS handshake"))??;
    Ok(Box::new(wire))
}
