//! Reading a catalogue file.

use std::path::Path;

use contract::catalogue::Catalogue;
use sha2::{Digest, Sha256};

use super::{
    check::{Found, check},
    schema::schema,
};

/// The catalogues that come with the program, by name.
pub const BUILT_IN: [(&str, &str); 3] = [
    ("spryker", include_str!("../../../catalogues/spryker.toml")),
    ("spryker-v6", include_str!("../../../catalogues/spryker-v6.toml")),
    ("tickets", include_str!("../../../catalogues/tickets.toml")),
];

/// A catalogue that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// The file cannot be opened.
    #[error("cannot read the catalogue {file}: {source}")]
    File {
        /// Its path.
        file: String,
        /// Why.
        source: std::io::Error,
    },
    /// The form of catalogues cannot be told.
    #[error("cannot make the catalogue's schema: {0}")]
    Schema(#[from] serde_json::Error),
    /// It has mistakes.
    #[error("{}", list(.file, .mistakes))]
    Mistakes {
        /// The file's path, or the name of a built-in catalogue.
        file: String,
        /// All of them, by line.
        mistakes: Vec<Found>,
    },
}

fn list(file: &str, mistakes: &[Found]) -> String {
    let mut lines: Vec<_> = mistakes.iter().map(|found| format!("{file}:{found}")).collect();
    lines.push(match mistakes.len() {
        1 => "1 mistake.".to_owned(),
        count => format!("{count} mistakes."),
    });
    lines.join("\n")
}

/// The catalogue of a built-in name or a file's path, complete and without mistakes.
///
/// # Errors
/// It cannot be read, or has mistakes: all of them are named.
pub fn load(name_or_file: &str) -> Result<Catalogue, CatalogueError> {
    if let Some((_, text)) = BUILT_IN.iter().find(|(name, _)| *name == name_or_file) {
        return read(name_or_file, text);
    }
    let text = std::fs::read_to_string(Path::new(name_or_file))
        .map_err(|source| CatalogueError::File { file: name_or_file.to_owned(), source })?;
    read(name_or_file, &text)
}

/// The catalogue of a file's text, complete and without mistakes; its version is the
/// text's fingerprint.
///
/// # Errors
/// See [`load`].
pub fn read(file: &str, text: &str) -> Result<Catalogue, CatalogueError> {
    let mut catalogue = check(text, &schema()?)
        .map_err(|mistakes| CatalogueError::Mistakes { file: file.to_owned(), mistakes })?;
    catalogue.version = format!("{:x}", Sha256::digest(text)).chars().take(12).collect();
    Ok(catalogue.complete())
}
