//! Mail in: which mails join a case, as what, and which never do. The mails themselves lie
//! in `tests/mails`, byte for byte as mail programs and others send them.

use std::path::{Path, PathBuf};

use casement_backend::{
    accounts::{NewPerson, add_person},
    app::{App, Settings},
    clock::Clock,
    inbox::{Expected, Inbox, Incoming, NotTaken},
    mail::{Delivery, Sender},
};
use chrono::TimeDelta;
use contract::{
    Action, Entry, Status,
    lifecycle::Reopening,
    markdown::words,
    thread::{Content, Mailed},
};
use serde_json::json;
use tempfile::TempDir;

use crate::harness::{Client, Draft, PASSWORD, Portal, now, on_both};

on_both!(
    every_mail_becomes_what_it_should,
    what_is_quoted_is_folded_away,
    an_answer_moves_the_case,
    a_mail_joins_once,
    whoever_lost_sight_of_the_case_is_a_stranger,
    a_closed_case_sends_mails_back,
    an_empty_mail_is_sent_back,
    programs_that_answer_each_other_are_stopped,
    only_proven_senders_are_believed,
    a_guest_becomes_an_account,
    what_fails_is_tried_again,
    what_does_not_fit_is_not_lost,
);

const NUMBER: &str = "CS-000001";
/// The tracking id in the mails.
const TRACKING_ID: &str = "0123456789abcdef0123456789abcdef";
const CORA: &str = "Jana Vogel";

/// A message: its author, its words, and the names of its files.
type Joins = (&'static str, &'static str, &'static [&'static str]);

/// What becomes of each mail.
const MAILS: [(&str, Result<Joins, NotTaken>); 55] = [
    ("additional-contact", Ok(("ops@elsewhere.test", "I know the machine.", &[]))),
    ("administrator", Ok(("Tobias Lindqvist", "I look after it.", &[]))),
    ("apple-mail", Ok((CORA, "It happens on the phone, too – since yesterday.", &[]))),
    ("bounce", Err(NotTaken::Automatic)),
    ("comment-of-another", Err(NotTaken::Stranger)),
    ("cut-off", Ok((CORA, "The mail was cut off.", &["log.txt"]))),
    ("deep-html", Err(NotTaken::TooLarge)),
    ("deep-parts", Ok((CORA, "Found at the bottom.", &[]))),
    ("delsp", Ok((CORA, "https://shop.acme.test/cart and then pay", &[]))),
    ("empty", Err(NotTaken::Broken)),
    ("encoded-subject", Ok((CORA, "The subject was encoded.", &[]))),
    ("file-names", Ok((CORA, "Two files.", &["Größe.txt", "passwd.txt"]))),
    (
        "forbidden-file",
        Ok((
            CORA,
            "See the program. Files of the mail that are not here: \
             fix.exe: Files of this type are not taken. Put it into a .zip archive, or choose one of these: \
             .doc .docx .xls .xlsx .csv .txt .pdf .bmp .jpg .jpeg .png .tar .zip \
             not.png: This file is not what its name says. Check the file, or put it into a .zip archive.",
            &[],
        )),
    ),
    ("forwarded", Ok((CORA, "", &[]))),
    ("gb18030", Ok((CORA, "购物车很慢。", &[]))),
    ("gmail", Ok((CORA, "It is version 4.2. The checkout takes ten seconds.", &[]))),
    ("injection", Ok((CORA, "Nothing was injected.", &[]))),
    ("iso-2022-jp", Ok((CORA, "カートが遅いです。", &[]))),
    ("koi8-r", Ok((CORA, "Корзина медленная.", &[]))),
    ("latin-1", Ok((CORA, "Die Größe fehlt im Warenkorb für Österreich.", &[]))),
    ("mailing-list", Err(NotTaken::Automatic)),
    ("markup", Ok((CORA, "Look: here", &[]))),
    ("mutt", Ok((CORA, "The one of Austria.", &[]))),
    ("name-of-another", Err(NotTaken::Stranger)),
    ("nested", Ok((CORA, "A picture of it is below.", &["cart.png", "error.txt"]))),
    ("no-id", Err(NotTaken::Stranger)),
    ("no-sender", Err(NotTaken::Sender)),
    ("noise", Err(NotTaken::Sender)),
    ("null-in-sender", Err(NotTaken::Sender)),
    ("only-a-file", Ok((CORA, "", &["cart2.png"]))),
    ("only-a-quotation", Err(NotTaken::Empty)),
    ("other-organisation", Err(NotTaken::Stranger)),
    ("other-subject", Ok((CORA, "The subject is another one.", &[]))),
    ("out-of-office", Err(NotTaken::Automatic)),
    ("outlook-desktop", Ok((CORA, "The order number is 4711. Kind regards Cora", &[]))),
    ("outlook-french", Ok((CORA, "Bonjour, c’est la commande 4713.", &[]))),
    ("outlook-german", Ok((CORA, "Es ist die Bestellung 4712.", &[]))),
    ("outlook-web", Ok((CORA, "It works in Firefox.", &[]))),
    ("own", Err(NotTaken::Automatic)),
    ("protonmail", Ok((CORA, "No, there is no proxy.", &[]))),
    ("read-receipt", Err(NotTaken::Automatic)),
    ("signed", Ok((CORA, "I sign what I write.", &[]))),
    (
        "stack-trace",
        Ok((
            CORA,
            "It says: at __main__ (*cart) at <anonymous> # of errors: 3, see https://shop.acme.test/a_b_c?x=*1*",
            &[],
        )),
    ),
    ("stranger", Err(NotTaken::Stranger)),
    ("thunderbird-below", Ok((CORA, "It is the page of the cart, and only that one.", &[]))),
    (
        "thunderbird-between",
        Ok((CORA, "On 3/2/26 10:00, Support wrote: Which page? The cart. Since when? Since Monday.", &[])),
    ),
    ("two-authors", Err(NotTaken::Sender)),
    ("two-from-lines", Err(NotTaken::Sender)),
    ("two-ids", Ok((CORA, "The second id is the one.", &[]))),
    ("utf-16", Ok((CORA, "Broken in UTF-16", &[]))),
    ("vacation", Err(NotTaken::Automatic)),
    ("watcher-by-address", Ok(("bare@elsewhere.test", "I only follow it.", &[]))),
    ("windows-1252", Ok((CORA, "It costs 5 € – not 4 €.", &[]))),
    ("wrong-id", Err(NotTaken::Stranger)),
    ("yahoo", Ok((CORA, "The cache is off.", &[]))),
];

fn mail(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mails").join(format!("{name}.eml"))
}

/// A Maildir whose mails are read.
struct Box {
    folder: TempDir,
    inbox: Inbox,
}

impl Box {
    fn of(app: &App) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let sender = Sender {
            from: "Support <support@vendor.test>".parse().expect("a sender"),
            portal: "https://portal.test".to_owned(),
            reads_replies: true,
        };
        let inbox = Inbox {
            app: app.clone(),
            folder: folder.path().join("in"),
            expected: Expected::by(&sender, None),
            sender,
            delivery: Delivery::Folder(folder.path().join("out")),
        };
        for part in ["in/new", "out"] {
            std::fs::create_dir_all(folder.path().join(part)).expect("a folder");
        }
        Self { folder, inbox }
    }

    /// Delivers a mail under a name and has it read.
    async fn receive(&self, name: &str, raw: &[u8]) -> Result<(), NotTaken> {
        std::fs::write(self.inbox.folder.join("new").join(name), raw).expect("a mail");
        let outcomes = self.inbox.round().await.expect("a round");
        let [(read, outcome)] = outcomes.as_slice() else { panic!("one mail: {outcomes:?}") };
        assert_eq!(read, name);
        let flag = if outcome.is_ok() { "S" } else { "F" };
        assert!(self.inbox.folder.join("cur").join(format!("{name}:2,{flag}")).is_file());
        *outcome
    }

    async fn receive_file(&self, name: &str) -> Result<(), NotTaken> {
        self.receive(name, &std::fs::read(mail(name)).expect("a mail")).await
    }

    /// The mails that were sent back.
    fn returned(&self) -> Vec<String> {
        let folder = std::fs::read_dir(self.folder.path().join("out")).expect("a folder");
        let read =
            |file: std::io::Result<std::fs::DirEntry>| std::fs::read_to_string(file.expect("a file").path());
        folder.map(|file| read(file).expect("a mail").replace("=\r\n", "")).collect()
    }
}

/// A mail of some words from somebody.
fn plain(from: &str, id: &str, text: &str) -> Vec<u8> {
    format!("From: {from}\r\nSubject: Re: {TRACKING_ID}\r\nMessage-ID: <{id}@test>\r\n\r\n{text}\r\n")
        .into_bytes()
}

/// A case whose mails have the tracking id of those in the folder.
async fn watched(portal: &Portal) {
    let draft = Draft::problem("Checkout is slow")
        .with("additional-contact", "Ops@Elsewhere.test")
        .with("watchers", json!(["colleague@acme.test", "bare@elsewhere.test"]));
    portal.customer().await.file(&draft).await;
    portal.sql("UPDATE mail_threads SET tracking_id = $1", [TRACKING_ID.into()]).await;
}

async fn messages(reader: &Client) -> Vec<Entry> {
    let entries = reader.timeline(NUMBER).await;
    let said = |entry: &Entry| matches!(entry.content, Content::Message { .. } | Content::Attached { .. });
    entries.into_iter().filter(said).collect()
}

fn told(entry: &Entry) -> (String, String, Vec<String>) {
    let text = match &entry.content {
        Content::Message { body, .. } => words(body),
        _ => String::new(),
    };
    let files = entry.content.attachments().iter().map(|file| file.name.clone()).collect();
    (entry.author.name.clone(), text, files)
}

fn quoted(entry: &Entry) -> String {
    match &entry.content {
        Content::Message { mailed: Some(Mailed { quoted }), .. } => words(quoted),
        _ => String::new(),
    }
}

async fn every_mail_becomes_what_it_should(portal: Portal) {
    watched(&portal).await;
    let analyst = portal.analyst().await;
    let mailbox = Box::of(portal.app());
    let mut expected = Vec::new();
    for (name, becomes) in &MAILS {
        let outcome = mailbox.receive_file(name).await;
        assert_eq!(outcome, becomes.map(|_| ()), "{name}");
        // Nobody who writes that often is believed to be a person.
        portal.sql("UPDATE received_mails SET at = 0", []).await;
        let Ok((author, text, files)) = *becomes else { continue };
        let files: Vec<_> = files.iter().map(|file| (*file).to_owned()).collect();
        expected.push((author.to_owned(), text.to_owned(), files));
        let newest = messages(&analyst).await.pop().expect("a message");
        if *name == "forwarded" {
            assert!(
                told(&newest).1.starts_with("I forward what they say. Files of the mail that are not here:")
            );
            expected.last_mut().expect("it").1 = told(&newest).1;
        }
        assert_eq!(&told(&newest), expected.last().expect("it"), "{name}");
        let Content::Message { body, .. } = &newest.content else { continue };
        let json = serde_json::to_string(body).expect("json");
        for forbidden in ["steal", "spy.test", "secret"] {
            assert!(!json.contains(forbidden), "{forbidden} in {json}");
        }
    }
    let all: Vec<_> = messages(&analyst).await.iter().map(told).collect();
    assert_eq!(all, expected);
    let files = std::fs::read_dir(mail("gmail").parent().expect("a folder")).expect("the folder").count();
    assert_eq!(files, MAILS.len(), "every mail of the folder is in the table");
    let subjects = portal.number("SELECT COUNT(*) AS value FROM mails WHERE address LIKE '%victim%'").await;
    assert_eq!(subjects, 0);
}

async fn what_is_quoted_is_folded_away(portal: Portal) {
    watched(&portal).await;
    let analyst = portal.analyst().await;
    let mailbox = Box::of(portal.app());
    for (name, folded) in [
        (
            "gmail",
            "On Mon, Mar 2, 2026 at 10:00 AM Support <support@vendor.test> wrote: Hello Cora, which version is it?",
        ),
        (
            "outlook-web",
            "From: Support <support@vendor.test> Sent: Monday, March 2, 2026 10:00 AM To: Cora Subject: Case Receipt Which browser?",
        ),
        (
            "yahoo",
            "On Monday, March 2, 2026 at 10:00 AM, Support <support@vendor.test> wrote: Is the cache on?",
        ),
        ("mutt", "On Mon, Mar 02, 2026 at 10:00:00AM +0100, Support wrote: Which shop? -- Cora"),
    ] {
        assert_eq!(mailbox.receive_file(name).await, Ok(()), "{name}");
        let newest = messages(&analyst).await.pop().expect("a message");
        assert_eq!(quoted(&newest), folded, "{name}");
    }
}

async fn an_answer_moves_the_case(portal: Portal) {
    watched(&portal).await;
    let analyst = portal.analyst().await;
    analyst.act(NUMBER, Action::RequestInformation, Some("Which version?")).await;
    let mailbox = Box::of(portal.app());
    assert_eq!(mailbox.receive_file("gmail").await, Ok(()));
    assert_eq!(portal.customer().await.case(NUMBER).await.summary.status, Status::WaitingForSupport);
    // Those on the case are mailed what was written, but for who wrote it.
    let told = "SELECT COUNT(*) AS value FROM mails m JOIN entries e ON e.id = m.entry_id \
                WHERE m.kind = 'comment' AND e.content LIKE '%takes ten seconds%'";
    assert_eq!(portal.number(told).await, 4);
}

async fn a_mail_joins_once(portal: Portal) {
    watched(&portal).await;
    let analyst = portal.analyst().await;
    let (one, other) = (Box::of(portal.app()), Box::of(&portal.second_process().await.app));
    let raw = std::fs::read(mail("gmail")).expect("a mail");
    for mailbox in [&one, &other] {
        std::fs::write(mailbox.inbox.folder.join("new").join("1"), &raw).expect("a mail");
    }
    let (first, second) = tokio::join!(one.inbox.round(), other.inbox.round());
    let outcomes = [first.expect("a round"), second.expect("a round")].concat();
    let joined = outcomes.iter().filter(|(_, outcome)| outcome.is_ok()).count();
    assert_eq!(joined, 1, "{outcomes:?}");
    // On another way, with other lines of those who passed it on.
    let late = [b"Received: from elsewhere\r\n", raw.as_slice()].concat();
    assert_eq!(one.receive("2", &late).await, Err(NotTaken::Again));
    assert_eq!(messages(&analyst).await.len(), 1);
}

async fn whoever_lost_sight_of_the_case_is_a_stranger(portal: Portal) {
    watched(&portal).await;
    let analyst = portal.analyst().await;
    let mailbox = Box::of(portal.app());
    assert_eq!(mailbox.receive("1", &plain("colleague@acme.test", "1", "Still here.")).await, Ok(()));
    portal.sql("UPDATE people SET active = FALSE WHERE email = $1", ["colleague@acme.test".into()]).await;
    portal.sql("DELETE FROM watchers WHERE email = $1", ["bare@elsewhere.test".into()]).await;
    for (turn, from) in
        ["colleague@acme.test", "bare@elsewhere.test", "analyst@support.test", "eve@evil.test"]
            .into_iter()
            .enumerate()
    {
        let raw = plain(from, &format!("late{turn}"), "Let me in.");
        assert_eq!(mailbox.receive(&format!("late{turn}"), &raw).await, Err(NotTaken::Stranger), "{from}");
    }
    assert!(mailbox.returned().is_empty(), "a stranger hears nothing");
    assert_eq!(messages(&analyst).await.len(), 1);
    assert_eq!(portal.number("SELECT COUNT(*) AS value FROM people WHERE guest").await, 0);
}

async fn a_closed_case_sends_mails_back(portal: Portal) {
    watched(&portal).await;
    let analyst = portal.analyst().await;
    analyst.act(NUMBER, Action::Close, Some("Done.")).await;
    let server = portal.with_settings(|settings: &mut Settings| settings.reopening = Reopening::Never).await;
    let mailbox = Box::of(&server.app);
    let before = messages(&analyst).await.len();
    assert_eq!(mailbox.receive_file("nested").await, Err(NotTaken::Closed));
    assert_eq!(portal.number("SELECT COUNT(*) AS value FROM uploads").await, 0);
    let returned = mailbox.returned();
    let [answer] = returned.as_slice() else { panic!("one answer: {returned:?}") };
    for line in [
        "To: \"Jana Vogel\" <customer@acme.test>",
        "Subject: Your mail to case CS-000001 did not join it",
        "Auto-Submitted: auto-replied",
        "https://portal.test/cases/CS-000001",
    ] {
        assert!(answer.contains(line), "{line} in {answer}");
    }
    assert_eq!(messages(&analyst).await.len(), before);
    // Where cases can be reopened, an answer does.
    assert_eq!(Box::of(portal.app()).receive_file("mutt").await, Ok(()));
    assert_eq!(portal.customer().await.case(NUMBER).await.summary.status, Status::WaitingForSupport);
}

async fn an_empty_mail_is_sent_back(portal: Portal) {
    watched(&portal).await;
    let mailbox = Box::of(portal.app());
    assert_eq!(mailbox.receive_file("only-a-quotation").await, Err(NotTaken::Empty));
    assert_eq!(mailbox.returned().len(), 1);
    for turn in 0..25 {
        let outcome = mailbox.receive("1", &plain("bare@elsewhere.test", &turn.to_string(), "")).await;
        assert_eq!(outcome, Err(if turn < 20 { NotTaken::Empty } else { NotTaken::Loop }), "{turn}");
    }
    assert_eq!(mailbox.returned().len(), 21, "no program is answered for ever");
}

async fn programs_that_answer_each_other_are_stopped(portal: Portal) {
    watched(&portal).await;
    let mailbox = Box::of(portal.app());
    for turn in 0..25 {
        let outcome = mailbox.receive("1", &plain("bare@elsewhere.test", &turn.to_string(), "Hello!")).await;
        assert_eq!(outcome, if turn < 20 { Ok(()) } else { Err(NotTaken::Loop) }, "{turn}");
    }
    let app = App { clock: Clock::Fixed(now() + TimeDelta::minutes(61)), ..portal.app().clone() };
    assert_eq!(Box::of(&app).receive("1", &plain("bare@elsewhere.test", "later", "Me again.")).await, Ok(()));
}

async fn only_proven_senders_are_believed(portal: Portal) {
    watched(&portal).await;
    let mut mailbox = Box::of(portal.app());
    mailbox.inbox.expected.authserv_id = Some("mx.vendor.test".to_owned());
    let raw = plain("customer@acme.test", "1", "It is me.");
    assert_eq!(mailbox.receive("1", &raw).await, Err(NotTaken::Unproven));
    let with = |results: &str| [format!("Authentication-Results: {results}\r\n").as_bytes(), &raw].concat();
    let forged = with("mx.evil.test; dmarc=pass header.from=acme.test");
    assert_eq!(mailbox.receive("2", &forged).await, Err(NotTaken::Unproven));
    let proven = with("mx.vendor.test;\r\n\tdmarc=pass header.from=acme.test");
    assert_eq!(mailbox.receive("3", &proven).await, Ok(()));
}

async fn a_guest_becomes_an_account(portal: Portal) {
    watched(&portal).await;
    let analyst = portal.analyst().await;
    let mailbox = Box::of(portal.app());
    assert_eq!(mailbox.receive_file("watcher-by-address").await, Ok(()));
    portal.anonymous().try_sign_in("bare@elsewhere.test", PASSWORD).await.expect(401);
    // Guests are written to as before.
    let later =
        "SELECT COUNT(*) AS value FROM mails WHERE kind = 'comment' AND address = 'bare@elsewhere.test'";
    portal.customer().await.reply(NUMBER, "Thank you.").await;
    assert_eq!(portal.number(later).await, 1);
    let transaction = portal.app().store.begin().await.expect("a transaction");
    let person = |name: &str| NewPerson {
        email: "Bare@elsewhere.test".to_owned(),
        name: name.to_owned(),
        password_hash: None,
        support: false,
    };
    let id = add_person(&transaction, person("Bare Watcher"), now()).await.expect("an account");
    add_person(&transaction, person("Somebody Else"), now()).await.expect_err("there is one");
    drop(transaction);
    let author = messages(&analyst).await.remove(0).author;
    assert_eq!(author.id, id, "what they wrote stays theirs");
}

async fn what_fails_is_tried_again(portal: Portal) {
    watched(&portal).await;
    let mailbox = Box::of(portal.app());
    let raw = std::fs::read(mail("nested")).expect("a mail");
    std::fs::write(mailbox.inbox.folder.join("new").join("1"), raw).expect("a mail");
    let gone = portal.files.path().with_extension("gone");
    std::fs::rename(portal.files.path(), &gone).expect("the files go");
    std::fs::write(portal.files.path(), b"").expect("something in their place");
    for _ in 0..3 {
        assert!(mailbox.inbox.round().await.expect("a round").is_empty());
    }
    std::fs::remove_file(portal.files.path()).expect("it goes");
    std::fs::rename(&gone, portal.files.path()).expect("the files are back");
    let outcomes = mailbox.inbox.round().await.expect("a round");
    assert_eq!(outcomes, [("1".to_owned(), Ok(()))]);
    assert_eq!(
        portal.number("SELECT COUNT(*) AS value FROM uploads").await,
        0,
        "of what failed nothing is left"
    );
}

async fn what_does_not_fit_is_not_lost(portal: Portal) {
    watched(&portal).await;
    let analyst = portal.analyst().await;
    let mailbox = Box::of(portal.app());
    let file =
        |turn| format!("--b\r\nContent-Disposition: attachment; filename=\"{turn}.txt\"\r\n\r\n{turn}\r\n");
    let files: String = (0..25).map(file).collect();
    let mail = |id: &str, text: &str| {
        let raw = plain("customer@acme.test", id, &format!("--b\r\n\r\n{text}\r\n{files}--b--"));
        [b"Content-Type: multipart/mixed; boundary=b\r\n", raw.as_slice()].concat()
    };
    assert_eq!(mailbox.receive("1", &mail("1", "Many files.")).await, Ok(()));
    let (_, text, files) = told(messages(&analyst).await.last().expect("a message"));
    assert!(text.starts_with("Many files. Files of the mail that are not here:"), "{text}");
    assert_eq!(files.len(), 20);
    assert_eq!(mailbox.receive("2", &mail("2", &"long ".repeat(9_999))).await, Ok(()));
    let (_, text, files) = told(messages(&analyst).await.last().expect("a message"));
    assert!(text.starts_with("Files of the mail that are not here:"), "{text}");
    assert_eq!((files.len(), files[0].as_str()), (20, "mail.txt"));
}

#[test]
fn what_would_take_too_much_memory_is_not_read() {
    let sender = Sender {
        from: "Support <support@vendor.test>".parse().expect("a sender"),
        portal: String::new(),
        reads_replies: true,
    };
    let refused = |raw: Vec<u8>| {
        assert_eq!(Incoming::read(raw, Expected::by(&sender, None)), Err(NotTaken::TooLarge));
    };
    let mail = |heads: &str, rest: String| {
        let raw = plain("customer@acme.test", "1", &rest);
        [heads.as_bytes(), b"\n", &raw].concat()
    };
    // As many headers as bytes allow; each would be held by itself.
    refused(b"a:\n".repeat(5_000_000));
    refused(vec![b'x'; 41 * 1024 * 1024]);
    // Mails in mails in mails.
    refused(mail("Content-Type: message/rfc822", "Content-Type: message/RFC822\n\n".repeat(3_000)));
    let list = "<ul>".repeat(500) + &"<li>x".repeat(100_000);
    refused(mail("Content-Type: text/html", list));
}
