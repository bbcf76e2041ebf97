//! Every address of the portal as a type.

use std::fmt;

pub use contract::survey::ANCHOR as SURVEY;
use contract::{CaseNumber, CaseQuery};
use leptos_router::params::ParamsMap;
use uuid::Uuid;

/// Which draft of a type an address means.
pub const DRAFT: &str = "draft";
/// Which step of it.
pub const STEP: &str = "step";
/// The case that a new one is to be like.
pub const LIKE: &str = "like";
/// The case that a new one follows up.
pub const FOLLOWS: &str = "follows";

/// The case whose answers are to be corrected.
pub const CORRECTS: &str = "corrects";
/// Which part of a case is shown.
pub const TAB: &str = "tab";
/// Its files; anything else is the conversation.
pub const ATTACHMENTS: &str = "attachments";
/// What is to be done to a case.
pub const DO: &str = "do";

/// The sign-in page where somebody forgot their password.
pub const FORGOTTEN: &str = "forgotten";
/// The same where a link sets a password.
pub const LINK: &str = "link";
/// The same where a link lets somebody join an organisation.
pub const INVITATION: &str = "invitation";
/// Which organisation is meant, where somebody administers several.
pub const ORGANISATION: &str = "organisation";

/// A page's path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The start page.
    Home,
    /// What one has to do with cases.
    Activities,
    /// The list of cases.
    Cases,
    /// What one was told of.
    Notifications,
    /// The choice of a case type.
    NewCase,
    /// The assistant for a case type's id.
    Assistant(String),
    /// One case.
    Case(CaseNumber),
    /// One's own account.
    Account,
    /// An organisation's people.
    People,
    /// Sign-in, for those who come to it by its address.
    SignIn,
    /// Every part of the design system.
    #[cfg(feature = "gallery")]
    Gallery,
    /// No page.
    Unknown,
}

impl Route {
    /// The page at a path.
    pub fn parse(path: &str) -> Self {
        let parts: Vec<_> = path.split('/').filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            [] => Self::Home,
            ["activities"] => Self::Activities,
            ["cases"] => Self::Cases,
            ["notifications"] => Self::Notifications,
            ["cases", "new"] => Self::NewCase,
            ["cases", "new", type_id] => Self::Assistant((*type_id).to_owned()),
            ["cases", number] => number.parse().map_or(Self::Unknown, Self::Case),
            ["account"] => Self::Account,
            ["people"] => Self::People,
            ["sign-in"] => Self::SignIn,
            #[cfg(feature = "gallery")]
            ["gallery"] => Self::Gallery,
            _ => Self::Unknown,
        }
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Home | Self::Unknown => f.write_str("/"),
            Self::Activities => f.write_str("/activities"),
            Self::Cases => f.write_str("/cases"),
            Self::Notifications => f.write_str("/notifications"),
            Self::NewCase => f.write_str("/cases/new"),
            Self::Assistant(type_id) => write!(f, "/cases/new/{type_id}"),
            Self::Case(number) => write!(f, "/cases/{number}"),
            Self::Account => f.write_str("/account"),
            Self::People => f.write_str("/people"),
            Self::SignIn => f.write_str("/sign-in"),
            #[cfg(feature = "gallery")]
            Self::Gallery => f.write_str("/gallery"),
        }
    }
}

/// The address of a list.
pub fn cases_url(query: &CaseQuery) -> String {
    with_query(&Route::Cases, &query.parameters())
}

/// The address of the page of an organisation's people.
pub fn people_url(parameters: &[(&str, String)]) -> String {
    with_query(&Route::People, parameters)
}

/// The address of an entry of a case's timeline.
pub fn entry_url(number: CaseNumber, entry: Uuid) -> String {
    format!("{}#entry-{entry}", Route::Case(number))
}

/// The address of a draft of a new case.
pub fn draft_url(type_id: &str, draft: &str) -> String {
    with_query(&Route::Assistant(type_id.to_owned()), &[(DRAFT, draft.to_owned())])
}

/// The address of a step of a draft.
pub fn step_url(type_id: &str, draft: &str, step: &str) -> String {
    let parameters = [(DRAFT, draft.to_owned()), (STEP, step.to_owned())];
    with_query(&Route::Assistant(type_id.to_owned()), &parameters)
}

/// The address that begins a form with the answers of a case: `name` is [`LIKE`],
/// [`FOLLOWS`] or [`CORRECTS`].
pub fn earlier_url(type_id: &str, name: &str, number: CaseNumber) -> String {
    with_query(&Route::Assistant(type_id.to_owned()), &[(name, number.to_string())])
}

/// Reads a list's address; what it cannot read it leaves out.
pub fn cases_query(parameters: &ParamsMap) -> CaseQuery {
    let mut query = CaseQuery::default();
    for (name, value) in parameters {
        // An address someone mistyped shows the list all the same.
        let _read = query.set(name, value);
    }
    query
}

fn with_query(route: &Route, parameters: &[(&str, String)]) -> String {
    let mut url = route.to_string();
    for (index, (name, value)) in parameters.iter().enumerate() {
        url.push(if index == 0 { '?' } else { '&' });
        url.push_str(name);
        url.push('=');
        url.push_str(&String::from(js_sys::encode_uri_component(value)));
    }
    url
}

#[cfg(test)]
mod tests {
    use contract::{
        Column, Sort, Status,
        case_filter::{Field, Filter},
    };
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn paths_and_routes_are_each_others_inverse() {
        let routes = [
            Route::Home,
            Route::Activities,
            Route::Cases,
            Route::Notifications,
            Route::NewCase,
            Route::Assistant("problem".to_owned()),
            Route::Case(CaseNumber(123)),
            Route::Account,
            Route::People,
            Route::SignIn,
        ];
        for route in routes {
            assert_eq!(Route::parse(&route.to_string()), route);
        }
        assert_eq!(Route::parse("/cases/CS-1"), Route::Unknown);
        assert_eq!(Route::parse("/cases/new/x/y"), Route::Unknown);
    }

    #[wasm_bindgen_test]
    fn a_list_survives_its_address() {
        let query = CaseQuery {
            statuses: vec![Status::WaitingForCustomer, Status::Closed],
            filters: ["Live, EU", "Staging"]
                .map(|name| Filter { field: Field::Environment, value: name.to_owned() })
                .to_vec(),
            search: "50% & more?".to_owned(),
            sort: Sort::SubjectAsc,
            columns: vec![Column::Status],
        };
        let url = cases_url(&query);
        assert_eq!(
            url,
            "/cases?status=waiting_for_customer%2Cclosed&environment=Live%2C%20EU&environment=Staging&q=50%25%20%26%20more%3F&sort=subject&columns=status"
        );
        let mut map = ParamsMap::new();
        for (name, value) in
            url.split_once('?').unwrap().1.split('&').map(|pair| pair.split_once('=').unwrap())
        {
            map.insert(name.to_owned(), value.to_owned());
        }
        assert_eq!(cases_query(&map), query);
        assert_eq!(cases_url(&CaseQuery::default()), "/cases");
    }
}
