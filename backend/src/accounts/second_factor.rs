//! `/account/second-factor`: codes of an authenticator app (RFC 6238), each good once, and
//! recovery codes in place of it.

use axum::{Json, extract::State, http::StatusCode};
use chrono::{DateTime, Duration, Utc};
use contract::{
    FieldError, Problem,
    audit::Act,
    field::FieldCode,
    second_factor::{
        ConfirmPassword, GiveCode, QrCode, RECOVERY_CODES, RecoveryCodes, SecondFactor, SecondFactorSetup,
        bare,
    },
};
use qrcodegen::QrCodeEcc;
use rand::RngCore;
use sea_orm::{ConnectionTrait, FromQueryResult};
use totp_rs::{Builder, Secret, Totp};
use uuid::Uuid;

use super::{Viewer, own::confirmed, sessions, throttle::Peer};
use crate::{
    app::App,
    audit::Record,
    http::{ApiError, JsonBody, Speech},
    store::{Sql, StoreError, Transaction, from_micros, to_micros},
};

/// How many wrong codes may follow one another.
const MISSES_MAX: i64 = 10;
/// For how long no code is looked at after that.
const SHUT: Duration = Duration::minutes(15);
/// Bytes of a secret (RFC 4226, 4: 160 bits).
const SECRET_BYTES: usize = 20;
/// The letters of recovery codes: none that is taken for another.
const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
/// How many of them a code has: about 49 bits.
const LETTERS_A_CODE: usize = 10;

#[derive(FromQueryResult)]
struct Row {
    secret: String,
    since: Option<i64>,
    last_step: i64,
    misses: i64,
    shut_until: i64,
}

#[derive(FromQueryResult)]
struct Count {
    count: i64,
}

async fn find(connection: &impl ConnectionTrait, person: Uuid) -> Result<Option<Row>, StoreError> {
    let sql = "SELECT secret, since, last_step, misses, shut_until FROM second_factors WHERE person_id = $1";
    connection.row(sql, [person.to_string().into()]).await
}

async fn standing(connection: &impl ConnectionTrait, person: Uuid) -> Result<SecondFactor, StoreError> {
    let since = find(connection, person).await?.and_then(|row| row.since).map(from_micros);
    let sql = "SELECT COUNT(*) AS count FROM recovery_codes WHERE person_id = $1";
    let left = connection.row::<Count>(sql, [person.to_string().into()]).await?.map_or(0, |row| row.count);
    Ok(SecondFactor { since, recovery_codes: u32::try_from(left).unwrap_or_default() })
}

/// The codes of a secret; none where it cannot be read.
fn codes(secret: &str, account: &str, issuer: &str) -> Result<Totp, StoreError> {
    let unreadable = |_| StoreError::Unreadable("the secret of a second factor".to_owned());
    let secret = Secret::try_from_base32(secret).map_err(unreadable)?;
    // A colon would end the name (the key URI format).
    let named = |name: &str| name.replace(':', " ");
    let builder = Builder::new().with_secret(secret).with_account_name(named(account));
    let built = builder.with_issuer(Some(named(issuer))).build();
    built.map_err(|_| StoreError::Unreadable("the secret of a second factor".to_owned()))
}

/// What comes of a code that somebody gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// It is right, and good no more.
    Right,
    /// It is not, or was used.
    Wrong,
    /// Too many were wrong: none is looked at for a while.
    Shut(Duration),
}

/// Whether signing in takes a code of somebody.
///
/// # Errors
/// The database refused.
pub async fn is_on(connection: &impl ConnectionTrait, person: Uuid) -> Result<bool, StoreError> {
    Ok(find(connection, person).await?.is_some_and(|row| row.since.is_some()))
}

/// Looks at a code, of the app or for recovery, and remembers that it was given. What it
/// remembers must be committed whatever comes of it.
///
/// # Errors
/// The database refused.
pub async fn give(
    transaction: &Transaction,
    person: Uuid,
    code: &str,
    now: DateTime<Utc>,
) -> Result<Given, StoreError> {
    // Held, so that no code is good for two who come at once.
    let sql = "UPDATE second_factors SET misses = misses WHERE person_id = $1";
    transaction.run(sql, [person.to_string().into()]).await?;
    let Some(row) = find(&**transaction, person).await? else { return Ok(Given::Wrong) };
    let shut = from_micros(row.shut_until) - now;
    if shut > Duration::zero() {
        return Ok(Given::Shut(shut));
    }
    if matches(transaction, person, &row, &bare(code), now).await? {
        let sql = "UPDATE second_factors SET misses = 0 WHERE person_id = $1";
        transaction.run(sql, [person.to_string().into()]).await?;
        return Ok(Given::Right);
    }
    let misses = row.misses + 1;
    let (kept, until) = if misses >= MISSES_MAX { (0, to_micros(now + SHUT)) } else { (misses, 0) };
    let sql = "UPDATE second_factors SET misses = $1, shut_until = $2 WHERE person_id = $3";
    transaction.run(sql, [kept.into(), until.into(), person.to_string().into()]).await?;
    Ok(Given::Wrong)
}

async fn matches(
    transaction: &Transaction,
    person: Uuid,
    row: &Row,
    code: &str,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
    let step = codes(&row.secret, "", "")?.check(code, seconds).and_then(|step| i64::try_from(step).ok());
    if let Some(step) = step.filter(|step| *step > row.last_step) {
        let sql = "UPDATE second_factors SET last_step = $1 WHERE person_id = $2";
        transaction.run(sql, [step.into(), person.to_string().into()]).await?;
        return Ok(true);
    }
    let sql = "DELETE FROM recovery_codes WHERE person_id = $1 AND code_hash = $2";
    Ok(transaction.run(sql, [person.to_string().into(), sessions::hash(code).into()]).await? > 0)
}

/// Keeps new recovery codes in place of all there were.
async fn renew(transaction: &Transaction, person: Uuid) -> Result<RecoveryCodes, StoreError> {
    let sql = "DELETE FROM recovery_codes WHERE person_id = $1";
    transaction.run(sql, [person.to_string().into()]).await?;
    let mut codes = Vec::with_capacity(RECOVERY_CODES);
    for _ in 0..RECOVERY_CODES {
        let code = recovery_code();
        let sql = "INSERT INTO recovery_codes (person_id, code_hash) VALUES ($1, $2)";
        transaction.run(sql, [person.to_string().into(), sessions::hash(&bare(&code)).into()]).await?;
        codes.push(code);
    }
    Ok(RecoveryCodes { codes })
}

fn recovery_code() -> String {
    let mut random = rand::rng();
    let mut code = String::with_capacity(LETTERS_A_CODE + 1);
    for place in 0..LETTERS_A_CODE {
        if place == LETTERS_A_CODE / 2 {
            code.push('-');
        }
        // 32 bits against 31 letters: none is noticeably likelier.
        let index = random.next_u32() as usize % LETTERS.len();
        code.extend(LETTERS.get(index).copied().map(char::from));
    }
    code
}

fn picture(url: &str) -> Result<QrCode, StoreError> {
    let too_long = |_| StoreError::Unreadable("an address too long for a picture".to_owned());
    let code = qrcodegen::QrCode::encode_text(url, QrCodeEcc::Medium).map_err(too_long)?;
    let row = |y| (0..code.size()).map(|x| if code.get_module(x, y) { '1' } else { '0' }).collect();
    Ok(QrCode { rows: (0..code.size()).map(row).collect() })
}

fn wrong_code(speech: Speech) -> ApiError {
    let message = speech.speak(texts::mistakes::code_is_wrong);
    ApiError::invalid(vec![FieldError::new("/code", FieldCode::Malformed, message)])
}

/// Looks at a code that somebody gives, where their second factor is on or off as wanted;
/// what was remembered of a wrong one is committed.
async fn passed(
    app: &App,
    viewer: &Viewer,
    given: &GiveCode,
    on: bool,
    speech: Speech,
) -> Result<Transaction, ApiError> {
    let code = speech.speak(|| given.validate()).map_err(ApiError::invalid)?;
    let transaction = app.store.begin().await?;
    if is_on(&*transaction, viewer.person.id).await? != on {
        return Err(wrong_code(speech));
    }
    let given = give(&transaction, viewer.person.id, &code, app.clock.now()).await?;
    if given == Given::Right {
        return Ok(transaction);
    }
    transaction.commit().await?;
    match given {
        Given::Shut(pause) => Err(ApiError::TooManyRequests(pause.to_std().unwrap_or_default())),
        _ => Err(wrong_code(speech)),
    }
}

/// Read where one stands with the second factor
#[utoipa::path(get, path = "/account/second-factor", tag = "account", responses(
    (status = 200, body = SecondFactor),
    (status = 401, body = Problem, description = "`sign_in_required`"),
))]
pub async fn read_second_factor(
    State(app): State<App>,
    viewer: Viewer,
) -> Result<Json<SecondFactor>, ApiError> {
    Ok(Json(standing(app.store.reader(), viewer.person.id).await?))
}

/// Begin a second factor
///
/// Takes the present password, and answers what an authenticator app is given. Nothing is
/// asked for at sign-in until a code confirms it.
#[utoipa::path(post, path = "/account/second-factor", tag = "account", request_body = ConfirmPassword, responses(
    (status = 200, body = SecondFactorSetup),
    (status = 400, body = Problem, description = "`malformed_body`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 422, body = Problem, description = "`invalid_fields`: also where there is one already"),
    (status = 429, body = Problem, description = "`too_many_requests`, with Retry-After"),
))]
pub async fn begin_second_factor(
    State(app): State<App>,
    viewer: Viewer,
    peer: Peer,
    speech: Speech,
    JsonBody(proof): JsonBody<ConfirmPassword>,
) -> Result<Json<SecondFactorSetup>, ApiError> {
    speech.speak(|| proof.validate()).map_err(ApiError::invalid)?;
    confirmed(&app, &viewer, &peer, proof.password, "/password", speech).await?;
    let mut bytes = [0; SECRET_BYTES];
    rand::rng().fill_bytes(&mut bytes);
    let secret = Secret::from(bytes.to_vec()).to_base32();
    let person = viewer.person.id.to_string();
    let transaction = app.store.begin().await?;
    if is_on(&*transaction, viewer.person.id).await? {
        let message = speech.speak(texts::mistakes::second_factor_is_on);
        return Err(ApiError::invalid(vec![FieldError::new("/password", FieldCode::Conflict, message)]));
    }
    transaction.run("DELETE FROM second_factors WHERE person_id = $1", [person.clone().into()]).await?;
    let sql = "INSERT INTO second_factors (person_id, secret) VALUES ($1, $2)";
    transaction.run(sql, [person.into(), secret.clone().into()]).await?;
    transaction.commit().await?;
    let totp = codes(&secret, &viewer.email, &app.settings.product_name)?;
    let url = totp.to_url().map_err(|_| StoreError::Unreadable("no address of a secret".to_owned()))?;
    let picture = picture(&url)?;
    Ok(Json(SecondFactorSetup { secret, url, picture }))
}

/// Confirm the second factor
///
/// With a code of the app. From now on signing in takes one; the answer has the codes that
/// stand in for it, this once.
#[utoipa::path(put, path = "/account/second-factor", tag = "account", request_body = GiveCode, responses(
    (status = 200, body = RecoveryCodes),
    (status = 400, body = Problem, description = "`malformed_body`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 422, body = Problem, description = "`invalid_fields`: the code is wrong, or nothing was begun"),
    (status = 429, body = Problem, description = "`too_many_requests`, with Retry-After"),
))]
pub async fn confirm_second_factor(
    State(app): State<App>,
    viewer: Viewer,
    speech: Speech,
    JsonBody(given): JsonBody<GiveCode>,
) -> Result<Json<RecoveryCodes>, ApiError> {
    let transaction = passed(&app, &viewer, &given, false, speech).await?;
    let now = app.clock.now();
    let sql = "UPDATE second_factors SET since = $1 WHERE person_id = $2";
    transaction.run(sql, [to_micros(now).into(), viewer.person.id.to_string().into()]).await?;
    let codes = renew(&transaction, viewer.person.id).await?;
    Record::by(&viewer, Act::SecondFactorOn).keep(&transaction, now).await?;
    transaction.commit().await?;
    Ok(Json(codes))
}

/// Make new recovery codes
///
/// With a code of the app; the ones before are worth nothing.
#[utoipa::path(put, path = "/account/second-factor/recovery-codes", tag = "account", request_body = GiveCode, responses(
    (status = 200, body = RecoveryCodes),
    (status = 400, body = Problem, description = "`malformed_body`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 422, body = Problem, description = "`invalid_fields`: the code is wrong, or there is no second factor"),
    (status = 429, body = Problem, description = "`too_many_requests`, with Retry-After"),
))]
pub async fn renew_recovery_codes(
    State(app): State<App>,
    viewer: Viewer,
    speech: Speech,
    JsonBody(given): JsonBody<GiveCode>,
) -> Result<Json<RecoveryCodes>, ApiError> {
    let transaction = passed(&app, &viewer, &given, true, speech).await?;
    let codes = renew(&transaction, viewer.person.id).await?;
    Record::by(&viewer, Act::RecoveryCodesMade).keep(&transaction, app.clock.now()).await?;
    transaction.commit().await?;
    Ok(Json(codes))
}

/// Take the second factor away
///
/// With a code of the app or for recovery; signing in takes none any more.
#[utoipa::path(post, path = "/account/second-factor/removal", tag = "account", request_body = GiveCode, responses(
    (status = 204, description = "It is gone"),
    (status = 400, body = Problem, description = "`malformed_body`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 422, body = Problem, description = "`invalid_fields`: the code is wrong, or there is no second factor"),
    (status = 429, body = Problem, description = "`too_many_requests`, with Retry-After"),
))]
pub async fn remove_second_factor(
    State(app): State<App>,
    viewer: Viewer,
    speech: Speech,
    JsonBody(given): JsonBody<GiveCode>,
) -> Result<StatusCode, ApiError> {
    let transaction = passed(&app, &viewer, &given, true, speech).await?;
    remove(&transaction, viewer.person.id).await?;
    Record::by(&viewer, Act::SecondFactorOff).keep(&transaction, app.clock.now()).await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes somebody's second factor away.
///
/// # Errors
/// The database refused.
pub async fn remove(transaction: &Transaction, person: Uuid) -> Result<(), StoreError> {
    for table in ["recovery_codes", "second_factors"] {
        let sql = format!("DELETE FROM {table} WHERE person_id = $1");
        transaction.run(&sql, [person.to_string().into()]).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, for SHA-1; the last six of its eight digits.
        let secret = Secret::from(b"12345678901234567890".to_vec()).to_base32();
        let totp = codes(&secret, "a@b.c", "Casement").unwrap();
        for (time, code) in [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")] {
            assert!(totp.check(code, time).is_some(), "{time}");
        }
        assert_eq!(totp.check("287082", 59 + 61), None);
        let url = totp.to_url().unwrap();
        assert!(
            url.starts_with("otpauth://totp/Casement:a%40b.c?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"),
            "{url}"
        );
    }

    #[test]
    fn recovery_codes_differ_and_are_easily_copied() {
        let codes: HashSet<_> = (0..1000).map(|_| recovery_code()).collect();
        assert_eq!(codes.len(), 1000);
        assert!(codes.iter().all(|code| code.len() == 11 && bare(code).len() == LETTERS_A_CODE));
    }

    #[test]
    fn a_picture_is_square() {
        let picture =
            picture("otpauth://totp/Casement:a@b.c?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").unwrap();
        let size = picture.rows.len();
        assert!(size > 20 && picture.rows.iter().all(|row| row.len() == size), "{picture:?}");
        // The finder pattern (ISO/IEC 18004) in the corner.
        assert!(picture.rows[0].starts_with("11111110") && picture.rows[1].starts_with("10000010"));
    }
}
