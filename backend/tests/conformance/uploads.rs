//! Bringing files in pieces: what is taken, going on, and what is forgotten.

use casement_backend::{app::App, attachments, clock::Clock};
use chrono::{TimeDelta, Utc};
use contract::{
    ProblemCode,
    attachment::{FILE_MAX, PIECE_MAX, tus},
};
use reqwest::Method;

use crate::harness::{Draft, Portal, Sample, now, on_both};

on_both!(
    every_kind_is_taken_and_nothing_else,
    what_is_not_what_it_says_is_refused_and_forgotten,
    a_file_of_fifteen_megabytes_is_taken_and_one_byte_more_is_not,
    an_upload_goes_on_where_it_was_cut_off,
    an_upload_is_its_persons_alone,
    the_protocol_is_kept,
    what_was_cut_off_while_it_was_made_whole_is_done_by_the_next,
    what_nobody_sends_is_forgotten_in_time,
    nobody_brings_without_end,
);

async fn every_kind_is_taken_and_nothing_else(portal: Portal) {
    let customer = portal.customer().await;
    for file in Sample::all() {
        let id = customer.upload(&file).await;
        assert_eq!(customer.arrived(id).await, Some(file.bytes.len()), "{}", file.name);
    }
    for name in ["run.exe", "page.html", "draw.svg", "deploy.yml", "composer.lock", "txt", "a.txt.sh", "x.gz"]
    {
        let problem = customer.try_begin(name, 10).await.problem(ProblemCode::InvalidFields);
        assert_eq!(problem.errors[0].pointer, "/filename", "{name}");
        assert!(problem.errors[0].message.contains(".zip"), "it says what to do: {problem:?}");
    }
    let empty = customer.try_begin("empty.txt", 0).await.problem(ProblemCode::InvalidFields);
    assert_eq!(empty.errors[0].pointer, "/length");
    let german = customer.tus(Method::POST, "/uploads").header("accept-language", "de");
    let german = german.header(tus::LENGTH, 1).header(tus::METADATA, tus::metadata("x.exe"));
    let problem = customer.send(german).await.problem(ProblemCode::InvalidFields);
    assert!(problem.errors[0].message.contains("Dateien"), "{problem:?}");
}

async fn what_is_not_what_it_says_is_refused_and_forgotten(portal: Portal) {
    let customer = portal.customer().await;
    let lies = [
        Sample::new("page.png", "<!doctype html><script>alert(1)</script>"),
        Sample::new("program.txt", b"MZ\0\0\x01\x02".as_slice()),
        Sample::new("late.txt", [b"fine ".repeat(400), b"\0".to_vec()].concat()),
        Sample::new("broken.zip", b"PK\x03\x04 and then nothing that is one".as_slice()),
        Sample::zip("renamed.docx", &["a.txt"]),
        Sample::new("text.pdf", "no document"),
        Sample::new("short.tar", "no archive"),
    ];
    for file in lies {
        let id = customer.begin(&file.name, file.bytes.len()).await;
        let problem = customer.append(id, 0, &file.bytes).await.problem(ProblemCode::InvalidFields);
        assert_eq!(problem.errors[0].pointer, "/content", "{}", file.name);
        assert_eq!(customer.arrived(id).await, None, "{} is forgotten", file.name);
    }
    assert_eq!(files_in(&portal), 0);
}

/// How many objects lie in the store.
fn files_in(portal: &Portal) -> usize {
    fn count(folder: &std::path::Path) -> usize {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| if entry.path().is_dir() { count(&entry.path()) } else { 1 }).sum()
    }
    count(portal.files.path())
}

async fn a_file_of_fifteen_megabytes_is_taken_and_one_byte_more_is_not(portal: Portal) {
    let customer = portal.customer().await;
    let most = usize::try_from(FILE_MAX).expect("a size");
    let problem = customer.try_begin("large.txt", most + 1).await.problem(ProblemCode::InvalidFields);
    assert_eq!(problem.errors[0].pointer, "/length");
    let id = customer.begin("large.txt", most).await;
    let piece = vec![b'x'; usize::try_from(PIECE_MAX).expect("a size")];
    let mut at = 0;
    while at < most {
        let end = most.min(at + piece.len());
        customer.append(id, at, &piece[..end - at]).await.expect(204);
        at = end;
    }
    customer.file(&Draft::problem("With a large file")).await;
    customer.try_attach("CS-000001", "", &[id]).await.expect(201);
    let (_, _, bytes) = customer.download("CS-000001", id, &[]).await;
    assert_eq!(bytes.len(), most);
    let too_much = vec![b'x'; usize::try_from(PIECE_MAX).expect("a size") + 1];
    let id = customer.begin("large.txt", most).await;
    customer.append(id, 0, &too_much).await.problem(ProblemCode::BodyTooLarge);
}

async fn an_upload_goes_on_where_it_was_cut_off(portal: Portal) {
    let customer = portal.customer().await;
    let file = Sample::text("cut.txt");
    let id = customer.begin(&file.name, file.bytes.len()).await;
    assert_eq!(customer.arrived(id).await, Some(0));
    let answer = customer.append(id, 0, &file.bytes[..4]).await.expect(204);
    assert_eq!(answer.header(tus::OFFSET), Some("4"));
    // The answer was lost: what is sent again does not fit any more.
    customer.append(id, 0, &file.bytes[..4]).await.problem(ProblemCode::UploadOffsetMismatch);
    customer.append(id, 9, &file.bytes[9..]).await.problem(ProblemCode::UploadOffsetMismatch);
    // Another process goes on.
    let other = customer.at(portal.second_process().await.base);
    assert_eq!(other.arrived(id).await, Some(4));
    other.append(id, 4, &file.bytes[4..]).await.expect(204);
    customer.append(id, file.bytes.len(), b"more").await.problem(ProblemCode::BodyTooLarge);
    customer.file(&Draft::problem("With a file in two pieces")).await;
    customer.try_attach("CS-000001", "", &[id]).await.expect(201);
    assert_eq!(customer.download("CS-000001", id, &[]).await.2, file.bytes);
}

async fn an_upload_is_its_persons_alone(portal: Portal) {
    let (customer, colleague) = (portal.customer().await, portal.colleague().await);
    customer.file(&Draft::problem("Whose file?")).await;
    let (file, never) = (Sample::text("mine.txt"), uuid::Uuid::from_u128(4711));
    let id = customer.begin(&file.name, file.bytes.len()).await;
    for others in [&colleague, &portal.administrator().await, &portal.analyst().await] {
        assert_eq!(others.arrived(id).await, None);
        let (theirs, none) =
            (others.append(id, 0, &file.bytes).await, others.append(never, 0, &file.bytes).await);
        assert_eq!(theirs.face(), none.face());
        theirs.problem(ProblemCode::NotFound);
        let request = others.tus(Method::DELETE, &format!("/uploads/{id}"));
        others.send(request).await.problem(ProblemCode::NotFound);
    }
    customer.append(id, 0, &file.bytes).await.expect(204);
    let (theirs, none) = (
        colleague.try_attach("CS-000001", "x", &[id]).await,
        colleague.try_attach("CS-000001", "x", &[never]).await,
    );
    assert_eq!(theirs.face(), none.face());
    let problem = theirs.problem(ProblemCode::InvalidFields);
    assert_eq!(problem.errors[0].pointer, "/attachments/0");
    portal.anonymous().try_begin("mine.txt", 5).await.problem(ProblemCode::SignInRequired);
}

async fn the_protocol_is_kept(portal: Portal) {
    let customer = portal.customer().await;
    let answer = customer.send(customer.request(Method::OPTIONS, "/uploads")).await.expect(204);
    assert_eq!(answer.header("tus-version"), Some("1.0.0"));
    assert_eq!(answer.header("tus-max-size"), Some("15728640"));
    assert_eq!(answer.header("tus-extension"), Some("creation,expiration,termination"));
    let plain = customer.request(Method::POST, "/uploads").header(tus::LENGTH, 5);
    let answer = customer.send(plain.header(tus::METADATA, tus::metadata("a.txt"))).await;
    assert_eq!(answer.header("tus-version"), Some("1.0.0"));
    answer.problem(ProblemCode::TusVersionUnsupported);
    let nameless = customer.tus(Method::POST, "/uploads").header(tus::LENGTH, 5);
    customer.send(nameless).await.problem(ProblemCode::MalformedRequest);
    let id = customer.begin("a.txt", 5).await;
    let untyped = customer.tus(Method::PATCH, &format!("/uploads/{id}")).header(tus::OFFSET, 0).body("hello");
    customer.send(untyped).await.problem(ProblemCode::UnsupportedMediaType);
    let answer = customer.append(id, 0, b"hello").await.expect(204);
    assert_eq!(answer.header(tus::EXPIRES), Some("Tue, 03 Mar 2026 09:00:00 GMT"));
    customer.send(customer.tus(Method::DELETE, &format!("/uploads/{id}"))).await.expect(204);
    assert_eq!(customer.arrived(id).await, None);
    assert_eq!(files_in(&portal), 0);
}

async fn what_was_cut_off_while_it_was_made_whole_is_done_by_the_next(portal: Portal) {
    let customer = portal.customer().await;
    let file = Sample::text("whole.txt");
    let id = customer.begin(&file.name, file.bytes.len()).await;
    customer.append(id, 0, &file.bytes[..5]).await.expect(204);
    // As a crash leaves it: the last piece is stored and counted, the file not yet one.
    let pieces = portal.files.path().join(format!("uploads/{id}"));
    std::fs::write(pieces.join("000000000005"), &file.bytes[5..]).expect("the piece");
    let size = i64::try_from(file.bytes.len()).expect("a size");
    portal.sql("UPDATE uploads SET arrived = $1", [size.into()]).await;
    customer.file(&Draft::problem("Cut off at the end")).await;
    customer.try_attach("CS-000001", "", &[id]).await.problem(ProblemCode::InvalidFields);
    assert_eq!(customer.arrived(id).await, Some(file.bytes.len()));
    customer.try_attach("CS-000001", "", &[id]).await.expect(201);
    assert_eq!(customer.download("CS-000001", id, &[]).await.2, file.bytes);
    assert_eq!(files_in(&portal), 1, "the pieces are gone");
}

async fn what_nobody_sends_is_forgotten_in_time(portal: Portal) {
    let customer = portal.customer().await;
    customer.file(&Draft::problem("Sent in time")).await;
    customer.attach("CS-000001", "", &[Sample::text("sent.txt")]).await;
    let whole = customer.upload(&Sample::text("whole.txt")).await;
    let begun = customer.begin("begun.txt", 10).await;
    customer.append(begun, 0, b"half").await.expect(204);
    let orphan = portal.files.path().join("attachments/00000000-0000-0000-0000-000000000001");
    std::fs::write(&orphan, "left behind").expect("a file");
    assert_eq!(files_in(&portal), 4);
    let at = |clock| App { clock: Clock::Fixed(clock), ..portal.app().clone() };
    attachments::tidy(&at(now() + TimeDelta::hours(23))).await.expect("tidied");
    assert_eq!(files_in(&portal), 4, "nothing is forgotten before its time");
    assert_eq!(customer.arrived(begun).await, Some(4));
    // Files have the times of the machine, whatever the test's clock says.
    attachments::tidy(&at(Utc::now() + TimeDelta::hours(25))).await.expect("tidied");
    assert_eq!((customer.arrived(begun).await, customer.arrived(whole).await), (None, None));
    assert_eq!(files_in(&portal), 1);
    let [sent] = &customer.attachments("CS-000001").await[..] else { panic!("one file") };
    assert_eq!(customer.download("CS-000001", sent.file.id, &[]).await.0, 200);
}

async fn nobody_brings_without_end(portal: Portal) {
    let customer = portal.customer().await;
    for number in 0..20 {
        customer.begin(&format!("{number}.txt"), usize::try_from(FILE_MAX).expect("a size")).await;
    }
    let answer = customer.try_begin("one more.txt", 1).await;
    assert!(answer.header("retry-after").is_some());
    answer.problem(ProblemCode::TooManyRequests);
    portal.colleague().await.begin("another's.txt", 1).await;
}
