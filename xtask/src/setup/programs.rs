//! Programs of which any one will do.

use crate::process;

/// True if PATH has at least one of these.
pub fn any(names: &[&str]) -> bool {
    names.iter().any(|name| process::find(name).is_some())
}
