//! `/data/{slug}/chart.svg` and `/data/{slug}/map.svg`: pictures as files of their own, since pages hold no inline style.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use gate::{App, PageError};
use i18n::Lang;
use maud::{Markup, html};
use tables::Search;

use super::{chart, kept, map};
use crate::public::view::param;

type Pairs = Query<Vec<(String, String)>>;

/// How wide a picture is drawn, so that its letters can be read where it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sheet {
    /// Beside other things.
    Wide,
    /// On a phone, `?sheet=narrow`.
    Narrow,
}

impl Sheet {
    fn asked(pairs: &[(String, String)]) -> Self {
        if param(pairs, "sheet") == "narrow" { Self::Narrow } else { Self::Wide }
    }

    pub(super) const fn width(self) -> f64 {
        match self {
            Self::Wide => 720.0,
            Self::Narrow => 330.0,
        }
    }

    /// The picture as a file.
    pub(super) fn svg(self, height: f64, title: &str, drawn: &str) -> String {
        let width = self.width();
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
             font-family=\"sans-serif\" font-size=\"13\" role=\"img\"><title>{}</title>\
             <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>{drawn}</svg>",
            chart::escaped(title)
        )
    }
}

/// A picture in a page: the narrow one on a phone.
pub(super) fn shown(address: &str, alt: &str) -> Markup {
    html! {
        picture.zs-picture {
            source media="(max-width: 40.0525em)" srcset={ (address) "&sheet=narrow" };
            img src=(address) alt=(alt);
        }
    }
}

fn lang(pairs: &[(String, String)]) -> Lang {
    Lang::choose(Some(param(pairs, "lang")), None)
}

fn sent(headers: &HeaderMap, tag: &str, svg: String) -> Response {
    let etag = format!("\"{}\"", seal::hash::sm3_hex(format!("{tag}{svg}").as_bytes()).get(..32).unwrap_or_default());
    let mut response = web::answer_with_etag(headers, &etag, svg);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
    response
}

/// `GET /data/{slug}/chart.svg`
pub(super) async fn chart(State(app): State<App>, Path(slug): Path<String>, Query(pairs): Pairs, headers: HeaderMap) -> Result<Response, PageError> {
    let release = kept::release(&app, &slug).await?;
    let file = kept::table_of(&release, param(&pairs, "file")).ok_or(PageError::NotFound)?;
    let plan = chart::plan(file).ok_or(PageError::NotFound)?;
    let answer = kept::statement(&app, file, plan.sql()).await?.ok_or(PageError::NotFound)?;
    Ok(sent(&headers, &release.fingerprint, plan.draw(lang(&pairs), Sheet::asked(&pairs), &answer)))
}

/// `GET /data/{slug}/map.svg`
pub(super) async fn map(State(app): State<App>, Path(slug): Path<String>, Query(pairs): Pairs, headers: HeaderMap) -> Result<Response, PageError> {
    let release = kept::release(&app, &slug).await?;
    let file = kept::table_of(&release, param(&pairs, "file")).ok_or(PageError::NotFound)?;
    let (lon, lat) = file.coordinates().ok_or(PageError::NotFound)?;
    let search = Search { columns: vec![lon.to_owned(), lat.to_owned()], limit: map::POINTS_MAX, ..Search::default() };
    let answer = kept::rows(&app, file, search).await?.ok_or(PageError::NotFound)?;
    Ok(sent(&headers, &release.fingerprint, map::draw(lang(&pairs), Sheet::asked(&pairs), &answer)))
}
