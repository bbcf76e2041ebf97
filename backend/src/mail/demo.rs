//! `/demo/mail`: the mails of a portal that plays, for whoever tries it out. It is not there
//! on any other.

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderName, StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use chrono::SecondsFormat;
use uuid::Uuid;

use super::{Letter, Postman};
use crate::{
    export::{element, escaped, wrapped},
    http::security_headers,
    store::StoreError,
};

/// How many mails are listed, the newest.
const LISTED: u32 = 200;
/// These pages load nothing and run nothing; their style stands in them, as in mails.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";
const STYLE: &str = ":root{color-scheme:light dark}\
    body{font:1rem/1.5 system-ui,sans-serif;max-inline-size:70rem;margin:0 auto;padding:1rem}\
    ul{list-style:none;padding:0}li{border-block-end:1px solid #8888;padding-block:.5rem}\
    li a{display:inline-block;min-block-size:24px;overflow-wrap:anywhere}\
    pre{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid #8888;border-radius:6px;padding:1rem}\
    dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem}\
    dd{margin:0;overflow-wrap:anywhere}p a{display:inline-block;min-block-size:24px}";

/// The pages, on what a postman sends.
pub fn demo_routes(postman: Postman) -> Router {
    let [_, nosniff, referrer, opener, resource] = security_headers();
    Router::new()
        .route("/demo/mail", get(list))
        .route("/demo/mail/{id}", get(one))
        .route("/demo/mail/{id}/html", get(html))
        .with_state(postman)
        .layer((nosniff, referrer, opener, resource))
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
        (status, page("Mails", &format!("{}{}{back}", element("h1", "Mails"), element("p", sentence))))
            .into_response()
    }
}

type Shown = ([(HeaderName, &'static str); 2], Html<String>);

fn shown(html: String) -> Shown {
    ([(header::CONTENT_SECURITY_POLICY, POLICY), (header::CACHE_CONTROL, "no-store")], Html(html))
}

fn page(title: &str, body: &str) -> Shown {
    let head = format!(
        "<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">{}{}",
        element("title", title),
        wrapped("style", STYLE)
    );
    let (head, body) = (wrapped("head", &head), wrapped("body", &wrapped("main", body)));
    shown(format!("<!doctype html><html lang=\"en\">{head}{body}</html>"))
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
    Ok(page("Mails", &body))
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
    Ok(page(&letter.line(), &body))
}

async fn html(State(postman): State<Postman>, Path(id): Path<Uuid>) -> Result<Shown, Unshown> {
    let letter = postman.letter(id).await?.ok_or(Unshown::NotThere)?;
    Ok(shown(letter.spoken(|letter| letter.html(&postman.sender))))
}
