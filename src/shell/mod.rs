//! What stands around every page.

mod account_menu;
mod branding;
mod case_types;
mod connection_banner;
mod create_menu;
mod failure;
mod fetched;
mod foot;
mod later_style;
mod not_found;
mod overlay;
mod page;
mod shortcuts;
mod top_bar;
mod unsent;
mod waiting;

pub use branding::follow_accent;
pub use case_types::CaseTypes;
pub use connection_banner::ConnectionBanner;
pub use failure::Failure;
pub use fetched::{Build, Fetching, fetch_ahead, fetched};
pub use foot::foot;
pub use not_found::NotFound;
pub use overlay::Overlay;
pub use page::{Main, Page};
pub use shortcuts::listen as listen_for_shortcuts;
pub use top_bar::TopBar;
pub use unsent::UnsentDrafts;
pub use waiting::Waiting;
