//! Datasets and files as CKAN shows them.

use gate::App;
use i18n::Text;
use opendata::{AS_PARQUET, Release, Resource, queries, words};
use runner::{Actor, Halt};
use serde_json::{Map, Value, json};

use super::envelope::Wrong;
use super::lists::Publishers;
use super::params::Params;
use super::search::moment;
use super::write;

pub(super) async fn show(app: &App, params: Params) -> Result<Value, Wrong> {
    let name = params.needed("id", "name_or_id")?;
    let found = app.query(move |tx| {
        let Some(release) = queries::release(tx, &name)? else { return Ok(None) };
        Ok::<_, Halt>(Some((release, Publishers::read(tx)?)))
    });
    let (release, publishers) = found.await?.ok_or(Wrong::NotFound)?;
    Ok(package(&app.settings.public_url, &release, &publishers))
}

/// For the organ's own people: what is being prepared, when nothing is public yet.
pub(super) async fn show_known(app: &App, actor: &Actor, params: Params) -> Result<Value, Wrong> {
    let name = params.needed("id", "name_or_id")?;
    let wanted = name.clone();
    let is_public = app.query(move |tx| Ok(queries::release(tx, &wanted)?.is_some())).await?;
    if is_public && !params.flag("draft", false) {
        return show(app, params).await;
    }
    let (dataset, publishers) = write::prepared(app, actor, name).await?.ok_or(Wrong::NotFound)?;
    Ok(write::draft(&app.settings.public_url, &dataset, &publishers))
}

pub(super) async fn resource_show(app: &App, params: Params) -> Result<Value, Wrong> {
    let id = params.needed("id", "resource_id")?;
    let (release, _) = find(app, id.strip_suffix(AS_PARQUET).unwrap_or(&id)).await?;
    resources(&app.settings.public_url, &release).into_iter().find(|shown| shown["id"] == id.as_str()).ok_or(Wrong::NotFound)
}

/// A public file with the release it is in.
pub(super) async fn find(app: &App, id: &str) -> Result<(Release, usize), Wrong> {
    let wanted = id.to_owned();
    let release = app.query(move |tx| Ok(queries::release_of_resource(tx, &wanted)?)).await?.ok_or(Wrong::NotFound)?;
    let position = release.resources.iter().position(|file| file.id.as_str() == id).ok_or(Wrong::NotFound)?;
    Ok((release, position))
}

/// A dataset.
pub(super) fn package(base: &str, release: &Release, publishers: &Publishers) -> Value {
    let metadata = &release.metadata;
    let licence = words::find(&words::LICENCES, &metadata.licence);
    let groups: Vec<Value> = metadata.themes.iter().filter_map(|code| words::find(&words::THEMES, code)).map(super::lists::group_in_short).collect();
    let tag = |tag: &String| json!({ "id": tag, "name": tag, "display_name": tag, "state": "active", "vocabulary_id": null });
    let files = resources(base, release);
    json!({
        "id": release.dataset.as_str(),
        "name": release.slug,
        "title": metadata.title.zh,
        "title_translated": translated(&metadata.title),
        "notes": metadata.notes.zh,
        "notes_translated": translated(&metadata.notes),
        "type": "dataset",
        "state": "active",
        "private": false,
        "isopen": metadata.opening == opendata::Opening::Unconditional,
        "url": format!("{base}/data/{}", release.slug),
        "version": release.number.to_string(),
        "author": release.organ_name.zh,
        "author_email": null,
        "maintainer": release.organ_name.zh,
        "maintainer_email": null,
        "license_id": metadata.licence,
        "license_title": licence.map(|word| word.zh),
        "license_url": licence.map(|word| word.uri),
        "owner_org": release.organ.as_str(),
        "organization": publishers.organization(release),
        "groups": groups,
        "tags": metadata.tags.iter().map(tag).collect::<Vec<_>>(),
        "num_tags": metadata.tags.len(),
        "num_resources": files.len(),
        "resources": files,
        "extras": extras(release),
        "metadata_created": moment(release.created_ms),
        "metadata_modified": moment(release.at_ms),
        "creator_user_id": null,
        "relationships_as_subject": [],
        "relationships_as_object": [],
    })
}

fn translated(text: &Text) -> Value {
    json!({ "zh_Hans_CN": text.zh, "en": if text.en.is_empty() { &text.zh } else { &text.en } })
}

fn extras(release: &Release) -> Value {
    let metadata = &release.metadata;
    let mut found: Vec<(String, String)> = vec![
        ("frequency".into(), metadata.period.clone()),
        ("opening".into(), metadata.opening.as_str().to_owned()),
        ("spatial_code".into(), metadata.spatial.clone()),
        ("fingerprint_sm3".into(), release.fingerprint.clone()),
    ];
    found.extend(metadata.from.map(|day| ("temporal_start".to_owned(), day.to_string())));
    found.extend(metadata.until.map(|day| ("temporal_end".to_owned(), day.to_string())));
    found.extend((!metadata.catalogue_code.is_empty()).then(|| ("catalogue_code".to_owned(), metadata.catalogue_code.clone())));
    found.extend((!release.harvested_from.is_empty()).then(|| ("harvested_from".to_owned(), release.harvested_from.clone())));
    found.extend(metadata.extras.iter().map(|(key, value)| (key.clone(), value.clone())));
    found.into_iter().map(|(key, value)| json!({ "key": key, "value": value })).collect()
}

/// The files as they are, then the tables as Parquet.
pub(super) fn resources(base: &str, release: &Release) -> Vec<Value> {
    let mut offered: Vec<(String, Resource)> = release.resources.iter().flat_map(Resource::offered).collect();
    offered.sort_by_key(|(id, _)| id.ends_with(AS_PARQUET));
    offered.iter().enumerate().map(|(position, (id, file))| resource(base, release, (id.as_str(), file), position)).collect()
}

/// A file.
pub(super) fn resource(base: &str, release: &Release, (id, file): (&str, &Resource), position: usize) -> Value {
    let url = if file.url.is_empty() { format!("{base}{}", path_of(release, file)) } else { file.url.clone() };
    let mut shown = json!({
        "id": id,
        "package_id": release.dataset.as_str(),
        "name": file.name.zh,
        "name_translated": translated(&file.name),
        "description": file.note.zh,
        "format": file.format,
        "mimetype": file.media_type(),
        "mimetype_inner": null,
        "size": Some(file.size_bytes).filter(|bytes| *bytes > 0),
        "hash": file.blob,
        "url": url,
        "url_type": if file.url.is_empty() { Value::from("upload") } else { Value::Null },
        "resource_type": null,
        "datastore_active": file.is_table(),
        "position": position,
        "state": "active",
        "created": moment(file.at_ms),
        "last_modified": moment(file.at_ms),
        "metadata_modified": moment(release.at_ms),
        "cache_url": null,
        "cache_last_updated": null,
    });
    if let (Some(rows), Some(members)) = (file.rows, shown.as_object_mut()) {
        members.insert("total_record_count".to_owned(), Value::from(rows));
    }
    shown
}

/// Where a file lies on this site.
pub(super) fn path_of(release: &Release, file: &Resource) -> String {
    format!("/dataset/{}/resource/{}/download/{}.{}", release.dataset, file.id, release.slug, file.format.to_lowercase())
}

/// An object without members.
pub(super) fn object(members: Vec<(&str, Value)>) -> Value {
    Value::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>())
}
