//! The commands an operator types.

use std::{fs, process::Output};

use crate::harness::{Portal, Program, backend, on_both};

on_both!(
    migrating_twice_is_once,
    filling_makes_what_was_asked,
    accounts_are_added,
    seats_are_set_and_second_factors_removed,
    serving_the_demo
);

/// What the program told, and whether all went well.
pub async fn run(arguments: &[&str]) -> (bool, String) {
    outcome(&backend(arguments).output().await.expect("the program runs"))
}

fn outcome(output: &Output) -> (bool, String) {
    let text = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    (output.status.success(), text.concat())
}

#[tokio::test]
async fn every_command_explains_itself() {
    for command in [
        ["--help"].as_slice(),
        &["serve", "--help"],
        &["migrate", "--help"],
        &["user", "--help"],
        &["user", "add", "--help"],
        &["user", "remove-second-factor", "--help"],
        &["user", "seats", "--help"],
        &["catalogue", "--help"],
        &["catalogue", "check", "--help"],
        &["catalogue", "schema", "--help"],
        &["fill", "--help"],
        &["openapi", "--help"],
    ] {
        let (success, told) = run(command).await;
        assert!(success && told.contains("Usage: casement-backend"), "{command:?}: {told}");
    }
    let (success, told) = run(&["dance"]).await;
    assert!(!success && told.contains("dance"), "{told}");
    let (success, told) = run(&[]).await;
    assert!(!success && told.contains("Usage"), "{told}");
}

#[tokio::test]
async fn wrong_settings_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("casement.toml");
    let data = folder.path().join("data").display().to_string();
    let config = path.display().to_string();
    for (text, word) in [
        ("prot = 8080\n", "prot"),
        ("port = \"many\"\n", "port"),
        ("reopening = \"sometimes\"\n", "reopening"),
        ("host = \"example.com\"\n", "host"),
        ("port = \n", "casement.toml"),
    ] {
        fs::write(&path, text).expect("it is written");
        let (success, told) = run(&["--config", &config, "migrate", "--data", &data]).await;
        assert!(!success && told.contains("configuration") && told.contains(word), "{text}: {told}");
    }
    let (success, told) = run(&["--config", "/nowhere.toml", "migrate", "--data", &data]).await;
    assert!(!success && told.contains("/nowhere.toml"), "{told}");
    let output = backend(&["migrate", "--data", &data]).env("CASEMENT_PROT", "1").output().await;
    let (success, told) = outcome(&output.expect("the program runs"));
    assert!(!success && told.to_lowercase().contains("prot"), "{told}");
    // Good ones are read: file, then variables, then flags.
    fs::write(&path, "reopening = { within_days = 30 }\nport = 1\n").expect("it is written");
    let (success, told) = run(&["--config", &config, "migrate", "--data", &data]).await;
    assert!(success, "{told}");
    assert!(fs::exists(folder.path().join("data/casement.db")).expect("a folder"));
}

#[tokio::test]
async fn what_is_in_the_way_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().display().to_string();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let (success, told) = run(&["serve", "--data", &data, "--port", &port]).await;
    assert!(!success && told.contains(&format!("127.0.0.1:{port}")), "{told}");
    let file = folder.path().join("file");
    fs::write(&file, "").expect("it is written");
    let (success, told) = run(&["migrate", "--data", &file.join("data").display().to_string()]).await;
    assert!(!success && told.contains("folder"), "{told}");
    for (url, word) in [
        ("mysql://localhost/x", "no database address"),
        ("nonsense", "no database address"),
        ("someone:secret-word@localhost/x", "no database address"),
        ("postgres://secret-user:secret-word@127.0.0.1:1/x", "refused"),
    ] {
        let (success, told) = run(&["migrate", "--database-url", url]).await;
        assert!(!success && !told.contains("secret-word") && told.contains(word), "{url}: {told}");
    }
    let (success, told) = run(&["serve", "--data", &data, "--port", "0", "--catalogue", "nothing"]).await;
    assert!(!success && told.contains("nothing"), "{told}");
}

async fn migrating_twice_is_once(portal: Portal) {
    let [flag, value] = portal.place.flags();
    for _ in 0..2 {
        let (success, told) = run(&["migrate", &flag, &value]).await;
        assert!(success && told.contains("up to date"), "{told}");
    }
}

async fn filling_makes_what_was_asked(portal: Portal) {
    let [flag, value] = portal.place.flags();
    let (success, told) = run(&["fill", &flag, &value, "--cases", "20", "--messages", "100"]).await;
    assert!(success && told.contains("20 of 20 cases"), "{told}");
    assert_eq!(portal.number("SELECT COUNT(*) AS value FROM cases").await, 20);
    let messages = "SELECT COUNT(*) AS value FROM entries WHERE content LIKE '{\"message\"%'";
    assert_eq!(portal.number(messages).await, 100);
    let analyst = portal.analyst().await;
    for case in analyst.cases("").await.items {
        let number = case.number.to_string();
        analyst.case(&number).await;
        assert!(analyst.find(&number).await.contains(&number));
    }
    // A second time would mix two fillings.
    let (success, _) = run(&["fill", &flag, &value, "--cases", "1", "--messages", "1"]).await;
    assert!(!success);
    assert_eq!(portal.number("SELECT COUNT(*) AS value FROM cases").await, 20);
}

async fn accounts_are_added(portal: Portal) {
    let flags = portal.place.flags();
    let add = async |email: &str, more: &[&str], password: &str| {
        Program::add_user(&flags, email, more, password).await
    };
    let acme = ["--name", "Neu", "--organisation", "Acme", "--role", "administrator"];
    for (email, more, password, word) in [
        ("no-address", acme.as_slice(), "long enough", "no e-mail address"),
        ("short@acme.test", &acme, "short", "8 to 200"),
        ("Customer@acme.test", &acme, "long enough", "already"),
        ("x@acme.test", &["--name", "Neu"], "long enough", "--organisation"),
        (
            "x@acme.test",
            &["--name", "Neu", "--organisation", "Acme", "--role", "king"],
            "long enough",
            "partner",
        ),
        (
            "x@acme.test",
            &["--name", "Neu", "--organisation", "Acme", "--support"],
            "long enough",
            "--support",
        ),
    ] {
        let (success, told) = add(email, more, password).await;
        assert!(!success && told.contains(word), "{email} {more:?}: {told}");
    }
    let people = portal.number("SELECT COUNT(*) AS value FROM people").await;
    assert_eq!(people, 8);
    assert!(add("New@Acme.test", &acme, "long enough").await.0);
    assert!(add("new@support.test", &["--name", "Sue", "--support"], "long enough").await.0);
    let mut client = portal.anonymous();
    client.try_sign_in("new@acme.test", "long enough").await.expect(201);
    assert_eq!(client.session().await.memberships[0].organisation.id, portal.people.acme);
    client.try_sign_in("new@support.test", "long enough").await.expect(201);
    assert!(client.session().await.person.support);
}

async fn seats_are_set_and_second_factors_removed(portal: Portal) {
    let flags = portal.place.flags();
    let [data, url] = [flags[0].as_str(), flags[1].as_str()];
    let (success, told) = run(&["user", "seats", data, url, "Acme", "12"]).await;
    assert!(success && told.contains("Acme has 12 seats."), "{told}");
    assert_eq!(portal.number("SELECT seats AS value FROM organisations WHERE name = 'Acme'").await, 12);
    let (success, told) = run(&["user", "seats", data, url, "Acme"]).await;
    assert!(success && told.contains("without limit"), "{told}");
    let (success, told) = run(&["user", "seats", data, url, "Nobody", "12"]).await;
    assert!(!success && told.contains("no organisation “Nobody”"), "{told}");

    let remove = ["user", "remove-second-factor", data, url, "Customer@acme.test"];
    let (success, told) = run(&remove).await;
    assert!(!success && told.contains("no second factor"), "{told}");
    let sql = "INSERT INTO second_factors (person_id, secret, since) \
               SELECT id, 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', 0 FROM people WHERE email = 'customer@acme.test'";
    portal.sql(sql, []).await;
    let mut customer = portal.anonymous();
    customer.try_sign_in("customer@acme.test", crate::harness::PASSWORD).await.expect(401);
    let (success, told) = run(&remove).await;
    assert!(success && told.contains("password alone"), "{told}");
    portal.customer().await;
}

async fn serving_the_demo(portal: Portal) {
    let mut flags = portal.place.flags().to_vec();
    flags.push("--demo".to_owned());
    let program = Program::serve(&flags).await;
    let settings: contract::portal::PortalSettings =
        crate::harness::Client::anonymous(&program.base).get("/portal").await.ok();
    assert!(settings.demo_accounts.len() >= 4, "{settings:?}");
    assert!(settings.contacts.sales.is_some(), "{settings:?}");
    let mut client = crate::harness::Client::anonymous(&program.base);
    for account in &settings.demo_accounts {
        client.try_sign_in(&account.email, &account.password).await.expect(201);
        assert_eq!(client.session().await.person.name, account.name);
    }
    program.kill().await;
    // Without the flag nobody is offered.
    let settings: contract::portal::PortalSettings = portal.anonymous().get("/portal").await.ok();
    assert!(settings.demo_accounts.is_empty());
}
