//! The catalogue of case types: read from a file, checked, served.

mod load;
mod routes;

pub use load::{BUILT_IN, CatalogueError, load, read};
pub use routes::closed_routes;
