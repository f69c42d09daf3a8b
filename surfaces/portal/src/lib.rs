#![doc = include_str!("../README.md")]

mod opendata;
mod own;
mod public;

pub use public::{index_items, reindex_items};

use axum::Router;
use gate::App;

/// All routes of the portal: public pages and the pages of people who are signed in.
pub fn routes() -> Router<App> {
    Router::new().merge(public::routes()).merge(own::routes()).merge(opendata::routes())
}
