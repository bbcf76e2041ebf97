//! `kill -9`, and what the program itself writes down.

use contract::{CaseRecord, people::Session};

use crate::harness::{Client, Draft, Portal, Program, fresh_key, on_both};

on_both!(what_was_answered_survives_a_kill, logs_hold_no_secrets);

const PASSWORD: &str = "kept-out-of-every-log";

async fn prepare(portal: &Portal) -> Vec<String> {
    let flags = portal.place.flags().to_vec();
    let more = ["--name", "Pia Post", "--organisation", "Postwerk"];
    let (added, told) = Program::add_user(&flags, "pia@postwerk.test", &more, PASSWORD).await;
    assert!(added && told.contains("can sign in"), "{told}");
    let organisation = "SELECT COUNT(*) AS value FROM organisations WHERE name = 'Postwerk'";
    assert_eq!(portal.number(organisation).await, 1);
    let environment = "INSERT INTO environments (organisation_id, place, name) \
                       SELECT id, 0, 'Production' FROM organisations WHERE name = 'Postwerk'";
    portal.sql(environment, []).await;
    flags
}

async fn what_was_answered_survives_a_kill(portal: Portal) {
    let flags = prepare(&portal).await;
    let mut program = Program::serve(&flags).await;
    let mut client = Client::anonymous(&program.base);
    let session: Session = client.try_sign_in("pia@postwerk.test", PASSWORD).await.expect(201).json();
    assert_eq!(session.person.name, "Pia Post");
    for turn in 1..=3 {
        let word = ["alpha", "bravo", "charlie"][turn - 1];
        let (key, draft) = (fresh_key(), Draft::problem(&format!("Filed and killed {word}")));
        let answered = client.post_as("/cases", &key, &draft).await.expect(201);
        program.kill().await;

        program = Program::serve(&flags).await;
        client = client.at(&program.base);
        let case: CaseRecord = answered.json();
        let number = case.summary.number.to_string();
        assert_eq!(client.case(&number).await, case);
        assert_eq!(client.timeline(&number).await.len(), 1);
        assert_eq!(client.find(&format!("killed {word}")).await, [number.as_str()]);
        let again = client.post_as("/cases", &key, &draft).await;
        assert_eq!((again.status, again.body), (201, answered.body));
        assert_eq!(client.counts("").await.total, turn as u64);
        assert_eq!(client.listen(Some(0)).await.next().await.number(), "CS-000001");
    }
    program.kill().await;
}

async fn logs_hold_no_secrets(portal: Portal) {
    let flags = prepare(&portal).await;
    let program = Program::serve(&flags).await;
    let mut client = Client::anonymous(&program.base);
    client.try_sign_in("pia@postwerk.test", "a-wrong-guess").await.expect(401);
    client.try_sign_in("pia@postwerk.test", PASSWORD).await.expect(201);
    client.file(&Draft::problem("The customer's secret plan")).await;
    client.reply("CS-000001", "The customer's secret words").await;
    let cookie = client.cookie.clone().expect("a cookie");
    let log = program.kill().await;
    assert!(log.contains("/api/v1/session"), "the log shows requests: {log}");
    let token = cookie.split('=').nth(1).expect("the token");
    for secret in [PASSWORD, "a-wrong-guess", token] {
        assert!(!log.contains(secret), "{secret} stands in the log");
    }
}
