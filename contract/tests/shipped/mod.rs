//! The catalogue files of this repository.

#![allow(dead_code, reason = "each test file uses a part of this")]

use std::{fs, path::PathBuf};

use contract::catalogue::Catalogue;

/// A path below the repository's root.
pub fn root(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

/// The text of a catalogue file.
pub fn source(id: &str) -> String {
    fs::read_to_string(root(&format!("catalogues/{id}.toml"))).unwrap()
}

/// A catalogue, complete, as both sides use it.
pub fn catalogue(id: &str) -> Catalogue {
    read(&source(id), id).complete()
}

/// Every catalogue file with its name, complete.
pub fn shipped() -> Vec<(String, Catalogue)> {
    written().into_iter().map(|(name, catalogue)| (name, catalogue.complete())).collect()
}

/// Every catalogue file with its name, as it is written.
pub fn written() -> Vec<(String, Catalogue)> {
    let mut names: Vec<_> = fs::read_dir(root("catalogues"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".toml"))
        .collect();
    names.sort();
    names
        .into_iter()
        .map(|name| {
            let catalogue = read(&source(name.trim_end_matches(".toml")), &name);
            (name, catalogue)
        })
        .collect()
}

fn read(source: &str, name: &str) -> Catalogue {
    toml::from_str(source).unwrap_or_else(|error| panic!("{name}: {error}"))
}
