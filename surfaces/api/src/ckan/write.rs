//! What an organ's own people do by programs: the same commands as on the pages, and the same gate before anything is public.

use std::sync::Arc;

use gate::App;
use i18n::Text;
use opendata::{
    DataField, Dataset, DraftDataset, Metadata, NewResource, Opening, PutResource, RemoveResource, ResourceId, ReviseDataset, State, SubmitDataset,
    dataset_resource, queries,
};
use parties::OrganId;
use runner::{Actor, Command, Halt};
use serde_json::{Map, Value, json};
use tables::guess;

use super::envelope::Wrong;
use super::lists::Publishers;
use super::package::{self, package};
use super::params::Params;

const FILE_BYTES_MAX: u64 = 24 * 1024 * 1024;

async fn run<C: Command>(app: &App, actor: &Actor, command: C) -> Result<C::Outcome, Wrong> {
    Ok(app.run(actor.clone(), None, command).await?.outcome)
}

/// The dataset as its organ prepares it, if the caller may see that.
pub(super) async fn prepared(app: &App, actor: &Actor, name: String) -> Result<Option<(Dataset, Publishers)>, Wrong> {
    let found = app.query(move |tx| {
        let Some(dataset) = queries::dataset(tx, &name)? else { return Ok::<_, Halt>(None) };
        let resource = dataset_resource(tx, &dataset.organ, dataset.id.as_str())?;
        Ok(resource.map(|resource| (dataset, resource, Publishers::read(tx))))
    });
    let Some((dataset, resource, publishers)) = found.await? else { return Ok(None) };
    let publishers = publishers.map_err(Halt::from)?;
    let may = app.runner.authority().rule(actor, "opendata.read-draft", &resource).permitted;
    Ok(may.then_some((dataset, publishers)))
}

/// A draft as CKAN shows a private dataset.
pub(super) fn draft(base: &str, dataset: &Dataset, publishers: &Publishers) -> Value {
    let mut shown = package(base, &dataset.preview(), publishers);
    if let Some(members) = shown.as_object_mut() {
        members.insert("private".to_owned(), Value::Bool(true));
        members.insert("state".to_owned(), Value::from("draft"));
        members.insert("workflow_state".to_owned(), Value::from(dataset.state.as_str()));
        members.insert("findings".to_owned(), json!(dataset.findings));
        members.insert("returned".to_owned(), Value::from(dataset.returned.as_str()));
    }
    shown
}

async fn own(app: &App, actor: &Actor, name: String) -> Result<(Dataset, Publishers), Wrong> {
    prepared(app, actor, name).await?.ok_or(Wrong::NotFound)
}

pub(super) async fn create(app: &App, actor: &Actor, params: Params) -> Result<Value, Wrong> {
    let slug = params.needed("name", "slug")?;
    let wanted = params.needed("owner_org", "organization")?;
    let organ = app.query(move |tx| Ok(Publishers::read(tx)?.id_of(&wanted))).await?;
    let organ = organ.and_then(|id| OrganId::parse(&id).ok()).ok_or_else(|| Wrong::field("owner_org", "Organization does not exist"))?;
    let start = Metadata { licence: "open".into(), period: "irregular".into(), spatial: app.settings.division.clone(), ..Metadata::default() };
    let command = DraftDataset { slug: slug.clone(), organ, metadata: said(&params, start)?, harvested: None };
    run(app, actor, command).await?;
    let (dataset, publishers) = own(app, actor, slug).await?;
    Ok(draft(&app.settings.public_url, &dataset, &publishers))
}

/// `package_patch` changes what is named; `package_update` takes the rest as empty. `state: active` hands the dataset in for scan and approval.
pub(super) async fn change(app: &App, actor: &Actor, params: Params, whole: bool) -> Result<Value, Wrong> {
    let name = params.needed("id", "name")?;
    let (dataset, _) = own(app, actor, name.clone()).await?;
    let start = match whole {
        true => Metadata { licence: dataset.metadata.licence.clone(), period: dataset.metadata.period.clone(), ..Metadata::default() },
        false => dataset.metadata.clone(),
    };
    let metadata = said(&params, start)?;
    if metadata != dataset.metadata {
        run(app, actor, ReviseDataset { dataset: dataset.id.clone(), metadata, seen: Some(dataset.version) }).await?;
    }
    if params.text("state")?.as_deref() == Some("active") {
        run(app, actor, SubmitDataset { dataset: dataset.id.clone() }).await?;
        let (runner, blobs, id) = (Arc::clone(&app.runner), app.blobs.clone(), dataset.id.clone());
        app.blocking(move || opendata::scan_at_once(&runner, &blobs, &id)).await?;
    }
    let (dataset, publishers) = own(app, actor, dataset.id.to_string()).await?;
    Ok(draft(&app.settings.public_url, &dataset, &publishers))
}

/// What the parameters say, on top of what there is.
fn said(params: &Params, mut metadata: Metadata) -> Result<Metadata, Wrong> {
    let translated = |name: &str, other: &str, text: &mut Text| -> Result<(), Wrong> {
        if let Some(zh) = params.text(name)? {
            text.zh = zh;
        }
        if let Some(Value::Object(texts)) = params.structured(other) {
            text.en = texts.get("en").and_then(Value::as_str).unwrap_or_default().to_owned();
        }
        Ok(())
    };
    translated("title", "title_translated", &mut metadata.title)?;
    translated("notes", "notes_translated", &mut metadata.notes)?;
    if let Some(licence) = params.text("license_id")? {
        metadata.licence = licence;
    }
    if params.has("groups") {
        metadata.themes = names(params, "groups")?;
    }
    if params.has("tags") {
        metadata.tags = names(params, "tags")?;
    }
    for (key, value) in extras(params)? {
        let day = || value.parse::<clock::Date>().map(Some).map_err(|_| Wrong::field("extras", format!("{key}: not a day")));
        match key.as_str() {
            "frequency" => metadata.period = value,
            "opening" => metadata.opening = if value == "conditional" { Opening::Conditional } else { Opening::Unconditional },
            "terms" => metadata.terms = Text::same(value),
            "spatial_code" => metadata.spatial = value,
            "temporal_start" => metadata.from = day()?,
            "temporal_end" => metadata.until = day()?,
            "catalogue_code" => metadata.catalogue_code = value,
            "contact" => metadata.contact = value,
            "fingerprint_sm3" | "harvested_from" => {}
            _ => {
                metadata.extras.insert(key, value);
            }
        }
    }
    Ok(metadata)
}

/// `[{"name": "a"}]` or `["a"]`.
fn names(params: &Params, name: &str) -> Result<Vec<String>, Wrong> {
    let Some(Value::Array(values)) = params.structured(name) else { return params.texts(name) };
    let one = |value: &Value| value.as_str().or_else(|| value.get("name").and_then(Value::as_str)).map(str::to_owned);
    values.iter().map(|value| one(value).ok_or_else(|| Wrong::field(name, "Must be a list of objects with a name"))).collect()
}

fn extras(params: &Params) -> Result<Vec<(String, String)>, Wrong> {
    let mut found = Vec::new();
    for one in params.structured("extras").as_ref().and_then(Value::as_array).into_iter().flatten() {
        let text = |name: &str| one.get(name).and_then(Value::as_str).map(str::to_owned);
        found.push(text("key").zip(text("value")).ok_or_else(|| Wrong::field("extras", "Must be a list of objects with key and value"))?);
    }
    for name in ["frequency", "opening", "terms", "contact", "catalogue_code"] {
        found.extend(params.text(name)?.map(|value| (name.to_owned(), value)));
    }
    Ok(found)
}

pub(super) async fn resource_create(app: &App, actor: &Actor, params: Params) -> Result<Value, Wrong> {
    let (dataset, _) = own(app, actor, params.needed("package_id", "package")?).await?;
    put(app, actor, &dataset, None, params).await
}

pub(super) async fn resource_change(app: &App, actor: &Actor, params: Params) -> Result<Value, Wrong> {
    let id = params.needed("id", "resource_id")?;
    let (wanted, resource) = (id.clone(), ResourceId::parse(&id).map_err(|_| Wrong::NotFound)?);
    let holder = app.query(move |tx| Ok(queries::dataset_of_resource(tx, &wanted)?)).await?.ok_or(Wrong::NotFound)?;
    let (dataset, _) = own(app, actor, holder.id.to_string()).await?;
    put(app, actor, &dataset, Some(resource), params).await
}

async fn put(app: &App, actor: &Actor, dataset: &Dataset, replaces: Option<ResourceId>, params: Params) -> Result<Value, Wrong> {
    let known = replaces.as_ref().and_then(|id| dataset.resources.iter().find(|file| file.id == *id)).cloned();
    let text = |name: &str, otherwise: Option<&str>| Ok::<_, Wrong>(params.text(name)?.unwrap_or_else(|| otherwise.unwrap_or_default().to_owned()));
    let name = text("name", known.as_ref().map(|file| file.name.zh.as_str()))?;
    let mut new = NewResource {
        name: Text::new(
            if name.is_empty() { dataset.metadata.title.zh.clone() } else { name },
            text("name_en", known.as_ref().map(|file| file.name.en.as_str()))?,
        ),
        note: Text::new(
            text("description", known.as_ref().map(|file| file.note.zh.as_str()))?,
            known.as_ref().map(|file| file.note.en.clone()).unwrap_or_default(),
        ),
        format: text("format", known.as_ref().map(|file| file.format.as_str()))?,
        blob: known.as_ref().and_then(|file| file.blob.as_deref()).and_then(|name| name.parse().ok()),
        url: text("url", known.as_ref().map(|file| file.url.as_str()))?,
        size_bytes: known.as_ref().map_or(0, |file| file.size_bytes),
        fields: known.map(|file| file.fields).unwrap_or_default(),
    };
    if let Some((file, bytes)) = &params.upload {
        if new.format.is_empty() {
            new.format = file.rsplit('.').next().unwrap_or_default().to_uppercase();
        }
        let (blobs, kept) = (app.blobs.clone(), bytes.clone());
        let stored = app.blocking(move || blobs.put(&kept, FILE_BYTES_MAX)).await?;
        new.blob = Some(stored.map_err(|error| Wrong::field("upload", error.to_string()))?);
        new.size_bytes = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        new.url = String::new();
        if new.format.eq_ignore_ascii_case("csv") {
            let guessed = guess(bytes).map_err(|error| Wrong::field("upload", error.to_string()))?;
            new.fields = guessed.into_iter().map(|field| kept_words(&new.fields, DataField::plain(field))).collect();
        }
    } else if new.blob.is_some() {
        new.url = String::new();
    }
    if let Some(Value::Array(described)) = params.structured("fields") {
        describe(&mut new.fields, &described);
    }
    let id = run(app, actor, PutResource { dataset: dataset.id.clone(), replaces, resource: new, seen: Some(dataset.version) }).await?;
    let (dataset, _) = own(app, actor, dataset.id.to_string()).await?;
    let release = dataset.preview();
    let position = release.resources.iter().position(|file| file.id == id).ok_or(Wrong::NotFound)?;
    let file = release.resources.get(position).ok_or(Wrong::NotFound)?;
    Ok(package::resource(&app.settings.public_url, &release, (id.as_str(), file), position))
}

/// A column that was described before keeps its words.
fn kept_words(known: &[DataField], fresh: DataField) -> DataField {
    match known.iter().find(|field| field.field.name == fresh.field.name) {
        Some(field) => DataField { field: fresh.field, ..field.clone() },
        None => fresh,
    }
}

/// `[{"id": "n", "info": {"label": "…", "quasi": true, "counts": true, "public_by": "…"}}]`, as the data dictionary of CKAN has it.
fn describe(fields: &mut [DataField], described: &[Value]) {
    for one in described {
        let Some(id) = one.get("id").and_then(Value::as_str) else { continue };
        let empty = Map::new();
        let info = one.get("info").and_then(Value::as_object).unwrap_or(&empty);
        let text = |name: &str| info.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let flag = |name: &str| info.get(name).and_then(Value::as_bool).unwrap_or(false);
        if let Some(field) = fields.iter_mut().find(|field| field.field.name == id) {
            field.title = Text::new(text("label"), text("label_en"));
            field.note = Text::new(text("notes"), text("notes_en"));
            (field.quasi, field.counts, field.public_by) = (flag("quasi"), flag("counts"), text("public_by"));
        }
    }
}

pub(super) async fn resource_delete(app: &App, actor: &Actor, params: Params) -> Result<Value, Wrong> {
    let id = params.needed("id", "resource_id")?;
    let (wanted, resource) = (id.clone(), ResourceId::parse(&id).map_err(|_| Wrong::NotFound)?);
    let holder = app.query(move |tx| Ok(queries::dataset_of_resource(tx, &wanted)?)).await?.ok_or(Wrong::NotFound)?;
    let (dataset, _) = own(app, actor, holder.id.to_string()).await?;
    run(app, actor, RemoveResource { dataset: dataset.id, resource }).await?;
    Ok(Value::Null)
}

/// Datasets of the caller's organs that are not public, for `package_search` with `include_drafts`.
pub(super) async fn drafts(app: &App, actor: &Actor) -> Result<Vec<Value>, Wrong> {
    let organs: Vec<String> = actor.posts.iter().map(|post| post.organ.clone()).collect();
    if organs.is_empty() {
        return Ok(Vec::new());
    }
    let answer = app.query(move |tx| Ok((queries::datasets(tx, &organs, None, 200)?, Publishers::read(tx)?)));
    let (datasets, publishers) = answer.await?;
    let unfinished = datasets.iter().filter(|dataset| dataset.state != State::Published);
    Ok(unfinished.map(|dataset| draft(&app.settings.public_url, dataset, &publishers)).collect())
}
