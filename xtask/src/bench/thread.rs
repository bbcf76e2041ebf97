//! A thread of 5 000 messages in Chromium, by tests/bench/thread.mjs.

use serde_json::{Value, json};

use crate::error::{Error, Result};
use crate::setup::Setup;
use crate::{paths, process};

/// What is measured, where it stands in the script's JSON, and at most how much of what.
const BUDGETS: [(&str, &str, f64, &str); 5] = [
    ("opened from the list, p95", "/opened/p95", 250.0, "ms"),
    ("opened again, from the page's memory, p95", "/cached/p95", 50.0, "ms"),
    ("elements, on opening", "/nodes/opened", 1500.0, ""),
    ("elements, at the first message", "/nodes/at_first", 1500.0, ""),
    ("elements, most while scrolling through", "/nodes/scrolled_through", 1500.0, ""),
];

/// Runs the script, which starts a backend of its own, and answers its JSON with the budgets.
pub fn measure(setup: &Setup) -> Result<Value> {
    let script = paths::root().join("tests/bench/thread.mjs");
    let report = paths::root().join("target/thread.json");
    process::step("measure a thread of 5 000 messages in Chromium", || {
        process::run(setup.host("node").arg(&script).arg(paths::backend()).arg(paths::dist()).arg(&report))
    })?;
    let measured: Value = serde_json::from_str(&paths::read(&report)?)
        .map_err(|error| Error::Content { path: report, detail: error.to_string() })?;
    let budgets = BUDGETS.map(|(what, place, most, unit)| {
        let got = number(&measured, place);
        json!({ "what": what, "measured": got, "budget": most, "unit": unit, "within": got.is_some_and(|got| got <= most) })
    });
    Ok(json!({ "measured": measured, "budgets": budgets }))
}

fn number(measured: &Value, place: &str) -> Option<f64> {
    measured.pointer(place).and_then(Value::as_f64)
}

/// For people.
pub fn print(report: &Value) {
    println!("\nA thread of 5 000 messages in Chromium");
    for budget in report["budgets"].as_array().into_iter().flatten() {
        let (what, unit) = (budget["what"].as_str().unwrap_or("?"), budget["unit"].as_str().unwrap_or(""));
        let verdict = if budget["within"] == true { "within the budget" } else { "OVER the budget" };
        println!("{:>9} {unit:<2}  {what}: {verdict} of {} {unit}", budget["measured"], budget["budget"]);
    }
    let places = [
        ("opened from the list", "/measured/opened"),
        ("opened from the list before its code was fetched", "/measured/cold"),
        ("opened again", "/measured/cached"),
    ];
    for (what, place) in places {
        if let Some(p50) = number(report, &format!("{place}/p50")) {
            println!("{p50:>9} ms  {what}, p50");
        }
    }
}
