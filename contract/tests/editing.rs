//! Who may edit what, and until when.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    Entry,
    people::PersonRef,
    thread::{Content, EDITABLE_FOR, Edited, Purpose, may_edit},
};
use uuid::Uuid;

fn entry(author: u128, content: Content) -> Entry {
    let author = PersonRef { id: Uuid::from_u128(author), name: "Jana".to_owned(), support: false };
    Entry { id: Uuid::from_u128(9), position: 1, at: sent(), author, content }
}

fn sent() -> DateTime<Utc> {
    "2026-03-02T09:00:00Z".parse().unwrap()
}

fn message(purpose: Purpose) -> Content {
    Content::Message {
        purpose,
        source: "Hello".to_owned(),
        body: Vec::new(),
        edited: None,
        mailed: None,
        attachments: Vec::new(),
    }
}

#[test]
fn messages_of_ones_own_for_five_minutes() {
    let me = Uuid::from_u128(1);
    for purpose in
        [Purpose::Reply, Purpose::Note, Purpose::Solution, Purpose::Rejection, Purpose::ClosingNote]
    {
        let mine = entry(1, message(purpose));
        assert!(may_edit(&mine, me, sent()));
        assert!(may_edit(&mine, me, sent() + EDITABLE_FOR));
        assert!(!may_edit(&mine, me, sent() + EDITABLE_FOR + TimeDelta::microseconds(1)));
        assert!(!may_edit(&entry(2, message(purpose)), me, sent()));
    }
    assert!(!may_edit(&entry(1, Content::Filed), me, sent()));
}

#[test]
fn a_message_never_edited_travels_as_before() {
    let plain = serde_json::to_value(message(Purpose::Reply)).unwrap();
    assert!(plain["message"].get("edited").is_none());
    let Content::Message { purpose, source, body, .. } = message(Purpose::Reply) else { return };
    let edited = Content::Message {
        purpose,
        source,
        body,
        edited: Some(Edited { times: 2, at: sent() }),
        mailed: None,
        attachments: Vec::new(),
    };
    let read: Content = serde_json::from_value(serde_json::to_value(&edited).unwrap()).unwrap();
    assert_eq!((read.revision(), message(Purpose::Reply).revision()), (2, 0));
    assert_eq!(read, edited);
}
