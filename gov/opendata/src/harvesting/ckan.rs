//! Portals that speak CKAN's Action API.

use i18n::Text;
use serde_json::Value;

use super::{FILES_MAX, Fetch, Files, Found, NOTES_CHARS_MAX, Page, Said, TITLE_CHARS_MAX, cut, file, tags};
use crate::model::dataset::Metadata;
use crate::model::harvest::HarvestSource;
use crate::model::words;

/// Datasets of one page.
const PAGE_SIZE: u32 = 50;

pub(super) fn page(fetch: &dyn Fetch, source: &HarvestSource) -> Result<Page, String> {
    let start = source.round.next;
    let url = format!("{}/api/3/action/package_search?sort=name%20asc&rows={PAGE_SIZE}&start={start}", source.url);
    let packages = results(&fetch.get(&url)?)?;
    let count = u32::try_from(packages.len()).unwrap_or(u32::MAX);
    let text = |package: &Value, name: &str| package.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let found = packages.iter().map(|package| Found {
        there: text(package, "id"),
        content: seal::hash::sm3_hex(package.to_string().as_bytes()),
        name: text(package, "name"),
        said: read(package),
    });
    Ok(Page { found: found.collect(), next: (count >= PAGE_SIZE).then(|| (start.saturating_add(count), String::new())) })
}

fn results(body: &[u8]) -> Result<Vec<Value>, String> {
    let answer: Value = serde_json::from_slice(body).map_err(|_| "the portal does not answer in JSON".to_owned())?;
    match answer.get("result").and_then(|result| result.get("results")).and_then(Value::as_array) {
        Some(results) if answer.get("success") == Some(&Value::Bool(true)) => Ok(results.clone()),
        _ => Err("the portal does not answer as CKAN does".to_owned()),
    }
}

/// What a package of CKAN says, in our words.
fn read(package: &Value) -> Said {
    let text = |name: &str| package.get(name).and_then(Value::as_str).unwrap_or_default();
    let translated = |name: &str, plain: &str, max: usize| {
        let english = package.get(name).and_then(|texts| texts.get("en")).and_then(Value::as_str).unwrap_or(plain);
        Text::new(cut(plain, max), cut(english, max))
    };
    let title = if text("title").is_empty() { text("name") } else { text("title") };
    if title.is_empty() {
        return Err("it has no title".to_owned());
    }
    let notes = if text("notes").is_empty() { title } else { text("notes") };
    let names = |name: &str| {
        let listed = package.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        listed.iter().filter_map(|one| one.get("name").and_then(Value::as_str)).map(str::to_owned).collect::<Vec<_>>()
    };
    let mut metadata = Metadata {
        title: translated("title_translated", title, TITLE_CHARS_MAX),
        notes: translated("notes_translated", notes, NOTES_CHARS_MAX),
        themes: names("groups").into_iter().filter(|code| words::find(&words::THEMES, code).is_some()).collect(),
        tags: tags(names("tags").into_iter()),
        licence: "open".to_owned(),
        period: "irregular".to_owned(),
        ..Metadata::default()
    };
    if words::find(&words::LICENCES, text("license_id")).is_some() {
        metadata.licence = text("license_id").to_owned();
    } else if !text("license_id").is_empty() {
        metadata.extras.insert("license_id".to_owned(), cut(text("license_id"), 200));
    }
    if !text("url").is_empty() {
        metadata.extras.insert("source_url".to_owned(), cut(text("url"), 500));
    }
    Ok((metadata, files(package)?))
}

fn files(package: &Value) -> Result<Files, String> {
    let listed = package.get("resources").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    if listed.len() > FILES_MAX {
        return Err(format!("it has more than {FILES_MAX} files"));
    }
    let text = |one: &Value, name: &str| one.get(name).and_then(Value::as_str).unwrap_or_default().trim().to_owned();
    listed.iter().map(|one| file(&text(one, "name"), &text(one, "format"), &text(one, "url"))).collect()
}
