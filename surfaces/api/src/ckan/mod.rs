//! The Action API of CKAN, version 3, over public data: real clients (`ckanapi`, `ckanr`, harvesters) work unchanged.
//! <https://docs.ckan.org/en/2.11/api/index.html>

mod caller;
mod datastore;
mod dcat;
mod envelope;
mod files;
mod lists;
mod package;
mod params;
mod search;
mod solr;
mod write;

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use gate::App;
use opendata::Catalogue;
use runner::Actor;
use serde_json::{Value, json};
use tables::Shelf;

use envelope::Wrong;
use params::Params;

/// The routes of the Action API, of files and of dumps, where CKAN has them.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/api/3/action/{name}", get(answer).post(answer))
        .route("/api/action/{name}", get(answer).post(answer))
        .route("/dataset/{dataset}/resource/{resource}/download/{file}", get(files::download))
        .route("/datastore/dump/{resource}", get(files::dump))
        .route("/catalog.ttl", get(dcat::turtle))
        .route("/catalog.rdf", get(dcat::rdf_xml))
        .route("/catalog.xml", get(dcat::rdf_xml))
        .route("/catalog.jsonld", get(dcat::json_ld))
        .route("/data/{slug}/dataset.ttl", get(dcat::dataset_turtle))
        .route("/data/{slug}/dataset.rdf", get(dcat::dataset_rdf_xml))
        .route("/data/{slug}/dataset.jsonld", get(dcat::dataset_json_ld))
        .layer(Extension(caller::Buckets::default()))
}

async fn answer(State(app): State<App>, Path(name): Path<String>, request: Request) -> Response {
    let client = caller::client(request.extensions());
    let buckets = request.extensions().get::<caller::Buckets>().cloned().unwrap_or_default();
    match answered(&app, &name, client, &buckets, request).await {
        Ok(result) => envelope::right(&app, &name, result),
        Err(wrong) => envelope::wrong(&app, &name, wrong),
    }
}

async fn answered(app: &App, name: &str, client: IpAddr, buckets: &caller::Buckets, request: Request) -> Result<Value, Wrong> {
    let params = Params::read(request).await?;
    let actor = caller::known(app, params.key.as_deref()).await?;
    if actor.is_none() && name == "datastore_search_sql" {
        buckets.take(client)?;
    }
    match actor {
        Some(actor) => act_known(app, name, &actor, params).await,
        None if CHANGES.contains(&name) => Err(Wrong::NotPermitted("send a developer key in the header Authorization".to_owned())),
        None => act(app, name, params).await,
    }
}

/// Actions that change something, and therefore need a key.
const CHANGES: [&str; 7] =
    ["package_create", "package_patch", "package_update", "resource_create", "resource_patch", "resource_update", "resource_delete"];

/// Actions for callers with a key; those of everybody else besides.
async fn act_known(app: &App, name: &str, actor: &Actor, params: Params) -> Result<Value, Wrong> {
    match name {
        "package_create" => write::create(app, actor, params).await,
        "package_patch" => write::change(app, actor, params, false).await,
        "package_update" => write::change(app, actor, params, true).await,
        "resource_create" => write::resource_create(app, actor, params).await,
        "resource_patch" | "resource_update" => write::resource_change(app, actor, params).await,
        "resource_delete" => write::resource_delete(app, actor, params).await,
        "package_show" | "dataset_show" => package::show_known(app, actor, params).await,
        "package_search" if params.flag("include_drafts", false) => {
            let drafts = write::drafts(app, actor).await?;
            Ok(json!({ "count": drafts.len(), "sort": "metadata_modified desc", "facets": {}, "search_facets": {}, "results": drafts }))
        }
        _ => act(app, name, params).await,
    }
}

async fn act(app: &App, name: &str, params: Params) -> Result<Value, Wrong> {
    match name {
        "package_search" | "dataset_search" => search::packages(app, params).await,
        "package_list" => search::names(app, params).await,
        "current_package_list_with_resources" => search::current(app, params).await,
        "package_autocomplete" => search::autocomplete(app, params).await,
        "package_show" | "dataset_show" => package::show(app, params).await,
        "package_relationships_list" | "vocabulary_list" | "resource_view_list" => Ok(Value::Array(Vec::new())),
        "resource_show" => package::resource_show(app, params).await,
        "resource_search" => search::resources(app, params).await,
        "organization_list" => lists::organizations(app, params).await,
        "organization_show" => lists::organization(app, params).await,
        "group_list" => lists::groups(app, params).await,
        "group_show" => lists::group(app, params).await,
        "tag_list" => lists::tags(app, params).await,
        "tag_show" => lists::tag(app, params).await,
        "license_list" => Ok(lists::licences()),
        "format_autocomplete" => lists::formats(app, params).await,
        "status_show" => Ok(lists::status(app)),
        "site_read" => Ok(Value::Bool(true)),
        "help_show" => lists::help(params),
        "datastore_search" => datastore::search(app, params).await,
        "datastore_search_sql" => datastore::sql(app, params).await,
        "datastore_info" => datastore::info(app, params).await,
        _ => Err(Wrong::NoAction(name.chars().take(60).collect())),
    }
}

/// What the app keeps for public data.
fn catalogue(app: &App) -> Result<Arc<Catalogue>, Wrong> {
    app.runner.service::<Catalogue>().ok_or_else(|| Wrong::fault("the runner was built without the catalogue of public data"))
}

fn shelf(app: &App) -> Result<Arc<Shelf>, Wrong> {
    app.runner.service::<Shelf>().ok_or_else(|| Wrong::fault("the runner was built without the shelf of tables"))
}
