//! Whether a mail is from whom it says: what our own mail server found out (RFC 8601).

/// Whether the results that servers wrote on a mail prove its sender: of all of them, from
/// the top, the first in the name of our server counts. It takes away what others wrote in
/// its name (RFC 8601, 5). DMARC proves a sender, and so do DKIM and SPF where they are about
/// the sender's domain.
#[must_use]
pub fn proves<'a>(results: impl IntoIterator<Item = &'a str>, server: &str, sender: &str) -> bool {
    let domain = sender.rsplit('@').next().unwrap_or_default();
    let plain = results.into_iter().map(|one| without_comments(one).to_lowercase());
    let ours = plain.into_iter().find(|one| {
        let named = one.split(';').next().and_then(|first| first.split_whitespace().next());
        named == Some(server.to_lowercase().as_str())
    });
    ours.is_some_and(|one| one.split(';').skip(1).any(|result| proved(result, domain)))
}

fn proved(result: &str, domain: &str) -> bool {
    let mut words = result.split_whitespace();
    let method = words.next().unwrap_or_default();
    let property = match method {
        "dmarc=pass" => "header.from=",
        "dkim=pass" => "header.d=",
        "spf=pass" => "smtp.mailfrom=",
        _ => return false,
    };
    words.filter_map(|word| word.strip_prefix(property)).any(|value| {
        let value = value.trim_matches('"').rsplit('@').next().unwrap_or_default();
        !value.is_empty() && (domain == value || domain.ends_with(&format!(".{value}")))
    })
}

/// What stands in parentheses is for people, and may hold anything.
fn without_comments(text: &str) -> String {
    let mut depth = 0_usize;
    let outside = |letter: &char| {
        match letter {
            '(' => depth += 1,
            ')' if depth > 0 => {
                depth -= 1;
                return false;
            }
            _ => {}
        }
        depth == 0
    };
    text.chars().filter(outside).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_server_proves_a_sender() {
        let ok =
            "mx.vendor.test; spf=fail smtp.mailfrom=evil.test; dmarc=pass (p=none) header.from=acme.test";
        for (results, sender, proved) in [
            (ok, "ada@acme.test", true),
            (ok, "ada@evil.test", false),
            ("mx.vendor.test 1; dkim=pass header.d=acme.test", "ada@mail.acme.test", true),
            ("mx.vendor.test; dkim=pass header.d=evil.test", "ada@acme.test", false),
            ("mx.vendor.test; dkim=pass header.d=me.test", "ada@acme.test", false),
            ("mx.vendor.test; spf=pass smtp.mailfrom=bounce@acme.test", "ada@acme.test", true),
            ("mx.vendor.test; dmarc=fail header.from=acme.test", "ada@acme.test", false),
            ("mx.vendor.test; spf=fail (; dmarc=pass header.from=acme.test)", "ada@acme.test", false),
            ("mx.evil.test; dmarc=pass header.from=acme.test", "ada@acme.test", false),
            ("", "ada@acme.test", false),
        ] {
            assert_eq!(proves([results], "MX.vendor.test", sender), proved, "{results}");
        }
    }

    #[test]
    fn the_first_of_our_server_counts() {
        let theirs = "mx.acme.test; dmarc=fail header.from=acme.test";
        let ok = "mx.vendor.test; dmarc=pass header.from=acme.test";
        let no = "mx.vendor.test; dmarc=fail header.from=acme.test";
        for (results, proved) in [([ok, theirs], true), ([theirs, ok], true), ([no, ok], false)] {
            assert_eq!(proves(results, "mx.vendor.test", "ada@acme.test"), proved, "{results:?}");
        }
    }
}
