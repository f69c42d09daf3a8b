//! `/workspace/data`: datasets from draft to release, what the gate found, and what people say.

mod dataset;
mod derived;
mod edit;
mod file;
mod harvest;
mod list;
mod parts;
mod voices;

pub(crate) use derived::{CountedIn, counted_in};
pub use derived::{derive_datasets, first_of_month};

use axum::Router;
use axum::routing::{get, post};
use gate::App;

/// The pages of public data.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/workspace/data", get(list::get))
        .route("/workspace/data/new", get(edit::new).post(edit::create))
        .route("/workspace/data/voices", get(voices::get).post(voices::post))
        .route("/workspace/data/harvest", get(harvest::get).post(harvest::post))
        .route("/workspace/data/{id}", get(dataset::get).post(dataset::post))
        .route("/workspace/data/{id}/edit", get(edit::get).post(edit::post))
        .route("/workspace/data/{id}/files", post(file::post))
}
