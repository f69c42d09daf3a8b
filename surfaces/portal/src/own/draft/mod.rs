//! Filling in an application: guide questions, notice, form pages, materials, check, submit. The way is recomputed from the
//! answers on every request; nothing of it is kept in the session.

pub(super) mod apply;
pub(super) mod autosave;
pub(super) mod check;
pub(super) mod discard;
pub(super) mod guide;
pub(super) mod materials;
pub(super) mod notice;
pub(super) mod page;
mod page_view;
mod sheet;
mod sourced;
pub(super) mod submit;

use axum::Router;
use axum::routing::{get, post};
use gate::App;

pub(super) use sheet::{Place, Sheet};

/// The routes of applications being filled in.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/items/{slug}/apply", get(apply::get).post(apply::post))
        .route("/drafts/{draft}", get(guide::resume))
        .route("/drafts/{draft}/discard", get(discard::get).post(discard::post))
        .route("/drafts/{draft}/guide", get(guide::next))
        .route("/drafts/{draft}/guide/{question}", get(guide::get).post(guide::post))
        .route("/drafts/{draft}/notice", get(notice::get))
        .route("/drafts/{draft}/pages/{page}", get(page::get).post(page::post))
        .route("/drafts/{draft}/pages/{page}/autosave", post(autosave::post))
        .route("/drafts/{draft}/materials", get(materials::get).post(materials::post))
        .route("/drafts/{draft}/materials/{material}", post(materials::upload))
        .route("/drafts/{draft}/materials/{material}/remove", post(materials::remove))
        .route("/drafts/{draft}/files/{file}", get(materials::file))
        .route("/drafts/{draft}/check", get(check::get))
        .route("/drafts/{draft}/submit", get(submit::get).post(submit::post))
}
