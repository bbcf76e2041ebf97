//! Finding cases by words, alike on both databases.
//!
//! Texts are cut into words here, not by the databases' own dictionaries. A case
//! is found when each word asked for begins a word somewhere in it: its number,
//! its submission or one of its messages.

use contract::{AskedAnswer, CaseNumber, Search, words::cut};
use sea_orm::FromQueryResult;

use crate::store::{Database, Parameters, Sql, Store, StoreError, Transaction};

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

/// Something a search asks for: a word by its beginning, or words side by side.
#[derive(Clone, Copy)]
enum Asked<'a> {
    Word(&'a str),
    Phrase(&'a [String]),
}

fn asked(search: &Search) -> impl Iterator<Item = Asked<'_>> {
    let words = search.words.iter().map(|word| Asked::Word(word));
    words.chain(search.phrases.iter().map(|phrase| Asked::Phrase(phrase)))
}

impl Asked<'_> {
    /// The texts `w` that hold it, as a source and a condition, in the database's own language.
    fn texts(self, database: Database, parameters: &mut Parameters) -> String {
        match (database, self) {
            (Database::Sqlite, asked) => {
                let terms = match asked {
                    Asked::Word(word) => format!("\"{word}\"*"),
                    Asked::Phrase(phrase) => format!("\"{}\"", phrase.join(" ")),
                };
                format!(
                    "search_index JOIN search_words w ON w.id = search_index.rowid WHERE search_index MATCH {}",
                    parameters.add(terms)
                )
            }
            (Database::Postgres, Asked::Word(word)) => {
                let terms = parameters.add(format!("'{word}':*"));
                format!("search_words w WHERE w.terms @@ CAST({terms} AS tsquery)")
            }
            // The terms find the texts, which then are looked at.
            (Database::Postgres, Asked::Phrase(phrase)) => {
                let terms = phrase.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" & ");
                let terms = parameters.add(terms);
                let side_by_side = self.written(parameters);
                format!("search_words w WHERE w.terms @@ CAST({terms} AS tsquery) AND {side_by_side}")
            }
        }
    }

    /// That a text `w`, looked at by itself, holds it.
    fn written(self, parameters: &mut Parameters) -> String {
        let pattern = match self {
            Asked::Word(word) => format!("% {word}%"),
            Asked::Phrase(phrase) => format!("% {} %", phrase.join(" ")),
        };
        format!("' ' || w.words || ' ' LIKE {}", parameters.add(pattern))
    }
}

/// How many cases hold something.
pub enum Holders {
    /// These.
    Few(Vec<String>),
    /// More than are worth listing.
    Many,
}

/// Most cases that are listed by their ids.
const FEW: usize = 1000;

/// In how many texts of a sample something is that is in very many texts.
const COMMON: i64 = 20;

#[derive(FromQueryResult)]
struct Holder {
    case_id: String,
}

#[derive(FromQueryResult)]
struct Sampled {
    texts: i64,
}

/// Whether something is in very many texts. PostgreSQL would find them all before it
/// answered the first; SQLite stops where it is told to.
async fn is_common(store: &Store, asked: Asked<'_>) -> Result<bool, StoreError> {
    if store.database() == Database::Sqlite {
        return Ok(false);
    }
    let mut parameters = Parameters::default();
    let texts = asked.texts(Database::Postgres, &mut parameters);
    // One text in a thousand.
    let sampled = texts.replacen("search_words w", "search_words w TABLESAMPLE SYSTEM (0.1)", 1);
    let sql = format!("SELECT COUNT(*) AS texts FROM {sampled}");
    let row = store.reader().row::<Sampled>(&sql, parameters.0).await?;
    Ok(row.is_some_and(|row| row.texts >= COMMON))
}

/// Which cases hold each thing that a search asks for, where they are few. A list of many
/// cases begins sooner where this is known: of few it takes those, of many the first that
/// comes along.
///
/// # Errors
/// The database refused.
pub async fn holders(store: &Store, search: &Search, internal: bool) -> Result<Vec<Holders>, StoreError> {
    let mut found = Vec::new();
    for asked in asked(search) {
        if is_common(store, asked).await? {
            found.push(Holders::Many);
            continue;
        }
        let mut parameters = Parameters::default();
        let texts = asked.texts(store.database(), &mut parameters);
        let sql = format!("SELECT DISTINCT w.case_id FROM {texts}{} LIMIT {}", public(internal), FEW + 1);
        let holders = store.reader().rows::<Holder>(&sql, parameters.0).await?;
        let few = holders.len() <= FEW;
        let ids = holders.into_iter().map(|holder| holder.case_id);
        found.push(if few { Holders::Few(ids.collect()) } else { Holders::Many });
    }
    Ok(found)
}

const fn public(internal: bool) -> &'static str {
    if internal { "" } else { " AND NOT w.internal" }
}

/// The conditions on the cases `c` that the words of a search stand for: each is
/// somewhere in the case, and exact words are side by side in one text. A search that
/// holds no word at all is never true. `holders` are those of the search, or none.
pub fn conditions(
    search: &Search,
    internal: bool,
    database: Database,
    holders: &[Holders],
    parameters: &mut Parameters,
) -> Vec<String> {
    if search.finds_nothing() {
        return vec!["FALSE".to_owned()];
    }
    let public = public(internal);
    let mut conditions = Vec::new();
    for (index, asked) in asked(search).enumerate() {
        conditions.push(match (holders.get(index), database) {
            (Some(Holders::Few(ids)), _) if ids.is_empty() => "FALSE".to_owned(),
            (Some(Holders::Few(ids)), _) => {
                format!("c.id IN ({})", parameters.add_all(ids.iter().map(String::as_str)))
            }
            // It would find all of them first.
            (Some(Holders::Many), Database::Sqlite) => format!(
                "EXISTS (SELECT 1 FROM search_words w WHERE w.case_id = c.id AND {}{public})",
                asked.written(parameters)
            ),
            _ => format!("c.id IN (SELECT w.case_id FROM {}{public})", asked.texts(database, parameters)),
        });
    }
    conditions
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
