//! Short names for what the wasm imports from its script.
//!
//! wasm-bindgen ends each name with a hash, so that crates of several versions can
//! live in one program. In the finished program the names only have to differ; some
//! 260 hashes, in both files, are five kilobytes of the first download.

use std::collections::BTreeMap;
use std::path::Path;

use crate::error::{Error, Result};
use crate::paths;

/// How wasm-bindgen's names begin.
const BEGINNINGS: [&str; 2] = ["__wbg_", "__wbindgen_"];
/// How many hexadecimal digits the hash has.
const HASH: usize = 16;

/// Renames the imports in a script and its wasm. A name keeps its length: the wasm
/// says it before each name, and need not be written anew.
pub fn shorten(script: &Path, wasm: &Path) -> Result<()> {
    let text = paths::read(script)?;
    let names = short_names(&text);
    let mut program = std::fs::read(wasm).map_err(Error::file(wasm))?;
    rename(&mut program, &names);
    paths::write(wasm, program)?;
    let mut text = text.into_bytes();
    rename(&mut text, &names);
    paths::write(script, text)
}

/// The names in a script that end with a hash, and what they become: underscores, and
/// at the end a number.
fn short_names(script: &str) -> BTreeMap<Vec<u8>, Vec<u8>> {
    let words = script.split(|c: char| !is_part(u8::try_from(c).unwrap_or_default()));
    let mut names: Vec<_> = words.filter(|word| has_hash(word)).collect();
    // Those of one length are neighbours, and differ in a digit or two.
    names.sort_by_key(|name| (name.len(), *name));
    names.dedup();
    let numbered = names.into_iter().enumerate();
    numbered
        .map(|(index, name)| (name.into(), format!("{index:_>width$x}", width = name.len()).into_bytes()))
        .collect()
}

fn has_hash(word: &str) -> bool {
    let hash = word.rsplit('_').next().unwrap_or_default();
    BEGINNINGS.iter().any(|beginning| word.starts_with(beginning))
        && hash.len() == HASH
        && hash.bytes().all(|digit| digit.is_ascii_hexdigit())
}

const fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$'
}

/// Puts each name's new one in its place.
fn rename(content: &mut [u8], names: &BTreeMap<Vec<u8>, Vec<u8>>) {
    let mut at = 0;
    while let Some(rest) = content.get(at..) {
        let Some(start) = rest.windows(4).position(|four| four == b"__wb") else { return };
        let start = at + start;
        // In the wasm the byte before a name is its length and may look like a letter,
        // the one after it the kind of the import, which does not.
        let length = content.iter().skip(start).take_while(|byte| is_part(**byte)).count();
        if let Some(word) = content.get_mut(start..start + length)
            && let Some(new) = names.get(&*word)
        {
            word.copy_from_slice(new);
        }
        at = start + length.max(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "const i = { __wbg_abort_f8d1589eb0c65ee2: f, __wbg_add_cf82c8d153d93ae1: g,\
                          __wbindgen_init: h }; __wbg_abort_f8d1589eb0c65ee2()";

    #[test]
    fn names_keep_their_length_and_differ() {
        let names = short_names(SCRIPT);
        assert_eq!(names.len(), 2);
        assert!(names.iter().all(|(old, new)| old.len() == new.len() && new.starts_with(b"__")));
        let mut new: Vec<_> = names.values().collect();
        new.sort();
        new.dedup();
        assert_eq!(new.len(), 2);
    }

    #[test]
    fn both_files_are_renamed_alike() {
        let names = short_names(SCRIPT);
        let mut script = SCRIPT.as_bytes().to_vec();
        rename(&mut script, &names);
        let script = String::from_utf8(script).unwrap();
        assert_eq!(script.len(), SCRIPT.len());
        assert!(!script.contains("f8d1589eb0c65ee2") && script.contains("__wbindgen_init"));
        assert_eq!(script.matches(&*"_".repeat(20)).count(), 3);

        let mut wasm = b"\x1c__wbg_abort_f8d1589eb0c65ee2\x00\x01\x0f__wbindgen_init\x00".to_vec();
        rename(&mut wasm, &names);
        assert_eq!(
            wasm,
            [
                b"\x1c".as_slice(),
                &names[b"__wbg_abort_f8d1589eb0c65ee2".as_slice()],
                b"\x00\x01\x0f__wbindgen_init\x00"
            ]
            .concat()
        );
    }
}
