//! The portal, by Trunk.

use std::path::Path;
use std::time::SystemTime;

use super::{compress, split};
use crate::error::{Error, Result};
use crate::setup::Setup;
use crate::{paths, process};

/// Everything the site is made of; no newer file here, no new build.
const INPUTS: [&str; 15] = [
    "index.html",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
    "package-lock.json",
    "src",
    "ui/Cargo.toml",
    "ui/src",
    "contract/Cargo.toml",
    "contract/src",
    "texts/build.rs",
    "texts/src",
    "locales",
    "style",
    "public",
];

/// Where the site is made, from the root: what stands in dist/ is always whole.
const STAGE: &str = "target/portal/site";

/// Builds dist/ unless it is up to date.
pub fn build(setup: &Setup) -> Result<()> {
    if up_to_date()? {
        return Ok(());
    }
    let started = SystemTime::now();
    let stage = paths::root().join(STAGE);
    write_locales()?;
    process::step("build the portal", || {
        process::run(
            setup
                .wasm("trunk", "target/portal")
                .args(["build", "--release", "--offline", "--features", "lazy", "--log", "warn"])
                .args(["--dist", STAGE])
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", split::rustflags())
                // Trunk would print its own stack under a compiler error.
                .env("RUST_BACKTRACE", "0")
                // It takes only true or false from here.
                .env_remove("NO_COLOR"),
        )
    })?;
    process::step("split and optimise the portal", || split::split(setup, &stage))?;
    process::step("minify and compress the portal", || {
        minify(setup, &stage)?;
        compress::folder(&stage)
    })?;
    replace_dist(&stage)?;
    // Only now, and dated at the start: a file changed meanwhile counts as new.
    let stamp = stamp();
    paths::write(&stamp, "")?;
    std::fs::File::options()
        .write(true)
        .open(&stamp)
        .and_then(|file| file.set_modified(started))
        .map_err(Error::file(&stamp))
}

/// The languages' files, where Trunk.toml and index.html expect them.
pub fn write_locales() -> Result<()> {
    let folder = paths::root().join("target/site/locales");
    texts::FILES
        .iter()
        .try_for_each(|(tag, content)| paths::write(&folder.join(format!("{tag}.json")), content))
}

/// Puts the finished site in place of the former one, which a backend may be serving.
fn replace_dist(stage: &Path) -> Result<()> {
    let (dist, former) = (paths::dist(), paths::root().join("target/portal/former-site"));
    if former.exists() {
        std::fs::remove_dir_all(&former).map_err(Error::file(&former))?;
    }
    if dist.exists() {
        std::fs::rename(&dist, &former).map_err(Error::file(&dist))?;
    }
    std::fs::rename(stage, &dist).map_err(Error::file(&dist))
}

/// Scripts and styles in place, each by itself: names and imports stay.
fn minify(setup: &Setup, site: &Path) -> Result<()> {
    let files = paths::files(site)?;
    let files =
        files.iter().filter(|path| path.extension().is_some_and(|kind| kind == "js" || kind == "css"));
    process::run(
        setup
            .host("esbuild")
            .args(files)
            .args(["--minify", "--legal-comments=none", "--log-level=error"])
            .arg("--allow-overwrite")
            .arg(format!("--outbase={}", site.display()))
            .arg(format!("--outdir={}", site.display())),
    )
}

fn up_to_date() -> Result<bool> {
    let built = std::fs::metadata(stamp()).and_then(|about| about.modified());
    let Ok(built) = built else {
        return Ok(false);
    };
    let finished = paths::dist().join("index.html.br").is_file();
    Ok(finished && paths::newest(&INPUTS)? < Some(built))
}

/// Its date is when the last complete build began.
fn stamp() -> std::path::PathBuf {
    paths::root().join("target/portal/site.stamp")
}
