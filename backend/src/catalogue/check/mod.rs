//! Every mistake of a catalogue file with its line, in one run: of its syntax, of its
//! form, of its sense. Whatever cannot be used is mended before the next look, so that
//! no mistake is told for another's sake.

mod form;
mod scalar;
mod stand_in;
mod suggestion;
mod syntax;
mod table;

use std::fmt;

use contract::catalogue::{Catalogue, Mistake, Part, Place};
use serde_json::Value;
use serde_spanned::Spanned;
use toml::de::{DeTable, DeValue};

use form::Form;
use syntax::Syntax;

/// A mistake, and the line of the file it is on, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The line.
    pub line: usize,
    /// The mistake; its place is empty where the syntax is at fault.
    pub mistake: Mistake,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Mistake { place, message, hint } = &self.mistake;
        write!(f, "{}: ", self.line)?;
        if !place.parts().is_empty() {
            write!(f, "{place}: ")?;
        }
        write!(f, "{message}; {hint}")
    }
}

/// The catalogue of a text, as it is written, or all that is wrong with it.
pub(super) fn check(text: &str, schema: &Value) -> Result<Catalogue, Vec<Found>> {
    let (tree, errors) = DeTable::parse_recoverable(text);
    let syntax = Syntax::of(text, &errors);
    if syntax.hides_the_rest {
        return Err(sorted(syntax.mistakes));
    }
    let span = tree.span();
    let tree = Spanned::new(span, DeValue::Table(tree.into_inner()));
    let mut form = Form::new(text, schema, &syntax);
    let mended = form.read(&Place::top(), &tree, schema).unwrap_or_default();
    let catalogue = serde_json::from_value::<Catalogue>(mended);
    let mut found = syntax.mistakes.clone();
    found.extend(form.found.iter().filter(|found| !syntax.is_broken(found.line)).cloned());
    if let Ok(catalogue) = &catalogue {
        let sense = catalogue.check().into_iter().filter(|mistake| !form.explains(mistake));
        let sense = sense.map(|mistake| Found { line: form.line_of(&mistake.place), mistake });
        found.extend(sense.filter(|found| !syntax.is_broken(found.line)));
    }
    match catalogue {
        Ok(catalogue) if found.is_empty() => Ok(catalogue),
        // The types refuse what the schema lets pass.
        Err(error) if found.is_empty() => Err(vec![unforeseen(text, &error)]),
        _ => Err(sorted(found)),
    }
}

fn sorted(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by_key(|found| found.line);
    found
}

fn unforeseen(text: &str, error: &serde_json::Error) -> Found {
    let spanned = toml::from_str::<Catalogue>(text).err();
    let line = spanned.as_ref().and_then(toml::de::Error::span).map_or(1, |span| line_at(text, span.start));
    let message = spanned.map_or_else(|| error.to_string(), |spanned| spanned.message().to_owned());
    let hint = "write it as docs/catalogue.md says".to_owned();
    Found { line, mistake: Mistake { place: Place::top(), message, hint } }
}

/// The line of a byte, from 1.
fn line_at(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count()
}

/// The last key on the way to a place.
fn last_key(place: &Place) -> Option<&str> {
    match place.parts().last()? {
        Part::Key(key) => Some(key),
        Part::Entry { .. } => None,
    }
}
