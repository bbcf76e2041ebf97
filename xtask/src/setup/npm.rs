//! wasm-opt, Playwright and axe, as package-lock.json pins them.

use std::time::SystemTime;

use crate::error::{Error, Result};
use crate::{paths, process};

const OLDEST_NODE: u32 = 20;

/// Runs `npm ci` unless what it would install is there.
pub fn ensure() -> Result<()> {
    let node = process::output(process::command("node").arg("--version"));
    let major = node.as_deref().and_then(major);
    if major.is_none_or(|major| major < OLDEST_NODE) || process::find("npm").is_none() {
        return Err(Error::Missing {
            what: format!("Node.js {OLDEST_NODE} or newer with npm"),
            command: "see https://nodejs.org/en/download".to_owned(),
        });
    }
    // npm writes this copy when it is done.
    if changed("node_modules/.package-lock.json") > changed("package-lock.json") {
        return Ok(());
    }
    process::step("npm ci", || {
        process::run(
            process::command("npm")
                .args(["ci", "--no-fund", "--no-audit", "--loglevel=error"])
                // Tests run in the system's browser.
                .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"),
        )
    })
}

/// `v20.20.2` is 20.
fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

fn changed(path: &str) -> Option<SystemTime> {
    std::fs::metadata(paths::root().join(path)).and_then(|about| about.modified()).ok()
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn reads_the_major_version() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("20"), None);
    }
}
