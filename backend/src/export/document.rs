//! The document: all of a case on one page, without scripts and without anything from
//! elsewhere.

use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    AskedAnswer, CaseRecord, Entry, Impact, JiraTicket,
    catalogue::{Answer, reserved::SUBJECT},
    export::{CaseExport, ExportedFile},
    markdown::safe_href,
    moment,
    thread::{Content, Purpose},
};

use super::{
    html::{element, escaped, link, said, wrapped},
    prose::blocks,
};

/// Nothing it holds may load anything or run.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";
const STYLE: &str = include_str!("document.css");

/// The document, in the language spoken, whose tag is `language`.
pub fn document(export: &CaseExport, language: &str) -> String {
    let CaseExport { record, timeline, attachments, exported_at } = export;
    let number = record.summary.number.to_string();
    let title = format!("{number}: {}", record.summary.subject);
    let head = [
        "<meta charset=\"utf-8\">".to_owned(),
        format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">"),
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">".to_owned(),
        element("title", &title),
        wrapped("style", STYLE),
    ];
    let body = [
        format!("<p class=\"quiet\">{} · {}</p>", escaped(&number), escaped(record.summary.status.label())),
        format!("<h1 dir=\"auto\">{}</h1>", escaped(&record.summary.subject)),
        element("h2", texts::record::about_this_case()),
        facts(record),
        element("h2", texts::record::original_submission()),
        submission(&record.submission),
        element("h2", texts::record::conversation()),
        timeline.iter().map(|one| entry(one, attachments)).collect(),
        format!("<p class=\"quiet\">{} {}</p>", escaped(texts::record::exported()), time(*exported_at)),
    ];
    let (head, body) = (wrapped("head", &head.concat()), wrapped("main", &body.concat()));
    format!("<!doctype html>\n<html lang=\"{}\">{head}{}</html>\n", escaped(language), wrapped("body", &body))
}

fn facts(record: &CaseRecord) -> String {
    let summary = &record.summary;
    let filer = (record.filer.id != summary.requester.id).then(|| said(&record.filer.name));
    let watchers: Vec<_> = record.watchers.iter().map(|watcher| said(watcher.label())).collect();
    let eta = record.eta().map(|day| format!("{} {}", date(day), quiet(texts::record::no_commitment())));
    let known = [
        (texts::cases::priority(), Some(escaped(summary.priority.label()))),
        (
            texts::record::escalation(),
            record.escalation.as_ref().map(|escalation| escaped(escalation.state.label())),
        ),
        (texts::record::eta(), eta),
        (texts::record::ticket(), record.jira.as_ref().map(ticket)),
        (texts::record::impact(), summary.impact.map(Impact::label).map(escaped)),
        (texts::cases::case_type(), Some(said(&summary.type_title))),
        (texts::record::environment(), summary.environment.as_deref().map(said)),
        (texts::cases::requester(), Some(said(&summary.requester.name))),
        (texts::record::filed_by(), filer),
        (texts::cases::organisation(), Some(said(&summary.organisation.name))),
        (texts::record::filed(), Some(time(summary.created_at))),
        (texts::cases::updated(), Some(time(summary.updated_at))),
        (texts::record::closed(), record.closed_at.map(time)),
        (texts::record::wanted_by(), record.desired_date.map(date)),
        (texts::record::your_reference(), record.internal_reference.as_deref().map(said)),
        (texts::record::also_told(), record.additional_contact.as_deref().map(said)),
        (texts::record::watchers(), (!watchers.is_empty()).then(|| watchers.join(", "))),
    ];
    list(known.into_iter().filter_map(|(name, value)| Some((escaped(name), value?))))
}

fn list(facts: impl Iterator<Item = (String, String)>) -> String {
    let facts: String =
        facts.map(|(name, value)| format!("{}{}", wrapped("dt", &name), wrapped("dd", &value))).collect();
    wrapped("dl", &facts)
}

fn quiet(words: &str) -> String {
    format!("<span class=\"quiet\">{}</span>", escaped(words))
}

fn ticket(ticket: &JiraTicket) -> String {
    let key = said(&ticket.key);
    let key = match &ticket.url {
        Some(url) if safe_href(url) => link(url, &key),
        _ => key,
    };
    format!("{key} {}", ticket.status.as_deref().map(said).unwrap_or_default())
}

fn submission(answers: &[AskedAnswer]) -> String {
    // The subject is the heading.
    let rest = answers.iter().filter(|answer| answer.question != SUBJECT);
    list(rest.map(|asked| (said(&asked.label), answer(asked))))
}

fn answer(asked: &AskedAnswer) -> String {
    match &asked.answer {
        Answer::Flag(flag) => element("p", asked.kind.flag_words(*flag)),
        _ if !asked.body.is_empty() => blocks(&asked.body),
        _ => asked.words.iter().map(|line| wrapped("p", &moment_or_words(line))).collect(),
    }
}

fn moment_or_words(line: &str) -> String {
    moment::parse(line).map_or_else(|| said(line), time)
}

fn entry(entry: &Entry, files: &[ExportedFile]) -> String {
    let files = attached(entry, files);
    let who = format!("<strong dir=\"auto\">{}</strong>", escaped(&entry.author.name));
    let at = time(entry.at);
    let Content::Message { purpose, body, edited, mailed, .. } = &entry.content else {
        let happened = entry.content.happened(&entry.author, |day| day.to_string());
        let words = happened.map(|what| {
            format!("{} {}", escaped(&what.words), what.of.as_deref().map(said).unwrap_or_default())
        });
        return format!(
            "<p>{who} {} <span class=\"quiet\">{at}</span></p>{files}",
            words.unwrap_or_default()
        );
    };
    let marks = [
        entry.author.support.then(texts::record::support),
        Purpose::label(*purpose),
        mailed.as_ref().map(|_| texts::record::by_mail()),
        edited.map(|_| texts::record::edited()),
    ];
    let marks: String = marks.into_iter().flatten().map(|mark| format!(" · {}", escaped(mark))).collect();
    let head = format!("{who}{marks} · <span class=\"quiet\">{at}</span>");
    wrapped("article", &format!("{}{}{files}", wrapped("header", &head), blocks(body)))
}

/// Links to the files that came with an entry.
fn attached(entry: &Entry, files: &[ExportedFile]) -> String {
    let mine = files.iter().filter(|file| file.attachment.entry == entry.id);
    let links: String = mine
        .map(|file| {
            let address: Vec<_> = file.path.split('/').map(encoded).collect();
            wrapped("li", &link(&address.join("/"), &said(&file.attachment.file.name)))
        })
        .collect();
    if links.is_empty() { links } else { wrapped("ul", &links) }
}

fn encoded(segment: &str) -> String {
    percent_encoding::utf8_percent_encode(segment, percent_encoding::NON_ALPHANUMERIC).to_string()
}

fn time(at: DateTime<Utc>) -> String {
    let exact = at.format("%Y-%m-%dT%H:%M:%SZ");
    format!("<time datetime=\"{exact}\">{} UTC</time>", at.format("%Y-%m-%d %H:%M"))
}

fn date(day: NaiveDate) -> String {
    format!("<time datetime=\"{day}\">{day}</time>")
}
