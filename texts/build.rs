//! Turns `locales/` into functions, one a text, and checks that every language says
//! everything: same keys, same parameters, same plurals.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use toml::{Table, Value};

/// The language that every text is written in first.
const FIRST: &str = "en";
/// The files whose texts the browser has from the beginning in English, where it fetches
/// the others: what the shell and the list of cases say.
const AT_ONCE: [&str; 11] = [
    "branding",
    "cases",
    "keys",
    "language",
    "palette",
    "preferences",
    "priority",
    "problems",
    "shell",
    "status",
    "ui",
];
/// Parts one text from the next.
const NEXT_TEXT: &str = "\u{1e}";
/// Parts the forms of a plural, and a form's category from its words.
const NEXT_FORM: &str = "\u{1d}";

/// The locale files cannot be used.
#[derive(Debug, thiserror::Error)]
enum Unusable {
    #[error("{0}: {1}")]
    File(PathBuf, io::Error),
    #[error("{0}: {1}")]
    Toml(PathBuf, Box<toml::de::Error>),
    #[error("{0}: neither a text nor a table of plural forms that has `other`")]
    Shape(String),
    #[error("{0}: a brace that does not close, or a parameter that is not a name")]
    Braces(String),
    #[error("the language {language} differs from {FIRST}:{list}", list = .differences.concat())]
    Differs { language: String, differences: Vec<String> },
    #[error("the texts cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    #[error("cargo did not set {0}")]
    Variable(&'static str),
}

/// A text in one language.
struct Text {
    /// As the library reads it.
    written: String,
    parameters: BTreeSet<String>,
    plural: bool,
}

/// Every text of a language by its file's stem and its key.
type Texts = BTreeMap<(String, String), Text>;

fn main() -> Result<(), Unusable> {
    let locales = Path::new("../locales");
    println!("cargo::rerun-if-changed={}", locales.display());
    let mut languages = BTreeMap::new();
    for folder in entries(locales)? {
        let tag = stem(&folder);
        languages.insert(tag, read_language(&folder)?);
    }
    let first = languages.get(FIRST).ok_or(Unusable::Variable(FIRST))?;
    for (tag, texts) in &languages {
        compare(tag, first, texts)?;
    }
    let out = env::var_os("OUT_DIR").ok_or(Unusable::Variable("OUT_DIR"))?;
    let generated = Path::new(&out).join("texts.rs");
    fs::write(&generated, generate(first, &languages)?).map_err(|error| Unusable::File(generated, error))
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Unusable> {
    let fail = |error| Unusable::File(folder.to_owned(), error);
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(fail)? {
        found.push(entry.map_err(fail)?.path());
    }
    found.sort();
    Ok(found)
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn read_language(folder: &Path) -> Result<Texts, Unusable> {
    let mut texts = Texts::new();
    for file in entries(folder)? {
        println!("cargo::rerun-if-changed={}", file.display());
        let source = fs::read_to_string(&file).map_err(|error| Unusable::File(file.clone(), error))?;
        let table: Table =
            toml::from_str(&source).map_err(|error| Unusable::Toml(file.clone(), Box::new(error)))?;
        for (key, value) in table {
            let name = format!("{}: {key}", file.display());
            texts.insert((stem(&file), key), text(&name, value)?);
        }
    }
    Ok(texts)
}

fn text(name: &str, value: Value) -> Result<Text, Unusable> {
    match value {
        Value::String(words) => {
            Ok(Text { parameters: parameters(name, &words)?, plural: false, written: words })
        }
        Value::Table(forms) if forms.contains_key("other") => {
            let mut all = BTreeSet::from(["count".to_owned()]);
            let mut written = Vec::new();
            for (category, words) in forms {
                let words = words.as_str().ok_or_else(|| Unusable::Shape(name.to_owned()))?;
                all.extend(parameters(name, words)?);
                written.push(format!("{category}{NEXT_FORM}{words}"));
            }
            Ok(Text { parameters: all, plural: true, written: written.join(NEXT_FORM) })
        }
        _ => Err(Unusable::Shape(name.to_owned())),
    }
}

fn parameters(name: &str, words: &str) -> Result<BTreeSet<String>, Unusable> {
    let mut found = BTreeSet::new();
    let mut rest = words;
    while let Some((_, after)) = rest.split_once('{') {
        let (parameter, after) = after.split_once('}').ok_or_else(|| Unusable::Braces(name.to_owned()))?;
        let is_name = !parameter.is_empty() && parameter.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        if !is_name {
            return Err(Unusable::Braces(name.to_owned()));
        }
        found.insert(parameter.to_owned());
        rest = after;
    }
    Ok(found)
}

fn compare(language: &str, first: &Texts, other: &Texts) -> Result<(), Unusable> {
    let mut differences = Vec::new();
    for (key @ (file, name), text) in first {
        match other.get(key) {
            None => differences.push(format!("\n  {file}.toml has no {name}")),
            Some(known) if known.plural != text.plural => {
                differences.push(format!("\n  {file}.toml: {name} is plural in one only"));
            }
            Some(known) if known.parameters != text.parameters => {
                differences.push(format!("\n  {file}.toml: {name} has other parameters"));
            }
            Some(_) => {}
        }
    }
    for (file, name) in other.keys().filter(|key| !first.contains_key(*key)) {
        differences.push(format!("\n  {file}.toml has {name}, which {FIRST} has not"));
    }
    if differences.is_empty() {
        return Ok(());
    }
    Err(Unusable::Differs { language: language.to_owned(), differences })
}

fn generate(first: &Texts, languages: &BTreeMap<String, Texts>) -> Result<String, Unusable> {
    let mut code = String::new();
    let mut module = None;
    for (index, ((file, key), text)) in first.iter().enumerate() {
        if module != Some(file) {
            code.push_str(if module.is_some() { "}\n" } else { "" });
            // Writing to a string cannot fail.
            let _ = writeln!(code, "/// `locales/*/{file}.toml`\npub mod {file} {{");
            module = Some(file);
        }
        let said = text.written.replace(NEXT_FORM, " ");
        let _ = writeln!(code, "    #[doc = {said:?}]\n    #[must_use]");
        code.push_str(&function(index, key, text));
    }
    code.push_str("}\n");

    let all = |texts: &Texts| texts.values().map(|text| text.written.clone()).collect::<Vec<_>>();
    let english = match is_fetched_in_part() {
        true => first.iter().map(|((file, _), text)| at_once(file, text)).collect::<Vec<_>>().join(NEXT_TEXT),
        false => all(first).join(NEXT_TEXT),
    };
    let fingerprint = fingerprint(first);
    let _ = writeln!(code, "pub(crate) const ENGLISH: &str = {english:?};");
    let _ = writeln!(code, "pub(crate) const FINGERPRINT: &str = {fingerprint:?};");
    code.push_str(
        "/// The languages, by tag, with their own names.\npub const LANGUAGES: &[(&str, &str)] = &[\n",
    );
    for (tag, texts) in languages {
        let name = texts.get(&("language".to_owned(), "name".to_owned()));
        let _ = writeln!(code, "    ({tag:?}, {:?}),", name.map_or(tag, |text| &text.written));
    }
    code.push_str("];\n/// What the browser fetches to speak a language: its tag, and the file's content.\n");
    code.push_str("#[cfg(not(target_arch = \"wasm32\"))]\npub const FILES: &[(&str, &str)] = &[\n");
    for (tag, texts) in languages {
        let file = serde_json::json!({ "tag": tag, "of": fingerprint, "texts": all(texts) });
        let _ = writeln!(code, "    ({tag:?}, {:?}),", serde_json::to_string(&file)?);
    }
    code.push_str("];\n");
    Ok(code)
}

/// Whether English is built for a browser that fetches some of it later.
fn is_fetched_in_part() -> bool {
    let is_for_browsers = env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32");
    is_for_browsers && env::var_os("CARGO_FEATURE_AT_ONCE").is_some()
}

fn at_once<'t>(file: &str, text: &'t Text) -> &'t str {
    if AT_ONCE.contains(&file) { &text.written } else { "" }
}

fn function(index: usize, key: &str, text: &Text) -> String {
    let others = text.parameters.iter().filter(|parameter| !(text.plural && *parameter == "count"));
    let mut taken: Vec<_> = others.map(|parameter| format!("{parameter}: impl std::fmt::Display")).collect();
    let given: Vec<_> = text.parameters.iter().map(|name| format!("({name:?}, &{name})")).collect();
    let given = given.join(", ");
    if text.plural {
        taken.insert(0, "count: u64".to_owned());
    }
    let taken = taken.join(", ");
    if text.plural {
        format!("    pub fn {key}({taken}) -> String {{ super::plural({index}, count, &[{given}]) }}\n")
    } else if given.is_empty() {
        format!("    pub fn {key}() -> &'static str {{ super::text({index}) }}\n")
    } else {
        format!("    pub fn {key}({taken}) -> String {{ super::filled({index}, &[{given}]) }}\n")
    }
}

/// Tells one set of texts from another: a file of another build must not be taken
/// for this one's (FNV-1a).
fn fingerprint(texts: &Texts) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for ((file, key), text) in texts {
        let words = [file, key].into_iter().chain(&text.parameters);
        for byte in words.flat_map(|word| word.bytes().chain([0])) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}
