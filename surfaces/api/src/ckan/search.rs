//! `package_search` and what is like it.

use std::collections::HashMap;

use clock::from_millis;
use gate::App;
use opendata::index::{Asked, Facet, Order, Wanted};
use opendata::{Release, queries};
use runner::Halt;
use serde_json::{Map, Value, json};

use super::catalogue;
use super::envelope::Wrong;
use super::lists::Publishers;
use super::package::{package, resources as resources_of};
use super::params::Params;
use super::solr::{Clause, clauses};

const ROWS_MAX: u32 = 1_000;
const NAMES_MAX: u32 = 200_000;

/// CKAN's name of a facet.
fn facet(name: &str) -> Option<Facet> {
    match name {
        "organization" | "owner_org" => Some(Facet::Organ),
        "groups" => Some(Facet::Theme),
        "tags" => Some(Facet::Tag),
        "res_format" => Some(Facet::Format),
        "license_id" => Some(Facet::Licence),
        "frequency" => Some(Facet::Period),
        "opening" => Some(Facet::Opening),
        "name" => Some(Facet::Slug),
        "id" => Some(Facet::Id),
        _ => None,
    }
}

pub(super) async fn packages(app: &App, params: Params) -> Result<Value, Wrong> {
    let sort = params.text("sort")?.unwrap_or_default();
    let named = facets_asked(&params)?;
    let mut asked = Asked {
        order: order(&sort)?,
        start: usize::try_from(params.number("start", 0, u32::MAX)?).unwrap_or(usize::MAX),
        rows: usize::try_from(params.number("rows", 10, ROWS_MAX)?).unwrap_or(0),
        facets: named.iter().filter_map(|name| facet(name)).collect(),
        facet_values: match params.text("facet.limit")?.as_deref() {
            Some("-1") => 1_000,
            Some(limit) => limit.parse().map_err(|_| Wrong::field("facet.limit", "Must be an integer"))?,
            None => 50,
        },
        ..Asked::default()
    };
    let conditions = conditions(&params)?;
    let kept = catalogue(app)?;
    let base = app.settings.public_url.clone();
    let answer = app.query(move |tx| {
        kept.follow(tx)?;
        let publishers = Publishers::read(tx)?;
        let mut asked_now = std::mem::take(&mut asked);
        if let Err(wrong) = apply(&conditions, &publishers, &mut asked_now) {
            return Ok(Err(wrong));
        }
        let found = kept.search(&asked_now);
        let releases = queries::releases(tx, &found.ids)?;
        asked = asked_now;
        Ok::<_, Halt>(Ok((found, releases, publishers)))
    });
    let (found, releases, publishers) = answer.await??;
    let (mut counts, mut items) = (Map::new(), Map::new());
    for (name, (facet, values)) in named.iter().filter(|name| self::facet(name).is_some()).zip(&found.facets) {
        let named: Vec<(String, String, u32)> = values.iter().map(|(value, count)| publishers.facet_value(*facet, value, *count)).collect();
        counts.insert(name.clone(), named.iter().map(|(name, _, count)| (name.clone(), Value::from(*count))).collect::<Map<_, _>>().into());
        let shown: Vec<Value> = named.iter().map(|(name, title, count)| json!({ "name": name, "display_name": title, "count": count })).collect();
        items.insert(name.clone(), json!({ "title": name, "items": shown }));
    }
    Ok(json!({
        "count": found.count,
        "sort": if sort.is_empty() { "score desc, metadata_modified desc" } else { &sort },
        "facets": counts,
        "results": releases.iter().map(|release| package(&base, release, &publishers)).collect::<Vec<_>>(),
        "search_facets": items,
    }))
}

fn facets_asked(params: &Params) -> Result<Vec<String>, Wrong> {
    if params.has("facet") && !params.flag("facet", true) {
        return Ok(Vec::new());
    }
    params.texts("facet.field")
}

fn order(sort: &str) -> Result<Order, Wrong> {
    let first = sort.split(',').next().unwrap_or_default().trim().to_lowercase();
    let mut parts = first.split_whitespace();
    let (name, descending) = (parts.next().unwrap_or_default(), parts.next() == Some("desc"));
    Ok(match (name, descending) {
        ("" | "score" | "relevance" | "views_recent", _) => Order::Score,
        ("metadata_modified" | "last_modified", true) => Order::Modified,
        ("metadata_modified" | "last_modified", false) => Order::ModifiedAscending,
        ("metadata_created", _) => Order::Created,
        ("title" | "title_string", _) => Order::Title,
        ("name" | "id", _) => Order::Slug,
        _ => return Err(Wrong::Query(format!("cannot sort by {name}"))),
    })
}

/// What `q`, `fq` and `fq_list` say together.
fn conditions(params: &Params) -> Result<Vec<Clause>, Wrong> {
    let mut found = clauses(&params.text("q")?.unwrap_or_default());
    let mut filters = params.texts("fq_list")?;
    match params.get("fq") {
        Some(Value::Array(parts)) => filters.extend(parts.iter().filter_map(Value::as_str).map(str::to_owned)),
        _ => filters.extend(params.text("fq")?),
    }
    filters.iter().for_each(|filter| found.extend(clauses(filter)));
    Ok(found)
}

fn apply(conditions: &[Clause], publishers: &Publishers, asked: &mut Asked) -> Result<(), Wrong> {
    let mut words: Vec<&str> = Vec::new();
    for condition in conditions {
        match condition {
            Clause::Words(text) => words.push(text),
            Clause::Field { name, any_of, not } => match (facet(name), name.as_str()) {
                (Some(Facet::Organ), _) => {
                    let any_of = any_of.iter().map(|value| publishers.id_of(value).unwrap_or_default()).collect();
                    asked.wanted.push(Wanted { facet: Facet::Organ, any_of, not: *not });
                }
                (Some(Facet::Format), _) => {
                    let any_of = any_of.iter().map(|value| value.to_uppercase()).collect();
                    asked.wanted.push(Wanted { facet: Facet::Format, any_of, not: *not });
                }
                (Some(facet), _) => asked.wanted.push(Wanted { facet, any_of: any_of.clone(), not: *not }),
                (None, "title" | "notes" | "text") if !not => words.extend(any_of.iter().map(String::as_str)),
                // Everything public is an active dataset of the site.
                (None, "state" | "type" | "dataset_type" | "private" | "capacity" | "site_id" | "entity_type" | "permission_labels") => {}
                (None, _) => return Err(Wrong::Query(format!("undefined field {name}"))),
            },
            Clause::Range { name, from, to } if name == "metadata_modified" => {
                asked.modified = Some((millis(from, i64::MIN)?, millis(to, i64::MAX)?));
            }
            Clause::Range { name, .. } => return Err(Wrong::Query(format!("no range over {name}"))),
        }
    }
    asked.words = words.join(" ");
    Ok(())
}

fn millis(text: &str, open: i64) -> Result<i64, Wrong> {
    if text == "*" {
        return Ok(open);
    }
    let text = text.trim_matches('"').trim_end_matches('Z');
    let moment = if text.len() == 10 { format!("{text}T00:00:00Z") } else { format!("{text}Z") };
    moment.parse::<clock::Timestamp>().map(|at| at.as_millisecond()).map_err(|_| Wrong::Query(format!("no moment: {text}")))
}

/// A moment as CKAN writes it: UTC without a zone.
pub(super) fn moment(at_ms: i64) -> String {
    from_millis(at_ms).map(|at| at.to_string().trim_end_matches('Z').to_owned()).unwrap_or_default()
}

async fn page(app: &App, asked: Asked) -> Result<(Vec<Release>, Publishers), Wrong> {
    let kept = catalogue(app)?;
    let answer = app.query(move |tx| {
        kept.follow(tx)?;
        let found = kept.search(&asked);
        Ok((queries::releases(tx, &found.ids)?, Publishers::read(tx)?))
    });
    Ok(answer.await?)
}

fn bounds(params: &Params, otherwise: u32, max: u32) -> Result<(usize, usize), Wrong> {
    let rows = params.number("limit", otherwise, max)?;
    let start = params.number("offset", params.number("page", 1, u32::MAX)?.saturating_sub(1).saturating_mul(rows), u32::MAX)?;
    Ok((usize::try_from(start).unwrap_or(usize::MAX), usize::try_from(rows).unwrap_or(0)))
}

pub(super) async fn names(app: &App, params: Params) -> Result<Value, Wrong> {
    let (start, rows) = bounds(&params, NAMES_MAX, NAMES_MAX)?;
    let kept = catalogue(app)?;
    let slugs = app.query(move |tx| {
        kept.follow(tx)?;
        Ok(kept.slugs(start, rows))
    });
    Ok(Value::from(slugs.await?))
}

pub(super) async fn current(app: &App, params: Params) -> Result<Value, Wrong> {
    let (start, rows) = bounds(&params, ROWS_MAX, ROWS_MAX)?;
    let (releases, publishers) = page(app, Asked { order: Order::Modified, start, rows, ..Asked::default() }).await?;
    Ok(releases.iter().map(|release| package(&app.settings.public_url, release, &publishers)).collect())
}

pub(super) async fn autocomplete(app: &App, params: Params) -> Result<Value, Wrong> {
    let words = params.needed("q", "query")?;
    let (start, rows) = bounds(&params, 10, 100)?;
    let (releases, _) = page(app, Asked { words, start, rows, ..Asked::default() }).await?;
    let one = |release: &Release| {
        let title = &release.metadata.title.zh;
        json!({ "name": release.slug, "title": title, "match_field": "title", "match_displayed": title })
    };
    Ok(releases.iter().map(one).collect())
}

/// Files whose fields hold all the words asked for: `query=name:stops`.
pub(super) async fn resources(app: &App, params: Params) -> Result<Value, Wrong> {
    let asked = match params.structured("query") {
        Some(Value::Array(parts)) => parts.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Some(Value::String(one)) => vec![one],
        _ => return Err(Wrong::missing("query")),
    };
    let mut terms = HashMap::new();
    for part in &asked {
        let (field, word) = part.split_once(':').ok_or_else(|| Wrong::field("query", "Must be <field>:<value>"))?;
        if !matches!(field, "name" | "description" | "format" | "url" | "hash") {
            return Err(Wrong::field("query", format!("Field \"{field}\" not recognised in resource_search.")));
        }
        terms.insert(field.to_owned(), word.to_lowercase());
    }
    let (start, rows) = bounds(&params, ROWS_MAX, ROWS_MAX)?;
    let (releases, _) = page(app, Asked { rows: 10_000, ..Asked::default() }).await?;
    let mut found = Vec::new();
    for release in &releases {
        for shown in resources_of(&app.settings.public_url, release) {
            let fits =
                |(field, word): (&String, &String)| shown.get(field).and_then(Value::as_str).is_some_and(|text| text.to_lowercase().contains(word));
            if terms.iter().all(fits) {
                found.push(shown);
            }
        }
    }
    Ok(json!({ "count": found.len(), "results": found.into_iter().skip(start).take(rows).collect::<Vec<_>>() }))
}
