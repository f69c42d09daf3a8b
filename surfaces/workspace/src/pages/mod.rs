//! One file per page.

mod absence;
mod account;
mod accounts;
mod audit;
mod burden;
mod calendar;
mod case;
mod cases;
mod certificate;
mod claim;
mod document;
mod done;
mod due;
mod extend;
mod inbox;
mod jobs;
mod material;
mod package;
mod packages;
mod resume;
pub(crate) mod rows;
mod secrecy;
mod start;
mod suspend;
mod task;

use axum::Router;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use gate::{App, PageError, Visitor};
use maud::Markup;
use runner::Refusal;

/// All pages of the desk.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/workspace", get(start::get))
        .route("/workspace/inbox", get(inbox::get))
        .route("/workspace/done", get(done::get))
        .route("/workspace/tasks/{task}", get(task::get).post(task::post))
        .route("/workspace/tasks/{task}/claim", post(claim::claim))
        .route("/workspace/tasks/{task}/release", post(claim::release))
        .route("/workspace/cases", get(cases::get))
        .route("/workspace/cases/{id}", get(case::get))
        .route("/workspace/cases/{id}/suspend", get(suspend::get).post(suspend::post))
        .route("/workspace/cases/{id}/resume", get(resume::get).post(resume::post))
        .route("/workspace/cases/{id}/secrecy", get(secrecy::get).post(secrecy::post))
        .route("/workspace/cases/{id}/extend", get(extend::get).post(extend::post))
        .route("/workspace/cases/{id}/proposal", get(burden::difference))
        .route("/workspace/cases/{id}/materials/{file}", get(material::get))
        .route("/workspace/cases/{id}/documents/{document}", get(document::get))
        .route("/workspace/due", get(due::get))
        .route("/workspace/absence", get(absence::get).post(absence::post))
        .merge(crate::opendata::routes())
        .merge(crate::sharing::routes())
        .merge(administration())
        .merge(crate::catalogue::routes())
        .merge(crate::base_registers::routes())
        .merge(crate::quality::routes())
        .merge(crate::exchanging::routes())
}

fn administration() -> Router<App> {
    Router::new()
        .route("/workspace/jobs", get(jobs::get).post(jobs::post))
        .route("/workspace/accounts", get(accounts::get))
        .route("/workspace/accounts/{account}", get(account::get).post(account::post))
        .route("/workspace/audit", get(audit::get))
        .route("/workspace/packages", get(packages::get))
        .route("/workspace/packages/{slug}", get(package::get).post(package::post))
        .route("/workspace/burden", get(burden::get))
        .route("/workspace/burden/{slug}/proposal", post(burden::propose))
        .route("/workspace/calendar", get(calendar::get).post(calendar::post))
        .route("/workspace/certificates/{id}", get(certificate::get).post(certificate::post))
}

/// The refusal that a form shows; everything else goes on as an error. What one may not do does not exist.
pub(crate) fn shown(error: PageError) -> Result<Refusal, PageError> {
    match error {
        PageError::Refused(refusal) if refusal.code == "not-permitted" => Err(PageError::NotFound),
        PageError::Refused(refusal) => Ok(*refusal),
        other => Err(other),
    }
}

/// A page in which files of the case are shown in place; the policy allows exactly that beyond the usual one.
fn with_panes(visitor: &Visitor, status: StatusCode, page: Markup) -> Response {
    let policy = format!("{}; object-src 'self'; frame-src 'self'", web::content_security_policy(&visitor.nonce));
    let mut response = (status, page).into_response();
    if let Ok(value) = HeaderValue::from_str(&policy) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, value);
    }
    response
}

/// A stored file, shown in our own pages only and without any right of a page: no script, no form, no frame inside.
fn file_response(bytes: Vec<u8>, mime: &'static str, name: &str, inline: bool) -> Response {
    let shown = if inline { "inline" } else { "attachment" };
    let disposition = format!("{shown}; filename*=UTF-8''{}", web::percent_encoded(name).replace('/', "%2F"));
    let mut response = bytes.into_response();
    let fixed = [
        (header::CONTENT_TYPE, mime),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
        (header::CONTENT_SECURITY_POLICY, FILE_POLICY),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    for (name, value) in fixed {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

const FILE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; object-src 'self'; frame-ancestors 'self'; sandbox";
