//! Files of a case: sending, listing, downloading, showing; who sees which.

use contract::{
    Action, CaseRecord, Entry, ProblemCode,
    attachment::{ArchiveListing, FileKind},
    thread::Content,
};
use reqwest::header;
use serde_json::json;
use uuid::Uuid;

use crate::harness::{Client, Draft, Portal, Sample, on_both};

on_both!(
    files_come_with_a_message_or_alone,
    files_come_with_an_action_and_with_a_new_case,
    what_cannot_go_along_is_told_and_nothing_is_sent,
    for_strangers_no_file_exists,
    files_of_notes_are_for_support_only,
    a_download_is_saved_and_never_opened,
    a_download_goes_on_where_it_was_cut_off,
    what_can_be_shown_is_shown_harmlessly,
    archives_are_listed_and_not_unpacked,
    names_from_hell_are_harmless,
    a_case_is_found_by_the_names_of_its_files,
);

async fn filed(portal: &Portal) -> Client {
    let customer = portal.customer().await;
    customer.file(&Draft::problem("With files")).await;
    customer
}

async fn files_come_with_a_message_or_alone(portal: Portal) {
    let (customer, analyst) = (filed(&portal).await, portal.analyst().await);
    let mut stream = analyst.listen(None).await;
    stream.next().await;
    let entry =
        customer.attach("CS-000001", "See both.", &[Sample::text("a.txt"), Sample::png("b.png")]).await;
    let Content::Message { attachments, source, .. } = &entry.content else { panic!("a message") };
    assert_eq!(source, "See both.");
    let names: Vec<_> = attachments.iter().map(|file| (file.name.as_str(), file.kind)).collect();
    assert_eq!(names, [("a.txt", FileKind::Txt), ("b.png", FileKind::Png)]);
    // Support is told.
    stream.next().await;
    let alone = analyst.attach("CS-000001", "", &[Sample::text("c.txt")]).await;
    let Content::Attached { attachments } = &alone.content else { panic!("files alone") };
    assert_eq!(attachments.len(), 1);
    let listed = customer.attachments("CS-000001").await;
    let names: Vec<_> = listed.iter().map(|one| one.file.name.as_str()).collect();
    assert_eq!(names, ["c.txt", "b.png", "a.txt"], "the newest first");
    assert_eq!(listed[0].by.name, analyst.session().await.person.name);
    assert_eq!((listed[2].entry, listed[2].internal), (entry.id, false));
    assert_eq!(customer.case("CS-000001").await.attachments, 3);
    assert_eq!(customer.timeline("CS-000001").await[1], entry);
}

async fn files_come_with_an_action_and_with_a_new_case(portal: Portal) {
    let customer = portal.customer().await;
    let (log, screen) =
        (customer.upload(&Sample::text("log.txt")).await, customer.upload(&Sample::png("s.png")).await);
    let mut body = serde_json::to_value(Draft::problem("Filed with files")).expect("JSON");
    body["attachments"] = json!([log, screen]);
    let record: CaseRecord = customer.post("/cases", &body).await.expect(201).json();
    assert_eq!(record.attachments, 2);
    let timeline = customer.timeline("CS-000001").await;
    assert!(matches!(timeline[0].content, Content::Filed));
    assert_eq!(timeline[1].content.attachments().len(), 2);
    assert_eq!(record.read_to, 2, "whoever filed it knows them");

    let (analyst, note) = (portal.analyst().await, "Done.");
    analyst.act("CS-000001", Action::ProposeSolution, Some("Try this.")).await;
    let proof = customer.upload(&Sample::png("proof.png")).await;
    let tag = customer.get("/cases/CS-000001").await.expect(200).etag().to_owned();
    let body = json!({ "action": "accept_solution", "message": note, "attachments": [proof] });
    let request = customer.action_request("CS-000001", &body).header(header::IF_MATCH, tag);
    customer.send(request).await.expect(200);
    let timeline = customer.timeline("CS-000001").await;
    let with_file: Vec<&Entry> =
        timeline.iter().filter(|e| e.content.attachments().iter().any(|file| file.id == proof)).collect();
    assert!(
        matches!(&with_file[..], [Entry { content: Content::Message { source, .. }, .. }] if source == note)
    );
}

async fn what_cannot_go_along_is_told_and_nothing_is_sent(portal: Portal) {
    let customer = filed(&portal).await;
    let whole = customer.upload(&Sample::text("a.txt")).await;
    let begun = customer.begin("b.txt", 10).await;
    let problem =
        customer.try_attach("CS-000001", "x", &[whole, begun]).await.problem(ProblemCode::InvalidFields);
    assert_eq!(problem.errors.iter().map(|e| e.pointer.as_str()).collect::<Vec<_>>(), ["/attachments/1"]);
    let problem =
        customer.try_attach("CS-000001", "x", &[whole, whole]).await.problem(ProblemCode::InvalidFields);
    assert_eq!(problem.errors[0].pointer, "/attachments");
    let many: Vec<_> = (0..21).map(Uuid::from_u128).collect();
    let problem = customer.try_attach("CS-000001", "x", &many).await.problem(ProblemCode::InvalidFields);
    assert_eq!(problem.errors[0].pointer, "/attachments");
    assert_eq!(customer.timeline("CS-000001").await.len(), 1);
    // Once it went along, it is an upload no more.
    customer.try_attach("CS-000001", "", &[whole]).await.expect(201);
    customer.try_attach("CS-000001", "", &[whole]).await.problem(ProblemCode::InvalidFields);
    assert_eq!(customer.arrived(whole).await, None);
    // Nothing is written along with picking up, so no file goes with it either.
    let analyst = portal.analyst().await;
    let file = analyst.upload(&Sample::text("c.txt")).await;
    let tag = analyst.get("/cases/CS-000001").await.expect(200).etag().to_owned();
    let body = json!({ "action": "pick_up", "attachments": [file] });
    let request = analyst.action_request("CS-000001", &body).header(header::IF_MATCH, tag);
    let problem = analyst.send(request).await.problem(ProblemCode::InvalidFields);
    assert_eq!(problem.errors[0].pointer, "/attachments");
}

async fn for_strangers_no_file_exists(portal: Portal) {
    let customer = filed(&portal).await;
    customer.attach("CS-000001", "", &[Sample::zip("a.zip", &["x"])]).await;
    let id = customer.attachments("CS-000001").await[0].file.id;
    let never = Uuid::from_u128(4711);
    let stranger = portal.stranger().await;
    stranger.file(&Draft::problem("Somebody else's")).await;
    for what in ["", "/view", "/contents"] {
        let asked = |number: &str, id: Uuid| format!("/cases/{number}/attachments/{id}{what}");
        let theirs = stranger.get(&asked("CS-000001", id)).await;
        let never_case = stranger.get(&asked("CS-004711", never)).await;
        // Not by way of a case of their own either.
        let by_own = stranger.get(&asked("CS-000002", id)).await;
        let none = stranger.get(&asked("CS-000002", never)).await;
        assert_eq!(theirs.face(), never_case.face());
        assert_eq!(by_own.face(), none.face());
        by_own.problem(ProblemCode::NotFound);
        theirs.problem(ProblemCode::NotFound);
        portal.anonymous().get(&asked("CS-000001", id)).await.problem(ProblemCode::SignInRequired);
    }
    for colleague in [portal.colleague().await, portal.administrator().await, portal.analyst().await] {
        assert_eq!(colleague.download("CS-000001", id, &[]).await.0, 200);
    }
}

async fn files_of_notes_are_for_support_only(portal: Portal) {
    let (customer, analyst) = (filed(&portal).await, portal.analyst().await);
    let file = analyst.upload(&Sample::text("core dump.txt")).await;
    let body = json!({ "body": "", "internal": true, "attachments": [file] });
    let version = customer.case("CS-000001").await.version;
    analyst.post("/cases/CS-000001/messages", &body).await.expect(201);
    let [listed] = &analyst.attachments("CS-000001").await[..] else { panic!("one file") };
    assert!(listed.internal);
    assert_eq!(analyst.case("CS-000001").await.attachments, 1);
    let record = customer.case("CS-000001").await;
    assert_eq!((record.attachments, record.version), (0, version));
    assert!(customer.attachments("CS-000001").await.is_empty());
    assert_eq!(customer.timeline("CS-000001").await.len(), 1);
    assert!(customer.find("dump").await.is_empty());
    assert_eq!(analyst.find("dump").await, ["CS-000001"]);
    for what in ["", "/view"] {
        let path = format!("/cases/CS-000001/attachments/{file}{what}");
        customer.get(&path).await.problem(ProblemCode::NotFound);
        assert_eq!(analyst.get(&path).await.status, 200);
    }
}

async fn a_download_is_saved_and_never_opened(portal: Portal) {
    let customer = filed(&portal).await;
    let bytes = b"\x89PNG\r\n\x1a\n<script>alert(1)</script>".as_slice();
    customer.attach("CS-000001", "", &[Sample::new("größe.png", bytes)]).await;
    let listed = customer.attachments("CS-000001").await;
    let (status, headers, got) = customer.download("CS-000001", listed[0].file.id, &[]).await;
    assert_eq!((status, got.as_slice()), (200, bytes));
    let said = |name: &str| headers[name].to_str().expect("text").to_owned();
    assert_eq!(said("content-type"), "application/octet-stream");
    assert_eq!(said("x-content-type-options"), "nosniff");
    assert_eq!(said("content-security-policy"), "default-src 'none'; sandbox");
    assert_eq!(said("content-length"), bytes.len().to_string());
    assert_eq!(said("etag"), format!("\"{}\"", listed[0].sha256));
    assert_eq!(
        said("content-disposition"),
        "attachment; filename=\"gr__e.png\"; filename*=UTF-8''gr%C3%B6%C3%9Fe.png"
    );
    let pressed = [("accept-encoding", "br, gzip")];
    let (_, headers, got) = customer.download("CS-000001", listed[0].file.id, &pressed).await;
    assert!(headers.get("content-encoding").is_none());
    assert_eq!(got, bytes);
}

async fn a_download_goes_on_where_it_was_cut_off(portal: Portal) {
    let customer = filed(&portal).await;
    customer.attach("CS-000001", "", &[Sample::new("ten.txt", "0123456789")]).await;
    let listed = customer.attachments("CS-000001").await;
    let id = listed[0].file.id;
    let part = async |headers: &[(&str, &str)]| {
        let (status, headers, bytes) = customer.download("CS-000001", id, headers).await;
        let range = headers.get("content-range").map(|range| range.to_str().expect("text").to_owned());
        (status, range, String::from_utf8_lossy(&bytes).into_owned())
    };
    let of = |range: &str| Some(format!("bytes {range}/10"));
    assert_eq!(part(&[("range", "bytes=4-")]).await, (206, of("4-9"), "456789".to_owned()));
    assert_eq!(part(&[("range", "bytes=0-0")]).await, (206, of("0-0"), "0".to_owned()));
    assert_eq!(part(&[("range", "bytes=-3")]).await, (206, of("7-9"), "789".to_owned()));
    assert_eq!(part(&[("range", "bytes=8-99")]).await, (206, of("8-9"), "89".to_owned()));
    assert_eq!(part(&[("range", "nonsense")]).await.0, 200);
    assert_eq!(part(&[("range", "bytes=10-")]).await.0, 416);
    let same = format!("\"{}\"", listed[0].sha256);
    assert_eq!(part(&[("range", "bytes=4-"), ("if-range", &same)]).await.0, 206);
    assert_eq!(part(&[("range", "bytes=4-"), ("if-range", "\"another\"")]).await.0, 200);
}

async fn what_can_be_shown_is_shown_harmlessly(portal: Portal) {
    let customer = filed(&portal).await;
    customer.attach("CS-000001", "", &Sample::all()).await;
    customer.attach("CS-000001", "", &[Sample::new("old.txt", b"Gr\xf6\xdfe".as_slice())]).await;
    for attachment in customer.attachments("CS-000001").await {
        let path = format!("/cases/CS-000001/attachments/{}/view", attachment.file.id);
        let expected = match attachment.file.kind {
            FileKind::Png => "image/png",
            FileKind::Jpeg => "image/jpeg",
            FileKind::Bmp => "image/bmp",
            FileKind::Pdf => "application/pdf",
            FileKind::Txt | FileKind::Csv => "text/plain; charset=utf-8",
            _ => {
                customer.get(&path).await.problem(ProblemCode::NotFound);
                continue;
            }
        };
        let answer = customer.request(reqwest::Method::GET, &path).send().await.expect("an answer");
        assert_eq!(answer.headers()["content-type"], expected, "{}", attachment.file.name);
        assert_eq!(answer.headers()["content-security-policy"], "default-src 'none'; sandbox");
        assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
        assert_eq!(answer.headers()["cache-control"], "private, no-cache");
        let tag = answer.headers()["etag"].to_str().expect("text").to_owned();
        if attachment.file.name == "old.txt" {
            assert_eq!(answer.text().await.expect("text"), "Größe");
        }
        let again = customer.request(reqwest::Method::GET, &path).header(header::IF_NONE_MATCH, tag);
        customer.send(again).await.expect(304);
    }
}

async fn archives_are_listed_and_not_unpacked(portal: Portal) {
    let customer = filed(&portal).await;
    let many: Vec<String> = (0..1001).map(|number| format!("{number}.txt")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let files = [
        Sample::zip("a.zip", &["folder/", "folder/../../etc/passwd", "turn\u{202e}ed.txt"]),
        Sample::tar("b.tar", &["one.txt", "../two.txt"]),
        Sample::zip("c.zip", &many),
        Sample::zip("d.zip", &[]),
        Sample::text("e.txt"),
    ];
    customer.attach("CS-000001", "", &files).await;
    let listed = customer.attachments("CS-000001").await;
    let path = |name: &str| {
        let file = listed.iter().find(|one| one.file.name == name).expect("the file");
        format!("/cases/CS-000001/attachments/{}/contents", file.file.id)
    };
    let contents: ArchiveListing = customer.get(&path("a.zip")).await.ok();
    let told: Vec<_> = contents.entries.iter().map(|e| (e.path.as_str(), e.size, e.folder)).collect();
    assert_eq!(told, [("folder/", 0, true), ("folder/../../etc/passwd", 7, false), ("turned.txt", 7, false)]);
    let contents: ArchiveListing = customer.get(&path("b.tar")).await.ok();
    let told: Vec<_> = contents.entries.iter().map(|e| e.path.as_str()).collect();
    assert_eq!(told, ["one.txt", "../two.txt"]);
    let contents: ArchiveListing = customer.get(&path("c.zip")).await.ok();
    assert_eq!((contents.entries.len(), contents.more), (1000, true));
    let contents: ArchiveListing = customer.get(&path("d.zip")).await.ok();
    assert_eq!((contents.entries.len(), contents.more), (0, false));
    customer.get(&path("e.txt")).await.problem(ProblemCode::NotFound);
}

async fn names_from_hell_are_harmless(portal: Portal) {
    let customer = filed(&portal).await;
    let long = format!("{}.txt", "x".repeat(300));
    let names = [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Windows\\win.txt", "win.txt"),
        ("in\u{202e}xslx.\u{200b}txt", "inxslx.txt"),
        ("a\r\nSet-Cookie: x=1.txt", "a Set-Cookie_ x=1.txt"),
        ("\"; filename=evil.exe.txt", "_; filename=evil.exe.txt"),
        ("CON.txt", "_CON.txt"),
        (".txt", "file.txt"),
        ("💥 größe.TXT", "💥 größe.TXT"),
        (long.as_str(), &long[154..]),
    ];
    for (given, _) in &names {
        customer.attach("CS-000001", "", &[Sample::text(given)]).await;
    }
    let mut listed = customer.attachments("CS-000001").await;
    listed.reverse();
    for (attachment, (given, expected)) in listed.iter().zip(names) {
        assert_eq!(attachment.file.name, expected, "{given}");
        let (status, headers, _) = customer.download("CS-000001", attachment.file.id, &[]).await;
        assert_eq!(status, 200);
        assert!(headers.get("set-cookie").is_none());
        assert!(
            headers["content-disposition"].to_str().expect("ASCII").starts_with("attachment; filename=\"")
        );
    }
}

async fn a_case_is_found_by_the_names_of_its_files(portal: Portal) {
    let customer = filed(&portal).await;
    let entry = customer.attach("CS-000001", "Look", &[Sample::text("stacktrace-checkout.txt")]).await;
    assert_eq!(customer.find("stacktrace").await, ["CS-000001"]);
    let request = customer.request(reqwest::Method::PUT, &format!("/cases/CS-000001/messages/{}", entry.id));
    let request = request.header(header::IF_MATCH, "\"0\"").json(&json!({ "body": "Look here" }));
    let edited: Entry = customer.send(request).await.ok();
    assert_eq!(edited.content.attachments(), entry.content.attachments());
    assert_eq!(customer.find("here stacktrace").await, ["CS-000001"]);
}
