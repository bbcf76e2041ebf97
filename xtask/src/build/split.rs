//! Takes the code of pages that are fetched later out of the first download.
//!
//! Trunk cannot do this (its issue 1022), so what it made of the compiled program
//! is replaced: the program is split at the functions that `src/pages.rs` marks,
//! wasm-bindgen works on the main part, and every part is optimised.

use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

use super::{exports, imports};
use crate::error::{Error, Result};
use crate::setup::Setup;
use crate::{paths, process};

/// What the compiler must leave in the program for it to be split, and what makes
/// Leptos' views share code.
const RUSTFLAGS: &str = "-Clink-arg=--emit-relocs --cfg erase_components";

/// The compiler's flags. Where a panic names its place, it names no folder of this
/// machine: a shorter program, and nobody's business.
pub fn rustflags() -> String {
    let home = |name: &str, below: &str| {
        std::env::var(name).ok().or_else(|| Some(format!("{}/{below}", std::env::var("HOME").ok()?)))
    };
    let folders = [
        home("CARGO_HOME", ".cargo").map(|folder| format!("{folder}/registry/src")),
        home("RUSTUP_HOME", ".rustup"),
    ];
    let remapped = folders.into_iter().flatten().filter(|folder| !folder.contains(char::is_whitespace));
    remapped.fold(RUSTFLAGS.to_owned(), |flags, folder| format!("{flags} --remap-path-prefix={folder}="))
}
/// What makes the main part small. Flattened first, its branches are put together anew,
/// and it compresses better by one part in seventy; for the others that takes too long.
const OF_MAIN: [&str; 4] = ["--flatten", "--rereloop", "-Oz", "-Oz"];
/// What makes the others small.
const OF_OTHERS: [&str; 1] = ["-Oz"];
/// The features of WebAssembly that the compiler uses.
const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];
/// The name by which the main part's script imports the one that fetches the others.
const LOADER: &str = "__wasm_split.js";

/// Replaces Trunk's script and wasm in a site by the split ones.
pub fn split(setup: &Setup, site: &Path) -> Result<()> {
    let stage = paths::root().join("target/portal/split");
    if stage.exists() {
        std::fs::remove_dir_all(&stage).map_err(Error::file(&stage))?;
    }
    let program = paths::root().join("target/portal/wasm32-unknown-unknown/portal/casement.wasm");
    process::run(setup.host("wasm-split-cli").arg(&program).arg(&stage).args(["--out-name", "casement"]))?;
    process::run(
        setup
            .host("wasm-bindgen")
            .args(["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-dir"])
            .arg(&stage)
            .arg(stage.join("casement.wasm")),
    )?;
    let (script, wasm) = (stage.join("casement.js"), stage.join("casement_bg.wasm"));
    exports::drop_classes(&script, &wasm)?;
    imports::shorten(&script, &wasm)?;
    let parts = parts(&stage)?;
    for part in parts.iter().filter(|part| part.extension().is_some_and(|kind| kind == "wasm")) {
        let passes: &[&str] = if *part == wasm { &OF_MAIN } else { &OF_OTHERS };
        let mut optimise = setup.host("wasm-opt");
        process::run(optimise.args(passes).args(WASM_FEATURES).arg(part).arg("-o").arg(part))?;
    }
    install(&parts, site)
}

/// What is served: everything but the main part before wasm-bindgen.
fn parts(stage: &Path) -> Result<Vec<PathBuf>> {
    let mut parts = paths::files(stage)?;
    parts.retain(|path| !path.ends_with("casement.wasm"));
    parts.sort();
    Ok(parts)
}

/// Gives the parts names with a hash of them all, and puts them where index.html
/// finds them.
fn install(parts: &[PathBuf], site: &Path) -> Result<()> {
    let page = site.join("index.html");
    let html = paths::read(&page)?;
    let named = |attribute: &str| {
        let value = html.split(&format!("{attribute}=\"")).nth(1).and_then(|rest| rest.split('"').next());
        value
            .map(|path| path.trim_start_matches('/').to_owned())
            .ok_or_else(|| Error::Content { path: page.clone(), detail: format!("has no {attribute}") })
    };
    let (script, wasm) = (named("data-js")?, named("data-wasm")?);
    let prefix = format!("casement-{:016x}", hash(parts)?);
    for part in parts {
        let name = part.file_name().unwrap_or_default().to_string_lossy();
        let target = site.join(served_name(&prefix, &name));
        if name.ends_with(".js") {
            paths::write(&target, relinked(&paths::read(part)?, &prefix))?;
        } else {
            std::fs::copy(part, &target).map_err(Error::file(&target))?;
        }
    }
    for old in [&script, &wasm] {
        let old = site.join(old);
        std::fs::remove_file(&old).map_err(Error::file(&old))?;
    }
    let html = html
        .replace(&script, &served_name(&prefix, "casement.js"))
        .replace(&wasm, &served_name(&prefix, "casement_bg.wasm"));
    paths::write(&page, html)
}

fn hash(parts: &[PathBuf]) -> Result<u64> {
    let mut hasher = DefaultHasher::new();
    for part in parts {
        hasher.write(&std::fs::read(part).map_err(Error::file(part))?);
    }
    Ok(hasher.finish())
}

/// `casement_bg.wasm` becomes `casement-0123456789abcdef_bg.wasm`, `chunk_3.wasm`
/// `casement-0123456789abcdef-chunk_3.wasm`.
fn served_name(prefix: &str, name: &str) -> String {
    match name.strip_prefix("casement") {
        Some(rest) => format!("{prefix}{rest}"),
        None => format!("{prefix}-{}", name.trim_start_matches('_')),
    }
}

/// A script with its imports and fetches under the served names. The loader's
/// name as an import of the wasm itself stays.
fn relinked(script: &str, prefix: &str) -> String {
    let loader = served_name(prefix, LOADER);
    script
        .replace(&format!("from \"./{LOADER}\""), &format!("from \"./{loader}\""))
        .replace("from \"./casement.js\"", &format!("from \"./{prefix}.js\""))
        .replace("URL(\"./", &format!("URL(\"./{prefix}-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_imports_agree() {
        let prefix = "casement-0123456789abcdef";
        assert_eq!(served_name(prefix, "casement_bg.wasm"), "casement-0123456789abcdef_bg.wasm");
        assert_eq!(served_name(prefix, "chunk_3.wasm"), "casement-0123456789abcdef-chunk_3.wasm");
        let script = "import * as a from \"./__wasm_split.js\"\nconst i = {\"./__wasm_split.js\": a}";
        let relinked_script = relinked(script, prefix);
        assert!(relinked_script.contains("from \"./casement-0123456789abcdef-wasm_split.js\""));
        assert!(relinked_script.contains("{\"./__wasm_split.js\": a}"));
        assert_eq!(
            relinked("fetch(new URL(\"./chunk_3.wasm\", import.meta.url))", prefix),
            "fetch(new URL(\"./casement-0123456789abcdef-chunk_3.wasm\", import.meta.url))"
        );
        assert_eq!(
            relinked("import { initSync } from \"./casement.js\";", prefix),
            "import { initSync } from \"./casement-0123456789abcdef.js\";"
        );
    }
}
