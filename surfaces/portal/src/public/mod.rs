//! The pages that anybody may read.

mod article;
mod card;
mod catalogue;
mod figures;
mod home;
mod index;
mod item;
mod listing;
mod organs;
mod ratings;
mod readings;
mod receipts;
#[cfg(test)]
mod samples;
mod search;
mod sitemap;
mod texts;
mod track;
mod verify;
pub(crate) mod view;

pub use index::{index_items, reindex_items};

use axum::routing::get;
use axum::{Extension, Router};
use gate::App;

/// The routes of the public pages.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(home::get))
        .route("/search", get(search::get))
        .route("/themes/person/{code}", get(listing::person))
        .route("/themes/legal/{code}", get(listing::legal))
        .route("/life-events/{event}", get(listing::life_event))
        .route("/organs", get(organs::list))
        .route("/organs/{id}", get(organs::get))
        .route("/items/{slug}", get(item::get))
        .route("/track", get(track::get).post(track::post))
        .route("/verify", get(verify::get).post(verify::post))
        .route("/verify/{code}", get(verify::by_code))
        .route("/receipts/check", get(receipts::get).post(receipts::post))
        .route("/ratings", get(ratings::get))
        .route("/figures/readings", get(readings::get))
        .route("/figures/readings.csv", get(readings::csv))
        .route("/about", get(article::about))
        .route("/accessibility", get(article::accessibility))
        .route("/report-error", get(article::report_error))
        .route("/sitemap", get(sitemap::get))
        .route("/site-map", get(sitemap::get))
        .layer(Extension(figures::FiguresCache::default()))
        .layer(Extension(readings::ReadingsCache::default()))
}

/// The division that the site serves.
fn division(app: &App) -> Option<parties::DivisionCode> {
    parties::DivisionCode::parse(&app.settings.division).ok()
}

/// The sources of the pages, so that a test finds texts that are missing.
#[cfg(test)]
pub(crate) fn sources() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/public");
    let mut sources = Vec::new();
    for folder in [folder.to_owned(), format!("{folder}/item")] {
        for file in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            if let Ok(source) = std::fs::read_to_string(file.path()) {
                sources.push((file.path().display().to_string(), source));
            }
        }
    }
    sources
}
