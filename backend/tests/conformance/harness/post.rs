//! A mail server of our own: it speaks SMTP (RFC 5321), keeps what it takes, and refuses
//! or breaks off where a test says so.

use std::{
    collections::VecDeque,
    net::Ipv4Addr,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

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
}

/// A mail server that answers until the test ends.
#[derive(Clone, Default)]
pub struct PostOffice {
    received: Arc<Mutex<Vec<Received>>>,
    next: Arc<Mutex<VecDeque<Reception>>>,
}

impl PostOffice {
    /// Starts answering; with its address for `smtp_url`.
    pub async fn open() -> (Self, String) {
        let office = Self::default();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
        let url = format!("smtp://{}", listener.local_addr().expect("an address"));
        let serving = office.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let office = serving.clone();
                tokio::spawn(async move { office.converse(stream).await });
            }
        });
        (office, url)
    }

    /// What to do with the mails that come next.
    pub fn next(&self, receptions: impl IntoIterator<Item = Reception>) {
        self.next.lock().unwrap_or_else(PoisonError::into_inner).extend(receptions);
    }

    /// What was kept, taken out.
    pub fn take(&self) -> Vec<Received> {
        std::mem::take(&mut *self.received.lock().unwrap_or_else(PoisonError::into_inner))
    }

    async fn converse(&self, stream: TcpStream) -> std::io::Result<()> {
        let (reader, mut writer) = stream.into_split();
        let mut lines = BufReader::new(reader).lines();
        writer.write_all(b"220 post.test ESMTP\r\n").await?;
        let mut to = Vec::new();
        while let Some(line) = lines.next_line().await? {
            let verb = line.split(' ').next().unwrap_or_default().to_ascii_uppercase();
            let answer = match verb.as_str() {
                "EHLO" => "250-post.test\r\n250 8BITMIME\r\n",
                "RCPT" => {
                    to.push(line.split(['<', '>']).nth(1).unwrap_or_default().to_owned());
                    "250 fine\r\n"
                }
                "DATA" => {
                    writer.write_all(b"354 go on\r\n").await?;
                    let mut text = String::new();
                    while let Some(line) = lines.next_line().await?.filter(|line| line != ".") {
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
                    writer.write_all(b"221 bye\r\n").await?;
                    return Ok(());
                }
                _ => "250 fine\r\n",
            };
            writer.write_all(answer.as_bytes()).await?;
        }
        Ok(())
    }
}
