//! Tables: which keys they have, lack, and should not have.

use std::collections::{BTreeMap, BTreeSet};

use contract::catalogue::Place;
use serde_json::{Map, Value};
use serde_spanned::Spanned;
use toml::de::{DeTable, DeValue};

use super::{
    form::{Form, required, resolve},
    stand_in::{kind_of, stand_in},
    suggestion::{suggestion, told},
};

/// The values of a table by known key, each with where its key stands.
type Known<'t, 'i> = BTreeMap<String, (usize, &'t Spanned<DeValue<'i>>)>;

impl Form<'_> {
    pub(super) fn read_table(
        &mut self,
        place: &Place,
        at: usize,
        table: &DeTable<'_>,
        schema: &Value,
    ) -> Value {
        let properties: Vec<_> = keys_of(schema).collect();
        let mut read = Map::new();
        for (key, (at, value)) in self.known(place, table, &properties) {
            let place = place.key(key.clone());
            self.begins.push((place.clone(), at));
            match self.read(&place, value, &schema["properties"][&key]) {
                Some(value) => drop(read.insert(key, value)),
                None => self.mended.push(place),
            }
        }
        self.complete(place, at, schema, &mut read);
        Value::Object(read)
    }

    /// The known keys. What is misspelt is told, and taken for what it is like.
    fn known<'t, 'i>(&mut self, place: &Place, table: &'t DeTable<'i>, properties: &[&str]) -> Known<'t, 'i> {
        let mut known = Known::new();
        let (good, bad): (Vec<_>, Vec<_>) =
            table.iter().partition(|(key, _)| properties.contains(&&**key.get_ref()));
        for (key, value) in good {
            known.insert(key.get_ref().to_string(), (key.span().start, value));
        }
        for (key, value) in bad {
            let (at, written) = (key.span().start, key.get_ref());
            let free: Vec<_> = properties.iter().copied().filter(|key| !known.contains_key(*key)).collect();
            let meant = suggestion(written, free.into_iter());
            let hint = told(meant, properties);
            self.add(at, place, format!("there is no key “{written}” here"), hint);
            if let Some(meant) = meant {
                known.insert(meant.to_owned(), (at, value));
            }
        }
        known
    }

    /// Puts in what is missing, and tells it, unless something was told of it already.
    fn complete(&mut self, place: &Place, at: usize, schema: &Value, read: &mut Map<String, Value>) {
        let missing: Vec<_> = required(schema).filter(|key| !read.contains_key(*key)).collect();
        for key in missing {
            let own = place.key(key.to_owned());
            if !self.mended.contains(&own) {
                if !self.syntax.has_lost(self.line_at(at), key) {
                    let part = &schema["properties"][key];
                    let meaning =
                        part["description"].as_str().unwrap_or("it is needed").trim_end_matches('.');
                    self.add(at, place, format!("“{key}” is missing"), format!("add it: {}", lower(meaning)));
                }
                self.mended.push(own);
            }
            let value = match key {
                "kind" => kind_of(read),
                _ => stand_in(self.document, &schema["properties"][key]),
            };
            read.insert(key.to_owned(), value);
        }
    }

    /// The one alternative whose keys these are. Nothing if anything in it is wrong:
    /// half a condition says something else than the whole.
    pub(super) fn read_alternatives(
        &mut self,
        place: &Place,
        at: usize,
        table: &DeTable<'_>,
        schema: &Value,
    ) -> Option<Value> {
        let told = self.found.len();
        let alternatives: Vec<_> =
            schema["oneOf"].as_array()?.iter().map(|one| resolve(self.document, one)).collect();
        let all: BTreeSet<_> = alternatives.iter().copied().flat_map(keys_of).collect();
        let known = self.known(place, table, &all.into_iter().collect::<Vec<_>>());
        let fits = |one: &&&Value| {
            required(one).collect::<BTreeSet<_>>() == known.keys().map(String::as_str).collect()
        };
        let Some(alternative) = alternatives.iter().find(fits) else {
            if self.found.len() == told {
                let written: Vec<_> = known.keys().map(String::as_str).collect();
                self.add(at, place, unfitting(&written), ways(&alternatives));
            }
            return None;
        };
        let mut read = Map::new();
        for (key, (_, value)) in &known {
            let value = self.read(&place.key(key.clone()), value, &alternative["properties"][key]);
            read.insert(key.clone(), value?);
        }
        (self.found.len() == told).then_some(Value::Object(read))
    }
}

fn keys_of(schema: &Value) -> impl Iterator<Item = &str> {
    schema["properties"].as_object().into_iter().flatten().map(|(key, _)| key.as_str())
}

fn unfitting(written: &[&str]) -> String {
    match written {
        [] => "there is nothing in it".to_owned(),
        [only] => format!("“{only}” alone says too little"),
        several => format!("{} do not go together", several.join(" and ")),
    }
}

fn ways(alternatives: &[&Value]) -> String {
    let ways = alternatives.iter().map(|one| required(one).collect::<Vec<_>>().join(" and "));
    format!("write one of: {}", ways.collect::<Vec<_>>().join("; "))
}

/// A sentence as a part of one.
fn lower(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
