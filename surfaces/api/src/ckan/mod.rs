//! The Action API of CKAN, version 3, over public data: real clients (`ckanapi`, `ckanr`, harvesters) work unchanged.
//! <https://docs.ckan.org/en/2.11/api/index.html>

mod datastore;
mod envelope;
mod files;
mod lists;
mod package;
mod params;
mod search;
mod solr;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use axum::routing::get;
use gate::App;
use opendata::Catalogue;
use serde_json::Value;
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
}

async fn answer(State(app): State<App>, Path(name): Path<String>, request: Request) -> Response {
    let params = match Params::read(request).await {
        Ok(params) => params,
        Err(wrong) => return envelope::wrong(&app, &name, wrong),
    };
    match act(&app, &name, params).await {
        Ok(result) => envelope::right(&app, &name, result),
        Err(wrong) => envelope::wrong(&app, &name, wrong),
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
