//! `/workspace/catalogue/export`: the catalogue as a table, as far as the visitor sees it.

use ::catalogue::queries::{self, Viewer};
use ::catalogue::spreadsheet::{to_csv, to_xlsx};
use ::catalogue::{Content, Resource};
use axum::extract::{Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use gate::{App, PageError, StaffMember};
use runner::Halt;
use serde::Deserialize;
use store::Tx;

use super::needs;
use crate::frame::Place;

/// Resources of one file, at most.
const RESOURCES_MAX: usize = 20_000;
const PAGE: u32 = 500;

/// What was asked for.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    format: String,
}

/// `GET /workspace/catalogue/export`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    needs(&app, &visitor, Place::Catalogue)?;
    let viewer = Viewer::of(&visitor.actor);
    let resources = app.read(move |tx| seen(tx, &viewer)).await?;
    let as_csv = asked.format == "csv";
    let made = app.blocking(move || if as_csv { to_csv(&resources).map_err(Halt::fault) } else { to_xlsx(&resources).map_err(Halt::fault) }).await?;
    let (mime, name) = if as_csv { ("text/csv; charset=utf-8", "catalogue.csv") } else { (XLSX, "catalogue.xlsx") };
    let mut response = made?.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(mime));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Own resources as they stand, those of others as they are published.
fn seen(tx: &mut Tx<'_>, viewer: &Viewer) -> Result<Vec<Resource>, Halt> {
    let mut found = Vec::new();
    let mut after = String::new();
    while found.len() < RESOURCES_MAX {
        let page = queries::resources_after(tx, None, &after, PAGE)?;
        let Some(last) = page.last() else { break };
        last.id.as_str().clone_into(&mut after);
        for resource in page {
            let own = viewer.everything || viewer.organs.iter().any(|organ| organ == resource.organ.as_str());
            match (own, resource.published_version) {
                (true, _) => found.push(resource),
                (false, Some(version)) => {
                    let content: Option<Content> = queries::content_of(tx, &resource.id, version)?;
                    found.push(Resource { content: content.unwrap_or_else(|| resource.content.clone()), ..resource });
                }
                (false, None) => {}
            }
        }
    }
    found.truncate(RESOURCES_MAX);
    Ok(found)
}
