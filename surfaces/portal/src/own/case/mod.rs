//! One's cases: the list, the page of a case, and what an applicant can do with it.

mod clock_block;
pub(super) mod correction;
mod correction_view;
pub(super) mod documents;
pub(super) mod list;
mod load;
pub(super) mod message;
pub(super) mod page;
mod parts;
pub(super) mod rate;
pub(super) mod reopen;
pub(super) mod submitted;
pub(super) mod withdraw;

use axum::Router;
use axum::routing::get;
use gate::App;

pub(super) use load::Own;

/// The routes of one's cases.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/cases", get(list::get))
        .route("/cases/{case}", get(page::get))
        .route("/cases/{case}/submitted", get(submitted::get))
        .route("/cases/{case}/correction", get(correction::get).post(correction::post))
        .route("/cases/{case}/withdraw", get(withdraw::get).post(withdraw::post))
        .route("/cases/{case}/message/{name}", get(message::get).post(message::post))
        .route("/cases/{case}/rate", get(rate::get).post(rate::post))
        .route("/cases/{case}/reopen", get(reopen::get).post(reopen::post))
        .route("/cases/{case}/documents/{file}", get(documents::get))
        .route("/cases/{case}/files/{file}", get(documents::material))
}
