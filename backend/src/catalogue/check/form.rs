//! Mistakes of form: read along the schema, part by part.

use contract::catalogue::{Mistake, Part, Place};
use serde_json::Value;
use serde_spanned::Spanned;
use toml::de::{DeArray, DeValue};

use super::{Found, last_key, line_at, syntax::Syntax};

/// Reads a file's tree along the schema. What comes out has the schema's form,
/// whatever went in.
pub(super) struct Form<'a> {
    text: &'a str,
    pub(super) document: &'a Value,
    pub(super) syntax: &'a Syntax<'a>,
    pub(super) found: Vec<Found>,
    /// Where each part begins.
    pub(super) begins: Vec<(Place, usize)>,
    /// What was left out, or has a stand-in.
    pub(super) mended: Vec<Place>,
}

impl<'a> Form<'a> {
    pub(super) fn new(text: &'a str, document: &'a Value, syntax: &'a Syntax<'a>) -> Self {
        Self { text, document, syntax, found: vec![], begins: vec![], mended: vec![] }
    }

    /// The part in the schema's form; nothing if it cannot be used.
    pub(super) fn read(
        &mut self,
        place: &Place,
        value: &Spanned<DeValue<'_>>,
        schema: &Value,
    ) -> Option<Value> {
        let schema = resolve(self.document, schema);
        match value.get_ref() {
            DeValue::Table(table) if schema["type"] == "object" => {
                Some(self.read_table(place, value.span().start, table, schema))
            }
            DeValue::Table(table) if schema["oneOf"].is_array() => {
                self.read_alternatives(place, value.span().start, table, schema)
            }
            DeValue::Array(entries) if schema["type"] == "array" => {
                self.read_entries(place, entries, &schema["items"])
            }
            _ => self.read_scalar(place, value, schema),
        }
    }

    /// All entries, or none: with one left out the others would change their places.
    fn read_entries(&mut self, place: &Place, entries: &DeArray<'_>, schema: &Value) -> Option<Value> {
        let mut read = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            let place = entry_place(place, index, entry.get_ref());
            self.begins.push((place.clone(), entry.span().start));
            read.push(self.read(&place, entry, schema));
        }
        read.into_iter().collect()
    }

    pub(super) fn add(&mut self, at: usize, place: &Place, message: String, hint: impl Into<String>) {
        let mistake = Mistake { place: place.clone(), message, hint: hint.into() };
        self.found.push(Found { line: self.line_at(at), mistake });
    }

    pub(super) fn line_at(&self, at: usize) -> usize {
        line_at(self.text, at)
    }

    /// The line a place begins on, or what it would be in.
    pub(super) fn line_of(&self, place: &Place) -> usize {
        let around = self.begins.iter().filter(|(part, _)| place.is_within(part));
        around.max_by_key(|(part, _)| part.parts().len()).map_or(1, |(_, at)| self.line_at(*at))
    }

    /// Whether a mistake of sense is there only because something else was mended.
    pub(super) fn explains(&self, mistake: &Mistake) -> bool {
        self.mended.iter().any(|mended| mistake.place.is_within(mended) || follows(mistake, mended))
    }
}

/// A question that lost its id or its kind may be the very one that is missed elsewhere.
fn follows(mistake: &Mistake, mended: &Place) -> bool {
    let lost = last_key(mended);
    if !matches!(lost, Some("id" | "kind")) {
        return false;
    }
    let place = &mistake.place;
    let refers = place
        .parts()
        .iter()
        .any(|part| matches!(part, Part::Key(key) if matches!(&**key, "when" | "without" | "leads_to")));
    let type_itself = place.parts().len() == 2;
    let own = lost == Some("kind") && mended.parent().is_some_and(|question| place.is_within(&question));
    own || ((refers || type_itself) && share_a_type(place, mended))
}

/// Whether both are in one type; closing questions are in all of them.
fn share_a_type(one: &Place, other: &Place) -> bool {
    let of = |place: &Place| match place.parts() {
        [Part::Key(key), Part::Entry { index, .. }, ..] if key == "types" => Some(*index),
        _ => None,
    };
    of(one).zip(of(other)).is_none_or(|(one, other)| one == other)
}

fn entry_place(list: &Place, index: usize, entry: &DeValue<'_>) -> Place {
    match entry.as_table().and_then(|table| table.get("id")).map(Spanned::get_ref) {
        Some(DeValue::String(id)) => list.named(index, id),
        _ => list.entry(index),
    }
}

/// The schema itself, where it is said by reference.
pub(super) fn resolve<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    let target = schema["$ref"].as_str().and_then(|target| target.strip_prefix('#'));
    target.and_then(|target| document.pointer(target)).unwrap_or(schema)
}

/// The keys a table of the schema must have.
pub(super) fn required(schema: &Value) -> impl Iterator<Item = &str> + Clone {
    schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str)
}
