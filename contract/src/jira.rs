//! The development team's ticket for a case.

use serde::{Deserialize, Serialize};

use crate::{
    FieldError,
    field::{FieldCode, clean_line, is_web_address},
    limits::{JIRA_KEY_MAX, TEXT_MAX},
};

/// A ticket in the development team's tracker, as support keeps it up by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct JiraTicket {
    /// Its key, such as `SHOP-1234`.
    pub key: String,
    /// Its address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Where it stands, in the tracker's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
}

impl JiraTicket {
    /// The ticket as it is stored.
    ///
    /// # Errors
    /// The key is none, the address leads nowhere, or the status is too long, at
    /// `/details/jira/…`.
    pub fn validate(self) -> Result<Self, Vec<FieldError>> {
        let mut mistakes = Vec::new();
        let mut wrong = |field: &str, code, message: String| {
            mistakes.push(FieldError::new(format!("/details/jira/{field}"), code, message));
        };
        let key = clean_line(&self.key).to_uppercase();
        if !is_key(&key) {
            wrong("key", FieldCode::Malformed, texts::mistakes::ticket_such_as().to_owned());
        }
        let line = |text: Option<String>| text.map(|text| clean_line(&text)).filter(|text| !text.is_empty());
        let (url, status) = (line(self.url), line(self.status));
        if url.as_ref().is_some_and(|url| !is_web_address(url)) {
            wrong("url", FieldCode::Malformed, texts::mistakes::url_such_as().to_owned());
        }
        for (field, text) in [("url", &url), ("status", &status)] {
            let length = text.as_ref().map_or(0, |text| text.chars().count());
            if length > TEXT_MAX {
                wrong(field, FieldCode::TooLong, texts::mistakes::shorten_to(TEXT_MAX, length));
            }
        }
        if mistakes.is_empty() { Ok(Self { key, url, status }) } else { Err(mistakes) }
    }
}

/// A project's letters and digits, a hyphen, a number.
fn is_key(key: &str) -> bool {
    let Some((project, number)) = key.rsplit_once('-') else { return false };
    key.len() <= JIRA_KEY_MAX
        && project.starts_with(|c: char| c.is_ascii_uppercase())
        && project.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
        && !number.is_empty()
        && number.chars().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticket(key: &str, url: Option<&str>) -> JiraTicket {
        JiraTicket {
            key: key.to_owned(),
            url: url.map(str::to_owned),
            status: Some(" In progress ".to_owned()),
        }
    }

    #[test]
    fn keys_are_a_projects_and_a_number() {
        for key in ["SHOP-1", " shop-1234 ", "A1_B-99"] {
            assert!(ticket(key, None).validate().is_ok(), "{key}");
        }
        for key in ["", "SHOP", "-1", "SHOP-", "1SHOP-1", "SHOP-1a", "SHOP 1", "SHÖP-1"] {
            assert!(ticket(key, None).validate().is_err(), "{key}");
        }
        assert!(ticket(&format!("{}-1", "A".repeat(JIRA_KEY_MAX)), None).validate().is_err());
    }

    #[test]
    fn an_address_leads_to_the_web() {
        let good = ticket("SHOP-1", Some(" https://jira.example/browse/SHOP-1 ")).validate();
        let good = good.expect("it is one");
        assert_eq!(good.url.as_deref(), Some("https://jira.example/browse/SHOP-1"));
        assert_eq!(good.status.as_deref(), Some("In progress"));
        for url in
            ["javascript:alert(1)", "data:text/html,x", "mailto:a@b.example", "jira.example", "https:// x"]
        {
            let mistakes = ticket("SHOP-1", Some(url)).validate().expect_err(url);
            assert_eq!(mistakes[0].pointer, "/details/jira/url");
        }
        assert_eq!(ticket("SHOP-1", Some("  ")).validate().expect("none").url, None);
    }
}
