//! Nothing typed is lost: a form that arrives after the session ended is kept, sealed, until its sender has signed in again.

use std::sync::Arc;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode, header};
use runner::Halt;
use seal::{OsEntropy, hash};
use serde::{Deserialize, Serialize};
use web::{Fields, SetCookie, cookie};

use crate::form::{CSRF_FIELD, FORM_BYTES_MAX, KEY_FIELD, token_fits};
use crate::store::{self as tables, KeptRow};
use crate::visitor::SESSION_COOKIE;
use crate::{App, PageError};

pub(crate) const KEPT_COOKIE: &str = "zs_kept";
/// Marks whose browser this is, after the session has ended.
pub(crate) const OWNER_COOKIE: &str = "zs_owner";
/// The field by which a form says that it was kept and is now sent again.
pub(crate) const KEPT_FIELD: &str = "_kept";

const PLACE: &str = "gate.kept-form";
const KEPT_MINUTES_MAX: u32 = 30;
const KEPT_MS_MAX: i64 = 30 * 60_000;
const KEPT_BYTES_MAX: usize = 128 * 1024;
const KEPT_COUNT_MAX: i64 = 20_000;
/// These forms hold passwords.
const NEVER_KEPT: [&str; 5] = ["/sign-in", "/workspace/sign-in", "/sign-out", "/register", "/password"];

/// A form that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeptForm {
    /// Where it was sent.
    pub(crate) path: String,
    /// What was typed.
    pub(crate) fields: Vec<(String, String)>,
}

/// What is held of a request while it is answered.
pub(crate) struct Held {
    headers: HeaderMap,
    body: Bytes,
}

/// Holds a copy of a plain form, in case its sender has to sign in first.
pub(crate) async fn hold(request: Request) -> Result<(Request, Option<Held>), PageError> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is_form = kind.starts_with("application/x-www-form-urlencoded") && *request.method() == Method::POST;
    let had_session = cookie(request.headers(), SESSION_COOKIE).is_some();
    if !is_form || !had_session || NEVER_KEPT.contains(&request.uri().path()) {
        return Ok((request, None));
    }
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, FORM_BYTES_MAX).await.map_err(|_| PageError::Status(StatusCode::PAYLOAD_TOO_LARGE))?;
    let held = Held { headers: parts.headers.clone(), body: body.clone() };
    Ok((Request::from_parts(parts, Body::from(body)), Some(held)))
}

/// Whether somebody who had signed in sends a file; files are too large to be kept.
pub(crate) fn sends_file(request: &Request) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    *request.method() == Method::POST && kind.starts_with("multipart/form-data") && cookie(request.headers(), SESSION_COOKIE).is_some()
}

impl Held {
    /// Whether this form was kept before, and is now sent again.
    pub(crate) fn is_sent_again(&self) -> bool {
        Fields::parse(&self.body).is_ok_and(|fields| fields.has(KEPT_FIELD))
    }
}

/// Keeps the form that was sent to `path`; gives the cookie by which its sender gets it back. None when it is not ours, holds a password or is too long.
pub(crate) async fn keep(app: &App, held: &Held, path: &str) -> Option<SetCookie> {
    let fields = Fields::parse(&held.body).ok()?;
    let is_ours = token_fits(app, &held.headers, fields.get(CSRF_FIELD).unwrap_or_default());
    let holds_secret = fields.0.iter().any(|(name, _)| name.contains("password"));
    if !is_ours || holds_secret || held.body.len() > KEPT_BYTES_MAX {
        return None;
    }
    let ours = [CSRF_FIELD, KEY_FIELD, KEPT_FIELD];
    let typed = fields.0.into_iter().filter(|(name, _)| !ours.contains(&name.as_str())).collect();
    let form = KeptForm { path: path.to_owned(), fields: typed };
    let token = hash::to_hex(&seal::random_bytes::<32>(&mut OsEntropy));
    let row = KeptRow {
        token_sm3: hash::sm3_hex(token.as_bytes()),
        owner_mark: cookie(&held.headers, OWNER_COOKIE).unwrap_or_default().to_owned(),
        sealed: app.keys.seal(&token, PLACE, &serde_json::to_string(&form).ok()?, &mut OsEntropy).ok()?.to_string(),
        kept_ms: app.now_ms(),
    };
    match write(app, row).await {
        Ok(true) => Some(SetCookie::kept(KEPT_COOKIE, token, KEPT_MINUTES_MAX.saturating_mul(60))),
        Ok(false) => None,
        Err(_) => {
            tracing::warn!("a form could not be kept");
            None
        }
    }
}

async fn write(app: &App, row: KeptRow) -> Result<bool, Halt> {
    let store = Arc::clone(&app.store);
    let written = app.blocking(move || {
        store.write(move |tx| {
            tables::drop_kept_forms_before(tx, row.kept_ms.saturating_sub(KEPT_MS_MAX))?;
            let has_room = tables::kept_form_count(tx)? < KEPT_COUNT_MAX;
            if has_room {
                tables::keep_form(tx, &row)?;
            }
            Ok::<_, Halt>(has_room)
        })
    });
    written.await?
}

/// The form that waits for this browser and this account.
pub(crate) async fn waiting(app: &App, headers: &HeaderMap, account: &str) -> Result<Option<KeptForm>, Halt> {
    let Some(token) = cookie(headers, KEPT_COOKIE).map(str::to_owned) else { return Ok(None) };
    let (sm3, not_before) = (hash::sm3_hex(token.as_bytes()), app.now_ms().saturating_sub(KEPT_MS_MAX));
    let Some(row) = app.query(move |tx| Ok(tables::kept_form(tx, &sm3, not_before)?)).await? else { return Ok(None) };
    if !row.owner_mark.is_empty() && row.owner_mark != owner_mark(app, account) {
        return Ok(None);
    }
    let opened = row.sealed.parse().and_then(|sealed| app.keys.open(&token, PLACE, &sealed)).map_err(Halt::fault)?;
    Ok(Some(serde_json::from_str(&opened)?))
}

/// Forgets the form that waits for this browser.
pub(crate) async fn forget(app: &App, headers: &HeaderMap) -> Result<(), Halt> {
    let Some(token) = cookie(headers, KEPT_COOKIE) else { return Ok(()) };
    let (store, sm3) = (Arc::clone(&app.store), hash::sm3_hex(token.as_bytes()));
    app.blocking(move || store.write(move |tx| Ok::<_, Halt>(tables::drop_kept_form(tx, &sm3)?))).await?
}

/// What the browser keeps to show, after a session has ended, whose it was, without saying so to anybody else.
pub(crate) fn owner_mark(app: &App, account: &str) -> String {
    app.form_key.mark("owner", account).chars().take(32).collect()
}
