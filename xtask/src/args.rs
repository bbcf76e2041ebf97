//! A command's words: a handful of flags, too few for a parser crate.

use crate::error::{Error, Result};

/// The words after the command's name; each reader takes out what it knows.
pub struct Args(Vec<String>);

impl Args {
    /// Wraps the words after the command's name.
    pub fn new(words: Vec<String>) -> Self {
        Self(words)
    }

    /// Takes out a flag without a value; true if it was there.
    pub fn flag(&mut self, name: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|word| word != name);
        self.0.len() != before
    }

    /// Takes out `--name VALUE` or `--name=VALUE`.
    pub fn value(&mut self, name: &str) -> Result<Option<String>> {
        let with_equals = format!("{name}=");
        let Some(at) = self.0.iter().position(|word| word == name || word.starts_with(&with_equals)) else {
            return Ok(None);
        };
        let word = self.0.remove(at);
        if let Some(value) = word.strip_prefix(&with_equals) {
            return Ok(Some(value.to_owned()));
        }
        if at < self.0.len() {
            return Ok(Some(self.0.remove(at)));
        }
        Err(Error::Usage(format!("{name} needs a value")))
    }

    /// Takes out `--name PORT`, or answers the default.
    pub fn port(&mut self, name: &str, default: u16) -> Result<u16> {
        match self.value(name)? {
            None => Ok(default),
            Some(text) => {
                text.parse().map_err(|_| Error::Usage(format!("{name} takes a port number, not `{text}`")))
            }
        }
    }

    /// The words that are left, when they may only be names.
    pub fn names(self) -> Result<Vec<String>> {
        match self.0.iter().find(|word| word.starts_with('-')) {
            Some(word) => Err(Error::Usage(format!("unknown option `{word}`"))),
            None => Ok(self.0),
        }
    }

    /// Fails if anything is left.
    pub fn done(self) -> Result<()> {
        match self.0.first() {
            Some(word) => Err(Error::Usage(format!("unexpected `{word}`"))),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(words: &[&str]) -> Args {
        Args::new(words.iter().map(|word| (*word).to_owned()).collect())
    }

    #[test]
    fn takes_values_in_both_spellings() {
        let mut words = args(&["--port", "81", "--data=x"]);
        assert_eq!(words.port("--port", 8080).unwrap(), 81);
        assert_eq!(words.value("--data").unwrap().as_deref(), Some("x"));
        assert!(words.done().is_ok());
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        assert!(args(&["--prot", "81"]).done().is_err());
        assert!(args(&["--x"]).names().is_err());
        assert!(args(&["--port"]).port("--port", 1).is_err());
        assert!(args(&["--port", "many"]).port("--port", 1).is_err());
    }
}
