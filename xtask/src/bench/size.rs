//! The first load by file, as it lies in dist/.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::error::{Error, Result};
use crate::paths;

/// At most, in bytes.
pub const BUDGET: u64 = 220_000;
/// Never above, in bytes.
pub const HARD_LIMIT: u64 = 300_000;

/// The files a first load requests, and their compressed sizes.
pub struct FirstLoad(Vec<(String, u64)>);

/// Follows what index.html names, and what the JavaScript imports.
pub fn first_load() -> Result<FirstLoad> {
    let dist = paths::dist();
    let mut names = BTreeSet::from(["index.html".to_owned()]);
    let page = paths::read(&dist.join("index.html"))?;
    // What is in a template is not fetched until somebody takes it out.
    let (before, rest) = page.split_once("<template").unwrap_or((&page, ""));
    let behind = rest.split_once("</template>").map_or("", |(_, behind)| behind);
    names.extend([before, behind].into_iter().flat_map(quoted).filter_map(|word| local(word, &dist)));
    let imports = names
        .iter()
        .filter(|name| name.ends_with(".js"))
        .map(|name| paths::read(&dist.join(name)))
        .collect::<Result<Vec<_>>>()?;
    for script in &imports {
        names.extend(quoted(script).filter_map(|word| local(word, &dist)));
    }
    // The app asks for its icons at once, by a name that only the wasm has.
    names.extend(local("sprite.svg", &dist));
    let files = names
        .into_iter()
        .map(|name| Ok((name.clone(), transferred(&dist.join(name))?)))
        .collect::<Result<_>>()?;
    Ok(FirstLoad(files))
}

/// Everything between quotes.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split(['"', '\''])
}

/// The file in dist/ that a reference means.
fn local(word: &str, dist: &std::path::Path) -> Option<String> {
    let name = word.trim_start_matches("./").trim_start_matches('/');
    let plain = !name.is_empty() && name.len() < 200 && !name.contains("..");
    (plain && dist.join(name).is_file()).then(|| name.to_owned())
}

/// The brotli file's size if there is one: that is what is sent.
fn transferred(path: &std::path::Path) -> Result<u64> {
    let mut compressed = path.as_os_str().to_owned();
    compressed.push(".br");
    let compressed = PathBuf::from(compressed);
    std::fs::metadata(&compressed)
        .or_else(|_| std::fs::metadata(path))
        .map(|about| about.len())
        .map_err(Error::file(path))
}

impl FirstLoad {
    /// The sum.
    pub fn total(&self) -> u64 {
        self.0.iter().map(|(_, bytes)| bytes).sum()
    }

    /// For target/bench.json.
    pub fn to_json(&self) -> serde_json::Value {
        let files: Vec<_> =
            self.0.iter().map(|(name, bytes)| serde_json::json!({ "file": name, "bytes": bytes })).collect();
        serde_json::json!({ "files": files, "bytes": self.total() })
    }

    /// For people.
    pub fn print(&self) {
        println!("First load, files in dist/ (brotli bytes)");
        for (name, bytes) in &self.0 {
            println!("{bytes:>9}  {name}");
        }
        println!("{}", verdict(self.total()));
    }
}

/// The sum against the budget.
pub fn verdict(total: u64) -> String {
    let word = if total <= BUDGET {
        "within the budget"
    } else if total <= HARD_LIMIT {
        "OVER the budget"
    } else {
        "OVER the hard limit"
    };
    format!("{total:>9}  in all: {word} of {BUDGET} (hard limit {HARD_LIMIT})")
}
