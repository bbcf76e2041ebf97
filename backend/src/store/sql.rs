//! Running plain SQL.

use sea_orm::{ConnectionTrait, FromQueryResult, Statement, Value};

use super::StoreError;

/// Runs SQL with `$1` parameters on a connection or in a transaction.
pub trait Sql: ConnectionTrait {
    /// Runs a statement; how many rows it touched.
    fn run(
        &self,
        sql: &str,
        values: impl IntoIterator<Item = Value> + Send,
    ) -> impl Future<Output = Result<u64, StoreError>> + Send
    where
        Self: Sync,
    {
        let statement = Statement::from_sql_and_values(self.get_database_backend(), sql, values);
        async move { Ok(self.execute_raw(statement).await?.rows_affected()) }
    }

    /// The rows of a query.
    fn rows<T: FromQueryResult + Send>(
        &self,
        sql: &str,
        values: impl IntoIterator<Item = Value> + Send,
    ) -> impl Future<Output = Result<Vec<T>, StoreError>> + Send
    where
        Self: Sync,
    {
        let statement = Statement::from_sql_and_values(self.get_database_backend(), sql, values);
        async move {
            let rows = self.query_all_raw(statement).await?;
            Ok(rows.iter().map(|row| T::from_query_result(row, "")).collect::<Result<_, _>>()?)
        }
    }

    /// The first row of a query.
    fn row<T: FromQueryResult + Send>(
        &self,
        sql: &str,
        values: impl IntoIterator<Item = Value> + Send,
    ) -> impl Future<Output = Result<Option<T>, StoreError>> + Send
    where
        Self: Sync,
    {
        let statement = Statement::from_sql_and_values(self.get_database_backend(), sql, values);
        async move {
            let row = self.query_one_raw(statement).await?;
            Ok(row.map(|row| T::from_query_result(&row, "")).transpose()?)
        }
    }
}

impl<C: ConnectionTrait> Sql for C {}

/// Values collected while a statement is put together.
#[derive(Default)]
pub struct Parameters(pub Vec<Value>);

impl Parameters {
    /// Adds a value and answers its place, such as `$3`.
    pub fn add(&mut self, value: impl Into<Value>) -> String {
        self.0.push(value.into());
        format!("${}", self.0.len())
    }

    /// Adds values and answers their places, parted by commas.
    pub fn add_all<V: Into<Value>>(&mut self, values: impl IntoIterator<Item = V>) -> String {
        values.into_iter().map(|value| self.add(value)).collect::<Vec<_>>().join(", ")
    }
}
