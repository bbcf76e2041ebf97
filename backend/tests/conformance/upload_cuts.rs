//! Uploads that are cut off anywhere: by the network, by the end of the program, by others.

use contract::attachment::{FILE_MAX, PIECE};
use rand::{Rng, SeedableRng, rngs::StdRng};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::harness::{Client, Draft, PASSWORD, Portal, Program, Sample, on_both};

on_both!(
    cut_anywhere_a_file_arrives_as_it_is,
    ten_files_at_once_arrive_as_they_are,
    a_program_killed_in_between_goes_on_with_the_upload,
    the_programs_memory_stays_flat,
);

/// Bytes that look like a text and that nothing can guess.
fn random_text(random: &mut StdRng, size: usize) -> Sample {
    let bytes: Vec<u8> = (0..size).map(|_| random.random_range(b' '..=b'~')).collect();
    Sample::new("random.txt", bytes)
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Brings a file in pieces of any size, of which some are sent and their answer is lost,
/// and some never sent.
async fn bring_badly(client: &Client, file: &Sample, random: &mut StdRng) -> Uuid {
    let id = client.begin(&file.name, file.bytes.len()).await;
    loop {
        let at = client.arrived(id).await.expect("the upload");
        if at == file.bytes.len() {
            return id;
        }
        let most = file.bytes.len() - at;
        let piece = &file.bytes[at..at + random.random_range(1..=most.min(200_000))];
        client.append(id, at, piece).await.expect(204);
        if random.random_bool(0.3) {
            // The answer was lost: the same again does not fit.
            client.append(id, at, piece).await.expect(if at + piece.len() > file.bytes.len() {
                413
            } else {
                409
            });
        }
    }
}

async fn cut_anywhere_a_file_arrives_as_it_is(portal: Portal) {
    let customer = portal.customer().await;
    customer.file(&Draft::problem("Cut off anywhere")).await;
    let mut random = StdRng::seed_from_u64(5);
    for round in 0..12 {
        let size = random.random_range(1..1_500_000);
        let file = random_text(&mut random, size);
        let id = bring_badly(&customer, &file, &mut random).await;
        customer.try_attach("CS-000001", "", &[id]).await.expect(201);
        let listed = customer.attachments("CS-000001").await;
        assert_eq!(listed[0].sha256, sha256(&file.bytes), "round {round}");
        assert_eq!(customer.download("CS-000001", id, &[]).await.2, file.bytes);
    }
}

async fn ten_files_at_once_arrive_as_they_are(portal: Portal) {
    let customer = portal.customer().await;
    customer.file(&Draft::problem("Ten at once")).await;
    let tasks: Vec<_> = (0..10)
        .map(|seed| {
            let customer = customer.clone();
            tokio::spawn(async move {
                let mut random = StdRng::seed_from_u64(seed);
                let file = random_text(&mut random, 400_000);
                (bring_badly(&customer, &file, &mut random).await, sha256(&file.bytes))
            })
        })
        .collect();
    let mut brought = Vec::new();
    for task in tasks {
        brought.push(task.await.expect("it arrives"));
    }
    let ids: Vec<_> = brought.iter().map(|(id, _)| *id).collect();
    customer.try_attach("CS-000001", "All ten.", &ids).await.expect(201);
    let listed = customer.attachments("CS-000001").await;
    assert_eq!(listed.len(), 10);
    for (id, sum) in brought {
        let one = listed.iter().find(|one| one.file.id == id).expect("the file");
        assert_eq!(one.sha256, sum);
    }
}

/// Somebody signed in at the program.
async fn sign_in(program: &Program) -> Client {
    let mut client = Client::anonymous(&program.base);
    client.try_sign_in("customer@acme.test", PASSWORD).await.expect(201);
    client
}

async fn a_program_killed_in_between_goes_on_with_the_upload(portal: Portal) {
    portal.customer().await.file(&Draft::problem("Killed in between")).await;
    let files = tempfile::tempdir().expect("a folder");
    let flags = portal.place.flags().to_vec();
    let mut random = StdRng::seed_from_u64(7);
    let file = random_text(&mut random, 900_000);
    let mut program = Program::serve_with_files(&flags, files.path()).await;
    let mut customer = sign_in(&program).await;
    let id = customer.begin(&file.name, file.bytes.len()).await;
    for _ in 0..4 {
        let at = customer.arrived(id).await.expect("the upload");
        let end = file.bytes.len().min(at + 200_000);
        // Killed while a piece is on its way: it may be here, or not.
        let (piece, client) = (file.bytes[at..end].to_vec(), customer.clone());
        let sending = tokio::spawn(async move {
            let request = client.tus(reqwest::Method::PATCH, &format!("/uploads/{id}"));
            let request = request.header(contract::attachment::tus::OFFSET, at);
            request.header("content-type", contract::attachment::tus::PIECE).body(piece).send().await.is_ok()
        });
        for _ in 0..random.random_range(0..300) {
            tokio::task::yield_now().await;
        }
        program.kill().await;
        let _answered = sending.await;
        program = Program::serve_with_files(&flags, files.path()).await;
        customer = customer.at(&program.base);
        let now = customer.arrived(id).await.expect("the upload");
        assert!(now == at || now == end, "{now} is neither {at} nor {end}");
    }
    loop {
        let at = customer.arrived(id).await.expect("the upload");
        if at == file.bytes.len() {
            break;
        }
        customer.append(id, at, &file.bytes[at..file.bytes.len().min(at + 200_000)]).await.expect(204);
    }
    customer.try_attach("CS-000001", "", &[id]).await.expect(201);
    assert_eq!(customer.download("CS-000001", id, &[]).await.2, file.bytes);
    program.kill().await;
}

/// Files of the greatest size, sent, downloaded and exported: what is in memory must not
/// grow with them.
async fn the_programs_memory_stays_flat(portal: Portal) {
    portal.customer().await.file(&Draft::problem("Large files")).await;
    let files = tempfile::tempdir().expect("a folder");
    let program = Program::serve_with_files(portal.place.flags().as_ref(), files.path()).await;
    let customer = sign_in(&program).await;
    let large = Sample::new("large.txt", vec![b'x'; usize::try_from(FILE_MAX).expect("a size")]);
    let bring = async || {
        let id = customer.begin(&large.name, large.bytes.len()).await;
        for (piece, at) in large.bytes.chunks(usize::try_from(PIECE).expect("a size")).zip(0..) {
            customer.append(id, at * usize::try_from(PIECE).expect("a size"), piece).await.expect(204);
        }
        customer.try_attach("CS-000001", "", &[id]).await.expect(201);
        customer.download("CS-000001", id, &[]).await.2.len()
    };
    // What a program takes once it has done it all for the first time.
    assert_eq!(bring().await, large.bytes.len());
    let before = program.most_memory();
    for _ in 0..6 {
        bring().await;
    }
    let export =
        customer.request(reqwest::Method::GET, "/cases/CS-000001/export").send().await.expect("an answer");
    assert!(export.bytes().await.expect("the archive").len() > 7 * large.bytes.len());
    let grown = program.most_memory() - before;
    // What is freed may stay with the thread that had it: as many files as are joined at
    // once. Were they all kept, it would be six, and the archive besides.
    assert!(grown < 4 * FILE_MAX, "{} MB more than after the first", grown >> 20);
    program.kill().await;
}
