//! The second database the backend is tested on.

use std::path::Path;

use super::{apt, programs};
use crate::error::Result;

/// PostgreSQL's own programs; tests start their own server with them.
pub fn ensure() -> Result<()> {
    if programs::any(&["initdb"]) && programs::any(&["postgres"]) || debian_has_one() {
        return Ok(());
    }
    apt::install("PostgreSQL", &["postgresql"])
}

/// Debian keeps them off PATH, by version.
fn debian_has_one() -> bool {
    let Ok(versions) = std::fs::read_dir(Path::new("/usr/lib/postgresql")) else {
        return false;
    };
    versions.filter_map(std::result::Result::ok).any(|version| version.path().join("bin/initdb").is_file())
}
