//! What every request handler can reach.

use std::{path::PathBuf, sync::Arc};

use contract::{
    lifecycle::{CaseState, Reopening, Standing},
    portal::DemoAccount,
};

use crate::{
    accounts::{Passwords, Throttle},
    attachments::Storage,
    branding::Branding,
    catalogue::CurrentCatalogue,
    clock::Clock,
    http::Running,
    live::Hub,
    reminders::Reminders,
    store::Store,
};

/// The application's state; cheap to clone.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub store: Store,
    /// The bytes of files.
    pub files: Storage,
    /// The live stream's source.
    pub hub: Hub,
    /// The case types.
    pub catalogue: CurrentCatalogue,
    /// The time.
    pub clock: Clock,
    /// What the operator chose.
    pub settings: Arc<Settings>,
    /// Compares passwords.
    pub passwords: Passwords,
    /// Counts sign-in tries.
    pub throttle: Throttle,
    /// Idempotency keys being worked on.
    pub running: Running,
}

/// What the operator chose.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The name in the top bar.
    pub product_name: String,
    /// How the portal looks.
    pub branding: Branding,
    /// Whether cookies are for https only.
    pub secure_cookies: bool,
    /// Whether a reply opens a closed case again.
    pub reopening: Reopening,
    /// What is done about cases that wait.
    pub reminders: Reminders,
    /// Accounts to offer at sign-in; empty unless on demo data.
    pub demo_accounts: Vec<DemoAccount>,
    /// The folder of the built portal, where this program serves it too.
    pub site: Option<PathBuf>,
}

impl App {
    /// What a person of this standing may do to a case now.
    #[must_use]
    pub fn allowed_actions(&self, standing: Standing, case: CaseState) -> Vec<contract::Action> {
        contract::lifecycle::allowed_actions(standing, case, self.settings.reopening, self.clock.now())
    }
}
