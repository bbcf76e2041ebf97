//! Which files are taken, and what they are called.

use contract::{
    Action, Priority, TakeAction,
    attachment::{
        FILE_MAX, FILES_MAX, FileKind, FileRefusal, View, check, check_claim, clean_name, tus, visible,
    },
    lifecycle::Role,
    thread::NewMessage,
};
use proptest::prelude::*;
use uuid::Uuid;

#[test]
fn the_list_of_the_domain_notes_and_nothing_else() {
    for extension in FileKind::EXTENSIONS {
        for name in [format!("a{extension}"), format!("a.exe{}", extension.to_uppercase())] {
            let kind = FileKind::from_name(&name).unwrap();
            assert_eq!(FileKind::from_key(kind.key()), Some(kind));
        }
    }
    for name in
        ["a.exe", "a.html", "a.svg", "a.js", "a.docm", "a.tar.gz", "a.zip.sh", "zip", "a.", "", ".", "a.txt "]
    {
        assert_eq!(FileKind::from_name(name), None, "{name}");
        assert_eq!(check(name, 1, b"x"), Err(FileRefusal::Type), "{name}");
    }
    assert_eq!(FileKind::EXTENSIONS.len(), FileKind::ALL.len() + 1, "jpg and jpeg are one kind");
}

#[test]
fn sizes_up_to_fifteen_megabytes() {
    assert_eq!(FILE_MAX, 15_728_640);
    assert_eq!(check_claim("a.txt", 0), Err(FileRefusal::Empty));
    assert_eq!(check_claim("a.txt", FILE_MAX), Ok(FileKind::Txt));
    assert_eq!(check_claim("a.txt", FILE_MAX + 1), Err(FileRefusal::Size));
    // What is of no kind is told so, however large.
    assert_eq!(check_claim("a.exe", FILE_MAX + 1), Err(FileRefusal::Type));
}

#[test]
fn the_first_bytes_must_be_those_of_the_kind() {
    let compound = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    let mut tar = [0_u8; 512];
    tar[..5].copy_from_slice(b"a.txt");
    tar[148..156].copy_from_slice(b"        ");
    let sum: u32 = tar.iter().map(|byte| u32::from(*byte)).sum();
    tar[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    let right: [(&str, &[u8]); 15] = [
        ("a.doc", &compound),
        ("a.xls", &compound),
        ("a.docx", b"PK\x03\x04"),
        ("a.xlsx", b"PK\x03\x04"),
        ("a.zip", b"PK\x03\x04"),
        ("a.zip", b"PK\x05\x06"),
        ("a.pdf", b"%PDF-1.4"),
        ("a.bmp", b"BM"),
        ("a.jpg", &[0xff, 0xd8, 0xff]),
        ("a.png", b"\x89PNG\r\n\x1a\n"),
        ("a.tar", &tar),
        ("a.txt", "Größe\t\x1b[31mred\r\n".as_bytes()),
        ("a.txt", b"Gr\xf6\xdfe"),
        ("a.csv", &[0xff, 0xfe, b'a', 0]),
        ("a.csv", b"a;b"),
    ];
    for (name, head) in right {
        assert!(check(name, 100, head).is_ok(), "{name} {head:?}");
    }
    let wrong: [(&str, &[u8]); 9] = [
        ("a.png", b"<html>"),
        ("a.jpg", b"GIF89a"),
        ("a.pdf", b" %PDF-1.4"),
        ("a.docx", &compound),
        ("a.doc", b"PK\x03\x04"),
        ("a.zip", b"PK\x07\x08"),
        ("a.tar", &[b'a'; 512]),
        ("a.txt", b"MZ\0"),
        ("a.csv", b"\x7fELF"),
    ];
    for (name, head) in wrong {
        assert_eq!(check(name, 100, head), Err(FileRefusal::Content), "{name} {head:?}");
    }
}

#[test]
fn every_refusal_says_what_to_do() {
    for refusal in [FileRefusal::Type, FileRefusal::Content, FileRefusal::Size, FileRefusal::Empty] {
        assert!(refusal.to_string().split_whitespace().count() > 8, "{refusal}");
    }
    assert!(FileRefusal::Type.to_string().contains(".jpeg"));
}

#[test]
fn nothing_active_is_ever_shown_as_it_is() {
    let shown = FileKind::ALL.into_iter().filter(|kind| kind.view() == View::Image);
    assert!(shown.eq([FileKind::Bmp, FileKind::Jpeg, FileKind::Png]));
}

#[test]
fn names_keep_what_is_harmless() {
    for name in ["log.txt", "Größe 12.pdf", "日本語.png", "a.b.c.zip", "💥.txt", "x'y (1) [2] {3} & co.csv"]
    {
        assert_eq!(clean_name(name), name);
    }
    for (name, clean) in [
        ("a/b\\c.txt", "c.txt"),
        ("..", "file"),
        ("\u{202e}gnp.exe.txt", "gnp.exe.txt"),
        ("lpt1.png", "_lpt1.png"),
        ("lpt10.png", "lpt10.png"),
        ("a\0b.txt", "ab.txt"),
        ("  a   b .txt ", "a b .txt"),
        ("a.txt...", "a.txt"),
        (".env.txt", "env.txt"),
        (".png", "file.png"),
    ] {
        assert_eq!(clean_name(name), clean, "{name:?}");
    }
    assert_eq!(visible("a\u{202e}b\u{200b}\nc"), "abc");
}

#[test]
fn files_may_go_without_a_word_and_not_without_end() {
    let message = |body: &str, attachments: Vec<Uuid>| NewMessage {
        body: body.to_owned(),
        internal: false,
        attachments,
    };
    let ids = |count: usize| (0..count as u128).map(Uuid::from_u128).collect::<Vec<_>>();
    assert!(message("", ids(1)).validate().is_ok());
    assert!(message(" \n", ids(1)).validate().unwrap().body.is_empty());
    assert_eq!(message("", ids(0)).validate().unwrap_err()[0].pointer, "/body");
    assert!(message("x", ids(FILES_MAX)).validate().is_ok());
    assert_eq!(message("x", ids(FILES_MAX + 1)).validate().unwrap_err()[0].pointer, "/attachments");
    assert_eq!(message("x", vec![Uuid::nil(); 2]).validate().unwrap_err()[0].pointer, "/attachments");
    let take = |action: Action, message: Option<&str>| {
        let message = message.map(str::to_owned);
        TakeAction { action, message, details: Default::default(), attachments: ids(1) }
            .validate(Role::Analyst, Priority::High)
    };
    assert!(take(Action::AcceptSolution, None).is_ok());
    assert!(take(Action::ProposeSolution, None).is_err(), "a solution has words");
    assert_eq!(take(Action::PickUp, None).unwrap_err()[0].pointer, "/attachments");
}

proptest! {
    #[test]
    fn a_clean_name_is_clean_and_of_the_same_kind(name in "\\PC*|[\\x00-\\x7f]{0,300}|.{0,40}\\.(png|TXT|exe|tar)") {
        let clean = clean_name(&name);
        prop_assert_eq!(&clean_name(&clean), &clean);
        prop_assert!(!clean.is_empty() && clean.chars().count() <= 151, "{}", clean);
        prop_assert!(!clean.contains(['/', '\\', '<', '>', ':', '"', '|', '?', '*']), "{}", clean);
        prop_assert!(!clean.chars().any(char::is_control));
        prop_assert!(!clean.starts_with('.') && !clean.ends_with(['.', ' ']));
        prop_assert_eq!(visible(&clean), clean);
    }

    #[test]
    fn cleaning_does_not_make_one_kind_of_another(stem in "\\PC{0,200}", extension in "[a-zA-Z]{1,4}") {
        let name = format!("{stem}x.{extension}");
        prop_assert_eq!(FileKind::from_name(&clean_name(&name)), FileKind::from_name(&name));
    }

    #[test]
    fn a_name_survives_the_header(name in any::<String>()) {
        let metadata = tus::metadata(&name);
        prop_assert!(metadata.is_ascii() && !metadata.contains(['\r', '\n']));
        prop_assert_eq!(tus::name_in(&metadata), Some(name.clone()));
        prop_assert_eq!(tus::name_in(&format!("size MTA=,{metadata}")), Some(name));
    }

    #[test]
    fn nonsense_in_the_header_is_no_name(nonsense in "[#$%&!~^]{1,20}") {
        prop_assert_eq!(tus::name_in(&format!("filename {nonsense}")), None);
    }
}
