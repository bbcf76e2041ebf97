//! Lists a page at a time.

use contract::{
    ProblemCode,
    limits::{PAGE_DEFAULT, PAGE_MAX},
};

use super::ApiError;

/// How many rows a page is to have.
///
/// # Errors
/// More were asked for than a page may hold, or none (400).
pub fn page_limit(asked: Option<u32>) -> Result<u32, ApiError> {
    let limit = asked.unwrap_or(PAGE_DEFAULT);
    if (1..=PAGE_MAX).contains(&limit) {
        return Ok(limit);
    }
    let sentence = format!("limit takes a number from 1 to {PAGE_MAX}.");
    Err(ApiError::new(ProblemCode::MalformedRequest, sentence))
}
