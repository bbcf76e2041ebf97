//! A mail server of our own: it speaks SMTP (RFC 5321), keeps what it takes, and refuses
//! or breaks off where a test says so.

use std::{
    collections::VecDeque,
    net::Ipv4Addr,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
};

use casement_backend::{
    clock::Clock,
    mail::{Delivery, Postman, Sender},
};
use chrono::TimeDelta;
use rustls::pki_types::PrivateKeyDer;
use tokio::{
    io::{AsyncBufRead, AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};
use tokio_rustls::{TlsAcceptor, server::TlsStream};

use super::{Portal, now};

/// What the server does with the next mail whose text it was sent.
#[derive(Clone, Copy, Debug)]
pub enum Reception {
    /// It answers with this line and keeps nothing.
    Refuse(&'static str),
    /// It hangs up without an answer and keeps nothing.
    HangUp,
    /// It keeps it and hangs up without an answer.
    KeepAndHangUp,
}

/// A mail as it came in.
#[derive(Clone, Debug)]
pub struct Received {
    /// The addresses of the envelope.
    pub to: Vec<String>,
    /// Header lines and text, with folded lines joined.
    pub text: String,
}

impl Received {
    /// A header's value.
    pub fn header(&self, name: &str) -> String {
        let prefix = format!("{name}: ");
        let head = self.text.split("\n\n").next().unwrap_or_default();
        let line = head.lines().find_map(|line| line.strip_prefix(&prefix));
        line.unwrap_or_else(|| panic!("{name} in {head}")).to_owned()
    }

    /// What its link to the sign-in page has in a parameter.
    pub fn token(&self, parameter: &str) -> String {
        let text = self.text.replace("=\n", "").replace("=3D", "=");
        let link = format!("https://portal.test/sign-in?{parameter}=");
        let at = text.find(&link).expect("a link") + link.len();
        let ours = |letter: &char| letter.is_ascii_alphanumeric() || "-_".contains(*letter);
        text[at..].chars().take_while(ours).collect()
    }
}

/// Sends a portal's mails to a server, some time later.
pub fn postman(portal: &Portal, url: &str, later: TimeDelta) -> Postman {
    Postman {
        store: portal.app().store.clone(),
        clock: Clock::Fixed(now() + later),
        sender: Sender {
            from: "Support <support@vendor.test>".parse().expect("a sender"),
            portal: "https://portal.test".to_owned(),
            reads_replies: true,
        },
        delivery: Delivery::smtp(url, None).expect("a server"),
    }
}

/// What the server asks for before it takes mails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Locked {
    /// Nothing.
    #[default]
    Not,
    /// TLS on the way (`STARTTLS`), and the name and password.
    OnTheWay,
    /// TLS from the start, and the name and password.
    FromTheStart,
}

/// Name and password, as SASL's PLAIN writes them (RFC 4616): `portal`, `secret`.
const CREDENTIALS: &str = "AHBvcnRhbABzZWNyZXQ=";

/// A mail server that answers until the test ends.
#[derive(Clone, Default)]
pub struct PostOffice {
    received: Arc<Mutex<Vec<Received>>>,
    next: Arc<Mutex<VecDeque<Reception>>>,
    locked: Locked,
    acceptor: Option<TlsAcceptor>,
}

impl PostOffice {
    /// Starts answering; with its address for `smtp_url`.
    pub async fn open() -> (Self, String) {
        let office = Self::default();
        let port = office.serve().await;
        (office, format!("smtp://127.0.0.1:{port}"))
    }

    /// Starts answering whoever speaks TLS and knows the password; with its port and the
    /// authority, in PEM, that vouches for it.
    pub async fn open_locked(locked: Locked) -> (Self, u16, String) {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
        let key = PrivateKeyDer::Pkcs8(made.signing_key.serialize_der().into());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .expect("a server");
        let acceptor = Some(TlsAcceptor::from(Arc::new(config)));
        let office = Self { locked, acceptor, ..Self::default() };
        let port = office.serve().await;
        (office, port, made.cert.pem())
    }

    async fn serve(&self) -> u16 {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let serving = self.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let office = serving.clone();
                tokio::spawn(async move { office.greet(stream).await });
            }
        });
        port
    }

    async fn greet(&self, mut stream: TcpStream) -> std::io::Result<()> {
        match (self.locked, &self.acceptor) {
            (Locked::FromTheStart, Some(acceptor)) => {
                let mut stream = acceptor.accept(stream).await?;
                stream.write_all(b"220 post.test ESMTP\r\n").await?;
                self.converse(stream, true).await
            }
            _ => {
                stream.write_all(b"220 post.test ESMTP\r\n").await?;
                self.converse(stream, false).await
            }
        }
    }

    /// What to do with the mails that come next.
    pub fn next(&self, receptions: impl IntoIterator<Item = Reception>) {
        self.next.lock().unwrap_or_else(PoisonError::into_inner).extend(receptions);
    }

    /// What was kept, taken out.
    pub fn take(&self) -> Vec<Received> {
        std::mem::take(&mut *self.received.lock().unwrap_or_else(PoisonError::into_inner))
    }

    async fn converse<S>(&self, stream: S, secure: bool) -> std::io::Result<()>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let mut stream = BufReader::new(stream);
        let (mut to, mut known) = (Vec::new(), self.locked == Locked::Not);
        while let Some(line) = next_line(&mut stream).await? {
            let verb = line.split(' ').next().unwrap_or_default().to_ascii_uppercase();
            if verb == "STARTTLS"
                && let Some(acceptor) = &self.acceptor
            {
                stream.write_all(b"220 go on\r\n").await?;
                let secured = acceptor.accept(stream.into_inner()).await?;
                return self.converse_secured(secured).await;
            }
            let answer = match verb.as_str() {
                "EHLO" if self.locked == Locked::Not => "250-post.test\r\n250 8BITMIME\r\n",
                "EHLO" if secure => "250-post.test\r\n250-8BITMIME\r\n250 AUTH PLAIN\r\n",
                "EHLO" => "250-post.test\r\n250-8BITMIME\r\n250 STARTTLS\r\n",
                "AUTH" if secure && line == format!("AUTH PLAIN {CREDENTIALS}") => {
                    known = true;
                    "235 welcome\r\n"
                }
                "AUTH" => "535 nobody of that name\r\n",
                "MAIL" if !known => "530 sign in first\r\n",
                "RCPT" => {
                    to.push(line.split(['<', '>']).nth(1).unwrap_or_default().to_owned());
                    "250 fine\r\n"
                }
                "DATA" => {
                    stream.write_all(b"354 go on\r\n").await?;
                    let mut text = String::new();
                    while let Some(line) = next_line(&mut stream).await?.filter(|line| line != ".") {
                        match line.strip_prefix(' ') {
                            Some(more) if !text.contains("\n\n") => {
                                text.truncate(text.trim_end_matches('\n').len());
                                text.push(' ');
                                text.push_str(more);
                            }
                            _ => text.push_str(line.strip_prefix('.').unwrap_or(&line)),
                        }
                        text.push('\n');
                    }
                    let reception = self.next.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
                    let keep = || {
                        let received = Received { to: std::mem::take(&mut to), text };
                        self.received.lock().unwrap_or_else(PoisonError::into_inner).push(received);
                    };
                    match reception {
                        Some(Reception::HangUp) => return Ok(()),
                        Some(Reception::KeepAndHangUp) => {
                            keep();
                            return Ok(());
                        }
                        Some(Reception::Refuse(line)) => line,
                        None => {
                            keep();
                            "250 taken\r\n"
                        }
                    }
                }
                "MAIL" => {
                    to.clear();
                    "250 fine\r\n"
                }
                "QUIT" => {
                    stream.write_all(b"221 bye\r\n").await?;
                    return Ok(());
                }
                _ => "250 fine\r\n",
            };
            stream.write_all(answer.as_bytes()).await?;
        }
        Ok(())
    }

    /// Boxed, as the future would hold itself.
    fn converse_secured(
        &self,
        stream: TlsStream<impl AsyncRead + AsyncWrite + Unpin + Send + 'static>,
    ) -> Pin<Box<dyn Future<Output = std::io::Result<()>> + Send>> {
        let office = self.clone();
        let stream: Box<dyn Duplex> = Box::new(stream);
        Box::pin(async move { office.converse(stream, true).await })
    }
}

trait Duplex: AsyncRead + AsyncWrite + Unpin + Send {}

impl<S: AsyncRead + AsyncWrite + Unpin + Send> Duplex for S {}

async fn next_line(stream: &mut (impl AsyncBufRead + Unpin)) -> std::io::Result<Option<String>> {
    let mut line = String::new();
    if stream.read_line(&mut line).await? == 0 {
        return Ok(None);
    }
    Ok(Some(line.trim_end_matches(['\r', '\n']).to_owned()))
}
