//! `/data`: public data for people.

mod chart;
mod computed;
mod dataset;
mod developers;
mod following;
mod kept;
mod keys;
mod list;
mod map;
mod picture;
mod preview;
mod versions;
mod voices;

use axum::Router;
use axum::extract::Path;
use axum::response::Redirect;
use axum::routing::{get, post};
use gate::App;
use i18n::Lang;

/// The routes of public data. Files and rows are at the Action API's addresses.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/data", get(list::get))
        .route("/data/developers", get(developers::get))
        .route("/data/requests", get(voices::requests).post(voices::request))
        .route("/data/reuses", get(voices::reuses).post(voices::reuse))
        .route("/data/following", get(following::get))
        .route("/data/keys", get(keys::get).post(keys::post))
        .route("/data/{slug}", get(dataset::get))
        .route("/data/{slug}/feedback", get(voices::feedbacks).post(voices::feedback))
        .route("/data/{slug}/follow", post(following::post))
        .route("/data/{slug}/versions", get(versions::get))
        .route("/data/{slug}/computed", get(computed::get))
        .route("/data/{slug}/chart.svg", get(picture::chart))
        .route("/data/{slug}/map.svg", get(picture::map))
        .route("/dataset", get(|| async { Redirect::permanent("/data") }))
        .route(
            "/dataset/{slug}",
            get(|Path(slug): Path<String>| async move { Redirect::permanent(&format!("/data/{}", web::percent_encoded(&slug))) }),
        )
}

/// A text in the language of the page.
fn say(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::ZhHans => zh,
        Lang::En => en,
    }
}

/// A text of a dataset; in Chinese where there is no English.
fn text(lang: Lang, text: &i18n::Text) -> &str {
    let said = text.get(lang);
    if said.is_empty() { &text.zh } else { said }
}
