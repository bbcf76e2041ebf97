//! How often one may try to sign in.

use contract::ProblemCode;

use crate::harness::{Answer, Client, PASSWORD, Portal, on_both};

on_both!(an_account_can_be_tried_ten_times, an_address_can_try_sixty_times);

fn wait_of(answer: &Answer) -> u64 {
    answer.header("retry-after").expect("Retry-After").parse().expect("seconds")
}

async fn an_account_can_be_tried_ten_times(portal: Portal) {
    let mut client = portal.anonymous();
    for _ in 0..10 {
        client.try_sign_in("customer@acme.test", "wrong").await.problem(ProblemCode::WrongCredentials);
    }
    // The right password does not help, and neither does another spelling.
    for email in ["customer@acme.test", " CUSTOMER@acme.test"] {
        let answer = client.try_sign_in(email, PASSWORD).await;
        assert!((1..=6).contains(&wait_of(&answer)), "{answer:?}");
        let problem = answer.problem(ProblemCode::TooManyRequests);
        assert!(problem.detail.contains("Wait"), "{problem:?}");
    }
    // Others are not concerned, and unknown accounts are counted alike.
    portal.colleague().await;
    for _ in 0..10 {
        client.try_sign_in("no.one@acme.test", "wrong").await.problem(ProblemCode::WrongCredentials);
    }
    client.try_sign_in("no.one@acme.test", "wrong").await.problem(ProblemCode::TooManyRequests);
}

async fn an_address_can_try_sixty_times(portal: Portal) {
    let mut refused = None;
    for person in 0..90 {
        let answer = Client::anonymous(&portal.server.base)
            .try_sign_in(&format!("p{person}@x.example"), "wrong")
            .await;
        if answer.status == 429 {
            refused = Some((person, wait_of(&answer)));
            break;
        }
    }
    let (tries, wait) = refused.expect("somebody is told to wait");
    // One more is allowed each second that passes meanwhile.
    assert!((60..90).contains(&tries), "{tries}");
    assert!((1..=2).contains(&wait), "{wait}");
}
