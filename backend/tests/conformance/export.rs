//! A case as an archive: a document, JSON, and the files.

use std::{collections::BTreeMap, io::Read};

use contract::{Action, ProblemCode, export::CaseExport};
use reqwest::Method;
use zip::ZipArchive;

use crate::harness::{Client, Draft, Portal, Sample, on_both};

on_both!(
    all_of_a_case_is_in_the_archive,
    the_document_holds_nothing_active,
    notes_are_in_nobodys_export,
    for_strangers_there_is_nothing_to_export,
);

/// The files of the archive by their paths.
async fn export(client: &Client, path: &str) -> BTreeMap<String, Vec<u8>> {
    let answer = client.request(Method::GET, path).send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["content-type"], "application/zip");
    let saved_as = answer.headers()["content-disposition"].to_str().expect("ASCII");
    assert!(saved_as.starts_with("attachment; filename=\"CS-000001.zip\""), "{saved_as}");
    let bytes = answer.bytes().await.expect("its bytes").to_vec();
    let mut archive = ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let mut files = BTreeMap::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("an entry");
        let mut content = Vec::new();
        file.read_to_end(&mut content).expect("its bytes, with the right checksum");
        files.insert(file.name().expect("UTF-8").into_owned(), content);
    }
    files
}

fn text<'a>(files: &'a BTreeMap<String, Vec<u8>>, name: &str) -> &'a str {
    std::str::from_utf8(&files[name]).expect("UTF-8")
}

async fn all_of_a_case_is_in_the_archive(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&Draft::problem("To be kept elsewhere")).await;
    let same = [Sample::text("log.txt"), Sample::new("log.txt", "another of that name")];
    customer.attach("CS-000001", "See **both**.", &same).await;
    analyst.act("CS-000001", Action::PickUp, None).await;
    let files = export(&customer, "/cases/CS-000001/export").await;
    let names: Vec<_> = files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "CS-000001/attachments/01 log.txt",
            "CS-000001/attachments/02 log.txt",
            "CS-000001/case.html",
            "CS-000001/case.json"
        ]
    );
    assert_eq!(files["CS-000001/attachments/01 log.txt"], same[0].bytes);
    assert_eq!(files["CS-000001/attachments/02 log.txt"], same[1].bytes);
    let json: CaseExport =
        serde_json::from_str(text(&files, "CS-000001/case.json")).expect("the contract's JSON");
    assert_eq!(json.timeline, customer.timeline("CS-000001").await);
    assert_eq!(json.record, customer.case("CS-000001").await);
    let html = text(&files, "CS-000001/case.html");
    for expected in [
        "<html lang=\"en\">",
        "<h1 dir=\"auto\">To be kept elsewhere</h1>",
        "See <strong>both</strong>.",
        "href=\"attachments/01%20log%2Etxt\"",
        "moved it from Received to Diagnosis",
    ] {
        assert!(html.contains(expected), "{expected} is not in {html}");
    }
    // The subject is the heading.
    for asked in json.record.submission.iter().filter(|asked| asked.question != "subject") {
        assert!(html.contains(&asked.label.replace('\'', "&#39;")), "{}", asked.label);
    }
    let german = export(&customer, "/cases/CS-000001/export?lang=de").await;
    let german = text(&german, "CS-000001/case.html");
    assert!(german.contains("<html lang=\"de\">") && german.contains("hat den Fall"), "{german}");
}

async fn the_document_holds_nothing_active(portal: Portal) {
    let customer = portal.customer().await;
    customer.file(&Draft::problem("</title><script>alert(1)</script>")).await;
    customer
        .reply("CS-000001", "<img src=x onerror=alert(1)> [x](javascript:alert(1)) ![y](https://e.example/p)")
        .await;
    customer.attach("CS-000001", "", &[Sample::text("\"onload=alert(1) x='.txt")]).await;
    let files = export(&customer, "/cases/CS-000001/export").await;
    let html = text(&files, "CS-000001/case.html");
    assert!(
        !html.contains("<script") && !html.contains("<img") && !html.contains("href=\"javascript"),
        "{html}"
    );
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(html.contains("default-src 'none'; style-src 'unsafe-inline'"));
    // Nothing of it is fetched from anywhere: no address but in links.
    assert!(!html.contains("src=\"") && !html.contains("url("), "{html}");
}

async fn notes_are_in_nobodys_export(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&Draft::problem("With a note")).await;
    let file = analyst.upload(&Sample::text("internal dump.txt")).await;
    let body = serde_json::json!({ "body": "Between ourselves", "internal": true, "attachments": [file] });
    analyst.post("/cases/CS-000001/messages", &body).await.expect(201);
    for client in [&customer, &analyst] {
        let files = export(client, "/cases/CS-000001/export").await;
        assert_eq!(files.len(), 2);
        for name in ["CS-000001/case.html", "CS-000001/case.json"] {
            let said = text(&files, name);
            for secret in ["Between ourselves", "internal dump", "\"queue\""] {
                assert!(!said.contains(secret), "{secret} is in {name}");
            }
        }
    }
}

async fn for_strangers_there_is_nothing_to_export(portal: Portal) {
    portal.customer().await.file(&Draft::problem("Acme's own")).await;
    let stranger = portal.stranger().await;
    let theirs = stranger.get("/cases/CS-000001/export").await;
    assert_eq!(theirs.face(), stranger.get("/cases/CS-004711/export").await.face());
    theirs.problem(ProblemCode::NotFound);
    portal.anonymous().get("/cases/CS-000001/export").await.problem(ProblemCode::SignInRequired);
    export(&portal.colleague().await, "/cases/CS-000001/export").await;
}
