//! How the portal looks, as the operator set it: read and checked at the start.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use axum::body::Bytes;
use contract::{
    colour::{Accent, Colour, Scheme, Shades, TEXT},
    field::{is_email, is_web_address},
    limits::{LINK_TITLE_MAX, LINKS_MAX, LOGO_MAX},
    portal::{Contacts, Link},
};
use sha2::{Digest, Sha256};

use crate::config::Config;

/// How the portal looks.
#[derive(Clone, Debug, Default)]
pub struct Branding {
    /// The logo in the top bar.
    pub logo: Option<Logo>,
    /// The colours in place of the portal's own.
    pub accent: Option<Accent>,
    /// Whom to turn to beside support.
    pub contacts: Contacts,
    /// Links in the page's foot.
    pub links: Vec<Link>,
}

/// A setting cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the configuration is wrong: {key}: {advice}")]
pub struct BrandingError {
    key: String,
    advice: String,
}

fn wrong(key: impl Into<String>, advice: impl Into<String>) -> BrandingError {
    BrandingError { key: key.into(), advice: advice.into() }
}

impl Branding {
    /// Reads the logo and checks the rest.
    ///
    /// # Errors
    /// A setting cannot be used; it is named.
    pub fn read(config: &Config) -> Result<Self, BrandingError> {
        if config.product_name.trim().is_empty() {
            return Err(wrong("product_name", "give the portal a name, or leave the key out for “Casement”"));
        }
        check_contacts(&config.contacts)?;
        check_links(&config.links)?;
        Ok(Self {
            logo: config.logo.as_deref().map(Logo::read).transpose()?,
            accent: accent(config.accent, config.accent_dark)?,
            contacts: config.contacts.clone(),
            links: config.links.clone(),
        })
    }

    /// Takes these contacts where the operator has set none.
    pub fn contacts_or(&mut self, others: Contacts) {
        if self.contacts == Contacts::default() {
            self.contacts = others;
        }
    }
}

/// The accent of the colours set. Tells the operator what could not be used as it is.
fn accent(light: Option<Colour>, dark: Option<Colour>) -> Result<Option<Accent>, BrandingError> {
    let Some(light) = light else {
        let advice = "set accent, the colour for the light theme, too";
        return dark.map_or(Ok(None), |_| Err(wrong("accent_dark", advice)));
    };
    let accent = Accent::checked(light, dark.unwrap_or(light));
    warn_of_contrast("accent", light, Scheme::Light, accent.light);
    if let Some(dark) = dark {
        warn_of_contrast("accent_dark", dark, Scheme::Dark, accent.dark);
    }
    Ok(Some(accent))
}

fn warn_of_contrast(key: &str, given: Colour, scheme: Scheme, used: Shades) {
    let Shades { text, fill, .. } = used;
    if text != given {
        let ratio = scheme.legibility(given);
        tracing::warn!(
            "{key} = {given} has a contrast of {ratio:.2}:1, and text needs {TEXT}:1; text is {text}, buttons are {fill}"
        );
    }
}

fn check_contacts(contacts: &Contacts) -> Result<(), BrandingError> {
    let Contacts { sales, billing, security, community } = contacts;
    for (kind, address) in
        [("sales", sales), ("billing", billing), ("security", security), ("community", community)]
    {
        if address.as_ref().is_some_and(|address| !is_email(address) && !is_https(address)) {
            let advice = "give an e-mail address or a link that begins with https://";
            return Err(wrong(format!("contacts.{kind}"), advice));
        }
    }
    Ok(())
}

fn check_links(links: &[Link]) -> Result<(), BrandingError> {
    if links.len() > LINKS_MAX {
        return Err(wrong("links", format!("give at most {LINKS_MAX}")));
    }
    for (index, Link { title, url }) in links.iter().enumerate() {
        if title.trim().is_empty() || title.chars().count() > LINK_TITLE_MAX {
            let advice = format!("give 1 to {LINK_TITLE_MAX} characters");
            return Err(wrong(format!("links.{index}.title"), advice));
        }
        if !is_https(url) {
            return Err(wrong(format!("links.{index}.url"), "give a link that begins with https://"));
        }
    }
    Ok(())
}

fn is_https(address: &str) -> bool {
    address.starts_with("https://") && is_web_address(address)
}

/// An image, with what its answer says of it.
#[derive(Clone, Debug)]
pub struct Logo {
    /// Its media type.
    pub media_type: &'static str,
    /// Its fingerprint, as an entity tag.
    pub etag: String,
    /// The file.
    pub bytes: Bytes,
}

impl Logo {
    fn read(file: &Path) -> Result<Self, BrandingError> {
        let wrong = |why: String| wrong("logo", format!("{}: {why}", file.display()));
        let bytes = read_at_most(file, LOGO_MAX + 1)
            .map_err(|error| wrong(format!("{error}; name an SVG or PNG file that can be read")))?;
        if bytes.len() > LOGO_MAX {
            return Err(wrong(format!("the file is larger than {} KiB; make it smaller", LOGO_MAX / 1024)));
        }
        let media_type = media_type(&bytes)
            .ok_or_else(|| wrong("the file is neither SVG nor PNG; save it as one of them".to_owned()))?;
        Ok(Self { media_type, etag: format!("\"{:x}\"", Sha256::digest(&bytes)), bytes: bytes.into() })
    }
}

fn read_at_most(file: &Path, size: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(size);
    File::open(file)?.take(size as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The type of an image, by its content: the signature of PNG, or an SVG element with
/// the name space without which no browser shows it as an image.
fn media_type(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Some("image/png");
    }
    let text = std::str::from_utf8(bytes).ok()?;
    (text.contains("<svg") && text.contains("http://www.w3.org/2000/svg")).then_some("image/svg+xml")
}
