//! Organizations, groups, tags, licences, and what the site says of itself.

use std::collections::HashMap;

use gate::App;
use opendata::index::{Asked, Facet, Wanted};
use opendata::{Release, Word, queries, words};
use parties::Organ;
use runner::Halt;
use serde_json::{Value, json};
use store::{StoreError, Tx};

use super::catalogue;
use super::envelope::Wrong;
use super::package::{object, package};
use super::params::Params;

const INCLUDED_MAX: usize = 1_000;

/// The organs, by identifier and by the name they have as organizations.
pub(super) struct Publishers {
    organs: Vec<(String, Organ)>,
    by_id: HashMap<String, usize>,
    by_name: HashMap<String, usize>,
}

impl Publishers {
    pub(super) fn read(tx: &mut Tx<'_>) -> Result<Self, StoreError> {
        let organs = queries::publishers(tx)?;
        let by_id = organs.iter().enumerate().map(|(at, (_, organ))| (organ.id.to_string(), at)).collect();
        let by_name = organs.iter().enumerate().map(|(at, (name, _))| (name.clone(), at)).collect();
        Ok(Self { organs, by_id, by_name })
    }

    fn find(&self, name_or_id: &str) -> Option<&(String, Organ)> {
        self.by_name.get(name_or_id).or_else(|| self.by_id.get(name_or_id)).and_then(|at| self.organs.get(*at))
    }

    /// The identifier of the organ with a name or identifier.
    pub(super) fn id_of(&self, name_or_id: &str) -> Option<String> {
        self.find(name_or_id).map(|(_, organ)| organ.id.to_string())
    }

    /// Name, title and count of a value of a facet.
    pub(super) fn facet_value(&self, facet: Facet, value: &str, count: u32) -> (String, String, u32) {
        let word = |list: &[Word]| words::find(list, value).map_or_else(|| value.to_owned(), |word| word.zh.to_owned());
        match facet {
            Facet::Organ => match self.find(value) {
                Some((name, organ)) => (name.clone(), organ.name.zh.clone(), count),
                None => (value.to_owned(), value.to_owned(), count),
            },
            Facet::Theme => (value.to_owned(), word(&words::THEMES), count),
            Facet::Licence => (value.to_owned(), word(&words::LICENCES), count),
            Facet::Period => (value.to_owned(), word(&words::PERIODS), count),
            Facet::Tag | Facet::Format | Facet::Opening | Facet::Slug | Facet::Id => (value.to_owned(), value.to_owned(), count),
        }
    }

    /// The organ of a dataset as an organization.
    pub(super) fn organization(&self, release: &Release) -> Value {
        match self.find(release.organ.as_str()) {
            Some((name, organ)) => organization_in_short(name, organ),
            None => Value::Null,
        }
    }
}

fn organization_in_short(name: &str, organ: &Organ) -> Value {
    json!({
        "id": organ.id.as_str(),
        "name": name,
        "title": organ.name.zh,
        "title_translated": { "zh_Hans_CN": organ.name.zh, "en": organ.name.en },
        "display_name": organ.name.zh,
        "type": "organization",
        "description": organ.details.address.zh,
        "unified_code": organ.code.as_str(),
        "image_url": "",
        "is_organization": true,
        "approval_status": "approved",
        "state": "active",
    })
}

pub(super) fn group_in_short(word: &Word) -> Value {
    json!({
        "id": word.code,
        "name": word.code,
        "title": word.zh,
        "display_name": word.zh,
        "description": word.en,
        "image_display_url": "",
        "type": "group",
        "is_organization": false,
        "state": "active",
        "uri": word.uri,
    })
}

/// How many datasets have each value of a facet, with what is needed to name them.
async fn counts(app: &App, facet: Facet) -> Result<(HashMap<String, u32>, Publishers), Wrong> {
    let kept = catalogue(app)?;
    let answer = app.query(move |tx| {
        kept.follow(tx)?;
        let found = kept.search(&Asked { facets: vec![facet], facet_values: INCLUDED_MAX, ..Asked::default() });
        Ok::<_, Halt>((found, Publishers::read(tx)?))
    });
    let (found, publishers) = answer.await?;
    Ok((found.facets.into_iter().flat_map(|(_, values)| values).collect(), publishers))
}

fn counted(mut shown: Value, count: u32) -> Value {
    if let Some(members) = shown.as_object_mut() {
        members.insert("package_count".to_owned(), Value::from(count));
    }
    shown
}

fn page(params: &Params, all: Vec<Value>) -> Result<Value, Wrong> {
    let start = usize::try_from(params.number("offset", 0, u32::MAX)?).unwrap_or(usize::MAX);
    let rows = usize::try_from(params.number("limit", u32::MAX, u32::MAX)?).unwrap_or(usize::MAX);
    Ok(all.into_iter().skip(start).take(rows).collect())
}

/// Organs that have public datasets.
pub(super) async fn organizations(app: &App, params: Params) -> Result<Value, Wrong> {
    let (counts, publishers) = counts(app, Facet::Organ).await?;
    let all = params.flag("all_fields", false);
    let wanted = params.texts("organizations")?;
    let shown = publishers.organs.iter().filter_map(|(name, organ)| {
        let count = *counts.get(organ.id.as_str())?;
        let is_wanted = wanted.is_empty() || wanted.contains(name);
        is_wanted.then(|| if all { counted(organization_in_short(name, organ), count) } else { Value::from(name.as_str()) })
    });
    page(&params, shown.collect())
}

pub(super) async fn organization(app: &App, params: Params) -> Result<Value, Wrong> {
    let id = params.needed("id", "name")?;
    let (counts, publishers) = counts(app, Facet::Organ).await?;
    let (name, organ) = publishers.find(&id).ok_or(Wrong::NotFound)?;
    let count = counts.get(organ.id.as_str()).copied().unwrap_or(0);
    let shown = counted(organization_in_short(name, organ), count);
    with_packages(app, params, shown, Wanted { facet: Facet::Organ, any_of: vec![organ.id.to_string()], not: false }).await
}

pub(super) async fn groups(app: &App, params: Params) -> Result<Value, Wrong> {
    let (counts, _) = counts(app, Facet::Theme).await?;
    let all = params.flag("all_fields", false);
    let count = |word: &Word| counts.get(word.code).copied().unwrap_or(0);
    page(&params, words::THEMES.iter().map(|word| if all { counted(group_in_short(word), count(word)) } else { Value::from(word.code) }).collect())
}

pub(super) async fn group(app: &App, params: Params) -> Result<Value, Wrong> {
    let id = params.needed("id", "name")?;
    let word = words::find(&words::THEMES, &id).ok_or(Wrong::NotFound)?;
    let (counts, _) = counts(app, Facet::Theme).await?;
    let shown = counted(group_in_short(word), counts.get(word.code).copied().unwrap_or(0));
    with_packages(app, params, shown, Wanted { facet: Facet::Theme, any_of: vec![word.code.to_owned()], not: false }).await
}

async fn with_packages(app: &App, params: Params, mut shown: Value, wanted: Wanted) -> Result<Value, Wrong> {
    if params.flag("include_datasets", false) {
        let kept = catalogue(app)?;
        let answer = app.query(move |tx| {
            let found = kept.search(&Asked { wanted: vec![wanted.clone()], rows: INCLUDED_MAX, ..Asked::default() });
            Ok((queries::releases(tx, &found.ids)?, Publishers::read(tx)?))
        });
        let (releases, publishers) = answer.await?;
        let packages = releases.iter().map(|release| package(&app.settings.public_url, release, &publishers)).collect();
        if let Some(members) = shown.as_object_mut() {
            members.insert("packages".to_owned(), packages);
        }
    }
    Ok(shown)
}

pub(super) async fn tags(app: &App, params: Params) -> Result<Value, Wrong> {
    let query = params.text("query")?.unwrap_or_default().to_lowercase();
    let (counts, _) = counts(app, Facet::Tag).await?;
    let mut names: Vec<String> = counts.into_keys().filter(|name| name.to_lowercase().contains(&query)).collect();
    names.sort();
    let all = params.flag("all_fields", false);
    let shown = |name: String| match all {
        true => json!({ "id": name, "name": name, "display_name": name, "vocabulary_id": null }),
        false => Value::from(name),
    };
    page(&params, names.into_iter().map(shown).collect())
}

pub(super) async fn tag(app: &App, params: Params) -> Result<Value, Wrong> {
    let id = params.needed("id", "name")?;
    let (counts, _) = counts(app, Facet::Tag).await?;
    if !counts.contains_key(&id) {
        return Err(Wrong::NotFound);
    }
    let shown = json!({ "id": id, "name": id, "display_name": id, "vocabulary_id": null });
    with_packages(app, params, shown, Wanted { facet: Facet::Tag, any_of: vec![id], not: false }).await
}

pub(super) async fn formats(app: &App, params: Params) -> Result<Value, Wrong> {
    let query = params.text("q")?.unwrap_or_default().to_lowercase();
    let (counts, _) = counts(app, Facet::Format).await?;
    let mut names: Vec<String> = counts.into_keys().map(|name| name.to_lowercase()).filter(|name| name.contains(&query)).collect();
    names.sort();
    Ok(Value::from(names))
}

pub(super) fn licences() -> Value {
    let shown = |word: &Word| {
        json!({
            "id": word.code,
            "title": word.zh,
            "title_en": word.en,
            "url": word.uri,
            "status": "active",
            "is_okd_compliant": word.code != "conditional",
            "is_osi_compliant": false,
            "od_conformance": if word.code == "conditional" { "rejected" } else { "approved" },
            "domain_data": true,
            "domain_content": true,
            "domain_software": false,
            "family": "",
            "maintainer": "",
        })
    };
    words::LICENCES.iter().map(shown).collect()
}

pub(super) fn status(app: &App) -> Value {
    object(vec![
        ("ckan_version", Value::from("2.11")),
        ("zhengshu_version", Value::from(env!("CARGO_PKG_VERSION"))),
        ("site_url", Value::from(app.settings.public_url.as_str())),
        ("site_title", Value::from(app.settings.site_name.zh.as_str())),
        ("site_description", Value::from(app.settings.site_name.en.as_str())),
        ("error_emails_to", Value::Null),
        ("locale_default", Value::from("zh_Hans_CN")),
        ("extensions", json!(["datastore", "dcat", "harvest"])),
    ])
}

pub(super) fn help(params: Params) -> Result<Value, Wrong> {
    let name = params.needed("name", "id")?;
    let text = match name.as_str() {
        "package_search" => {
            "Search datasets. q: words or conditions; fq: conditions on organization, groups, tags, res_format, license_id, frequency, \
             opening, name, id; sort; start; rows (at most 1000); facet.field; facet.limit."
        }
        "package_show" => "One dataset by id or name.",
        "datastore_search" => {
            "Rows of a file. resource_id; filters; q; fields; sort; limit (at most 32000); offset; distinct; include_total; \
             records_format: objects, lists, csv, tsv."
        }
        "datastore_search_sql" => {
            "One select over public files, named by their ids: sql. At most 32000 rows and 3 seconds; functions of a list; no recursion."
        }
        name if name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') => "See https://docs.ckan.org/en/2.11/api/index.html for parameters.",
        _ => return Err(Wrong::NotFound),
    };
    Ok(Value::from(text))
}
