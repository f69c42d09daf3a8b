//! The data catalogue: list, resource, editor, grading, import and export, review, monitor, duplicates, negative list, board.

mod act;
mod board;
mod duplicates;
mod edit;
mod export;
mod fields;
mod figure;
mod formulas;
mod grade;
mod import;
mod list;
mod monitor;
mod negative;
mod propose;
mod resource;
mod review;
mod sections;
mod words;

pub(crate) use board::names as organ_names;

use ::catalogue::queries::Viewer;
use ::catalogue::{OFFICER_POST, Resource, ResourceId, queries};
use axum::Router;
use axum::routing::{get, post};
use gate::{App, PageError, Visitor};
use parties::{Organ, OrganId};

use crate::frame::Place;

/// All pages of the catalogue.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/workspace/catalogue", get(list::get))
        .route("/workspace/catalogue/new", get(edit::new).post(edit::create))
        .route("/workspace/catalogue/import", get(import::get).post(import::post))
        .route("/workspace/catalogue/imports/{import}", get(import::report))
        .route("/workspace/catalogue/export", get(export::get))
        .route("/workspace/catalogue/review", get(review::get))
        .route("/workspace/catalogue/monitor", get(monitor::get))
        .route("/workspace/catalogue/duplicates", get(duplicates::get).post(duplicates::post))
        .route("/workspace/catalogue/negative", get(negative::get))
        .route("/workspace/catalogue/negative/{entry}", get(negative::entry).post(negative::post))
        .route("/workspace/catalogue/board", get(board::get))
        .route("/workspace/catalogue/board/{measure}", get(figure::get))
        .route("/workspace/catalogue/formulas", get(formulas::get))
        .route("/workspace/catalogue/formulas/{slug}", get(formulas::one).post(formulas::post))
        .route("/workspace/catalogue/resources/{id}", get(resource::get))
        .route("/workspace/catalogue/resources/{id}/edit", get(edit::get).post(edit::post))
        .route("/workspace/catalogue/resources/{id}/grade", get(grade::get).post(grade::post))
        .route("/workspace/catalogue/resources/{id}/detect", post(grade::detect))
        .route("/workspace/catalogue/resources/{id}/negative", get(propose::get).post(propose::post))
        .route("/workspace/catalogue/resources/{id}/{act}", post(act::post))
}

/// The address of a resource.
fn address(id: &ResourceId) -> String {
    format!("/workspace/catalogue/resources/{id}")
}

/// A page that exists for the visitor, or nothing.
fn needs(app: &App, visitor: &Visitor, place: Place) -> Result<(), PageError> {
    if place.is_for(app, visitor) { Ok(()) } else { Err(PageError::NotFound) }
}

/// A resource that the visitor may read.
async fn readable(app: &App, visitor: &Visitor, id: &str) -> Result<Resource, PageError> {
    let id = ResourceId::parse(id).map_err(|_| PageError::NotFound)?;
    let found = app.read(move |tx| Ok(queries::resource(tx, &id)?)).await?.ok_or(PageError::NotFound)?;
    if app.may(visitor, "catalogue.read", &found.to_thing()) { Ok(found) } else { Err(PageError::NotFound) }
}

/// Whether the visitor sees what is not published of a resource.
fn sees_working(visitor: &Visitor, resource: &Resource) -> bool {
    let viewer = Viewer::of(&visitor.actor);
    viewer.everything || viewer.organs.iter().any(|organ| organ == resource.organ.as_str())
}

/// The organs whose catalogue the visitor keeps.
async fn kept(app: &App, visitor: &Visitor) -> Result<Vec<Organ>, PageError> {
    let held: Vec<String> = visitor.actor.posts.iter().filter(|held| held.post == OFFICER_POST).map(|held| held.organ.clone()).collect();
    app.read(move |tx| {
        let mut organs = Vec::new();
        for id in held.iter().filter_map(|id| OrganId::parse(id).ok()) {
            organs.extend(parties::organ(tx, &id)?);
        }
        Ok(organs)
    })
    .await
}
