//! What the portal needs to know of this installation before anyone signs in.

use serde::{Deserialize, Serialize};

use crate::colour::Accent;

/// An installation's settings, as far as the portal shows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PortalSettings {
    /// The name in the top bar.
    pub product_name: String,
    /// Where the logo is, below the portal's own address; absent if there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<String>,
    /// The colours in place of the portal's own; absent if these stay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accent: Option<Accent>,
    /// Whom to turn to beside support.
    #[serde(default)]
    pub contacts: Contacts,
    /// Links in the page's foot.
    #[serde(default)]
    pub links: Vec<Link>,
    /// Accounts to offer in one click; empty unless started on demo data.
    pub demo_accounts: Vec<DemoAccount>,
}

/// Whom to turn to beside support: an e-mail address or an https link each.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Contacts {
    /// Offers and licences.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sales: Option<String>,
    /// Invoices.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub billing: Option<String>,
    /// Weaknesses found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub security: Option<String>,
    /// Other customers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub community: Option<String>,
}

/// An address with its title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// What is shown.
    pub title: String,
    /// Where it leads: `http` or `https`.
    pub url: String,
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
