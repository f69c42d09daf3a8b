//! The operations, by what they are about.

mod accounts;
mod answers;
mod calendar;
mod case_acts;
mod cases;
mod catalogue;
mod certificates;
mod correction;
mod delegations;
mod documents;
mod drafts;
mod figures;
mod handling;
mod interface;
mod items;
mod jobs;
mod journal;
mod journal_export;
mod materials;
mod messages;
mod organs;
mod packages;
mod progress;
mod quality;
mod receipts;
mod registers;
mod session;
mod sharing;
mod tasks;
mod verify;

pub(crate) use interface::Described;

use axum::http::Method;
use axum::middleware::from_fn;
use axum::response::IntoResponse;
use axum::{Extension, Router};
use gate::App;

use crate::guessing::Buckets;
use crate::registry::Api;
use crate::{ckan, docs, refusals, ring};

/// All routes of this surface: `/api/v1/…`, `/docs/api`, and the Action API over public data.
pub fn routes() -> Router<App> {
    let (router, operations) = api().into_parts();
    let interface = Described::new(operations);
    let api = router
        .fallback(|| async { crate::error::ApiError::not_found() })
        .method_not_allowed_fallback(|| async { refusals::method_not_allowed().into_response() })
        .layer(Extension(interface.clone()))
        .layer(Extension(Buckets::default()))
        .layer(Extension(figures::Kept::default()))
        .layer(from_fn(ring::word_errors));
    Router::new().nest("/api/v1", api).merge(docs::routes(interface)).merge(ckan::routes())
}

/// Method and path of every operation, for tests and tools.
#[must_use]
pub fn operations() -> Vec<(Method, String)> {
    let (_, operations) = api().into_parts();
    operations.into_iter().map(|operation| (operation.method, format!("/api/v1{}", operation.path))).collect()
}

/// Every operation with its description.
pub(crate) fn api() -> Api {
    let parts = [
        items::routes,
        session::routes,
        accounts::routes,
        drafts::routes,
        materials::routes,
        cases::routes,
        case_acts::routes,
        correction::routes,
        tasks::routes,
        handling::routes,
        documents::routes,
        certificates::routes,
        organs::routes,
        catalogue::routes,
        messages::routes,
        delegations::routes,
        sharing::routes,
        self::registers::routes,
        self::quality::routes,
        progress::routes,
        verify::routes,
        figures::routes,
        calendar::routes,
        jobs::routes,
        packages::routes,
        receipts::routes,
        journal::routes,
        journal_export::routes,
        interface::routes,
    ];
    parts.into_iter().fold(Api::default(), |api, part| part(api))
}
