//! Where mails go: to a server, or into a folder.

use std::path::PathBuf;

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    transport::smtp::{
        self, PoolConfig,
        client::{Certificate, Tls, TlsParameters},
    },
};
use uuid::Uuid;

/// The way mails take.
#[derive(Clone)]
pub enum Delivery {
    /// Files named by the mails' ids, for somebody to look at.
    Folder(PathBuf),
    /// A server that speaks SMTP.
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
}

/// A mail did not go.
#[derive(Debug, thiserror::Error)]
pub enum DeliveryError {
    /// The address of the server cannot be read.
    #[error("smtp_url is no address of a mail server: {0}")]
    Url(smtp::Error),
    /// The same.
    #[error("smtp_url is no address of a mail server")]
    NoUrl,
    /// The authority is none.
    #[error("smtp_ca is no certificate in PEM: {0}")]
    Authority(smtp::Error),
    /// Its file cannot be read.
    #[error("cannot read smtp_ca: {0}")]
    AuthorityFile(std::io::Error),
    /// The server did not take it.
    #[error("{0}")]
    Smtp(#[from] smtp::Error),
    /// It cannot be written.
    #[error("cannot write the mail: {0}")]
    File(#[from] std::io::Error),
}

impl DeliveryError {
    /// Whether it would be refused again however often it is tried (RFC 5321, 4.2.1).
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        matches!(self, Self::Smtp(error) if error.is_permanent())
    }
}

impl Delivery {
    /// To the server of an address such as `smtps://user:password@mail.example:465`, or
    /// `smtp://mail.example:587?tls=required`; an authority, in PEM, is believed beside those
    /// that everybody believes.
    ///
    /// # Errors
    /// The address or the authority cannot be read.
    pub fn smtp(url: &str, authority: Option<&[u8]>) -> Result<Self, DeliveryError> {
        let mut transport =
            AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(DeliveryError::Url)?;
        if let Some(authority) = authority {
            let url = reqwest::Url::parse(url).map_err(|_| DeliveryError::NoUrl)?;
            let parameters = TlsParameters::builder(url.host_str().unwrap_or_default().to_owned())
                .add_root_certificate(Certificate::from_pem(authority).map_err(DeliveryError::Authority)?)
                .build()
                .map_err(DeliveryError::Authority)?;
            let asked = url.query_pairs().find(|(key, _)| key == "tls").map(|(_, how)| how.into_owned());
            transport = transport.tls(match (url.scheme(), asked.as_deref()) {
                ("smtps", _) => Tls::Wrapper(parameters),
                (_, Some("required")) => Tls::Required(parameters),
                (_, Some("opportunistic")) => Tls::Opportunistic(parameters),
                _ => Tls::None,
            });
        }
        Ok(Self::Smtp(transport.pool_config(PoolConfig::new().max_size(2)).build()))
    }

    /// Hands a mail over.
    ///
    /// # Errors
    /// It was not taken.
    pub async fn deliver(&self, id: Uuid, mail: Message) -> Result<(), DeliveryError> {
        match self {
            Self::Folder(folder) => {
                tokio::fs::create_dir_all(folder).await?;
                Ok(tokio::fs::write(folder.join(format!("{id}.eml")), mail.formatted()).await?)
            }
            Self::Smtp(transport) => {
                transport.send(mail).await?;
                Ok(())
            }
        }
    }
}
