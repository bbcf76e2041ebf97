//! The design system: the parts every screen is made of.
//!
//! Parts know nothing of the backend or of routes. Native elements come first;
//! how a part looks is in `style/`.

pub mod announce;
pub mod avatar;
pub mod banner;
pub mod button;
pub mod choice;
pub mod dialog;
pub mod empty;
pub mod erased;
pub mod field;
pub mod icon;
pub mod input;
pub mod markdown;
pub mod marks;
pub mod menu;
pub mod skeleton;
pub mod time;
pub mod windowed;

pub use announce::{Announcements, Announcer};
pub use avatar::avatar;
pub use banner::{Banner, Tone};
pub use button::{Button, Look};
pub use choice::{ChoiceCard, ChoiceKind};
pub use dialog::Dialog;
pub use empty::EmptyState;
pub use erased::{dynamic, memo, shown, watch};
pub use field::Control;
pub use icon::{Glyph, Icon};
pub use markdown::Markdown;
pub use marks::{PriorityMark, StatusMark};
pub use menu::{Menu, MenuItem};
pub use skeleton::Skeleton;
pub use time::{Clock, Moment};
pub use windowed::Windowed;
