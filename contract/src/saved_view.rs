//! Lists that people keep under a name.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    CaseQuery, FieldError,
    field::{FieldCode, clean_text},
    limits::VIEW_NAME_MAX,
};

/// A list kept under a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SavedView {
    /// Its id.
    pub id: Uuid,
    /// Its name, unique among a person's own and among an organisation's shared ones.
    pub name: String,
    /// What it shows.
    pub parameters: Vec<Parameter>,
    /// Whether everybody of the organisation has it.
    pub shared: bool,
    /// Whether the reader may take it away.
    pub mine: bool,
}

/// A request to keep a list; what had the name before is replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewView {
    /// Its name.
    pub name: String,
    /// What it shows.
    pub parameters: Vec<Parameter>,
    /// Whether everybody of the organisation is to have it: for its administrators.
    #[serde(default)]
    pub shared: bool,
}

/// A parameter as it stands in a list's address, unescaped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

impl Parameter {
    /// Those of a list.
    #[must_use]
    pub fn of(query: &CaseQuery) -> Vec<Self> {
        let one = |(name, value): (&'static str, String)| Self { name: name.to_owned(), value };
        query.parameters().into_iter().map(one).collect()
    }
}

impl SavedView {
    /// What it shows; what can no longer be read is left out.
    #[must_use]
    pub fn query(&self) -> CaseQuery {
        let mut query = CaseQuery::default();
        for parameter in &self.parameters {
            let _read = query.set(&parameter.name, &parameter.value);
        }
        query
    }
}

impl NewView {
    /// Itself with a clean name and its parameters in their usual order.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn validate(&self) -> Result<Self, Vec<FieldError>> {
        let (mut query, mut errors) = (CaseQuery::default(), Vec::new());
        for parameter in &self.parameters {
            if let Err(error) = query.set(&parameter.name, &parameter.value) {
                errors.push(FieldError::new("/parameters", FieldCode::Malformed, error.to_string()));
            }
        }
        let name = clean_text(self.name.trim());
        let length = name.chars().count();
        if length == 0 {
            errors.push(FieldError::new("/name", FieldCode::Required, texts::mistakes::name_the_view()));
        } else if length > VIEW_NAME_MAX {
            let message = texts::mistakes::shorten_to(VIEW_NAME_MAX, length);
            errors.push(FieldError::new("/name", FieldCode::TooLong, message));
        }
        let view = Self { name, parameters: Parameter::of(&query), shared: self.shared };
        if errors.is_empty() { Ok(view) } else { Err(errors) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Status;

    fn view(name: &str, parameters: &[(&str, &str)]) -> NewView {
        let one =
            |(name, value): &(&str, &str)| Parameter { name: (*name).to_owned(), value: (*value).to_owned() };
        NewView { name: name.to_owned(), parameters: parameters.iter().map(one).collect(), shared: false }
    }

    #[test]
    fn keeps_what_a_list_can_show() {
        let kept = view("  Mine ", &[("sort", "subject"), ("status", "closed")]).validate().unwrap();
        assert_eq!(kept, view("Mine", &[("status", "closed"), ("sort", "subject")]));
        let saved = SavedView {
            id: Uuid::nil(),
            name: kept.name,
            parameters: kept.parameters,
            shared: false,
            mine: true,
        };
        assert_eq!(saved.query().statuses, [Status::Closed]);
    }

    #[test]
    fn says_what_is_wrong() {
        let codes = |view: NewView| {
            let errors = view.validate().unwrap_err();
            errors.into_iter().map(|error| (error.pointer, error.code)).collect::<Vec<_>>()
        };
        assert_eq!(codes(view(" ", &[])), [("/name".to_owned(), FieldCode::Required)]);
        assert_eq!(
            codes(view(&"x".repeat(VIEW_NAME_MAX + 1), &[])),
            [("/name".to_owned(), FieldCode::TooLong)]
        );
        assert_eq!(
            codes(view("x", &[("status", "purple")])),
            [("/parameters".to_owned(), FieldCode::Malformed)]
        );
        assert_eq!(codes(view("x", &[("cursor", "x")])), [("/parameters".to_owned(), FieldCode::Malformed)]);
    }
}
