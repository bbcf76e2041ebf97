//! Forgetting what is no longer needed.

use std::time::Duration;

use chrono::Duration as Days;

use crate::{
    app::App,
    attachments,
    store::{Sql, StoreError, to_micros},
};

/// How often to look.
const EVERY: Duration = Duration::from_secs(15 * 60);
/// How long an idempotency key's answer is given again.
const KEYS_KEPT: Days = Days::days(2);
/// How long a reader of the stream may be away and still resume.
const STREAM_KEPT: Days = Days::days(3);

/// Tidies up now and then, for as long as the program runs.
pub async fn keep(app: App) {
    loop {
        app.throttle.tidy();
        if let Err(error) = tidy(&app).await {
            tracing::warn!(%error, "housekeeping will try again");
        }
        if let Err(error) = attachments::tidy(&app).await {
            tracing::warn!(%error, "housekeeping of files will try again");
        }
        tokio::time::sleep(EVERY).await;
    }
}

async fn tidy(app: &App) -> Result<(), StoreError> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    for (sql, before) in [
        ("DELETE FROM sessions WHERE expires_at < $1", now),
        ("DELETE FROM account_links WHERE expires_at < $1", now),
        ("DELETE FROM idempotency_keys WHERE created_at < $1", now - KEYS_KEPT),
        ("DELETE FROM stream WHERE created_at < $1", now - STREAM_KEPT),
    ] {
        transaction.run(sql, [to_micros(before).into()]).await?;
    }
    transaction.commit().await
}
