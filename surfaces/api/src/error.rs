//! Why a request was not answered. Handlers return it; the ring around all routes words it in the language of the request.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use runner::{Fault, Halt, Refusal};

/// Why a request was not answered.
#[derive(Debug)]
pub(crate) enum ApiError {
    /// An answer to whoever asked.
    Refused {
        /// The status.
        status: StatusCode,
        /// What is the matter, on which basis, what to do.
        refusal: Box<Refusal>,
    },
    /// A fault of ours.
    Fault(Fault),
}

/// An error on its way to the ring that words it.
#[derive(Clone, Debug)]
pub(crate) struct Unworded(pub(crate) Arc<ApiError>);

impl ApiError {
    pub(crate) fn new(status: StatusCode, refusal: Refusal) -> Self {
        Self::Refused { status, refusal: Box::new(refusal) }
    }

    pub(crate) fn not_found() -> Self {
        Refusal::not_found().into()
    }

    pub(crate) fn fault(error: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Fault(Fault(Box::new(error)))
    }

    pub(crate) const fn status(&self) -> StatusCode {
        match self {
            Self::Refused { status, .. } => *status,
            Self::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// Refusals because of the state in which the thing is: another time, or after another act, the same request would do.
const CONFLICTS: [&str; 29] = [
    "stale-version",
    "idempotency-key-reused",
    "task-not-open",
    "task-claimed",
    "task-ambiguous",
    "sent-back-already",
    "correction-already-requested",
    "not-correcting",
    "not-withdrawable",
    "case-suspended",
    "not-in-progress",
    "not-suspended",
    "already-extended",
    "extension-too-late",
    "accepted-by-default",
    "too-many-drafts",
    "too-many-files",
    "not-rateable",
    "already-rated",
    "not-reopenable",
    "message-unexpected",
    "account-state-conflict",
    "delegation-not-open",
    "delegation-exists",
    "document-not-ready",
    "login-taken",
    "grant-not-in-state",
    "demand-answered",
    "job-not-set-aside",
];

/// The HTTP status of a refusal, by its code.
pub(crate) fn status_of(refusal: &Refusal) -> StatusCode {
    match &*refusal.code {
        "not-found" | "register-unknown" => StatusCode::NOT_FOUND,
        "sign-in-failed" | "session-over" | "sign-in-needed" => StatusCode::UNAUTHORIZED,
        "not-permitted"
        | "case-not-open"
        | "agent-not-allowed"
        | "assurance-too-low"
        | "account-not-open"
        | "account-locked-for-a-while"
        | "not-authorised-to-act" => StatusCode::FORBIDDEN,
        "material-too-large" => StatusCode::PAYLOAD_TOO_LARGE,
        "material-type-wrong" => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        code if CONFLICTS.contains(&code) => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        Self::new(status_of(&refusal), refusal)
    }
}

impl From<Halt> for ApiError {
    fn from(halt: Halt) -> Self {
        match halt {
            Halt::Refused(refusal) => Self::Refused { status: status_of(&refusal), refusal },
            Halt::Fault(fault) => Self::Fault(fault),
        }
    }
}

impl From<store::StoreError> for ApiError {
    fn from(error: store::StoreError) -> Self {
        Halt::from(error).into()
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Unworded(Arc::new(self)));
        response
    }
}
