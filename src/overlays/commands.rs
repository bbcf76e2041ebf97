//! What the palette can do.

use contract::{CaseSummary, catalogue::Catalogue};
use ui::Icon;

use crate::{local::settings::Theme, routes::Route, shell::Overlay};

/// One thing to choose.
#[derive(Clone, PartialEq)]
pub struct Command {
    /// What it is, for the eye.
    pub icon: Icon,
    /// Its words.
    pub title: String,
    /// More words, such as a case's number.
    pub note: String,
    /// What it does.
    pub deed: Deed,
}

/// What a command does.
#[derive(Clone, PartialEq)]
pub enum Deed {
    /// Goes to a page.
    Go(Route),
    /// Opens another overlay.
    Open(Overlay),
    /// Changes the look.
    Look(Theme),
}

impl Command {
    fn new(icon: Icon, title: impl Into<String>, deed: Deed) -> Self {
        Self { icon, title: title.into(), note: String::new(), deed }
    }

    /// A case as a command.
    pub fn case(case: CaseSummary) -> Self {
        let note = case.number.to_string();
        Self { note, ..Self::new(Icon::Ticket, case.subject, Deed::Go(Route::Case(case.number))) }
    }

    /// Whether every word typed is in its own.
    pub fn matches(&self, typed: &str) -> bool {
        let words = self.title.to_lowercase();
        typed.to_lowercase().split_whitespace().all(|word| words.contains(word))
    }
}

/// The pages and actions of somebody who administers an organisation or not.
pub fn fixed(catalogue: Option<&Catalogue>, administers: bool) -> Vec<Command> {
    let types = catalogue.into_iter().flat_map(|catalogue| &catalogue.types).map(|case_type| {
        let to = Route::Assistant(case_type.id.clone());
        Command::new(Icon::named(&case_type.icon), case_type.title.clone(), Deed::Go(to))
    });
    let mut all = vec![
        Command::new(Icon::Home, texts::shell::home(), Deed::Go(Route::Home)),
        Command::new(Icon::List, texts::shell::our_cases(), Deed::Go(Route::Cases)),
        Command::new(Icon::Bell, texts::shell::notifications(), Deed::Go(Route::Notifications)),
        Command::new(Icon::Plus, texts::shell::create_a_case(), Deed::Go(Route::NewCase)),
        Command::new(Icon::Info, texts::shell::your_account(), Deed::Go(Route::Account)),
    ];
    if administers {
        all.push(Command::new(Icon::List, texts::people::title(), Deed::Go(Route::People)));
    }
    all.extend(types);
    all.extend([
        Command::new(Icon::Edit, texts::preferences::title(), Deed::Open(Overlay::Preferences)),
        Command::new(Icon::Info, texts::keys::title(), Deed::Open(Overlay::Keys)),
        Command::new(Icon::Casement, texts::palette::look_light(), Deed::Look(Theme::Light)),
        Command::new(Icon::Casement, texts::palette::look_dark(), Deed::Look(Theme::Dark)),
        Command::new(Icon::Casement, texts::palette::look_system(), Deed::Look(Theme::System)),
    ]);
    all
}
