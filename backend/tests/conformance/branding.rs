//! How the portal looks: what the operator sets, and what the portal is told.

use std::fs;

use casement_backend::{branding::Branding, config::Config};
use contract::{
    ProblemCode,
    colour::{Accent, Colour},
    limits::{LINKS_MAX, LOGO_MAX},
    portal::{Contacts, Link, PortalSettings},
};
use reqwest::{Method, header};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::harness::{Client, Portal, Program, Server, backend, on_both};

on_both!(nothing_set_is_nothing_told, the_settings_are_told, the_logo_is_served);

const SVG: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><path fill="#f60" d="M0 0h2v2H0z"/></svg>"##;
/// The signature, and something that is no UTF-8.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\xff\xfe";

/// A folder with files, and a configuration file among them.
struct Files(TempDir);

impl Files {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.0.path().join(name);
        fs::write(&path, content).expect("it is written");
        path.display().to_string()
    }

    fn config(&self, text: &str) -> String {
        self.write("casement.toml", text)
    }

    fn data(&self) -> String {
        self.0.path().join("data").display().to_string()
    }
}

fn link(title: &str, url: &str) -> Link {
    Link { title: title.to_owned(), url: url.to_owned() }
}

fn accent() -> Accent {
    let [light, dark] = ["#5b21b6", "#c4b5fd"].map(|text| text.parse::<Colour>().expect("a colour"));
    Accent::checked(light, dark)
}

/// A portal whose operator has set a logo.
async fn with_logo(portal: &Portal, content: &[u8]) -> Server {
    let files = Files::new();
    let logo = files.write("logo", content);
    let config = Config { logo: Some(logo.into()), ..Config::default() };
    let branding = Branding::read(&config).expect("the logo is good");
    portal.with_settings(|settings| settings.branding = branding).await
}

/// Tries to serve with a configuration and variables; answers what was said about them.
async fn refused(files: &Files, text: &str, variables: &[(&str, &str)]) -> String {
    let arguments = ["--config", &files.config(text), "serve", "--port=0", "--data", &files.data()];
    let output =
        backend(&arguments).envs(variables.iter().copied()).output().await.expect("the program runs");
    assert!(!output.status.success(), "{text} {variables:?} is taken");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[tokio::test]
async fn wrong_settings_are_named_with_a_way_out() {
    let files = Files::new();
    let text = files.write("notes.txt", "no image");
    let bare = files.write("bare.svg", "<svg viewBox='0 0 1 1'/>");
    let large = files.write("large.png", [PNG, &vec![0; LOGO_MAX]].concat());
    let many = "[[links]]\ntitle = \"Status\"\nurl = \"https://status.example\"\n".repeat(LINKS_MAX + 1);
    for (text, key, way_out) in [
        ("product_name = \" \"".to_owned(), "product_name", "name"),
        ("accent = \"teal\"".to_owned(), "accent", "#rrggbb"),
        ("accent = \"#fff\"".to_owned(), "accent", "#rrggbb"),
        ("accent = 136".to_owned(), "accent", "string"),
        ("accent_dark = \"#c4b5fd\"".to_owned(), "accent_dark", "set accent"),
        ("accent = \"#5b21b6\"\naccent_dark = \"c4b5fd\"".to_owned(), "accent_dark", "#rrggbb"),
        ("logo = \"/nowhere.svg\"".to_owned(), "logo", "/nowhere.svg"),
        (format!("logo = \"{}\"", files.0.path().display()), "logo", "file"),
        (format!("logo = \"{text}\""), "logo", "SVG nor PNG"),
        (format!("logo = \"{bare}\""), "logo", "SVG nor PNG"),
        (format!("logo = \"{large}\""), "logo", "64 KiB"),
        ("contacts = { sales = \"call us\" }".to_owned(), "contacts.sales", "https://"),
        ("contacts = { billing = \"http://example.com\" }".to_owned(), "contacts.billing", "https://"),
        ("contacts = { security = \"javascript:alert(1)\" }".to_owned(), "contacts.security", "https://"),
        ("contacts = { community = \"\" }".to_owned(), "contacts.community", "https://"),
        ("contacts = { press = \"press@example.com\" }".to_owned(), "press", "community"),
        ("links = [{ title = \"Status\", url = \"/status\" }]".to_owned(), "links.0.url", "https://"),
        ("links = [{ title = \"\", url = \"https://a.example\" }]".to_owned(), "links.0.title", "characters"),
        ("links = [{ title = \"Status\" }]".to_owned(), "url", "links"),
        ("links = [{ name = \"Status\", url = \"https://a.example\" }]".to_owned(), "name", "title"),
        (many, "links", "at most 6"),
    ] {
        let told = refused(&files, &text, &[]).await;
        for word in ["configuration is wrong", key, way_out] {
            assert!(told.contains(word), "{text} lacks {word}: {told}");
        }
    }
}

async fn nothing_set_is_nothing_told(portal: Portal) {
    let client = portal.anonymous();
    let told: Value = client.get("/portal").await.ok();
    let nothing = json!({ "product_name": "Casement", "contacts": {}, "links": [], "demo_accounts": [] });
    assert_eq!(told, nothing);
    client.get("/portal/logo").await.problem(ProblemCode::NotFound);
}

async fn the_settings_are_told(portal: Portal) {
    let contacts = Contacts { sales: Some("sales@example.com".to_owned()), ..Contacts::default() };
    let links = vec![link("Status", "https://status.example/now?x=1"), link("الحالة", "https://a.example")];
    let branding =
        Branding { accent: Some(accent()), contacts: contacts.clone(), links: links.clone(), logo: None };
    let server = portal.with_settings(|settings| settings.branding = branding).await;
    let told: PortalSettings = portal.anonymous().at(server.base).get("/portal").await.ok();
    assert_eq!((told.accent, told.contacts, told.links, told.logo), (Some(accent()), contacts, links, None));
}

async fn the_logo_is_served(portal: Portal) {
    for (content, media_type) in [(SVG.as_bytes(), "image/svg+xml"), (PNG, "image/png")] {
        let server = with_logo(&portal, content).await;
        let client = portal.anonymous().at(server.base);
        let settings: PortalSettings = client.get("/portal").await.ok();
        let path = settings.logo.expect("a logo");
        let path = path.strip_prefix("/api/v1").expect("below the API").to_owned();
        let answer = client.get(&path).await.expect(200);
        assert_eq!(answer.body, String::from_utf8_lossy(content));
        for (name, value) in [
            ("content-type", media_type),
            ("cache-control", "no-cache"),
            ("x-content-type-options", "nosniff"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), Some(value));
        }
        // Opened by itself it is a page: without scripts, and of no origin.
        let policy = answer.header("content-security-policy").expect("a policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("sandbox"), "{policy}");
        assert!(!policy.contains("script-src") && !policy.contains("allow-"), "{policy}");

        let tag = answer.etag();
        assert!(tag.starts_with('"') && tag.len() > 40, "{tag}");
        let ask = |known: &str| client.request(Method::GET, &path).header(header::IF_NONE_MATCH, known);
        let unchanged = client.send(ask(tag)).await.expect(304);
        assert_eq!((unchanged.etag(), unchanged.body.as_str()), (tag, ""));
        client.send(ask("\"other\"")).await.expect(200);
    }
    let tags = [SVG, &SVG.replace("#f60", "#f61")].map(|content| content.as_bytes().to_vec());
    let [one, other] = [with_logo(&portal, &tags[0]).await, with_logo(&portal, &tags[1]).await];
    let [one, other] = [Client::anonymous(one.base), Client::anonymous(other.base)];
    assert_ne!(one.get("/portal/logo").await.etag(), other.get("/portal/logo").await.etag());
}

#[tokio::test]
async fn serving_with_a_file_and_too_pale_an_accent() {
    let files = Files::new();
    let logo = files.write("logo.svg", SVG);
    let config = files.config(&format!(
        "product_name = \"Casement\"\nlogo = \"{logo}\"\naccent = \"#ffee00\"\n\
         [contacts]\nsecurity = \"https://example.com/security\"\n\
         [[links]]\ntitle = \"Status\"\nurl = \"https://status.example\"\n"
    ));
    let flags = ["--config".to_owned(), config, "--data".to_owned(), files.data()];
    let program = Program::serve(&flags).await;
    let told: PortalSettings = Client::anonymous(&program.base).get("/portal").await.ok();
    let yellow: Colour = "#ffee00".parse().expect("a colour");
    let accent = told.accent.expect("an accent");
    assert_eq!(accent, Accent::checked(yellow, yellow));
    assert_eq!(told.links, [link("Status", "https://status.example")]);
    assert_eq!(told.contacts.security.as_deref(), Some("https://example.com/security"));
    assert_eq!(told.logo.as_deref(), Some("/api/v1/portal/logo"));
    let log = program.kill().await;
    for said in ["accent = #ffee00 has a contrast of 1.0", &accent.light.text.to_string()] {
        assert!(log.contains(said), "{said} is not in the log");
    }
    assert!(!log.contains("accent_dark ="), "nobody set one");
}

#[tokio::test]
async fn variables_are_read_like_the_file() {
    let files = Files::new();
    let variables = [
        ("CASEMENT_LOGO", files.write("logo.svg", SVG)),
        ("CASEMENT_ACCENT", "#5b21b6".to_owned()),
        ("CASEMENT_ACCENT_DARK", "#c4b5fd".to_owned()),
        ("CASEMENT_CONTACTS", r#"{sales="sales@example.com",security="https://example.com"}"#.to_owned()),
        ("CASEMENT_LINKS", r#"[{title="Status",url="https://status.example"}]"#.to_owned()),
    ];
    for (name, value, key) in [
        ("CASEMENT_LOGO", "/nowhere.svg", "logo"),
        ("CASEMENT_ACCENT", "#5b21b", "ACCENT"),
        ("CASEMENT_ACCENT_DARK", "#5b21b", "ACCENT_DARK"),
        ("CASEMENT_CONTACTS", r#"{sales="sales@example.com",security="nobody"}"#, "contacts.security"),
        ("CASEMENT_LINKS", r#"[{title="Status",url="status.example"}]"#, "links.0.url"),
    ] {
        // All the others are good, or they would be named first or instead.
        let others = variables.iter().filter(|(other, _)| *other != name);
        let mut set: Vec<_> = others.map(|(name, value)| (*name, value.as_str())).collect();
        set.push((name, value));
        let told = refused(&files, "", &set).await;
        assert!(told.contains(key), "{name} = {value} lacks {key}: {told}");
    }
}
