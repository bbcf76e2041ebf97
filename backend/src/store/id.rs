//! Ids as the databases keep them.

use uuid::Uuid;

use super::StoreError;

/// A stored id.
///
/// # Errors
/// The text is no UUID.
pub fn id(text: &str) -> Result<Uuid, StoreError> {
    text.parse().map_err(|_| StoreError::Unreadable(format!("the id “{text}”")))
}
