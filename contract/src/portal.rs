//! What the portal needs to know of this installation before anyone signs in.

use serde::{Deserialize, Serialize};

/// An installation's settings, as far as the portal shows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PortalSettings {
    /// The name in the top bar.
    pub product_name: String,
    /// Accounts to offer in one click; empty unless started on demo data.
    pub demo_accounts: Vec<DemoAccount>,
}

/// A demo account, offered on the sign-in page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DemoAccount {
    /// The address to sign in with.
    pub email: String,
    /// The demo password, public by nature.
    pub password: String,
    /// The person's name.
    pub name: String,
    /// What the account shows, such as "Customer at Acme".
    pub role: String,
}
