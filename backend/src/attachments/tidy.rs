//! Forgetting files that nobody sent.

use std::collections::HashSet;

use contract::attachment::UPLOAD_KEPT;
use sea_orm::FromQueryResult;

use super::{storage::Stored, uploads::discard};
use crate::{
    app::App,
    http::ApiError,
    store::{Sql, to_micros},
};

#[derive(FromQueryResult)]
struct Id {
    id: String,
}

/// Forgets uploads that went along with nothing in their time, and bytes that belong to
/// nothing.
///
/// # Errors
/// A store refused.
pub async fn tidy(app: &App) -> Result<(), ApiError> {
    let before = app.clock.now() - UPLOAD_KEPT;
    let transaction = app.store.begin().await?;
    let sql = "DELETE FROM uploads WHERE created_at < $1 RETURNING id";
    let expired = transaction.rows::<Id>(sql, [to_micros(before).into()]).await?;
    transaction.commit().await?;
    for upload in expired {
        discard(&app.files, &upload.id).await?;
    }
    let stored = app.files.stored_before(before).await?;
    if stored.is_empty() {
        return Ok(());
    }
    // Read after the objects: what belongs to something by now is kept.
    let whole = ids(app, "SELECT id FROM attachments UNION SELECT id FROM uploads").await?;
    let coming = ids(app, "SELECT id FROM uploads WHERE sha256 IS NULL").await?;
    let is_owned =
        |stored: &Stored| if stored.piece { coming.contains(&stored.id) } else { whole.contains(&stored.id) };
    for orphan in stored.iter().filter(|stored| !is_owned(stored)) {
        tracing::info!(id = orphan.id, at = %orphan.at, "forgetting a file that belongs to nothing");
        app.files.forget_stored(orphan).await?;
    }
    Ok(())
}

async fn ids(app: &App, sql: &str) -> Result<HashSet<String>, ApiError> {
    let rows = app.store.reader().rows::<Id>(sql, []).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}
