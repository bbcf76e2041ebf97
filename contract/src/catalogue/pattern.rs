//! Forms of text that are a catalogue's own.

use regex_lite::{Regex, RegexBuilder};
use serde::{Deserialize, Serialize};

use crate::limits::PATTERN_MAX;

/// A form a text must have, where no [`Format`](super::Format) says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Pattern {
    /// A regular expression; the whole text must match it.
    pub regex: String,
    /// What to say to somebody whose text does not.
    pub demand: String,
}

/// The most memory one may take once it is compiled, in bytes: `[a-z]{200}` passes,
/// repetitions of repetitions do not.
const SIZE_MAX: usize = 1 << 16;

/// How deep its groups may go.
const DEPTH_MAX: u32 = 20;

impl Pattern {
    /// Whether the whole text has the form. A regular expression that cannot be used
    /// matches nothing; no checked catalogue has one.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        self.compile().is_ok_and(|regex| regex.is_match(text))
    }

    /// Why the regular expression cannot be used, if it cannot.
    pub(super) fn fault(&self) -> Option<String> {
        match self.regex.chars().count() {
            0 => Some("it is empty".to_owned()),
            length if length > PATTERN_MAX => Some(format!("it has more than {PATTERN_MAX} characters")),
            _ => self.compile().err().map(|error| error.to_string()),
        }
    }

    fn compile(&self) -> Result<Regex, regex_lite::Error> {
        // By itself first: `a)|(b` would be good only with brackets around it.
        build(&self.regex)?;
        build(&format!("^(?:{})$", self.regex))
    }
}

fn build(regex: &str) -> Result<Regex, regex_lite::Error> {
    RegexBuilder::new(regex).size_limit(SIZE_MAX).nest_limit(DEPTH_MAX).build()
}
