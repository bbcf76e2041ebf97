//! Sizes both sides hold to.

/// Longest subject, in characters.
pub const SUBJECT_MAX: usize = 200;
/// Longest message or long text, in characters.
pub const MESSAGE_MAX: usize = 50_000;
/// Longest single-line answer, in characters, where a question sets no other.
pub const TEXT_MAX: usize = 500;
/// Longest e-mail address, in characters (RFC 5321, 4.5.3.1.3).
pub const EMAIL_MAX: usize = 254;
/// Longest name of an organisation that is asked for, in characters.
pub const ORGANISATION_NAME_MAX: usize = 200;
/// Longest note to who decides about a partnership, in characters.
pub const PARTNERSHIP_NOTE_MAX: usize = 1000;
/// Most organisations that a partner can wait for an answer of.
pub const PARTNERSHIPS_ASKED_MAX: usize = 10;
/// Longest name of a token, in characters.
pub const TOKEN_NAME_MAX: usize = 80;
/// Most tokens that a person has.
pub const TOKENS_MAX: usize = 20;
/// Longest name of a person, in characters.
pub const NAME_MAX: usize = 120;
/// Longest password taken, in characters: argon2 work must stay bounded.
pub const PASSWORD_MAX: usize = 200;
/// Fewest characters of a password that is set (NIST SP 800-63B, 5.1.1.1).
pub const PASSWORD_MIN: usize = 8;
/// Most entries in a list answer (addresses, ranges, options).
pub const LIST_MAX: usize = 50;
/// Most cases that one thing is done to at once.
pub const BULK_MAX: usize = 100;
/// Longest search text, in characters.
pub const SEARCH_MAX: usize = 200;
/// Most values a list can be narrowed to.
pub const FILTERS_MAX: usize = 50;
/// Longest notice, in characters.
pub const NOTICE_MAX: usize = 1000;
/// Longest name of a saved view, in characters.
pub const VIEW_NAME_MAX: usize = 60;
/// Most saved views that a person has, and an organisation shares.
pub const VIEWS_MAX: usize = 50;
/// Up to how many notifications are counted.
pub const UNREAD_MAX: u64 = 999;
/// Most rows a page may hold.
pub const PAGE_MAX: u32 = 100;
/// Rows in a page when the request does not say.
pub const PAGE_DEFAULT: u32 = 50;
/// Most messages a text is found in.
pub const FOUND_MAX: usize = 1000;
/// Most people a search for colleagues answers.
pub const COLLEAGUES_MAX: usize = 20;
/// Most cases offered as similar to one about to be filed.
pub const SIMILAR_MAX: usize = 5;
/// Largest JSON body, in bytes.
pub const BODY_MAX: usize = 1024 * 1024;
/// Longest idempotency key, in characters.
pub const IDEMPOTENCY_KEY_MAX: usize = 100;
/// Largest logo, in bytes.
pub const LOGO_MAX: usize = 64 * 1024;
/// Most links in the page's foot.
pub const LINKS_MAX: usize = 6;
/// Longest title of such a link, in characters.
pub const LINK_TITLE_MAX: usize = 60;
/// Longest key of a ticket, in characters.
pub const JIRA_KEY_MAX: usize = 40;
/// Longest regular expression of a question, in characters.
pub const PATTERN_MAX: usize = 200;
