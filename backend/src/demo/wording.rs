//! Placeholders of the demo texts, filled in. See `demo/README.md`.

use chrono::{DateTime, Duration, NaiveTime, Utc};
use contract::catalogue::Answer;
use rand::{Rng, rngs::StdRng, seq::IndexedRandom};

/// What the placeholders of one case stand for.
pub struct Wording<'a> {
    /// The requester's first name.
    pub customer: &'a str,
    /// The analyst's first name.
    pub agent: &'a str,
    /// The environment concerned.
    pub environment: &'a str,
    /// The organisation's name.
    pub organisation: &'a str,
    /// The organisation's domain.
    pub domain: &'a str,
    /// When the case is filed.
    pub filed: DateTime<Utc>,
}

impl Wording<'_> {
    /// A text with its placeholders filled in; other braces stay as they are.
    pub fn fill(&self, text: &str, dice: &mut StdRng) -> String {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            filled.push_str(&rest[..open]);
            let inner = &rest[open + 1..];
            let close = inner.find('}');
            let word = close.and_then(|close| self.word(&inner[..close], dice).map(|word| (word, close)));
            if let Some((word, close)) = word {
                filled.push_str(&word);
                rest = &inner[close + 1..];
            } else {
                filled.push('{');
                rest = inner;
            }
        }
        filled.push_str(rest);
        filled
    }

    /// An answer with its placeholders filled in.
    pub fn fill_answer(&self, answer: &Answer, dice: &mut StdRng) -> Answer {
        match answer {
            Answer::Text(text) => Answer::Text(self.fill(text, dice)),
            Answer::List(entries) => {
                Answer::List(entries.iter().map(|entry| self.fill(entry, dice)).collect())
            }
            Answer::Range { from, to } => {
                Answer::Range { from: self.fill(from, dice), to: self.fill(to, dice) }
            }
            Answer::Flag(_) | Answer::Number(_) => answer.clone(),
        }
    }

    fn word(&self, placeholder: &str, dice: &mut StdRng) -> Option<String> {
        Some(match placeholder {
            "customer" => self.customer.to_owned(),
            "agent" => self.agent.to_owned(),
            "environment" => self.environment.to_owned(),
            "organisation" => self.organisation.to_owned(),
            "domain" => self.domain.to_owned(),
            "n" => dice.random_range(2..10).to_string(),
            "hex" => format!("{:08x}", dice.random::<u32>()),
            "date" => (self.filed - Duration::days(dice.random_range(1..6))).date_naive().to_string(),
            _ => {
                if let Some(options) = placeholder.strip_prefix("one of:") {
                    let options: Vec<_> = options.split('|').map(str::trim).collect();
                    return options.choose(dice).map(|option| (*option).to_owned());
                }
                return self.day(placeholder.strip_prefix("in ")?);
            }
        })
    }

    /// `3 days`, or `-1 days at 07:40`, counted from the filing.
    fn day(&self, words: &str) -> Option<String> {
        let (days, time) = words.split_once(" days")?;
        let day = self.filed.date_naive() + Duration::days(days.parse().ok()?);
        if time.is_empty() {
            return Some(day.to_string());
        }
        let time = NaiveTime::parse_from_str(time.strip_prefix(" at ")?, "%H:%M").ok()?;
        Some(day.and_time(time).and_utc().to_rfc3339())
    }
}

/// A duration such as `10m`, `3h` or `2d`.
pub fn duration(text: &str) -> Option<Duration> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let number = number.parse().ok()?;
    match unit {
        "m" => Some(Duration::minutes(number)),
        "h" => Some(Duration::hours(number)),
        "d" => Some(Duration::days(number)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    #[test]
    fn fills_placeholders_and_leaves_other_braces() {
        let wording = Wording {
            customer: "Jana",
            agent: "Ines",
            environment: "Staging",
            organisation: "Acme",
            domain: "acme.example",
            filed: "2026-03-01T09:00:00Z".parse().unwrap(),
        };
        let mut dice = StdRng::seed_from_u64(1);
        let text = r#"{customer} {"a": {}} {in 2 days} {in -1 days at 07:40} {one of: x | x} {unknown}"#;
        let filled = wording.fill(text, &mut dice);
        assert_eq!(filled, r#"Jana {"a": {}} 2026-03-03 2026-02-28T07:40:00+00:00 x {unknown}"#);
        assert_eq!(duration("3h"), Some(Duration::hours(3)));
        assert_eq!(duration("h"), None);
    }
}
