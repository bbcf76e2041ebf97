//! Cases begun and not yet filed. Each has an id of its own, so that there may be
//! several at once.

use std::cmp::Reverse;

use uuid::Uuid;

use super::{
    form_draft::{FormDraft, keys_of},
    store,
};

/// A person's drafts, those touched last first.
pub async fn all(person: Uuid) -> Vec<FormDraft> {
    let prefix = keys_of(person);
    let mut drafts = Vec::new();
    for key in store::keys(&prefix).await {
        let kept = FormDraft::from_text(&store::get(&key).await.unwrap_or_default());
        let name = key.strip_prefix(&prefix).unwrap_or_default();
        match (kept, name.split_once('/')) {
            (Some(kept), Some(_)) => drafts.push(kept),
            (Some(kept), None) => drafts.push(moved(kept, name, &key, person).await),
            (None, _) => {}
        }
    }
    drafts.sort_by_key(|draft| Reverse(draft.touched));
    drafts
}

/// A draft of the time when there was one a type, under the key of today.
async fn moved(old: FormDraft, type_id: &str, key: &str, person: Uuid) -> FormDraft {
    let draft = FormDraft { id: "first".to_owned(), type_id: type_id.to_owned(), ..old };
    keep(&draft, person).await;
    store::put(key, None).await;
    draft
}

/// The draft of a type that was touched last.
pub async fn newest(person: Uuid, type_id: &str) -> Option<FormDraft> {
    all(person).await.into_iter().find(|draft| draft.type_id == type_id)
}

/// Keeps a draft that no page has open.
pub async fn keep(draft: &FormDraft, person: Uuid) {
    if !draft.is_blank() {
        store::put(&draft.key(person), Some(&draft.to_text())).await;
    }
}

/// Forgets a draft that no page has open.
pub fn forget(draft: &FormDraft, person: Uuid) {
    store::put_now(&draft.key(person), None);
}

#[cfg(test)]
mod tests {
    use contract::catalogue::Answer;
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn draft(subject: &str) -> FormDraft {
        let mut draft = FormDraft::begin("problem");
        draft.answer("subject", Answer::Text(subject.to_owned()));
        draft
    }

    #[wasm_bindgen_test]
    async fn each_person_has_their_own_the_one_touched_last_first() {
        let (me, other) = (Uuid::new_v4(), Uuid::new_v4());
        let (older, newer, theirs) = (draft("Older"), draft("Newer"), draft("Theirs"));
        let newer = FormDraft { touched: older.touched + chrono::Duration::seconds(1), ..newer };
        keep(&older, me).await;
        keep(&newer, me).await;
        keep(&theirs, other).await;
        assert_eq!(all(me).await, [newer.clone(), older.clone()]);
        assert_eq!(newest(me, "problem").await, Some(newer.clone()));
        assert_eq!(newest(me, "emergency").await, None);
        forget(&newer, me);
        assert_eq!(all(me).await, [older]);
        assert_eq!(all(other).await, [theirs]);
    }

    #[wasm_bindgen_test]
    async fn what_was_kept_when_there_was_one_a_type_is_found() {
        let me = Uuid::new_v4();
        let old = r#"{"organisation":null,"answers":{"subject":"Kept long ago"},"read":[],"attempt":null}"#;
        store::put(&format!("draft/{me}/new/problem"), Some(old)).await;
        for _ in 0..2 {
            let found = all(me).await;
            assert_eq!(found.iter().map(FormDraft::subject).collect::<Vec<_>>(), [Some("Kept long ago")]);
            assert_eq!(found[0].key(me), format!("draft/{me}/new/problem/first"));
        }
    }
}
