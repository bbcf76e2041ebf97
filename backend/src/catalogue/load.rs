//! Reading a catalogue file.

use std::path::Path;

use contract::catalogue::{Catalogue, Mistake};
use sha2::{Digest, Sha256};

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
    /// The file is not TOML, or not of a catalogue's shape; names line and column.
    #[error("{0}")]
    Shape(#[from] toml::de::Error),
    /// The catalogue contradicts itself.
    #[error("{}", list(.0))]
    Mistakes(Vec<Mistake>),
}

fn list(mistakes: &[Mistake]) -> String {
    let line = |mistake: &Mistake| format!("{}: {}; {}", mistake.place, mistake.message, mistake.hint);
    mistakes.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The catalogue of a built-in name or a file's path, complete and without mistakes.
///
/// # Errors
/// It cannot be read, or has mistakes: all of them are named.
pub fn load(name_or_file: &str) -> Result<Catalogue, CatalogueError> {
    if let Some((_, text)) = BUILT_IN.iter().find(|(name, _)| *name == name_or_file) {
        return read(text);
    }
    let text = std::fs::read_to_string(Path::new(name_or_file))
        .map_err(|source| CatalogueError::File { file: name_or_file.to_owned(), source })?;
    read(&text)
}

/// The catalogue of a text, complete and without mistakes; its version is the
/// text's fingerprint.
///
/// # Errors
/// See [`load`].
pub fn read(text: &str) -> Result<Catalogue, CatalogueError> {
    let mut catalogue: Catalogue = toml::from_str(text)?;
    catalogue.version = format!("{:x}", Sha256::digest(text)).chars().take(12).collect();
    let catalogue = catalogue.complete();
    let mistakes = catalogue.check();
    if mistakes.is_empty() { Ok(catalogue) } else { Err(CatalogueError::Mistakes(mistakes)) }
}
