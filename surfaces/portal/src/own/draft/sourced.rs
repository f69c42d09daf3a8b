//! Where a value that need not be typed comes from, in words.

use cases::queries::{Given, HeldRecord};
use i18n::Lang;
use serde_json::Value;

use crate::own::view::{fill, t};

/// What is said at a field: where its value comes from, or that the register says otherwise (`held` in words). `None` for what was typed.
pub(super) fn note(lang: Lang, given: &Given<'_>, answer: Option<&Value>, held: &str) -> Option<String> {
    let same = answer? == &given.value;
    let Some(record) = given.record else {
        return same.then(|| fill(lang, "form.source", &[("source", t(lang, "source.account"))]));
    };
    let key = match (same, given.fixed) {
        (_, true) => "form.source-fixed",
        (true, false) => "form.source-register",
        (false, false) => "form.source-differs",
    };
    Some(fill(lang, key, &[("source", &source(lang, record)), ("when", &when(lang, record)), ("held", held)]))
}

/// The register and who keeps it.
pub(super) fn source(lang: Lang, record: &HeldRecord) -> String {
    let title = record.declaration.title.get(lang);
    match &record.owner {
        Some(owner) => fill(lang, "source.kept-by", &[("register", title), ("organ", owner.get(lang))]),
        None => title.to_owned(),
    }
}

/// On which day the record was written, or its keeper elsewhere was asked.
pub(super) fn when(lang: Lang, record: &HeldRecord) -> String {
    let day = clock::from_millis(record.recorded_ms).map(|at| i18n::date(lang, clock::local_date(at))).unwrap_or_default();
    fill(lang, if record.is_of_this_node() { "source.recorded" } else { "source.asked" }, &[("on", &day)])
}
