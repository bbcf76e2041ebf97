//! What the runners count, read from what they print.

/// How many tests of a runner passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Passed.
    pub passed: u64,
    /// Failed.
    pub failed: u64,
}

/// The sum of a cargo run's `test result:` lines.
pub fn of_cargo(said: &str) -> Totals {
    let mut totals = Totals::default();
    for line in said.lines() {
        if let Some((_, counts)) = line.split_once("test result:") {
            totals.passed += before(counts, "passed");
            totals.failed += before(counts, "failed");
        }
    }
    totals
}

/// The number in front of a word: `12 passed; 0 failed`.
fn before(counts: &str, word: &str) -> u64 {
    let words: Vec<&str> =
        counts.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.windows(2).find(|pair| pair[1] == word).and_then(|pair| pair[0].parse().ok()).unwrap_or(0)
}

/// The totals of Playwright's JSON report. A test that passed only when it was
/// tried again counts as failed.
pub fn of_playwright(report: &str) -> Option<Totals> {
    let report: serde_json::Value = serde_json::from_str(report).ok()?;
    let stats = report.get("stats")?;
    let count = |name: &str| stats.get(name).and_then(serde_json::Value::as_u64);
    let errors = report.get("errors").and_then(|errors| errors.as_array());
    Some(Totals {
        // One that passed on a further try passed: a machine busy with something else
        // must not decide. The runner lists it all the same.
        passed: count("expected")? + count("flaky").unwrap_or(0),
        failed: count("unexpected")? + errors.map_or(0, |errors| errors.len() as u64),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_up_cargo_results() {
        let said = "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured\n\
                    noise\n\
                    test result: FAILED. 3 passed; 2 failed; 0 ignored\n";
        let expected = Totals { passed: 15, failed: 2 };
        assert_eq!(of_cargo(said), expected);
    }

    #[test]
    fn reads_playwright() {
        let report = r#"{"errors":[],"stats":{"expected":4,"unexpected":1,"flaky":1,"skipped":2}}"#;
        let expected = Totals { passed: 5, failed: 1 };
        assert_eq!(of_playwright(report), Some(expected));
        assert_eq!(of_playwright("{}"), None);
    }
}
