//! Who sends a request: by bearer token, by the cookie of the pages, or nobody.

use std::convert::Infallible;
use std::ops::Deref;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use gate::App;
use i18n::Lang;
use runner::{Actor, Resource};
use trust::queries::{SignedIn, actor_of, touch, who_is_signed_in};
use trust::{AccountKind, PasswordState, SessionToken};
use web::{ClientAddress, FormKey, cookie};

use crate::error::ApiError;
use crate::refusals;
use crate::ring::lang_of;

const SESSION_COOKIE: &str = "zs_session";
const CSRF_HEADER: &str = "x-csrf-token";

/// Who sends a request; perhaps nobody who has signed in. A token that is not valid is refused, though, and so is a change with a cookie
/// alone: a browser sends cookies along with requests that another site made it send.
pub(crate) struct Caller {
    /// As commands and policies see the caller.
    pub(crate) actor: Actor,
    /// The session, if there is one.
    pub(crate) signed_in: Option<SignedIn>,
    /// In which language.
    pub(crate) lang: Lang,
}

/// The language of a request that anybody may send; who sends it is not asked.
pub(crate) struct Spoken(pub(crate) Lang);

/// Somebody who has signed in, perhaps with a password that must be changed first.
pub(crate) struct Known {
    /// As commands and policies see the caller.
    pub(crate) actor: Actor,
    /// The session.
    pub(crate) signed_in: SignedIn,
}

/// Somebody who has signed in and need not change the password first.
pub(crate) struct Member(pub(crate) Caller);

impl Deref for Member {
    type Target = Caller;

    fn deref(&self) -> &Caller {
        &self.0
    }
}

impl Caller {
    /// Whether an act is permitted.
    pub(crate) fn may(&self, app: &App, action: &str, resource: &Resource) -> bool {
        app.runner.authority().rule(&self.actor, action, resource).permitted
    }

    /// Refuses an act that is not permitted.
    pub(crate) fn must(&self, app: &App, action: &str, resource: &Resource) -> Result<(), ApiError> {
        if self.may(app, action, resource) { Ok(()) } else { Err(runner::Refusal::not_permitted().into()) }
    }

    /// Asks what registers elsewhere hold about whom the caller acts for, before an application for the item is filled in or handed in.
    pub(crate) async fn ask_about_own(&self, app: &App, item: Option<&str>) -> Result<(), ApiError> {
        match item.and_then(|item| app.library.current(item, app.today())) {
            Some(package) => Ok(app.ask_about_own(&self.actor, cases::queries::registers_of(&package)).await?),
            None => Ok(()),
        }
    }
}

/// What a request carries to say who sends it.
enum Credential<'h> {
    Bearer(&'h str),
    Cookie(&'h str),
    None,
}

impl<'h> Credential<'h> {
    fn of(headers: &'h HeaderMap) -> Self {
        if let Some(line) = headers.get(header::AUTHORIZATION) {
            let (scheme, token) = line.to_str().ok().and_then(|line| line.split_once(' ')).unwrap_or_default();
            return Self::Bearer(if scheme.eq_ignore_ascii_case("bearer") { token.trim() } else { "" });
        }
        cookie(headers, SESSION_COOKIE).filter(|token| !token.is_empty()).map_or(Self::None, Self::Cookie)
    }
}

impl FromRequestParts<App> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let lang = lang_of(&parts.headers);
        let (found, must_be_valid) = match Credential::of(&parts.headers) {
            Credential::Bearer(token) => (find(app, token).await?, true),
            Credential::Cookie(token) => {
                let found = find(app, token).await?;
                if found.is_some() && changes(&parts.method) {
                    check_csrf(app, token, &parts.headers)?;
                }
                (found, false)
            }
            Credential::None => (None, false),
        };
        match found {
            Some((signed_in, _)) if signed_in.account.kind == AccountKind::Admin && !admin_may_come(app, parts) => {
                Err(refusals::address_not_allowed())
            }
            Some((signed_in, actor)) => Ok(Self { actor, signed_in: Some(signed_in), lang }),
            None if must_be_valid => Err(refusals::token_invalid()),
            None => Ok(Self { actor: Actor::anonymous(), signed_in: None, lang }),
        }
    }
}

impl FromRequestParts<App> for Spoken {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Infallible> {
        Ok(Self(lang_of(&parts.headers)))
    }
}

impl FromRequestParts<App> for Known {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let caller = Caller::from_request_parts(parts, app).await?;
        let signed_in = caller.signed_in.ok_or_else(refusals::sign_in_needed)?;
        Ok(Self { actor: caller.actor, signed_in })
    }
}

impl FromRequestParts<App> for Member {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let caller = Caller::from_request_parts(parts, app).await?;
        match caller.signed_in.as_ref().map(|signed_in| signed_in.password) {
            None => Err(refusals::sign_in_needed()),
            Some(PasswordState::Initial | PasswordState::Aged) => Err(refusals::password_change_needed()),
            Some(PasswordState::Valid) => Ok(Self(caller)),
        }
    }
}

/// Administrators work from the addresses named in the settings alone (GB/T 22239-2019 8.1.4.1, 8.1.5.1).
fn admin_may_come(app: &App, parts: &Parts) -> bool {
    admin_address_fits(app, parts.extensions.get::<ClientAddress>().copied())
}

/// The same for an address.
pub(crate) fn admin_address_fits(app: &App, client: Option<ClientAddress>) -> bool {
    let allowed = &app.settings.admin_addresses;
    allowed.is_empty() || client.is_some_and(|client| allowed.iter().any(|range| range.contains(client.0)))
}

const fn changes(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

async fn find(app: &App, token: &str) -> Result<Option<(SignedIn, Actor)>, ApiError> {
    let Some(token) = SessionToken::parse(token) else { return Ok(None) };
    let (now_ms, today) = (app.now_ms(), app.today());
    let found = app.query(move |tx| {
        let Some(signed_in) = who_is_signed_in(tx, &token, now_ms)? else { return Ok(None) };
        let actor = actor_of(tx, &signed_in, today)?;
        Ok(Some((signed_in, actor)))
    });
    let Some((signed_in, actor)) = found.await? else { return Ok(None) };
    if signed_in.session.wants_touch(now_ms) {
        let session = signed_in.session.clone();
        app.store.write_then(
            move |tx| touch(tx, &session, now_ms),
            |answer: Result<(), store::StoreError>| {
                if let Err(fault) = answer {
                    tracing::warn!(%fault, "the use of a session was not written down");
                }
            },
        );
    }
    Ok(Some((signed_in, actor)))
}

/// The key of the tokens that the pages carry in their forms.
pub(crate) fn form_key(app: &App) -> Result<FormKey, ApiError> {
    Ok(FormKey::new(*app.ring.secret("form-token").map_err(ApiError::fault)?))
}

fn check_csrf(app: &App, session: &str, headers: &HeaderMap) -> Result<(), ApiError> {
    let token = headers.get(CSRF_HEADER).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if form_key(app)?.accepts(session, token) { Ok(()) } else { Err(refusals::csrf_missing()) }
}

/// The token of the cookie, for the anti-forgery token bound to it.
pub(crate) fn cookie_token(headers: &HeaderMap) -> Option<&str> {
    match Credential::of(headers) {
        Credential::Cookie(token) => Some(token),
        Credential::Bearer(_) | Credential::None => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn credential(lines: &[(&'static str, &str)]) -> String {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.insert(*name, value.parse().unwrap());
        }
        match Credential::of(&headers) {
            Credential::Bearer(token) => format!("bearer {token}"),
            Credential::Cookie(token) => format!("cookie {token}"),
            Credential::None => "none".to_owned(),
        }
    }

    #[test]
    fn a_bearer_token_wins_over_a_cookie_and_a_strange_scheme_is_no_token() {
        assert_eq!(credential(&[]), "none");
        assert_eq!(credential(&[("cookie", "zs_session=")]), "none");
        assert_eq!(credential(&[("cookie", "zs_session=abc")]), "cookie abc");
        assert_eq!(credential(&[("cookie", "zs_session=abc"), ("authorization", "Bearer xyz")]), "bearer xyz");
        assert_eq!(credential(&[("authorization", "bearer  xyz ")]), "bearer xyz");
        assert_eq!(credential(&[("authorization", "Basic xyz")]), "bearer ");
        assert_eq!(credential(&[("authorization", "xyz")]), "bearer ");
    }
}
