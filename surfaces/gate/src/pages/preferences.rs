//! Language and look, kept in cookies. The way back stays on this site.

use axum::extract::{Query, State};
use axum::response::Response;
use i18n::Lang;
use serde::Deserialize;
use ui::layout::Skin;
use web::{SetCookie, local_path};

use crate::visitor::{LANG_COOKIE, SKIN_COOKIE};
use crate::{App, see_other};

const KEPT_S: u32 = 365 * 24 * 3_600;

/// What is preferred, and where to return.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Preference {
    lang: Option<String>,
    skin: Option<String>,
    to: Option<String>,
    back: Option<String>,
}

/// `/preferences?lang=en&back=/…`, `/preferences?skin=elder&back=/…`
pub(crate) async fn get(State(app): State<App>, Query(asked): Query<Preference>) -> Response {
    let mut response = see_other(local_path(asked.back.as_deref(), "/"));
    let lang = asked.lang.as_deref().and_then(Lang::from_code).map(|lang| SetCookie::kept(LANG_COOKIE, lang.code(), KEPT_S));
    let skin = asked.skin.as_deref().map(|skin| SetCookie::kept(SKIN_COOKIE, Skin::from_preference(skin).code(), KEPT_S));
    for cookie in [lang, skin].into_iter().flatten() {
        cookie.set(response.headers_mut(), app.limits.https);
    }
    response
}

/// `/language?to=en&back=/…`
pub(crate) async fn language(app: State<App>, Query(asked): Query<Preference>) -> Response {
    get(app, Query(Preference { lang: asked.to, back: asked.back, ..Preference::default() })).await
}

/// `/skin?to=elder&back=/…`
pub(crate) async fn skin(app: State<App>, Query(asked): Query<Preference>) -> Response {
    get(app, Query(Preference { skin: asked.to, back: asked.back, ..Preference::default() })).await
}
