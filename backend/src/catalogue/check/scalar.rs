//! Texts, numbers, yes and no.

use contract::catalogue::Place;
use serde_json::{Value, json};
use serde_spanned::Spanned;
use toml::de::{DeInteger, DeValue};

use super::{
    form::Form,
    suggestion::{suggestion, told},
};

impl Form<'_> {
    /// A value of the schema's type, or nothing and a mistake.
    pub(super) fn read_scalar(
        &mut self,
        place: &Place,
        value: &Spanned<DeValue<'_>>,
        schema: &Value,
    ) -> Option<Value> {
        let wanted = schema["type"].as_str().unwrap_or_default();
        match (wanted, value.get_ref()) {
            ("string", DeValue::String(text)) => return self.read_word(place, value, text, schema),
            ("boolean", DeValue::Boolean(flag)) => return Some(json!(flag)),
            ("number", DeValue::Float(number)) => {
                if let Some(number) = number.as_str().parse::<f64>().ok().filter(|n| n.is_finite()) {
                    return Some(json!(number));
                }
            }
            ("number" | "integer", DeValue::Integer(number)) => {
                let least = schema["minimum"].as_i64().unwrap_or(i64::MIN);
                if let Some(number) = whole(number).filter(|number| (least..=MOST).contains(number)) {
                    return Some(json!(number));
                }
            }
            _ => {}
        }
        let message = format!("this is {}, not {}", shown(value.get_ref()), wanted_words(wanted));
        self.add(value.span().start, place, message, how(wanted));
        None
    }

    fn read_word(
        &mut self,
        place: &Place,
        value: &Spanned<DeValue<'_>>,
        text: &str,
        schema: &Value,
    ) -> Option<Value> {
        let Some(known) = schema["enum"].as_array() else { return Some(json!(text)) };
        let known: Vec<_> = known.iter().filter_map(Value::as_str).collect();
        if known.contains(&text) {
            return Some(json!(text));
        }
        let meant = suggestion(text, known.iter().copied());
        let message = format!("“{text}” is not known here");
        self.add(value.span().start, place, message, told(meant, &known));
        meant.map(|word| json!(word))
    }
}

/// No length and no number of days is longer.
const MOST: i64 = u32::MAX as i64;

fn whole(number: &DeInteger<'_>) -> Option<i64> {
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

fn shown(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(_) => "a text".to_owned(),
        DeValue::Integer(number) => format!("the number {number}"),
        DeValue::Float(number) => format!("the number {number}"),
        DeValue::Boolean(_) => "true or false".to_owned(),
        DeValue::Datetime(_) => "a date".to_owned(),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}

fn wanted_words(wanted: &str) -> &'static str {
    match wanted {
        "string" => "a text",
        "boolean" => "true or false",
        "integer" => "a whole number from 0 to 4294967295",
        "number" => "a number",
        "array" => "a list",
        _ => "a table",
    }
}

fn how(wanted: &str) -> &'static str {
    match wanted {
        "string" => "write it in \"quotes\"",
        "boolean" => "write true or false, without quotes",
        "integer" => "write digits only, without quotes",
        "number" => "write a number such as 10 or 2.5, without quotes",
        "array" => "put it in brackets: [ … ]",
        _ => "put its keys in braces: { … }",
    }
}
