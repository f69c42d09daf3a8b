//! `/catalog.{ttl,rdf,jsonld}` and `/data/{slug}/dataset.{ttl,rdf,jsonld}`: DCAT-AP in three forms.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use gate::App;
use opendata::dcat::{self, Portal};
use opendata::index::{Asked, Order};
use opendata::queries;
use rdf::{Graph, RdfError};
use serde::Deserialize;

use super::envelope::{self, Wrong};
use super::{catalogue, files};

const PAGE_SIZE: usize = 500;

#[derive(Clone, Copy)]
enum Form {
    Turtle,
    RdfXml,
    JsonLd,
}

impl Form {
    const fn extension(self) -> &'static str {
        match self {
            Self::Turtle => "ttl",
            Self::RdfXml => "rdf",
            Self::JsonLd => "jsonld",
        }
    }

    const fn media_type(self) -> &'static str {
        match self {
            Self::Turtle => "text/turtle; charset=utf-8",
            Self::RdfXml => "application/rdf+xml",
            Self::JsonLd => "application/ld+json",
        }
    }

    fn write(self, graph: &Graph) -> Result<String, RdfError> {
        match self {
            Self::Turtle => graph.turtle(),
            Self::RdfXml => graph.rdf_xml(),
            Self::JsonLd => graph.json_ld(),
        }
    }
}

/// Which part of a large catalogue.
#[derive(Deserialize)]
pub(super) struct Part {
    page: Option<usize>,
}

fn portal(app: &App) -> Portal {
    Portal { base: app.settings.public_url.clone(), title: app.settings.site_name.clone(), owner: app.settings.owner.clone() }
}

pub(super) async fn turtle(State(app): State<App>, Query(part): Query<Part>, headers: HeaderMap) -> Response {
    all(&app, &part, &headers, Form::Turtle).await
}

pub(super) async fn rdf_xml(State(app): State<App>, Query(part): Query<Part>, headers: HeaderMap) -> Response {
    all(&app, &part, &headers, Form::RdfXml).await
}

pub(super) async fn json_ld(State(app): State<App>, Query(part): Query<Part>, headers: HeaderMap) -> Response {
    all(&app, &part, &headers, Form::JsonLd).await
}

pub(super) async fn dataset_turtle(State(app): State<App>, Path(slug): Path<String>, headers: HeaderMap) -> Response {
    one(&app, slug, &headers, Form::Turtle).await
}

pub(super) async fn dataset_rdf_xml(State(app): State<App>, Path(slug): Path<String>, headers: HeaderMap) -> Response {
    one(&app, slug, &headers, Form::RdfXml).await
}

pub(super) async fn dataset_json_ld(State(app): State<App>, Path(slug): Path<String>, headers: HeaderMap) -> Response {
    one(&app, slug, &headers, Form::JsonLd).await
}

async fn all(app: &App, part: &Part, headers: &HeaderMap, form: Form) -> Response {
    answered(app, headers, form, read_all(app, part.page.unwrap_or(1).clamp(1, 10_000), form).await)
}

async fn read_all(app: &App, page: usize, form: Form) -> Result<Graph, Wrong> {
    let (kept, portal) = (catalogue(app)?, portal(app));
    let start = (page - 1) * PAGE_SIZE;
    let answer = app.query(move |tx| {
        kept.follow(tx)?;
        let found = kept.search(&Asked { order: Order::Slug, start, rows: PAGE_SIZE, ..Asked::default() });
        Ok((queries::publishers(tx)?, queries::releases(tx, &found.ids)?, found.count))
    });
    let (organs, releases, count) = answer.await?;
    let address = |page: usize| format!("{}/catalog.{}?page={page}", portal.base, form.extension());
    let part = (count > start + PAGE_SIZE).then(|| dcat::Part { here: address(page), next: address(page + 1) });
    dcat::catalogue(&portal, &organs, &releases, part.as_ref()).map_err(unwritable)
}

async fn one(app: &App, slug: String, headers: &HeaderMap, form: Form) -> Response {
    answered(app, headers, form, read_one(app, slug).await)
}

async fn read_one(app: &App, slug: String) -> Result<Graph, Wrong> {
    let portal = portal(app);
    let found = app.query(move |tx| Ok((queries::publishers(tx)?, queries::release(tx, &slug)?))).await?;
    let release = found.1.ok_or(Wrong::NotFound)?;
    dcat::dataset(&portal, &found.0, &release).map_err(unwritable)
}

fn unwritable(error: RdfError) -> Wrong {
    Wrong::Fault(runner::Fault(Box::new(error)))
}

fn answered(app: &App, headers: &HeaderMap, form: Form, graph: Result<Graph, Wrong>) -> Response {
    match graph.and_then(|graph| form.write(&graph).map_err(unwritable)) {
        Ok(text) => {
            let etag = format!("\"{}\"", seal::hash::sm3_hex(text.as_bytes()).get(..32).unwrap_or_default());
            let mut response = web::answer_with_etag(headers, &etag, text);
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(form.media_type()));
            response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
            files::open(response.headers_mut());
            response
        }
        Err(wrong) => envelope::wrong(app, "package_show", wrong),
    }
}
