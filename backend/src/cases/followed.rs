//! Cases that take up closed ones.

use contract::{CaseNumber, CaseRef};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::record::CaseRow;
use crate::{
    accounts::Viewer,
    store::{Parameters, Sql, StoreError},
};

#[derive(FromQueryResult)]
struct Row {
    number: i64,
    subject: String,
    earlier: bool,
}

/// The case that a case takes up, and those that take it up: of those that exist
/// for the viewer.
///
/// # Errors
/// The database refused.
pub async fn around(
    connection: &impl ConnectionTrait,
    case: &CaseRow,
    viewer: &Viewer,
) -> Result<(Option<CaseRef>, Vec<CaseRef>), StoreError> {
    let mut parameters = Parameters::default();
    let id = parameters.add(case.id.clone());
    let earlier = parameters.add(case.follows_id.clone());
    let sees = viewer.sees_sql(&mut parameters);
    let sql = format!(
        "SELECT c.number, c.subject, c.follows_id IS NULL OR c.follows_id <> {id} AS earlier FROM cases c \
         WHERE (c.id = {earlier} OR c.follows_id = {id}) AND {sees} ORDER BY c.number"
    );
    let rows = connection.rows::<Row>(&sql, parameters.0).await?;
    let (earlier, later): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.earlier);
    let case = |row: Row| CaseRef { number: CaseNumber(row.number), subject: row.subject };
    Ok((earlier.into_iter().next().map(case), later.into_iter().map(case).collect()))
}
