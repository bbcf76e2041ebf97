//! Takes out of the finished program what is exported and never called.
//!
//! Leptos brings `server_fn`, which brings classes for streams that scripts could read.
//! The portal has no such script, but the linker keeps what is exported, and all that
//! it calls.

use std::path::Path;

use crate::error::{Error, Result};
use crate::paths;

/// The kind of the section that lists the exports (WebAssembly core specification, 5.5.10).
const EXPORTS: u8 = 7;

/// Takes a script's classes out of it and out of its wasm. A class of the program's own
/// would be made by it, with a static `__wrap`: such a program is refused.
pub fn drop_classes(script: &Path, wasm: &Path) -> Result<()> {
    let text = paths::read(script)?;
    if text.contains("static __wrap(") {
        return Err(content(script, "has a class that the program makes"));
    }
    let (text, classes) = without_classes(&text);
    paths::write(script, text)?;
    let program = std::fs::read(wasm).map_err(Error::file(wasm))?;
    let program = without_exports(&program, &|name| {
        let name = name.trim_start_matches("__wbg_");
        classes.iter().any(|class| name.strip_prefix(&**class).is_some_and(|rest| rest.starts_with('_')))
    });
    paths::write(wasm, program.ok_or_else(|| content(wasm, "cannot be read"))?)
}

fn content(path: &Path, detail: &str) -> Error {
    Error::Content { path: path.to_owned(), detail: detail.to_owned() }
}

/// The script without its classes and what cleans up behind them, and the classes' names
/// as the wasm's exports begin.
fn without_classes(script: &str) -> (String, Vec<String>) {
    let (mut kept, mut classes) = (String::new(), Vec::<String>::new());
    // What is left out ends with a line that begins so.
    let mut until: Option<&str> = None;
    for line in script.split_inclusive('\n') {
        if let Some(end) = until {
            until = (!line.starts_with(end)).then_some(end);
        } else if let Some(class) = line.strip_prefix("export class ") {
            classes.push(class.trim_end_matches([' ', '{', '\n']).to_lowercase());
            until = Some("if (Symbol.dispose)");
        } else if line.contains("Finalization = (typeof FinalizationRegistry") {
            until = Some("    : new FinalizationRegistry(");
        } else {
            kept.push_str(line);
        }
    }
    (kept, classes)
}

/// The program without some of its exports; none where it is no WebAssembly.
fn without_exports(program: &[u8], dropped: &dyn Fn(&str) -> bool) -> Option<Vec<u8>> {
    let (mut made, mut rest) = (program.get(..8)?.to_vec(), program.get(8..)?);
    while let [kind, after @ ..] = rest {
        let (length, after) = number(after)?;
        let (section, after) = after.split_at_checked(length)?;
        made.push(*kind);
        if *kind == EXPORTS {
            let section = fewer_exports(section, dropped)?;
            put_number(&mut made, section.len());
            made.extend(section);
        } else {
            put_number(&mut made, length);
            made.extend(section);
        }
        rest = after;
    }
    Some(made)
}

fn fewer_exports(section: &[u8], dropped: &dyn Fn(&str) -> bool) -> Option<Vec<u8>> {
    let (count, mut rest) = number(section)?;
    let (mut kept, mut body) = (0, Vec::<u8>::new());
    for _ in 0..count {
        let start = rest;
        let (length, after) = number(rest)?;
        let (name, after) = after.split_at_checked(length)?;
        // What kind of thing it is, and which.
        let (_, after) = number(after.get(1..)?)?;
        if !dropped(str::from_utf8(name).ok()?) {
            kept += 1;
            body.extend(&start[..start.len() - after.len()]);
        }
        rest = after;
    }
    let mut fewer = Vec::new();
    put_number(&mut fewer, kept);
    fewer.extend(body);
    Some(fewer)
}

/// Reads a number of seven bits a byte, the lowest first (LEB128).
fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut value = 0_usize;
    for (at, byte) in bytes.iter().enumerate().take(5) {
        value |= usize::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            return Some((value, &bytes[at + 1..]));
        }
    }
    None
}

fn put_number(bytes: &mut Vec<u8>, mut value: usize) {
    while value > 0x7f {
        bytes.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_go_with_what_cleans_up_behind_them() {
        let script = "export class IntoSink {\n    free() {\n    }\n}\n\
            if (Symbol.dispose) IntoSink.prototype[Symbol.dispose] = IntoSink.prototype.free;\n\
            function __wbg_get_imports() {\n}\n\
            const IntoSinkFinalization = (typeof FinalizationRegistry === 'undefined')\n    ? {}\n\
            \x20   : new FinalizationRegistry(ptr => wasm.__wbg_intosink_free(ptr, 1));\n\
            const CLOSURE_DTORS = 1;\n";
        let (kept, classes) = without_classes(script);
        assert_eq!(classes, ["intosink"]);
        assert_eq!(kept, "function __wbg_get_imports() {\n}\nconst CLOSURE_DTORS = 1;\n");
    }

    #[test]
    fn exports_go_and_all_else_stays() {
        let section = |kind: u8, body: &[u8]| [&[kind, body.len() as u8], body].concat();
        let export = |name: &str, which: u8| [&[name.len() as u8], name.as_bytes(), &[0, which]].concat();
        let program = |exports: &[Vec<u8>]| {
            let body = [vec![exports.len() as u8], exports.concat()].concat();
            [
                b"\0asm\x01\0\0\0".to_vec(),
                section(3, &[1, 0]),
                section(EXPORTS, &body),
                section(10, &[9; 100]),
            ]
            .concat()
        };
        let full = program(&[export("main", 1), export("intosink_write", 2), export("memory", 0)]);
        let fewer = without_exports(&full, &|name| name.starts_with("intosink")).unwrap();
        assert_eq!(fewer, program(&[export("main", 1), export("memory", 0)]));
        assert_eq!(without_exports(&full, &|_| false).unwrap(), full);
        assert_eq!(without_exports(&full[..20], &|_| false), None);
    }

    #[test]
    fn long_numbers_are_read_as_they_are_written() {
        for value in [0, 127, 128, 300, 1_000_000] {
            let mut bytes = Vec::new();
            put_number(&mut bytes, value);
            assert_eq!(number(&bytes), Some((value, [].as_slice())));
        }
    }
}
