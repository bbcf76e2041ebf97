//! The conversation: messages and events in one order, of any length.
//!
//! Only what is near the screen is on the page, and only what was near it is loaded;
//! what is missing has its room kept, so that the page is as high as if all were there.

mod find;
mod fresh;
mod highlight;
mod keep;
mod layout;
mod load;
mod places;
mod print;
mod read;
mod screen;
mod start;
mod state;
mod tools;
mod view;
mod window;

pub use state::Thread;
pub use view::Timeline;
