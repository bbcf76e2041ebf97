//! The files that go along with one text, such as a reply to a case.

use std::collections::HashMap;

use contract::attachment::{AttachedFile, FILES_MAX, FileRefusal, HEAD_BYTES, check, clean_name};
use js_sys::Uint8Array;
use leptos::{prelude::*, task::spawn_local};
use ui::Announcements;
use uuid::Uuid;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File};

use super::{
    chosen::{Chosen, KeptFile, Stage},
    zip,
};
use crate::{
    local::{files, store},
    remote::{Remote, connection::on_return, uploads},
};

/// Files chosen, in the order in which they were.
#[derive(Clone, Copy)]
pub struct Tray {
    /// The files.
    pub files: RwSignal<Vec<Chosen>>,
    pub(super) blobs: StoredValue<HashMap<Uuid, Blob>, LocalStorage>,
    pub(super) remote: Remote,
    place: StoredValue<String>,
    announcements: Announcements,
}

impl Tray {
    /// The files kept for a place, such as a person's reply to a case; what was not yet
    /// at the backend goes on.
    pub fn open(place: String) -> Self {
        let tray = Self {
            files: RwSignal::new(Vec::new()),
            blobs: StoredValue::new_local(HashMap::new()),
            remote: Remote::here(),
            place: StoredValue::new(place),
            announcements: Announcements::here(),
        };
        spawn_local(tray.restore());
        on_return(tray.remote, move || {
            tray.files.with_untracked(|files| files.iter().for_each(|file| file.pause.wake()));
        });
        // Nobody waits for them here any more; they go on when the page is opened again.
        on_cleanup(move || {
            let files = tray.files.try_get_untracked().unwrap_or_default();
            files.iter().for_each(|file| file.pause.wake());
        });
        tray
    }

    /// Takes files, as far as there is room for them.
    pub fn take(self, files: Vec<File>) {
        spawn_local(async move {
            for file in files {
                let name = clean_name(&file.name());
                if self.put(name, file.into()).await.is_none() {
                    return;
                }
            }
        });
    }

    /// Takes one file, checked; nothing where there is no room or no tray any more.
    async fn put(self, name: String, blob: Blob) -> Option<()> {
        let size = size_of(&blob);
        let refused = check(&name, size, &head(&blob).await).err();
        if self.files.try_with_untracked(Vec::len)? >= FILES_MAX {
            self.announcements.toast(texts::files::at_most(FILES_MAX));
            return None;
        }
        let stage = refused.map_or(Stage::Queued, Stage::Refused);
        let chosen = Chosen::new(name, size, stage);
        self.blobs.try_update_value(|blobs| blobs.insert(chosen.id, blob.clone()))?;
        self.files.try_update(|files| files.push(chosen.clone()))?;
        if chosen.is_at(|stage| *stage == Stage::Queued) {
            files::put(&self.key(chosen.id)?, &blob).await;
            self.keep(&chosen).await;
            self.start_next();
        }
        Some(())
    }

    /// Puts a refused file into an archive, which is taken in its place.
    pub fn zip(self, chosen: &Chosen) {
        let chosen = chosen.clone();
        let Some(blob) = self.blobs.with_value(|blobs| blobs.get(&chosen.id).cloned()) else { return };
        chosen.stage.set(Stage::Zipping);
        spawn_local(async move {
            let Some(zipped) = zip::zipped(&chosen.name, &blob).await else {
                chosen.stage.set(Stage::Refused(FileRefusal::Type));
                return;
            };
            if self.forget(&chosen) {
                self.put(clean_name(&format!("{}.zip", chosen.name)), zipped).await;
            }
        });
    }

    /// Takes a file out, and what the backend has of it.
    pub fn remove(self, chosen: &Chosen) {
        if self.forget(chosen)
            && let Some(upload) = chosen.upload.get_untracked()
        {
            spawn_local(uploads::give_up(self.remote, upload));
        }
    }

    /// Tries a file again that failed, or waits.
    pub fn retry(self, chosen: &Chosen) {
        if chosen.is_at(|stage| *stage == Stage::Failed) {
            chosen.stage.set(Stage::Queued);
            self.start_next();
        }
        chosen.pause.wake();
    }

    /// Whether there is nothing in it.
    pub fn is_empty(self) -> bool {
        self.files.with(Vec::is_empty)
    }

    /// Whether files are still on their way.
    pub fn is_busy(self) -> bool {
        self.files.with(|files| files.iter().any(Chosen::is_under_way))
    }

    /// Whether a file cannot be sent as it is.
    pub fn is_stuck(self) -> bool {
        self.files.with(|files| files.iter().any(Chosen::is_stuck))
    }

    /// The files that the backend has.
    pub fn arrived(self) -> Vec<AttachedFile> {
        self.files.with_untracked(|files| files.iter().filter_map(Chosen::attached).collect())
    }

    /// Takes everything out that the backend has: it goes along now.
    pub fn hand_over(self) -> Vec<AttachedFile> {
        let files = self.files.try_get_untracked().unwrap_or_default();
        let arrived = files.iter().filter_map(|chosen| Some((chosen.attached()?, chosen)));
        arrived
            .map(|(file, chosen)| {
                self.forget(chosen);
                file
            })
            .collect()
    }

    /// Puts files back that were handed over and are not sent after all.
    pub fn give_back(self, files: &[AttachedFile]) {
        for chosen in files.iter().map(Chosen::back) {
            self.files.update(|files| files.push(chosen.clone()));
            spawn_local(async move { self.keep(&chosen).await });
        }
    }

    /// Whether a file is still in the tray, and the tray on the page.
    pub(super) fn holds(self, chosen: &Chosen) -> bool {
        let known = |files: &Vec<Chosen>| files.iter().any(|known| known.id == chosen.id);
        self.files.try_with_untracked(known) == Some(true)
    }

    /// Notes how far a file is.
    pub(super) async fn keep(self, chosen: &Chosen) {
        if let Some(key) = self.key(chosen.id).filter(|_| self.holds(chosen))
            && let Ok(text) = serde_json::to_string(&chosen.kept())
        {
            store::put(&key, Some(&text)).await;
        }
    }

    /// Forgets what is in a file: the backend has it.
    pub(super) async fn let_go(self, chosen: &Chosen) {
        self.blobs.try_update_value(|blobs| blobs.remove(&chosen.id));
        if let Some(key) = self.key(chosen.id) {
            files::forget(&key).await;
        }
    }

    fn forget(self, chosen: &Chosen) -> bool {
        let was_here = self.holds(chosen);
        self.files.try_update(|files| files.retain(|known| known.id != chosen.id));
        chosen.pause.wake();
        if let Some(key) = self.key(chosen.id) {
            store::put_now(&key, None);
        }
        let chosen = chosen.clone();
        spawn_local(async move { self.let_go(&chosen).await });
        self.start_next();
        was_here
    }

    fn key(self, id: Uuid) -> Option<String> {
        self.place.try_with_value(|place| format!("files/{place}/{id}"))
    }

    async fn restore(self) {
        let Some(prefix) = self.place.try_with_value(|place| format!("files/{place}/")) else { return };
        let mut found = Vec::new();
        for key in store::keys(&prefix).await {
            let text = store::get(&key).await.unwrap_or_default();
            let Ok(kept) = serde_json::from_str::<KeptFile>(&text) else { continue };
            let blob = if kept.whole { None } else { files::get(&key).await };
            let stage = match &blob {
                _ if kept.whole => Stage::Arrived,
                Some(_) => Stage::Queued,
                None => Stage::Lost,
            };
            if let Some(blob) = blob {
                self.blobs.try_update_value(|blobs| blobs.insert(kept.id, blob));
            }
            found.push(Chosen::of(kept, stage));
        }
        found.sort_by(|one, other| one.at.total_cmp(&other.at));
        self.files.try_update(|files| {
            let newer = std::mem::replace(files, found);
            files.extend(newer);
        });
        self.start_next();
    }
}

/// The first bytes of a file; none where it cannot be read.
async fn head(blob: &Blob) -> Vec<u8> {
    let most = i32::try_from(HEAD_BYTES).unwrap_or(i32::MAX);
    let Ok(head) = blob.slice_with_i32_and_i32(0, most) else { return Vec::new() };
    let read = JsFuture::from(head.array_buffer()).await;
    read.map(|buffer| Uint8Array::new(&buffer).to_vec()).unwrap_or_default()
}

/// A file's size in bytes.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the browser counts bytes in a double, never below zero"
)]
fn size_of(blob: &Blob) -> u64 {
    blob.size() as u64
}
