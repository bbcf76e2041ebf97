//! Finding cases by words.

use contract::{Action, CaseSummary, Page, ProblemCode, case::CaseCounts, search::Snippet};
use reqwest::Method;

use crate::harness::{Client, Draft, Portal, Sample, on_both};

on_both!(
    by_number_subject_answer_and_message,
    by_the_beginning_of_words,
    several_words_may_stand_apart,
    letters_of_all_scripts,
    other_organisations_are_never_found,
    what_is_in_very_many_cases,
    notes_are_found_by_support_only,
    signs_of_query_languages_are_harmless,
    words_that_cannot_be_found,
    counts_follow_the_search,
    exact_words_stand_side_by_side_in_one_text,
    what_cases_are_like_can_be_searched_for,
    snippets_show_what_was_found,
    snippets_show_nothing_one_may_not_see,
);

async fn by_number_subject_answer_and_message(portal: Portal) {
    // A number that no other word of the cases begins with.
    portal.sql("UPDATE counters SET value = 77 WHERE name = 'case'", []).await;
    let client = portal.customer().await;
    client.file(&Draft::problem("Checkout answers slowly")).await;
    let other = Draft::problem("Something else entirely")
        .with("error-message", "SQLSTATE[HY000] deadlock")
        .with("internal-reference", "INC-4711");
    client.file(&other).await;
    client.reply("CS-000078", "It happens with **Klarna** payments.").await;
    portal.analyst().await.reply("CS-000079", "Which Elasticsearch do you use?").await;
    for (search, found) in [
        ("CS-000078", ["CS-000078"].as_slice()),
        ("cs-000079", &["CS-000079"]),
        ("000079", &["CS-000079"]),
        ("79", &["CS-000079"]),
        ("checkout", &["CS-000078"]),
        ("CHECKOUT", &["CS-000078"]),
        ("klarna", &["CS-000078"]),
        ("elasticsearch", &["CS-000079"]),
        ("deadlock", &["CS-000079"]),
        ("hy000", &["CS-000079"]),
        ("INC-4711", &["CS-000079"]),
        // The titles of options are words as people read them.
        ("scheduled", &["CS-000078", "CS-000079"]),
        ("", &["CS-000078", "CS-000079"]),
        ("   ", &["CS-000078", "CS-000079"]),
        ("absent", &[]),
    ] {
        assert_eq!(client.find(search).await, found, "{search:?}");
    }
}

async fn by_the_beginning_of_words(portal: Portal) {
    let client = portal.customer().await;
    client.file(&Draft::problem("Zahlungsabwicklung klemmt")).await;
    for (search, found) in
        [("z", 1), ("zahl", 1), ("zahlungsabwicklung", 1), ("abwicklung", 0), ("zahlungx", 0)]
    {
        assert_eq!(client.find(search).await.len(), found, "{search:?}");
    }
}

async fn several_words_may_stand_apart(portal: Portal) {
    let client = portal.customer().await;
    client.file(&Draft::problem("Storefront is down")).await;
    client.file(&Draft::problem("Storefront is fine")).await;
    client.reply("CS-000001", "The balancer restarts.").await;
    client.reply("CS-000001", "Varnish is not to blame.").await;
    assert_eq!(client.find("storefront varnish balancer").await, ["CS-000001"]);
    assert_eq!(client.find("varnish, storefront!").await, ["CS-000001"]);
    assert_eq!(client.find("storefront").await.len(), 2);
    assert!(client.find("storefront varnish absent").await.is_empty());
}

async fn letters_of_all_scripts(portal: Portal) {
    let client = portal.customer().await;
    client.file(&Draft::problem("Übergröße für Straße 東京 שלום Ελλάδα ĲSSEL naïve")).await;
    for search in
        ["übergröße", "ÜBERGRÖ", "straße", "東京", "東", "שלום", "ελλάδα", "ΕΛΛΆΔΑ", "ĳssel", "naïve"]
    {
        assert_eq!(client.find(search).await, ["CS-000001"], "{search:?}");
    }
    // Without its dots a letter is another one, on both databases.
    for search in ["ubergrosse", "naive", "strasse"] {
        assert!(client.find(search).await.is_empty(), "{search:?}");
    }
}

async fn other_organisations_are_never_found(portal: Portal) {
    let client = portal.customer().await;
    client.file(&Draft::problem("Secret launch of the falcon")).await;
    client.reply("CS-000001", "The osprey follows.").await;
    let stranger = portal.stranger().await;
    for search in ["falcon", "osprey", "CS-000001", "1", ""] {
        assert!(stranger.find(search).await.is_empty(), "{search:?}");
        let counts = stranger.counts(search).await;
        assert_eq!((counts.total, counts.by_status.len()), (0, 0), "{search:?}");
    }
    assert_eq!(portal.partner().await.find("falcon osprey").await, ["CS-000001"]);
}

async fn notes_are_found_by_support_only(portal: Portal) {
    let client = portal.customer().await;
    client.file(&Draft::problem("A visible subject")).await;
    let analyst = portal.analyst().await;
    analyst.try_note("CS-000001", "The customer misread the manual").await.expect(201);
    for customer in [client, portal.administrator().await, portal.partner().await] {
        assert!(customer.find("misread").await.is_empty());
        assert!(customer.find("visible misread").await.is_empty());
        assert!(customer.counts("misread").await.by_status.is_empty());
    }
    assert_eq!(analyst.find("visible misread").await, ["CS-000001"]);
}

/// More cases than a search lists by their ids.
const MANY: usize = 1001;

async fn what_is_in_very_many_cases(portal: Portal) {
    let (customer, stranger) = (portal.customer().await, portal.stranger().await);
    stranger.file(&Draft::problem("A printer elsewhere")).await;
    for number in 1..=MANY {
        customer.file(&Draft::problem(&format!("Printer number{number} smokes"))).await;
    }
    let counts: CaseCounts = customer.get("/cases/counts?q=printer").await.ok();
    assert_eq!(counts.by_status.values().sum::<u64>(), MANY as u64);
    let mut found = Vec::new();
    let mut path = "/cases?q=printer&limit=100&sort=created".to_owned();
    loop {
        let page: Page<CaseSummary> = customer.get(&path).await.ok();
        found.extend(page.items.into_iter().map(|case| case.subject));
        let Some(next) = page.next else { break };
        path = format!("/cases?q=printer&limit=100&sort=created&cursor={next}");
    }
    let filed: Vec<_> = (1..=MANY).map(|number| format!("Printer number{number} smokes")).collect();
    assert_eq!(found, filed);
    // A common word beside a rare one, and beside one that is nowhere.
    let one: Page<CaseSummary> = customer.get("/cases?q=printer+number77+smokes").await.ok();
    assert_eq!(one.items.iter().filter(|case| case.subject == "Printer number77 smokes").count(), 1);
    assert!(one.items.iter().all(|case| case.subject.starts_with("Printer number77")));
    let none: Page<CaseSummary> = customer.get("/cases?q=printer+elsewhere").await.ok();
    assert!(none.items.is_empty());
}

async fn signs_of_query_languages_are_harmless(portal: Portal) {
    let client = portal.customer().await;
    client.file(&Draft::problem("Plain words near the sea")).await;
    for search in [
        "\"",
        "*",
        "'",
        ":",
        "\\",
        "(",
        ")",
        "&",
        "|",
        "!",
        "<->",
        "^",
        "-",
        "+",
        "%",
        "_",
        "?",
        "$1",
        "''",
        "\"\"\"",
        "👍",
        "👍 👍",
        "\u{202e}",
        "\0",
        "--",
        ";",
        "/*",
    ] {
        assert!(client.find(search).await.len() <= 1, "{search:?}");
        let found = client.find(&format!("plain {search} words")).await;
        assert_eq!(found, ["CS-000001"], "{search:?}");
    }
    for search in ["👍", "\"*\"", "'", ":*", "\\"] {
        assert!(client.find(search).await.is_empty(), "{search:?} holds no word");
    }
    // Operators are words like others.
    for (search, found) in [
        ("NEAR", 1),
        ("NEAR(plain words)", 1),
        ("plain OR absent", 0),
        ("absent OR plain", 0),
        ("NOT absent", 0),
        ("words:plain", 1),
        ("plain*", 1),
        ("pla%", 1),
        ("\"words plain\"", 0),
        ("\"plain words\"", 1),
        ("plain' OR '1'='1", 0),
        ("internal:1", 0),
    ] {
        assert_eq!(client.find(search).await.len(), found, "{search:?}");
    }
}

async fn words_that_cannot_be_found(portal: Portal) {
    let client = portal.customer().await;
    let long = "a".repeat(3_000);
    client.file(&Draft::problem("With a long word").with("description", long.as_str())).await;
    // Words are cut at sixty characters, in cases and in searches alike.
    assert_eq!(client.find(&"a".repeat(200)).await, ["CS-000001"]);
    assert_eq!(client.find(&"a".repeat(60)).await, ["CS-000001"]);
    // 50 000 different words in one message, and words of marks alone.
    let many: String = (0..8_000).map(|number| format!("w{number} ")).collect();
    client.reply("CS-000001", &many).await;
    client.reply("CS-000001", "\u{300}\u{301} हिन्दी ①② ꟿ 𝔘𝔫𝔦").await;
    assert_eq!(client.find("w7999").await, ["CS-000001"]);
    assert_eq!(client.find("𝔘𝔫𝔦").await, ["CS-000001"]);
    assert_eq!(client.find("हिन्दी").await, ["CS-000001"]);
    assert_eq!(client.find(&"word ".repeat(40)).await, ["CS-000001"]);
}

async fn counts_follow_the_search(portal: Portal) {
    let client = portal.customer().await;
    for subject in ["Red herring", "Red button", "Blue button"] {
        client.file(&Draft::problem(subject)).await;
    }
    client.act("CS-000002", Action::Close, None).await;
    let counts = client.counts("red").await;
    assert_eq!(counts.total, 3);
    let by_status: Vec<_> = counts.by_status.iter().map(|(status, cases)| (status.key(), *cases)).collect();
    assert_eq!(by_status, [("received", 1), ("closed", 1)]);
}

async fn exact_words_stand_side_by_side_in_one_text(portal: Portal) {
    let client = portal.customer().await;
    client.file(&Draft::problem("The price list import stops")).await;
    client.file(&Draft::problem("The import of a list with a price")).await;
    client.reply("CS-000002", "It is the price.").await;
    client.reply("CS-000002", "List: all of them.").await;
    for (search, found) in [
        ("\"price list import\"", ["CS-000001"].as_slice()),
        ("\"Price, LIST\"", &["CS-000001"]),
        ("\"price list imp\"", &[]),
        ("\"price list\" imp", &["CS-000001"]),
        ("\"the price\"", &["CS-000001", "CS-000002"]),
        ("„the price“ stops", &["CS-000001"]),
        ("price list", &["CS-000001", "CS-000002"]),
    ] {
        assert_eq!(client.find(search).await, found, "{search:?}");
    }
}

async fn what_cases_are_like_can_be_searched_for(portal: Portal) {
    let (client, colleague) = (portal.customer().await, portal.colleague().await);
    client.file(&Draft::problem("An import stops")).await;
    colleague.file(&Draft::problem("An import is slow").with("environment", "Staging")).await;
    client.attach("CS-000001", "See the log.", &[Sample::text("import.txt")]).await;
    portal.analyst().await.act("CS-000002", Action::PickUp, None).await;
    let name = [client.session().await.person.name, colleague.session().await.person.name];
    let first = |name: &str| name.split(' ').next().unwrap().to_lowercase();
    let last = |name: &str| name.split(' ').next_back().unwrap().to_uppercase();
    let both = ["CS-000001", "CS-000002"].as_slice();
    for (search, found) in [
        ("from:me", &both[..1]),
        ("from:me by:me import", &both[..1]),
        (&format!("from:{}", first(&name[1])), &both[1..]),
        (&format!("requester:{}", last(&name[0])), &both[..1]),
        (&format!("by:\"{}\"", name[1]), &both[1..]),
        (&format!("from:me from:{}", first(&name[1])), both),
        ("from:nobody", &[]),
        ("has:files", &both[..1]),
        ("environment:stag", &both[1..]),
        ("environment:\"nowhere\"", &[]),
        ("type:problem", both),
        ("type:prob import", both),
        ("status:diag", &both[1..]),
        ("status:waiting", &[]),
        ("is:open", both),
        ("is:closed", &[]),
        ("status:received", &both[..1]),
        ("priority:low", &[]),
        ("status:", both),
        ("created_from:2100-01-01", &[]),
        ("from:%", &[]),
        ("from:_", &[]),
    ] {
        assert_eq!(client.find(search).await, found, "{search:?}");
    }
    assert!(portal.stranger().await.find("is:open").await.is_empty());
    // What the search says and what the filters say both hold.
    let narrowed = client.cases("q=from%3Ame&environment=Staging").await;
    assert!(narrowed.items.is_empty());
}

async fn snippets(client: &Client, search: &str, numbers: &[&str]) -> Vec<(String, String)> {
    let named = numbers.iter().map(|number| ("number", *number));
    let query: Vec<_> = [("q", search)].into_iter().chain(named).collect();
    let answer = client.send(client.request(Method::GET, "/cases/snippets").query(&query)).await;
    let mut found: Vec<Snippet> = answer.ok();
    found.sort_by_key(|snippet| snippet.number);
    found.into_iter().map(|snippet| (snippet.number.to_string(), snippet.text)).collect()
}

async fn snippets_show_what_was_found(portal: Portal) {
    let client = portal.customer().await;
    let draft = Draft::problem("Checkout is slow").with("internal-reference", "INC-4711");
    client.file(&draft.with("error-message", "SQLSTATE[HY000]:\n  deadlock found")).await;
    client.file(&Draft::problem("Nothing of the kind")).await;
    client.reply("CS-000001", "It began with the **Klarna** update.").await;
    client.reply("CS-000001", "Klarna and checkout: both are slow.").await;
    client.attach("CS-000002", "See for yourself.", &[Sample::text("klarna-trace.txt")]).await;
    let (both, one) = (["CS-000001", "CS-000002"], "CS-000001".to_owned());
    for (search, text) in [
        ("deadlock", "SQLSTATE[HY000]: deadlock found"),
        ("inc-4711", "INC-4711"),
        // The text that holds most of it.
        ("klarna update", "It began with the **Klarna** update."),
        ("\"both are\"", "Klarna and checkout: both are slow."),
    ] {
        assert_eq!(
            snippets(&client, search, &both[..1]).await,
            [(one.clone(), text.to_owned())],
            "{search:?}"
        );
    }
    assert_eq!(snippets(&client, "klarna", &both).await[1].1, "See for yourself. klarna-trace.txt");
    // What only the subject holds is there to see.
    assert!(snippets(&client, "kind", &both).await.is_empty());
    for search in ["", "is:open", "!"] {
        assert!(snippets(&client, search, &both).await.is_empty(), "{search:?}");
    }
    for bad in ["number=4711x", "word=x", &format!("q={}", "x".repeat(201))] {
        client.get(&format!("/cases/snippets?{bad}")).await.problem(ProblemCode::MalformedRequest);
    }
    let many = "number=CS-000001&".repeat(101);
    client.get(&format!("/cases/snippets?{many}q=x")).await.problem(ProblemCode::MalformedRequest);
}

async fn snippets_show_nothing_one_may_not_see(portal: Portal) {
    let client = portal.customer().await;
    client.file(&Draft::problem("A visible subject")).await;
    client.reply("CS-000001", "The osprey follows.").await;
    let analyst = portal.analyst().await;
    analyst.try_note("CS-000001", "The osprey misread the manual").await.expect(201);
    let numbers = ["CS-000001", "CS-004711"];
    assert!(snippets(&portal.stranger().await, "osprey", &numbers).await.is_empty());
    assert!(snippets(&client, "misread", &numbers).await.is_empty());
    assert_eq!(snippets(&client, "osprey", &numbers).await[0].1, "The osprey follows.");
    assert_eq!(snippets(&analyst, "misread", &numbers).await[0].1, "The osprey misread the manual");
}
