//! `/demo/mail`: the mails of a portal that plays, for whoever tries it out. It is not there
//! on any other.

use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use chrono::SecondsFormat;
use uuid::Uuid;

use super::{Letter, Postman};
use crate::{
    export::{element, escaped, wrapped},
    http::security_headers,
    plain_page::{Shown, english_page, shown},
    store::StoreError,
};

/// How many mails are listed, the newest.
const LISTED: u32 = 200;
/// The pages, on what a postman sends.
pub fn demo_routes(postman: Postman) -> Router {
    let [_, nosniff, resource] = security_headers();
    Router::new()
        .route("/demo/mail", get(list))
        .route("/demo/mail/{id}", get(one))
        .route("/demo/mail/{id}/html", get(html))
        .with_state(postman)
        .layer((nosniff, resource))
}

/// What keeps a page from being shown.
enum Unshown {
    NotThere,
    Store(StoreError),
}

impl From<StoreError> for Unshown {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl IntoResponse for Unshown {
    fn into_response(self) -> Response {
        let (status, sentence) = match self {
            Self::NotThere => (StatusCode::NOT_FOUND, "There is no such mail."),
            Self::Store(error) => {
                tracing::error!(%error, "the mails cannot be shown");
                (
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "The mails cannot be read right now. Try again in a moment.",
                )
            }
        };
        let back = "<p><a href=\"/demo/mail\">All mails</a></p>";
        (
            status,
            english_page("Mails", &format!("{}{}{back}", element("h1", "Mails"), element("p", sentence))),
        )
            .into_response()
    }
}

async fn list(State(postman): State<Postman>) -> Result<Shown, Unshown> {
    let letters = postman.newest(LISTED).await?;
    let line = |letter: &Letter| {
        let to = format!("{} · {}", letter.address, letter.at.to_rfc3339_opts(SecondsFormat::Secs, true));
        let subject = escaped(&letter.line());
        format!("<li><a href=\"/demo/mail/{}\">{subject}</a><br>{}</li>", letter.id, element("small", &to))
    };
    let lines: String = letters.iter().map(line).collect();
    let told = if letters.is_empty() {
        "No mail was written yet."
    } else {
        "What this demo mails, the newest first."
    };
    let back = "<p><a href=\"/\">To the portal</a></p>";
    let body = format!("{}{}{}{back}", element("h1", "Mails"), element("p", told), wrapped("ul", &lines));
    Ok(english_page("Mails", &body))
}

async fn one(State(postman): State<Postman>, Path(id): Path<Uuid>) -> Result<Shown, Unshown> {
    let letter = postman.letter(id).await?.ok_or(Unshown::NotThere)?;
    let (text, url) = letter.spoken(|letter| (letter.text(&postman.sender), letter.path()));
    let facts = [
        ("From", postman.sender.from.to_string()),
        ("To", letter.address.clone()),
        ("Subject", letter.line()),
    ];
    let facts: String =
        facts.iter().map(|(name, value)| element("dt", name) + &element("dd", value)).collect();
    let ways = format!(
        "<p><a href=\"{}\">Open the case</a> · <a href=\"/demo/mail/{id}/html\">As HTML</a> · \
         <a href=\"/demo/mail\">All mails</a></p>",
        escaped(&url)
    );
    let body = format!("{}{}{}{ways}", element("h1", "Mail"), wrapped("dl", &facts), element("pre", &text));
    Ok(english_page(&letter.line(), &body))
}

async fn html(State(postman): State<Postman>, Path(id): Path<Uuid>) -> Result<Shown, Unshown> {
    let letter = postman.letter(id).await?.ok_or(Unshown::NotThere)?;
    Ok(shown(letter.spoken(|letter| letter.html(&postman.sender))))
}
