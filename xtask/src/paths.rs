//! Where things are.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::error::{Error, Result};

/// The repository's root.
pub fn root() -> &'static Path {
    // Cargo compiled this file in the clone it runs in.
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// The finished site.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// The release build of the backend.
pub fn backend() -> PathBuf {
    built_backend("release")
}

/// The build of the backend that tests use.
pub fn tested_backend() -> PathBuf {
    built_backend("debug")
}

fn built_backend(profile: &str) -> PathBuf {
    let name = format!("casement-backend{}", std::env::consts::EXE_SUFFIX);
    root().join("target").join(profile).join(name)
}

/// Where tools are installed, one folder a version: outside the clone, so that
/// a second clone has them, and off PATH, so that none of the user's is hidden.
pub fn tools() -> PathBuf {
    let from = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    from("XDG_CACHE_HOME")
        .or_else(|| from("HOME").map(|home| home.join(".cache")))
        .or_else(|| from("LOCALAPPDATA"))
        .map_or_else(|| root().join("target/tools"), |cache| cache.join("casement"))
}

/// Reads a text file.
pub fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).map_err(Error::file(path))
}

/// Writes a file, making its folder.
pub fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(Error::file(folder))?;
    }
    std::fs::write(path, content).map_err(Error::file(path))
}

/// Every file under a folder; none if it is not there.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(found),
        Err(source) => return Err(Error::file(folder)(source)),
    };
    for entry in entries {
        let path = entry.map_err(Error::file(folder))?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// When the newest of these files, and of the files under these folders, was
/// changed. A folder counts too: a deleted file changes it.
pub fn newest(inputs: &[&str]) -> Result<Option<SystemTime>> {
    let mut newest = None;
    for input in inputs {
        newest = newest.max(newest_under(&root().join(input))?);
    }
    Ok(newest)
}

fn newest_under(path: &Path) -> Result<Option<SystemTime>> {
    let Ok(about) = std::fs::metadata(path) else {
        return Ok(None);
    };
    let mut newest = about.modified().ok();
    if about.is_dir() {
        for entry in std::fs::read_dir(path).map_err(Error::file(path))? {
            newest = newest.max(newest_under(&entry.map_err(Error::file(path))?.path())?);
        }
    }
    Ok(newest)
}
