//! What stands in addresses and travels between the two sides leads back to itself.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

use contract::{
    Activity, CaseNumber, CaseQuery, Column, Impact, Priority, Sort, Status,
    case_filter::{Field, Filter, ME, NO, YES},
    limits::{FILTERS_MAX, MESSAGE_MAX, SEARCH_MAX},
    markdown::safe_href,
    thread::valid_text,
};
use proptest::prelude::*;

fn query() -> impl Strategy<Value = CaseQuery> {
    let statuses = prop::sample::subsequence(Status::ALL.to_vec(), 0..=Status::ALL.len()).prop_shuffle();
    let search = "\\PC{0,60}".prop_map(|text| text.trim().to_owned());
    let sort = prop::sample::select(Sort::ALL.to_vec());
    let filters = prop::collection::vec(filter(), 0..8).prop_map(|mut filters| {
        let mut known = Vec::new();
        filters.retain(|filter| {
            !known.contains(filter) && {
                known.push(filter.clone());
                true
            }
        });
        filters
    });
    let columns = prop::sample::subsequence(Column::ALL.to_vec(), 0..=Column::ALL.len());
    (statuses, filters, search, sort, columns).prop_map(|(statuses, filters, search, sort, columns)| {
        CaseQuery { statuses, filters, search, sort, columns }
    })
}

/// One that can be read.
fn filter() -> impl Strategy<Value = Filter> {
    let one_of = |values: Vec<&'static str>| prop::sample::select(values).prop_map(str::to_owned).boxed();
    prop::sample::select(Field::ALL.to_vec()).prop_flat_map(move |field| {
        let value = match field {
            Field::Activity => one_of(Activity::ALL.map(Activity::key).to_vec()),
            Field::Priority => one_of(Priority::ALL.map(Priority::key).to_vec()),
            Field::Impact => one_of(Impact::ALL.map(Impact::key).to_vec()),
            Field::Type | Field::Environment => {
                "\\PC{1,40}".prop_map(|text| format!("E{}", text.trim_end())).boxed()
            }
            Field::Requester | Field::FiledBy | Field::Watcher => {
                one_of(vec![ME, "0192c3d4-0000-7000-8000-000000000001"])
            }
            Field::Attachments | Field::Unread => one_of(vec![YES, NO]),
            Field::CreatedFrom | Field::CreatedTo | Field::UpdatedFrom | Field::UpdatedTo => {
                one_of(vec!["2026-02-28", "2028-02-29"])
            }
        };
        value.prop_map(move |value| Filter { field, value })
    })
}

#[test]
fn what_a_field_does_not_take_is_said() {
    let said = |name: &str, value: &str| CaseQuery::default().set(name, value).unwrap_err().to_string();
    assert_eq!(said("priority", "pressing"), "priority takes urgent, high, medium, low — not “pressing”");
    assert_eq!(
        said("created_from", "2026-02-30"),
        "created_from takes a day such as 2026-11-26 — not “2026-02-30”"
    );
    assert_eq!(said("watcher", "you"), "watcher takes a person’s id or me — not “you”");
    assert_eq!(said("colour", "red"), "there is no parameter “colour”");
}

#[test]
fn a_list_has_only_so_many_filters() {
    let mut query = CaseQuery::default();
    for number in 0..FILTERS_MAX {
        query.set("environment", &format!("Stage {number}")).unwrap();
    }
    assert!(query.set("environment", "One more").is_err());
}

proptest! {
    #[test]
    fn a_query_leads_back_from_its_parameters(query in query()) {
        let mut read = CaseQuery::default();
        for (name, value) in query.parameters() {
            read.set(name, &value).unwrap();
        }
        prop_assert_eq!(&read, &query);
        prop_assert_eq!(read.parameters(), query.parameters());
    }

    #[test]
    fn any_parameter_is_read_or_refused(name in "(q|sort|status|type|unread|created_to|\\PC{0,8})", value in any::<String>()) {
        let mut query = CaseQuery::default();
        if query.set(&name, &value).is_ok() {
            let mut again = CaseQuery::default();
            for (name, value) in query.parameters() {
                again.set(name, &value).unwrap();
            }
            prop_assert_eq!(again, query);
        }
    }

    #[test]
    fn a_case_number_leads_back(number in 1..=999_999_999_999_i64) {
        let number = CaseNumber(number);
        prop_assert_eq!(number.to_string().parse(), Ok(number));
        let json = serde_json::to_string(&number).unwrap();
        prop_assert_eq!(serde_json::from_str::<CaseNumber>(&json).unwrap(), number);
    }

    #[test]
    fn a_case_has_one_address(text in "\\PC{0,4}(CS|cs|Cs)?[-−]?[+0-9 ]{0,14}") {
        if let Ok(number) = text.parse::<CaseNumber>() {
            prop_assert_eq!(number.to_string(), text);
        }
    }

    #[test]
    fn a_text_is_cleaned_once(text in any::<String>()) {
        match valid_text(&text, "/body") {
            Ok(clean) => {
                prop_assert!(!clean.contains(['\0', '\r']));
                let again = valid_text(&clean, "/body");
                prop_assert_eq!(again, Ok(clean));
            }
            Err(_) => prop_assert!(text.trim().is_empty()),
        }
    }

    #[test]
    fn what_links_begins_with_a_safe_scheme(address in "(?i)[\u{0}-\u{20}]?(https?|mailto|javascript|data)?:\\PC{0,20}") {
        if safe_href(&address) {
            let lower = address.to_lowercase();
            prop_assert!(["http:", "https:", "mailto:"].iter().any(|scheme| lower.starts_with(scheme)));
        }
    }
}

#[test]
fn case_numbers_have_one_form() {
    for good in ["CS-000001", "CS-000123", "CS-999999", "CS-1000000", "CS-999999999999"] {
        assert_eq!(good.parse::<CaseNumber>().unwrap().to_string(), good);
    }
    let bad = [
        "",
        "CS-",
        "CS-0",
        "CS-000000",
        "CS-12345",
        "cs-000123",
        "CS000123",
        "CS-0000123",
        "CS-00000a",
        "CS-+00123",
        "CS--00123",
        " CS-000123",
        "CS-000123 ",
        "CS-1000000000000",
        "CS-٠٠٠١٢٣",
        "000123",
    ];
    for bad in bad {
        assert!(bad.parse::<CaseNumber>().is_err(), "{bad:?}");
        assert!(serde_json::from_value::<CaseNumber>(bad.into()).is_err(), "{bad:?}");
    }
    assert!(serde_json::from_str::<CaseNumber>("123").is_err());
}

#[test]
fn queries_are_read_strictly() {
    let read = |name: &str, value: &str| {
        let mut query = CaseQuery::default();
        query.set(name, value).map(|()| query)
    };
    assert_eq!(
        read("status", "closed,received,closed").unwrap().statuses,
        [Status::Closed, Status::Received]
    );
    assert_eq!(read("q", "  two words ").unwrap().search, "two words");
    assert_eq!(read("q", "a\0b").unwrap().search, "a\u{fffd}b");
    assert_eq!(read("sort", "-subject").unwrap().sort, Sort::SubjectDesc);
    assert_eq!(read("status", "").unwrap(), CaseQuery::default());
    let long = "é".repeat(SEARCH_MAX);
    assert_eq!(read("q", &long).unwrap().search, long);
    let too_long = long + "é";
    for (name, value) in [
        ("status", "open"),
        ("status", "closed received"),
        ("status", "Closed"),
        ("sort", ""),
        ("sort", "+updated"),
        ("sort", "updated "),
        ("q", &too_long),
        ("page", "2"),
        ("", ""),
    ] {
        assert!(read(name, value).is_err(), "{name}={value}");
    }
}

#[test]
fn statuses_of_several_parameters_add_up() {
    let mut query = CaseQuery::default();
    query.set("status", "closed").unwrap();
    query.set("status", "received,closed").unwrap();
    assert_eq!(query.parameters(), [("status", "closed,received".to_owned())]);
}

#[test]
fn keys_lead_back() {
    for sort in Sort::ALL {
        assert_eq!(Sort::from_key(sort.key()), Some(sort));
    }
    for impact in Impact::ALL {
        assert_eq!(Impact::from_key(impact.key()), Some(impact));
        assert_eq!(serde_json::to_value(impact).unwrap(), impact.key());
    }
    for priority in Priority::ALL {
        assert_eq!(Priority::from_key(priority.key()), Some(priority));
        assert_eq!(serde_json::to_value(priority).unwrap(), priority.key());
    }
}

#[test]
fn only_harmless_addresses_become_links() {
    let good = [
        "https://shop.example/",
        "http://shop.example",
        "HTTPS://SHOP.EXAMPLE/A?b=c#d",
        "hTtP://shop.example",
        "mailto:name@shop.example",
        "MailTo:name@shop.example",
        "https://shop.example/a:b",
        "https://shop.example/%6A%61vascript:alert(1)",
        "https://shop.example/دفع",
    ];
    for good in good {
        assert!(safe_href(good), "{good:?}");
    }
    let bad = [
        "",
        "shop.example",
        "/cases/CS-000001",
        "//shop.example",
        "#top",
        "?q=a:b",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "jAvAsCrIpT:alert(1)",
        " javascript:alert(1)",
        "\u{1}javascript:alert(1)",
        "java\nscript:alert(1)",
        "java\tscript:alert(1)",
        "java\0script:alert(1)",
        "javascript\n:alert(1)",
        "javascript://https://shop.example",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:msgbox(1)",
        "file:///etc/passwd",
        "blob:https://shop.example/1",
        "ftp://shop.example",
        "tel:+49301234567",
        ":https://shop.example",
        " https://shop.example",
        "\u{a0}https://shop.example",
        "https://shop.example/a b",
        "https://shop.example/\n",
        "https://shop.example/\u{7f}",
        "https://shop.example/\u{85}",
        "https\u{200b}://shop.example",
        "ʜttps://shop.example",
        "&#106;avascript:alert(1)",
    ];
    for bad in bad {
        assert!(!safe_href(bad), "{bad:?}");
    }
}

#[test]
fn texts_have_bounds() {
    assert!(valid_text("", "/body").is_err());
    assert!(valid_text(" \n\t\u{a0}", "/body").is_err());
    assert_eq!(valid_text("  a\r\nb\rc\0 \n", "/body").unwrap(), "  a\nb\nc\u{fffd}");
    assert!(valid_text(&"🚀".repeat(MESSAGE_MAX), "/body").is_ok());
    assert!(valid_text(&"🚀".repeat(MESSAGE_MAX + 1), "/body").is_err());
}
