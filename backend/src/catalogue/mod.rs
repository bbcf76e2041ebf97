//! The catalogue of case types: read from a file, checked, served.

mod check;
mod current;
mod load;
mod routes;
pub mod schema;

pub use check::Found;
pub use current::CurrentCatalogue;
pub use load::{BUILT_IN, CatalogueError, load, read};
pub use routes::closed_routes;
