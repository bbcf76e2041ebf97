//! One file that was chosen.

use contract::attachment::{AttachedFile, FileKind, FileRefusal};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{local::Delivery, remote::pause::Pause};

/// A file on its way to the backend.
#[derive(Clone)]
pub struct Chosen {
    /// Tells it from the others.
    pub id: Uuid,
    /// Its name, cleaned.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// When it was chosen, in milliseconds since 1970.
    pub at: f64,
    /// How far it is.
    pub stage: ArcRwSignal<Stage>,
    /// How bringing it to the backend stands.
    pub delivery: ArcRwSignal<Delivery>,
    /// How many bytes have arrived.
    pub arrived: ArcRwSignal<u64>,
    /// The backend's id of it, once it has one.
    pub upload: ArcRwSignal<Option<Uuid>>,
    pub(super) pause: Pause,
}

/// How far a file is.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// A case does not take it.
    Refused(FileRefusal),
    /// It is being put into an archive.
    Zipping,
    /// It waits for its turn.
    Queued,
    /// It is on its way.
    Uploading,
    /// The backend did not take it; its [`Delivery`] says why.
    Failed,
    /// The browser did not keep it over a reload.
    Lost,
    /// The backend has it.
    Arrived,
}

/// What is kept of a file beside what is in it.
#[derive(Serialize, Deserialize)]
pub struct KeptFile {
    pub id: Uuid,
    pub name: String,
    pub size: u64,
    pub at: f64,
    /// The backend's id of it.
    pub upload: Option<Uuid>,
    /// Whether all of it has arrived.
    pub whole: bool,
}

impl Chosen {
    /// A file just chosen.
    pub fn new(name: String, size: u64, stage: Stage) -> Self {
        let (id, at) = (Uuid::new_v4(), js_sys::Date::now());
        Self::of(KeptFile { id, name, size, at, upload: None, whole: false }, stage)
    }

    /// A file that the backend has.
    pub fn back(file: &AttachedFile) -> Self {
        let kept = KeptFile {
            id: Uuid::new_v4(),
            name: file.name.clone(),
            size: file.size,
            at: js_sys::Date::now(),
            upload: Some(file.id),
            whole: true,
        };
        Self::of(kept, Stage::Arrived)
    }

    /// A file as it was kept.
    pub fn of(kept: KeptFile, stage: Stage) -> Self {
        Self {
            id: kept.id,
            name: kept.name,
            size: kept.size,
            at: kept.at,
            stage: ArcRwSignal::new(stage),
            delivery: ArcRwSignal::new(Delivery::Idle),
            arrived: ArcRwSignal::new(if kept.whole { kept.size } else { 0 }),
            upload: ArcRwSignal::new(kept.upload),
            pause: Pause::default(),
        }
    }

    /// What is to be kept of it.
    pub fn kept(&self) -> KeptFile {
        KeptFile {
            id: self.id,
            name: self.name.clone(),
            size: self.size,
            at: self.at,
            upload: self.upload.get_untracked(),
            whole: self.is_at(|stage| *stage == Stage::Arrived),
        }
    }

    /// What a message says of it, once the backend has it.
    pub fn attached(&self) -> Option<AttachedFile> {
        let id = self.upload.get_untracked().filter(|_| self.is_at(|stage| *stage == Stage::Arrived))?;
        let kind = FileKind::from_name(&self.name)?;
        Some(AttachedFile { id, name: self.name.clone(), kind, size: self.size })
    }

    /// Whether its stage is such a one, without following it.
    pub fn is_at(&self, which: impl FnOnce(&Stage) -> bool) -> bool {
        self.stage.with_untracked(which)
    }

    /// Whether it still moves by itself.
    pub fn is_under_way(&self) -> bool {
        self.stage.with(|stage| matches!(stage, Stage::Zipping | Stage::Queued | Stage::Uploading))
    }

    /// Whether somebody has to do something about it before it can be sent.
    pub fn is_stuck(&self) -> bool {
        self.stage.with(|stage| matches!(stage, Stage::Refused(_) | Stage::Failed | Stage::Lost))
    }
}
