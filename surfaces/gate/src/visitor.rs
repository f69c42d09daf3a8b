//! Who looks at a page, and how.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use i18n::{Lang, Text};
use runner::Actor;
use seal::OsEntropy;
use trust::{AccountId, AccountKind, PasswordState, SessionId};
use ui::layout::Skin;
use web::{Nonce, RequestId, cookie, local_path};

use crate::dress::PreSession;
use crate::{App, Flash, identify};

pub(crate) const SESSION_COOKIE: &str = "zs_session";
pub(crate) const LANG_COOKIE: &str = "zs_lang";
pub(crate) const SKIN_COOKIE: &str = "zs_skin";
pub(crate) const PRE_COOKIE: &str = "zs_pre";

/// Who looks at a page, and how. An extractor that never fails: without a session the visitor is anonymous.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// Language of the page.
    pub lang: Lang,
    /// Look of citizen pages.
    pub skin: Skin,
    /// Nonce of the content security policy.
    pub nonce: String,
    /// Who acts, for commands and rulings.
    pub actor: Actor,
    /// Who has signed in, if anybody.
    pub signed_in: Option<Who>,
    /// The token that forms carry in `_csrf`; see [`crate::form_fields`].
    pub csrf: String,
    /// Path and query of the request.
    pub path: String,
    /// The page to return to: this one; for a form that was sent, the page on which it stood.
    pub back: String,
    /// The number of the request in the log.
    pub request_id: String,
    /// The message left by the form before.
    pub flash: Option<Flash>,
}

/// Who has signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// The account.
    pub account: AccountId,
    /// The session.
    pub session: SessionId,
    /// Whose account it is.
    pub kind: AccountKind,
    /// Login name.
    pub login: String,
    /// The name of the person or member of staff; the login name of administrators.
    pub display_name: String,
    /// The posts held today, for staff.
    pub posts: Vec<WhoPost>,
    /// The name of the party acted for, when that is another one.
    pub acting_for: Option<String>,
    /// Whether the password must be changed first.
    pub password: PasswordState,
}

/// A post held today, with its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhoPost {
    /// The lane, as tasks name it.
    pub post: String,
    /// Name of the post.
    pub name: Text,
    /// The organ.
    pub organ: String,
    /// Name of the organ.
    pub organ_name: Text,
    /// Division of the organ.
    pub division: String,
    /// Whether it is held for somebody who is away.
    pub is_substitute: bool,
}

impl Visitor {
    /// The party whose affairs these are: the one acted for, else one's own. None for anonymous visitors.
    #[must_use]
    pub fn party(&self) -> Option<&str> {
        self.actor.acting_party()
    }

    /// A key for one sending of a form, so that a double click does the act once.
    #[must_use]
    pub fn form_key(&self) -> &str {
        &self.request_id
    }

    /// Somebody who has not signed in, without a request; for samples and tests.
    #[must_use]
    pub fn anonymous(lang: Lang) -> Self {
        Self {
            lang,
            skin: Skin::Citizen,
            nonce: String::new(),
            actor: Actor::anonymous(),
            signed_in: None,
            csrf: String::new(),
            path: "/".to_owned(),
            back: "/".to_owned(),
            request_id: String::new(),
            flash: None,
        }
    }
}

/// Language and look of a request, before anybody knows who sent it.
pub(crate) fn look(parts: &Parts) -> Visitor {
    let headers = &parts.headers;
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let uri = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |original| &original.0);
    let path = uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
    let back = if matches!(parts.method, Method::GET | Method::HEAD) { None } else { referring_path(headers) };
    Visitor {
        lang: Lang::choose(cookie(headers, LANG_COOKIE), accepted),
        skin: Skin::from_preference(cookie(headers, SKIN_COOKIE).unwrap_or_default()),
        nonce: parts.extensions.get::<Nonce>().map(|nonce| nonce.0.clone()).unwrap_or_default(),
        back: back.unwrap_or_else(|| path.clone()),
        path,
        request_id: parts.extensions.get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default(),
        ..Visitor::anonymous(Lang::default())
    }
}

/// The page of this site on which the form stood, as the browser says.
fn referring_path(headers: &HeaderMap) -> Option<String> {
    let (_, rest) = headers.get(header::REFERER)?.to_str().ok()?.split_once("://")?;
    let (host, _) = rest.split_once('/')?;
    let path = rest.strip_prefix(host)?;
    let is_ours = headers.get(header::HOST)?.to_str().ok()?.eq_ignore_ascii_case(host);
    (is_ours && local_path(Some(path), "") == path).then(|| path.to_owned())
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        if let Some(known) = parts.extensions.get::<Self>() {
            return Ok(known.clone());
        }
        let mut visitor = look(parts);
        let session = cookie(&parts.headers, SESSION_COOKIE).filter(|token| !token.is_empty()).map(str::to_owned);
        if let Some(token) = &session
            && let Some((who, actor)) = identify::who(app, token).await
        {
            visitor.signed_in = Some(who);
            visitor.actor = actor;
        }
        let bound_to = session.or_else(|| parts.extensions.get::<PreSession>().map(|pre| pre.0.clone())).unwrap_or_default();
        visitor.csrf = app.form_key.token(&bound_to, &mut OsEntropy);
        visitor.flash = Flash::read(app, &parts.headers);
        parts.extensions.insert(visitor.clone());
        Ok(visitor)
    }
}
