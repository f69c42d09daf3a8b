//! The pages of people who are signed in: applications, cases, documents, delegations, messages.

mod account;
mod answers;
mod case;
mod certificates;
mod consents;
mod delegations;
mod digests;
mod draft;
mod from;
mod holdings;
mod messages;
mod receipt;
mod tracker;
mod uploads;
mod view;
mod widgets;

use axum::Router;
use axum::routing::{get, post};
use gate::App;

/// The routes of the signed-in pages.
pub fn routes() -> Router<App> {
    Router::new()
        .merge(draft::routes())
        .merge(case::routes())
        .route("/receipts/{case}", get(receipt::get))
        .route("/receipts/{case}/{entry}", get(receipt::download))
        .route("/certificates", get(certificates::get))
        .route("/certificates/{certificate}", get(certificates::pdf))
        .route("/data-tracker", get(tracker::get))
        .route("/data-tracker/digests", get(digests::get).post(digests::post))
        .route("/consents", get(consents::get))
        .route("/consents/{consent}/{answer}", post(consents::post))
        .route("/my-data", get(holdings::get))
        .route("/messages", get(messages::get).post(messages::post))
        .route("/delegations", get(delegations::list::get))
        .route("/delegations/new", get(delegations::grant::get).post(delegations::grant::post))
        .route("/delegations/{delegation}/{answer}", post(delegations::list::post))
        .route("/account", get(account::get))
        .route("/account/sessions/{session}/revoke", post(account::post))
}
