//! Reading comma-separated values (RFC 4180), and what spreadsheets make of them.

/// How many rows are shown, the heading among them.
pub const ROWS: usize = 500;

/// The rows of a text; one more than [`ROWS`] where there are more.
pub fn rows(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let separator = separator(text);
    let mut rows = Vec::new();
    let (mut row, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if quoted || cell.is_empty() => quoted = !quoted,
            '\r' if !quoted && letters.peek() == Some(&'\n') => {}
            '\n' | '\r' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
                if rows.len() > ROWS {
                    return rows;
                }
            }
            _ if letter == separator && !quoted => row.push(std::mem::take(&mut cell)),
            _ => cell.push(letter),
        }
    }
    if !row.is_empty() || !cell.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}

/// What parts the cells: of comma, semicolon and tab the one that the first line has most of.
fn separator(text: &str) -> char {
    let line = text.lines().next().unwrap_or_default();
    let count = |candidate: &char| line.chars().filter(|letter| letter == candidate).count();
    ['\t', ';', ','].into_iter().max_by_key(count).unwrap_or(',')
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn cells_may_hold_what_parts_them() {
        assert_eq!(rows("a,b\r\n\"1,5\",\"say \"\"hi\"\"\"\n"), [["a", "b"], ["1,5", "say \"hi\""]]);
        assert_eq!(rows("\"two\nlines\",x"), [["two\nlines", "x"]]);
    }

    #[wasm_bindgen_test]
    fn the_first_line_says_what_parts_cells() {
        assert_eq!(rows("\u{feff}a;b;c,d\n1;2;3"), [["a", "b", "c,d"], ["1", "2", "3"]]);
        assert_eq!(rows("a\tb"), [["a", "b"]]);
        assert_eq!(rows("alone"), [["alone"]]);
        assert_eq!(rows(""), Vec::<Vec<String>>::new());
    }

    #[wasm_bindgen_test]
    fn a_long_table_is_read_as_far_as_it_is_shown() {
        assert_eq!(rows(&"x,y\n".repeat(10_000)).len(), ROWS + 1);
    }
}
