//! Where what a person wrote ends and what their mail program quoted begins.
//!
//! There is no standard for it; mail programs agree on a few habits. What fits none of
//! them is left with what was written: rather too much is shown than a word lost.

/// A mail's text in two parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parted {
    /// What its sender wrote.
    pub written: String,
    /// What was quoted, with the line that introduces it and the signature.
    pub quoted: String,
}

/// Ends of the line with which mail programs introduce a quotation, such as “On Monday Ada
/// wrote:”, in lower case.
const INTRODUCES: [&str; 14] = [
    " wrote:",
    " writes:",
    " schrieb:",
    " a écrit :",
    " a écrit:",
    " escribió:",
    " ha scritto:",
    " escreveu:",
    " schreef:",
    " skrev:",
    " kirjoitti:",
    " napisał:",
    " napisał(a):",
    " пишет:",
];
/// The same where the verb stands inside, as in “Am 3. Mai schrieb Ada:”, with the words
/// such a line begins with.
const INTRODUCES_INSIDE: [(&str, &str); 3] =
    [("am ", " schrieb "), ("op ", " schreef "), ("den ", " skrev ")];
/// Over how many lines an introduction is broken at most.
const INTRODUCTION_LINES: usize = 3;
/// Lines that stand above a whole quoted mail, between their dashes.
const ABOVE: [&str; 9] = [
    "original message",
    "ursprüngliche nachricht",
    "originalnachricht",
    "message d'origine",
    "message d’origine",
    "mensaje original",
    "messaggio originale",
    "oorspronkelijk bericht",
    "forwarded message",
];
/// The heads that a quoted mail begins with, by what they say.
const FROM: [&str; 6] = ["from:", "von:", "de:", "de :", "da:", "van:"];
const DATE: [&str; 13] = [
    "sent:",
    "date:",
    "gesendet:",
    "datum:",
    "envoyé:",
    "envoyé :",
    "date :",
    "enviado:",
    "enviado el:",
    "fecha:",
    "inviato:",
    "data:",
    "verzonden:",
];
const SUBJECT: [&str; 7] = ["subject:", "betreff:", "objet:", "objet :", "asunto:", "oggetto:", "onderwerp:"];
/// Within how many lines those heads stand.
const HEAD_LINES: usize = 8;

/// Parts a text, line by line.
#[must_use]
pub fn part(text: &str) -> Parted {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let signature = lines.iter().position(|line| is_signature(line)).unwrap_or(lines.len());
    let Some(Quotation { introduced, ends }) = quotation(&lines) else {
        return split(&lines, signature);
    };
    let after = lines.get(ends..).unwrap_or_default();
    if after.iter().all(|line| line.is_empty()) {
        return split(&lines, introduced.min(signature));
    }
    if lines.get(..introduced).unwrap_or_default().iter().any(|line| !line.is_empty())
        || after.iter().any(|line| is_quoted(line))
    {
        // Answers between what they answer are read together with it.
        return split(&lines, trailing(&lines).min(signature.max(ends)));
    }
    // The answer stands below.
    let below = split(after, after.iter().position(|line| is_signature(line)).unwrap_or(after.len()));
    let above = joined(lines.get(introduced..ends).unwrap_or_default());
    Parted { quoted: joined(&[above.as_str(), below.quoted.as_str()]), ..below }
}

/// A quotation: the line that introduces it, and the one behind it.
struct Quotation {
    introduced: usize,
    ends: usize,
}

fn quotation(lines: &[&str]) -> Option<Quotation> {
    (0..lines.len()).find_map(|at| {
        if is_whole_mail(lines, at) {
            return Some(Quotation { introduced: at, ends: lines.len() });
        }
        let begins = if is_quoted(lines.get(at)?) { at } else { at + introduction(lines, at)? };
        let quoted = |line: &&str| is_quoted(line) || line.is_empty();
        let rest = lines.get(begins..).unwrap_or_default();
        let length = rest.iter().take_while(|line| quoted(line)).count();
        // Without marks all that follows an introduction is quoted.
        let marked = rest.iter().take(length).any(|line| is_quoted(line));
        let ends = if marked { begins + length } else { lines.len() };
        Some(Quotation { introduced: at, ends })
    })
}

/// How many lines introduce a quotation here.
fn introduction(lines: &[&str], at: usize) -> Option<usize> {
    if lines.get(at)?.is_empty() {
        return None;
    }
    (1..=INTRODUCTION_LINES).find(|count| {
        let Some(taken) = lines.get(at..at + count) else { return false };
        if taken.iter().any(|line| line.is_empty() || is_quoted(line)) {
            return false;
        }
        let line = taken.join(" ").to_lowercase();
        let inside =
            || INTRODUCES_INSIDE.iter().any(|(first, verb)| line.starts_with(first) && line.contains(verb));
        let introduces =
            INTRODUCES.iter().any(|end| line.ends_with(end)) || (line.ends_with(':') && inside());
        // A day or an address stands in it, which in a sentence such as “the log wrote:” is rare.
        introduces && line.chars().any(|letter| letter.is_ascii_digit() || letter == '@')
    })
}

/// Whether a whole mail is quoted from here on: below a line of dashes, or by its heads.
fn is_whole_mail(lines: &[&str], at: usize) -> bool {
    let Some(line) = lines.get(at) else { return false };
    let bare = line.trim_matches(|letter: char| "-_*> ".contains(letter)).to_lowercase();
    if line.starts_with('-') && ABOVE.contains(&bare.as_str()) {
        return true;
    }
    // Outlook draws a line above the heads.
    let rule = line.len() >= 20 && line.chars().all(|letter| "_-*".contains(letter));
    let first = if rule { at + 1 } else { at };
    let mut heads = lines
        .iter()
        .skip(first)
        .take(HEAD_LINES)
        .filter(|line| !line.is_empty())
        .map(|line| line.replace('*', "").trim_start().to_lowercase());
    let is = |head: &str, kind: &[&str]| kind.iter().any(|name| head.starts_with(name));
    heads.next().is_some_and(|head| is(&head, &FROM))
        && heads.clone().any(|head| is(&head, &DATE))
        && heads.any(|head| is(&head, &SUBJECT))
}

fn is_quoted(line: &str) -> bool {
    line.starts_with('>')
}

/// The line above a signature (RFC 3676, 4.3), which often lost its blank.
fn is_signature(line: &str) -> bool {
    line == "--"
}

/// Where the quoted lines begin with which a text ends.
fn trailing(lines: &[&str]) -> usize {
    let count = lines.iter().rev().take_while(|line| is_quoted(line) || line.is_empty()).count();
    lines.len() - count
}

fn split(lines: &[&str], at: usize) -> Parted {
    let (written, quoted) = lines.split_at(at.min(lines.len()));
    Parted { written: joined(written), quoted: joined(quoted) }
}

/// Lines as a text without empty ones around it.
fn joined(lines: &[&str]) -> String {
    lines.join("\n").trim_matches('\n').to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parted(text: &str) -> (String, String) {
        let Parted { written, quoted } = part(text);
        (written, quoted)
    }

    fn both(written: &str, quoted: &str) -> (String, String) {
        (written.to_owned(), quoted.to_owned())
    }

    #[test]
    fn a_text_without_a_quotation_is_all_written() {
        let text = "It is on port 8080: see\n\n    listen 8080\n\nThe log wrote:\nfailed";
        assert_eq!(parted(text), both(text, ""));
    }

    #[test]
    fn what_is_introduced_below_is_quoted() {
        let quoted =
            "On Mon, 2 Mar 2026 at 10:00, Support <s@vendor.test>\nwrote:\n\n> Which version?\n> Thanks";
        assert_eq!(parted(&format!("4.2, thank you.\n\n{quoted}\n")), both("4.2, thank you.", quoted));
        let german = "Am 02.03.2026 um 10:00 schrieb Support:\n> Welche Version?";
        assert_eq!(parted(&format!("4.2\n{german}")), both("4.2", german));
    }

    #[test]
    fn a_whole_mail_below_is_quoted() {
        for quoted in [
            "-----Original Message-----\nFrom: Support\nWhich version?",
            "________________________________\nFrom: Support <s@vendor.test>\nSent: Monday\nTo: Ada\nSubject: Case\n\nWhich?",
            "Von: Support\nGesendet: Montag\nAn: Ada\nBetreff: Case\n\nWelche?",
            "**De :** Support\n**Envoyé :** lundi\n**À :** Ada\n**Objet :** Case\n\nQuelle ?",
        ] {
            assert_eq!(parted(&format!("4.2\n\n{quoted}")), both("4.2", quoted));
        }
    }

    #[test]
    fn an_answer_below_its_quotation_is_written() {
        let text = "Ada wrote on 2 March, 10:00 and asked@once\n> Which version?\n\n4.2\n\n--\nAda, ACME";
        let (written, quoted) = parted(&text.replace("and asked@once", "Support wrote:"));
        assert_eq!(written, "4.2");
        assert!(quoted.contains("Which version?") && quoted.contains("Ada, ACME"), "{quoted}");
    }

    #[test]
    fn answers_between_stay_with_what_they_answer() {
        let text = "Hello\n\n> Which version?\n4.2\n> Which browser?\nFirefox\n\n> Bye";
        let written = "Hello\n\n> Which version?\n4.2\n> Which browser?\nFirefox";
        assert_eq!(parted(text), both(written, "> Bye"));
    }

    #[test]
    fn a_signature_is_no_part_of_what_is_written() {
        assert_eq!(parted("4.2\n-- \nAda"), both("4.2", "--\nAda"));
    }

    proptest! {
        #[test]
        fn no_line_is_lost(lines in prop::collection::vec("(> |-- |From: |Sent: |Subject: |On 1 wrote:|)[a-z]{0,3}", 0..12)) {
            let Parted { written, quoted } = part(&lines.join("\n"));
            let mut kept: Vec<_> = written.lines().chain(quoted.lines()).filter(|line| !line.is_empty()).collect();
            let mut all: Vec<_> = lines.iter().map(|line| line.trim_end()).filter(|line| !line.is_empty()).collect();
            kept.sort_unstable();
            all.sort_unstable();
            prop_assert_eq!(kept, all);
        }
    }
}
