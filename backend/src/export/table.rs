//! Tables that spreadsheets open (RFC 4180).

use std::fmt::Display;

use crate::store::StoreError;

/// The media type of one with a head.
pub const MEDIA_TYPE: &str = "text/csv; charset=utf-8; header=present";
/// What spreadsheets take for the beginning of a formula (OWASP, “CSV Injection”).
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Rows, behind the mark of UTF-8 and the head if they are the first.
///
/// # Errors
/// They cannot be written.
pub fn written<const N: usize>(
    head: Option<&[&str; N]>,
    rows: impl IntoIterator<Item = [String; N]>,
) -> Result<Vec<u8>, StoreError> {
    let start = if head.is_some() { "\u{feff}".as_bytes().to_vec() } else { Vec::new() };
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(start);
    if let Some(head) = head {
        writer.write_record(head).map_err(unwritten)?;
    }
    for row in rows {
        writer.write_record(row.map(harmless)).map_err(unwritten)?;
    }
    writer.into_inner().map_err(unwritten)
}

fn unwritten(error: impl Display) -> StoreError {
    StoreError::Unreadable(format!("a list as a table: {error}"))
}

/// A cell that no spreadsheet calculates.
fn harmless(cell: String) -> String {
    if cell.starts_with(FORMULA) { format!("'{cell}") } else { cell }
}
