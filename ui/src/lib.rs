//! The design system: the parts every screen is made of.
//!
//! Parts know nothing of the backend or of routes. Native elements come first;
//! how a part looks is in `style/`. The gallery shows them all.

pub mod announce;
pub mod avatar;
pub mod badge;
pub mod banner;
pub mod button;
pub mod chip;
pub mod choice;
pub mod combobox;
pub mod date_time;
pub mod details;
pub mod dialog;
pub mod empty;
pub mod entry;
pub mod erased;
pub mod field;
pub mod file_drop;
#[cfg(feature = "gallery")]
pub mod gallery;
pub mod icon;
pub mod input;
pub mod keys;
pub mod markdown;
pub mod marks;
pub mod menu;
pub mod popover;
pub mod progress;
pub mod row;
pub mod select;
pub mod skeleton;
pub mod stepper;
pub mod tabs;
pub mod time;
mod toast;
pub mod windowed;

pub use announce::{Announcements, Announcer};
pub use avatar::avatar;
pub use badge::Badge;
pub use banner::{Banner, Tone};
pub use button::{Button, Look};
pub use chip::FilterChip;
pub use choice::{ChoiceCard, ChoiceKind};
pub use combobox::{Offer, combobox};
pub use details::Details;
pub use dialog::Dialog;
pub use empty::EmptyState;
pub use entry::Entry;
pub use erased::{dynamic, memo, shown, watch};
pub use field::Control;
pub use file_drop::{Accepted, file_drop};
pub use icon::{Glyph, Icon};
pub use keys::Keys;
pub use markdown::Markdown;
pub use marks::{PriorityMark, StatusMark};
pub use menu::{Menu, MenuItem};
pub use popover::{Hint, Popover};
pub use progress::Progress;
pub use row::ListRow;
pub use select::select;
pub use skeleton::Skeleton;
pub use stepper::{Step, Stepper};
pub use tabs::{Tab, Tabs};
pub use time::{Clock, Moment};
pub use windowed::Windowed;
