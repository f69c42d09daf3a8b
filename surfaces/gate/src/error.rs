//! Why a page could not be shown.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use i18n::Lang;
use runner::{Fault, Halt, Refusal};
use web::{FormProblem, Problem};

use crate::see_other;

/// Why a page could not be shown. As an answer it becomes a problem page in the language and skin of the visitor.
#[derive(Debug)]
pub enum PageError {
    /// The act was refused; the page says why, on which basis, and what to do.
    Refused(Box<Refusal>),
    /// There is nothing here, or nothing for this visitor.
    NotFound,
    /// One has to sign in first. What was typed is kept.
    NeedsSignIn {
        /// Whether at the entrance for staff.
        staff: bool,
        /// The path to come back to.
        next: String,
    },
    /// One has to go elsewhere first, for example to change the password.
    Elsewhere(&'static str),
    /// The request cannot be read or is not for this address.
    Status(StatusCode),
    /// A fault of ours; the page shows the number of the request.
    Fault(Fault),
}

/// What the dresser needs to make a page of it.
#[derive(Clone, Debug)]
pub(crate) struct Refused(pub(crate) Box<Refusal>);

/// What the dresser needs to keep a form.
#[derive(Clone, Debug)]
pub(crate) struct SignInWanted {
    pub(crate) staff: bool,
    pub(crate) next: String,
}

/// The HTTP status of a refusal, by its code.
#[must_use]
pub fn status_of(refusal: &Refusal) -> StatusCode {
    match &*refusal.code {
        "not-found" => StatusCode::NOT_FOUND,
        "not-permitted" | "form-forged" | "form-expired" | "personal-account-needed" | "address-not-allowed" => StatusCode::FORBIDDEN,
        "stale-version" | "idempotency-key-reused" => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

impl PageError {
    /// The refusal, if it is one; handlers of forms show it at its fields.
    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            Self::NotFound | Self::NeedsSignIn { .. } | Self::Elsewhere(_) | Self::Status(_) | Self::Fault(_) => None,
        }
    }
}

impl From<Halt> for PageError {
    fn from(halt: Halt) -> Self {
        match halt {
            Halt::Refused(refusal) if refusal.code == "not-found" => Self::NotFound,
            Halt::Refused(refusal) => Self::Refused(refusal),
            Halt::Fault(fault) => Self::Fault(fault),
        }
    }
}

impl From<Refusal> for PageError {
    fn from(refusal: Refusal) -> Self {
        Halt::from(refusal).into()
    }
}

impl From<store::StoreError> for PageError {
    fn from(error: store::StoreError) -> Self {
        Halt::from(error).into()
    }
}

impl From<FormProblem> for PageError {
    fn from(problem: FormProblem) -> Self {
        Self::Status(problem.status())
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let bare = |status| Problem::of(status, Lang::default()).into_response();
        match self {
            Self::Refused(refusal) => {
                let mut response = bare(status_of(&refusal));
                response.extensions_mut().insert(Refused(refusal));
                response
            }
            Self::NotFound => bare(StatusCode::NOT_FOUND),
            Self::NeedsSignIn { staff, next } => {
                let mut response = see_other(&sign_in_path(staff, &next));
                response.extensions_mut().insert(SignInWanted { staff, next });
                response
            }
            Self::Elsewhere(path) => see_other(path),
            Self::Status(status) => bare(status),
            Self::Fault(fault) => {
                tracing::error!(fault = %fault.0, sources = sources(&*fault.0), "a request failed");
                bare(StatusCode::INTERNAL_SERVER_ERROR)
            }
        }
    }
}

pub(crate) fn sign_in_path(staff: bool, next: &str) -> String {
    let page = if staff { "/workspace/sign-in" } else { "/sign-in" };
    format!("{page}?next={}", web::percent_encoded(next))
}

fn sources(error: &(dyn std::error::Error + 'static)) -> String {
    let mut told = Vec::new();
    let mut source = error.source();
    while let Some(cause) = source {
        told.push(cause.to_string());
        source = cause.source();
    }
    told.join(": ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_refusal_has_its_status() {
        for (refusal, status) in [
            (Refusal::not_found(), 404),
            (Refusal::not_permitted(), 403),
            (Refusal::stale_version(), 409),
            (Refusal::new("answers-invalid", "", "", "", ""), 422),
        ] {
            assert_eq!(status_of(&refusal).as_u16(), status, "{}", refusal.code);
            let response = PageError::from(refusal).into_response();
            assert_eq!(response.status().as_u16(), status);
        }
    }

    #[test]
    fn the_way_back_is_encoded() {
        assert_eq!(sign_in_path(false, "/items?q=奶"), "/sign-in?next=/items%3Fq%3D%E5%A5%B6");
        assert_eq!(sign_in_path(true, "/workspace"), "/workspace/sign-in?next=/workspace");
    }
}
