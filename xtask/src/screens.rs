//! Pictures of every page for the documentation, by tests/screens.

mod png;

use std::path::{Path, PathBuf};

use crate::args::Args;
use crate::error::{Error, Result};
use crate::{build, paths, process, setup};

/// `cargo xtask screens --help`
pub const HELP: &str = "\
cargo xtask screens

Builds, then takes pictures of every page in each of its states, at widths of
390, 820 and 1440 in light and dark, against a backend with the demo data. They
go to tests/results/screens/ and from there to docs/screens/: all of them if
they take at most 6 MB, else each page in one state.";

/// What docs/screens/ may take.
const LIMIT: u64 = 6_000_000;
/// What stays when all is too much: each page in one state.
const PAGES: [&str; 14] = [
    "home",
    "activities",
    "list",
    "case",
    "notifications",
    "type-picker",
    "assistant",
    "review",
    "confirmation",
    "overview",
    "account",
    "people",
    "sign-in",
    "forgotten",
];
/// Where all pictures are, from the root.
const ALL: &str = "tests/results/screens";
/// Where those of the documentation are, from the root.
const DOCUMENTED: &str = "docs/screens";

/// `cargo xtask screens`
pub fn run(args: Args) -> Result<()> {
    args.done()?;
    let setup = setup::for_tests()?;
    build::all(&setup)?;
    let (all, documented) = (paths::root().join(ALL), paths::root().join(DOCUMENTED));
    // What was taken before of a page that is gone must not stay.
    remove(&paths::files(&all)?)?;
    process::step("take the pictures", || {
        process::run(
            setup
                .host("playwright")
                .args(["test", "--config", "tests/playwright.config.ts"])
                // A report of these must not stand for one of the journeys.
                .args(["--project", "screens", "--reporter", "line"])
                .env("CASEMENT_SCREENS", &all),
        )
    })?;
    let taken = paths::files(&all)?;
    process::step("compress the pictures", || taken.iter().try_for_each(|picture| png::compress(picture)))?;
    let kept = keep(&taken, total(&taken)?);
    replace(&documented, &kept)?;
    println!("{} pictures: {}", taken.len(), all.display());
    println!("{} pictures, {} kB: {}", kept.len(), total(&kept)? / 1000, documented.display());
    Ok(())
}

/// The pictures for the documentation: all, or each page in one state.
fn keep(taken: &[PathBuf], total: u64) -> Vec<PathBuf> {
    let page = |picture: &Path| state(picture).is_some_and(|state| PAGES.contains(&state));
    taken.iter().filter(|picture| total <= LIMIT || page(picture)).cloned().collect()
}

/// What a picture shows: `case-closed` of `case-closed-390-dark.png`; none of a
/// picture that this command does not take, such as README's.
fn state(picture: &Path) -> Option<&str> {
    let name = picture.file_name()?.to_str()?.strip_suffix(".png")?;
    let name = name.strip_suffix("-light").or_else(|| name.strip_suffix("-dark"))?;
    ["-390", "-820", "-1440"].iter().find_map(|width| name.strip_suffix(width))
}

/// Puts pictures in place of those that this command took before.
fn replace(folder: &Path, pictures: &[PathBuf]) -> Result<()> {
    let former: Vec<_> = paths::files(folder)?.into_iter().filter(|path| state(path).is_some()).collect();
    remove(&former)?;
    std::fs::create_dir_all(folder).map_err(Error::file(folder))?;
    for picture in pictures {
        let to = folder.join(picture.file_name().unwrap_or_default());
        std::fs::copy(picture, &to).map_err(Error::file(&to))?;
    }
    Ok(())
}

fn remove(files: &[PathBuf]) -> Result<()> {
    files.iter().try_for_each(|file| std::fs::remove_file(file).map_err(Error::file(file)))
}

/// How many bytes files take.
fn total(files: &[PathBuf]) -> Result<u64> {
    files.iter().map(|file| std::fs::metadata(file).map(|about| about.len()).map_err(Error::file(file))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_its_own_pictures() {
        assert_eq!(state(Path::new("docs/screens/case-closed-1440-dark.png")), Some("case-closed"));
        assert_eq!(state(Path::new("list-390-light.png")), Some("list"));
        assert_eq!(state(Path::new("docs/screens/case.png")), None);
        assert_eq!(state(Path::new("case-390.png")), None);
    }

    #[test]
    fn keeps_each_page_once_when_all_is_too_much() {
        let taken: Vec<PathBuf> = ["case-390-dark.png", "case-closed-390-dark.png"].map(PathBuf::from).into();
        assert_eq!(keep(&taken, LIMIT), taken);
        assert_eq!(keep(&taken, LIMIT + 1), taken[..1]);
    }
}
