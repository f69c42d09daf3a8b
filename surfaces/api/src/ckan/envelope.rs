//! The envelope of every answer, and CKAN's errors with their types and status.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use gate::App;
use runner::{Fault, Halt, Refusal};
use serde_json::{Value, json};

/// Why there is no result.
#[derive(Debug)]
pub(crate) enum Wrong {
    /// No such action: 400.
    NoAction(String),
    /// The body is not what the interface reads: 400.
    Unreadable(String),
    /// Nothing there, or nothing for this caller: 404.
    NotFound,
    /// Not permitted: 403.
    NotPermitted(String),
    /// Fields that are wrong: 409.
    Invalid(Vec<(String, String)>),
    /// A query that is not understood: 409.
    Query(String),
    /// Asked too often: 429.
    TooOften,
    /// Our fault: 500.
    Fault(Fault),
}

impl Wrong {
    /// One field that is wrong.
    pub(crate) fn field(name: &str, said: impl Into<String>) -> Self {
        Self::Invalid(vec![(name.to_owned(), said.into())])
    }

    pub(crate) fn missing(name: &str) -> Self {
        Self::field(name, "Missing value")
    }

    pub(crate) fn fault(what: &str) -> Self {
        Self::Fault(Fault::because(what))
    }
}

impl From<Halt> for Wrong {
    fn from(halt: Halt) -> Self {
        match halt {
            Halt::Refused(refusal) => (*refusal).into(),
            Halt::Fault(fault) => Self::Fault(fault),
        }
    }
}

impl From<Refusal> for Wrong {
    fn from(refusal: Refusal) -> Self {
        let said = |text: &i18n::Text| format!("{} {}", text.zh, text.en);
        match refusal.code.as_ref() {
            "not-found" => Self::NotFound,
            "not-permitted" => Self::NotPermitted(said(&refusal.sentence)),
            _ if refusal.fields.is_empty() => Self::field("message", format!("{} {}", said(&refusal.sentence), said(&refusal.next_step))),
            _ => Self::Invalid(refusal.fields.iter().map(|field| (field.field.clone(), format!("{} {}", field.zh, field.en))).collect()),
        }
    }
}

pub(super) fn right(app: &App, name: &str, result: Value) -> Response {
    Json(json!({ "help": help(app, name), "success": true, "result": result })).into_response()
}

pub(super) fn wrong(app: &App, name: &str, wrong: Wrong) -> Response {
    let message = |kind: &str, said: &str| json!({ "__type": kind, "message": said });
    let (status, error) = match wrong {
        Wrong::NoAction(name) => {
            return (StatusCode::BAD_REQUEST, Json(Value::from(format!("Bad request - Action name not known: {name}")))).into_response();
        }
        Wrong::Unreadable(said) => return (StatusCode::BAD_REQUEST, Json(Value::from(format!("Bad request - {said}")))).into_response(),
        Wrong::NotFound => (StatusCode::NOT_FOUND, message("Not Found Error", "Not found")),
        Wrong::NotPermitted(said) => (StatusCode::FORBIDDEN, message("Authorization Error", &format!("Access denied: {said}"))),
        Wrong::Invalid(fields) => {
            let mut error = json!({ "__type": "Validation Error" });
            for (field, said) in fields {
                if let Some(known) = error.get_mut(&field).and_then(Value::as_array_mut) {
                    known.push(Value::from(said));
                } else if let Some(members) = error.as_object_mut() {
                    members.insert(field, json!([said]));
                }
            }
            (StatusCode::CONFLICT, error)
        }
        Wrong::Query(said) => (StatusCode::CONFLICT, message("Search Query Error", &said)),
        Wrong::TooOften => (StatusCode::TOO_MANY_REQUESTS, message("Too Many Requests", "Wait a minute, or ask with a developer key")),
        Wrong::Fault(fault) => {
            tracing::error!(action = name, fault = %fault.0, "an action failed");
            (StatusCode::INTERNAL_SERVER_ERROR, message("Internal Server Error", "Internal Server Error"))
        }
    };
    (status, Json(json!({ "help": help(app, name), "success": false, "error": error }))).into_response()
}

fn help(app: &App, name: &str) -> String {
    app.public_address(&format!("/api/3/action/help_show?name={}", web::percent_encoded(name)))
}
