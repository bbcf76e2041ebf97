//! Finding cases by words, alike on both databases.
//!
//! Texts are cut into words here, not by the databases' own dictionaries. A case
//! is found when each word asked for begins a word somewhere in it: its number,
//! its submission or one of its messages.

use contract::{AskedAnswer, CaseNumber, Search, words::cut};

use crate::store::{Database, Parameters, Sql, StoreError, Transaction};

/// Makes a text findable: a message's, or without an entry what the case was filed with.
///
/// # Errors
/// The database refused.
pub async fn add(
    transaction: &Transaction,
    case_id: &str,
    entry_id: Option<&str>,
    internal: bool,
    text: &str,
) -> Result<(), StoreError> {
    let words = cut(text).collect::<Vec<_>>().join(" ");
    let sql = "INSERT INTO search_words (case_id, entry_id, internal, words) VALUES ($1, $2, $3, $4)";
    let entry = entry_id.map(str::to_owned);
    transaction.run(sql, [case_id.into(), entry.into(), internal.into(), words.into()]).await?;
    Ok(())
}

/// Replaces the first of a case's texts: what it was filed with.
///
/// # Errors
/// The database refused.
pub async fn replace_filed(transaction: &Transaction, case_id: &str, text: &str) -> Result<(), StoreError> {
    let words = cut(text).collect::<Vec<_>>().join(" ");
    let sql = "UPDATE search_words SET words = $1 \
               WHERE id = (SELECT MIN(w.id) FROM search_words w WHERE w.case_id = $2)";
    transaction.run(sql, [words.into(), case_id.into()]).await?;
    Ok(())
}

/// What a case is found by before anyone writes to it: its number, with and without
/// its zeros, so that `123` finds `CS-000123`, its answers, and its reference.
pub fn filed_text(number: CaseNumber, asked: &[AskedAnswer], reference: Option<&str>) -> String {
    let answers = asked.iter().flat_map(|answer| &answer.words).map(String::as_str);
    let number = format!("{number} {}", number.0);
    [number.as_str()].into_iter().chain(reference).chain(answers).collect::<Vec<_>>().join(" ")
}

/// Makes a message findable by what it says now, and by nothing it said before.
///
/// # Errors
/// The database refused.
pub async fn change(
    transaction: &Transaction,
    case_id: &str,
    entry_id: &str,
    internal: bool,
    text: &str,
) -> Result<(), StoreError> {
    let joined = cut(text).collect::<Vec<_>>().join(" ");
    let sql = "UPDATE search_words SET words = $1 WHERE entry_id = $2";
    let known = transaction.run(sql, [joined.into(), entry_id.into()]).await?;
    if known == 0 {
        // Written before the words' messages were noted.
        add(transaction, case_id, Some(entry_id), internal, text).await?;
    }
    Ok(())
}

/// The conditions on the cases `c` that the words of a search stand for: each is
/// somewhere in the case, and exact words are side by side in one text. A search that
/// holds no word at all is never true.
pub fn conditions(
    search: &Search,
    internal: bool,
    database: Database,
    parameters: &mut Parameters,
) -> Vec<String> {
    if search.finds_nothing() {
        return vec!["FALSE".to_owned()];
    }
    let public = if internal { "" } else { " AND NOT w.internal" };
    let words = search.words.iter().map(|word| match database {
        Database::Sqlite => format!("\"{word}\"*"),
        Database::Postgres => format!("'{word}':*"),
    });
    let words: Vec<_> = words.map(|terms| holds(&terms, public, database, parameters)).collect();
    let phrases = search.phrases.iter().map(|phrase| match database {
        Database::Sqlite => holds(&format!("\"{}\"", phrase.join(" ")), public, database, parameters),
        // The terms find the texts, which then are looked at.
        Database::Postgres => {
            let side_by_side = parameters.add(format!("% {} %", phrase.join(" ")));
            let public = format!("{public} AND ' ' || w.words || ' ' LIKE {side_by_side}");
            let terms = phrase.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" & ");
            holds(&terms, &public, database, parameters)
        }
    });
    words.into_iter().chain(phrases).collect()
}

/// That a text of the case holds what the database's own language asks for.
fn holds(terms: &str, further: &str, database: Database, parameters: &mut Parameters) -> String {
    let terms = parameters.add(terms.to_owned());
    match database {
        Database::Sqlite => format!(
            "c.id IN (SELECT w.case_id FROM search_index JOIN search_words w ON w.id = search_index.rowid \
             WHERE search_index MATCH {terms}{further})"
        ),
        Database::Postgres => format!(
            "c.id IN (SELECT w.case_id FROM search_words w WHERE w.terms @@ CAST({terms} AS tsquery){further})"
        ),
    }
}

/// The texts that share a word, or the beginning of one, with `telling`, as a query
/// with the columns `case_id`, `words` and `likeness`, which is smaller the likelier.
/// What only support may read is left out.
pub fn likely(telling: &[String], database: Database, parameters: &mut Parameters) -> String {
    match database {
        Database::Sqlite => {
            let any = telling.iter().map(|word| format!("\"{word}\"*")).collect::<Vec<_>>().join(" OR ");
            let any = parameters.add(any);
            format!(
                "SELECT w.case_id, w.words, i.rank AS likeness FROM search_index i \
                 JOIN search_words w ON w.id = i.rowid WHERE i.search_index MATCH {any} AND NOT w.internal"
            )
        }
        Database::Postgres => {
            let any = telling.iter().map(|word| format!("'{word}':*")).collect::<Vec<_>>().join(" | ");
            let any = parameters.add(any);
            format!(
                "SELECT w.case_id, w.words, -ts_rank(w.terms, CAST({any} AS tsquery)) AS likeness \
                 FROM search_words w WHERE w.terms @@ CAST({any} AS tsquery) AND NOT w.internal"
            )
        }
    }
}
