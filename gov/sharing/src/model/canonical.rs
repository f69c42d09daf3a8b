//! The canonical text of a grant: what is hashed and signed. One line a term, free words as JSON strings, so that two grants never have
//! the same text.

use std::fmt::Write as _;

use super::grant::{Ground, Terms};

const HEADING: &str = "zhengshu/sharing-grant/1";

/// The text of an issue of a grant; it ends with a line break, as signed notes want.
#[must_use]
pub fn canonical(id: &str, issue: u32, terms: &Terms) -> String {
    let mut text = format!("{HEADING}\n");
    let mut line = |name: &str, value: &str| {
        // Writing into a text cannot fail.
        let _ = writeln!(text, "{name}: {value}");
    };
    line("grant", &quoted(id));
    line("issue", &issue.to_string());
    line("resource", &quoted(&terms.resource));
    line("register", &quoted(&terms.register));
    line("grantee", &quoted(&terms.grantee));
    line("provider", &quoted(&terms.provider));
    line("fields", &list(&terms.fields));
    line("division", &terms.rows.division.as_deref().map_or_else(|| "all".to_owned(), quoted));
    line("filter", &terms.rows.filter.as_deref().map_or_else(|| "none".to_owned(), quoted));
    line("purpose", &quoted(&terms.purpose));
    line("basis", &quoted(&terms.basis));
    line("manner", terms.manner.as_str());
    match &terms.ground {
        Ground::Cases(uses) => {
            for used in uses {
                line("item", &format!("{} {}", quoted(&used.item), list(&used.fields)));
            }
        }
        Ground::StandingDuty(duty) => line("standing duty", &quoted(duty)),
        Ground::Consent(name) => line("consent", &quoted(name)),
    }
    line("method", terms.method.code());
    line("valid", &format!("{} {}", terms.valid_from, terms.valid_until));
    line("quota per day", &terms.quota_per_day.to_string());
    line("rate per minute", &terms.rate_per_minute.to_string());
    text
}

/// SM3 of the text, hexadecimal.
#[must_use]
pub fn terms_sm3(text: &str) -> String {
    seal::hash::sm3_hex(text.as_bytes())
}

fn list<'a>(names: impl IntoIterator<Item = &'a String>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| quoted(name)).collect();
    format!("[{}]", names.join(","))
}

/// A text has always a JSON form; it has no line break in it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::grant::tests_support::terms;

    #[test]
    fn words_cannot_pretend_to_be_other_lines() {
        let honest = canonical("grant_1", 1, &terms());
        let purpose = "办理\nmanner: full".to_owned();
        let forged = canonical("grant_1", 1, &Terms { purpose, ..terms() });
        assert_eq!(honest.lines().count(), forged.lines().count());
        assert_ne!(terms_sm3(&honest), terms_sm3(&forged));
        assert!(honest.ends_with('\n'));
    }

    #[test]
    fn every_term_is_in_the_text() {
        let base = canonical("grant_1", 1, &terms());
        let day = |text: &str| text.parse().unwrap_or(terms().valid_from);
        let others = [
            canonical("grant_2", 1, &terms()),
            canonical("grant_1", 2, &terms()),
            canonical("grant_1", 1, &Terms { resource: "other".into(), ..terms() }),
            canonical("grant_1", 1, &Terms { register: "other".into(), ..terms() }),
            canonical("grant_1", 1, &Terms { grantee: "organ_x".into(), ..terms() }),
            canonical("grant_1", 1, &Terms { provider: "organ_x".into(), ..terms() }),
            canonical("grant_1", 1, &Terms { fields: ["sex".to_owned()].into(), ..terms() }),
            canonical("grant_1", 1, &Terms { basis: "另一部法".into(), ..terms() }),
            canonical("grant_1", 1, &Terms { manner: tracker::Manner::Full, ..terms() }),
            canonical("grant_1", 1, &Terms { ground: Ground::StandingDuty("监测".into()), ..terms() }),
            canonical("grant_1", 1, &Terms { ground: Ground::Consent("监测".into()), ..terms() }),
            canonical("grant_1", 1, &Terms { method: super::super::grant::Method::File, ..terms() }),
            canonical("grant_1", 1, &Terms { valid_from: day("2026-01-02"), ..terms() }),
            canonical("grant_1", 1, &Terms { valid_until: day("2026-12-30"), ..terms() }),
            canonical("grant_1", 1, &Terms { quota_per_day: 9, ..terms() }),
            canonical("grant_1", 1, &Terms { rate_per_minute: 9, ..terms() }),
        ];
        for other in others {
            assert_ne!(base, other);
        }
    }
}
