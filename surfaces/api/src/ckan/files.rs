//! Files as they are, and rows as CSV, JSON or GeoJSON.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use blobs::BlobName;
use gate::App;
use opendata::{FILE_BYTES_MAX, PARQUET, Resource, parquet_of, queries};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tables::{Answer, Search};

use super::datastore::{LIMIT_MAX, json_of, rows, text_of};
use super::envelope::{self, Wrong};
use super::{package, shelf};

const DAY_S: u32 = 86_400;

/// A file to be sent.
struct File {
    bytes: Vec<u8>,
    kind: &'static str,
    etag: String,
}

/// `GET /dataset/{dataset}/resource/{resource}/download/{file}`, whole or in ranges (RFC 9110, 14); a table also as `….parquet`.
pub(super) async fn download(State(app): State<App>, Path((dataset, id, name)): Path<(String, String, String)>, headers: HeaderMap) -> Response {
    match file(&app, &dataset, &id, &name).await {
        Ok(file) => sent(file, &headers),
        Err(wrong) => envelope::wrong(&app, "resource_show", wrong),
    }
}

async fn file(app: &App, dataset: &str, id: &str, name: &str) -> Result<File, Wrong> {
    let (release, position) = package::find(app, id).await?;
    if release.dataset.as_str() != dataset && release.slug != dataset {
        return Err(Wrong::NotFound);
    }
    let file = release.resources.get(position).cloned().ok_or(Wrong::NotFound)?;
    if file.is_table() && name.ends_with(".parquet") {
        return parquet(app, file).await;
    }
    let name: BlobName = file.blob.as_deref().and_then(|name| name.parse().ok()).ok_or(Wrong::NotFound)?;
    let blobs = app.blobs.clone();
    let bytes = app.blocking(move || blobs.get(&name, FILE_BYTES_MAX)).await?.map_err(|fault| Wrong::Fault(runner::Fault(Box::new(fault))))?;
    let kind = if file.format.eq_ignore_ascii_case("csv") { "text/csv; charset=utf-8; header=present" } else { file.media_type() };
    Ok(File { bytes, kind, etag: format!("\"{}\"", file.blob.unwrap_or_default()) })
}

async fn parquet(app: &App, file: Resource) -> Result<File, Wrong> {
    let (shelf, blobs) = (shelf(app)?, app.blobs.clone());
    let made = app.blocking(move || -> Result<Option<File>, runner::Fault> {
        let found = parquet_of(&file, &blobs, &shelf).map_err(runner::Fault)?;
        let kind = Resource { format: PARQUET.to_owned(), ..file }.media_type();
        Ok(found.map(|bytes| File { kind, etag: format!("\"sm3:{}\"", seal::hash::sm3_hex(&bytes)), bytes }))
    });
    made.await?.map_err(Wrong::Fault)?.ok_or(Wrong::NotFound)
}

fn sent(file: File, headers: &HeaderMap) -> Response {
    let File { bytes, kind, etag } = file;
    let if_range = headers.get(header::IF_RANGE).and_then(|value| value.to_str().ok());
    let range = headers.get(header::RANGE).and_then(|value| value.to_str().ok()).filter(|_| if_range.is_none_or(|tag| tag == etag));
    let size = bytes.len();
    let (status, part, content_range) = match range.map(|range| range_of(range, size)) {
        Some(Range::Part(from, until)) => {
            let part = bytes.get(from..=until).unwrap_or_default().to_vec();
            (StatusCode::PARTIAL_CONTENT, part, Some(format!("bytes {from}-{until}/{size}")))
        }
        Some(Range::Beyond) => (StatusCode::RANGE_NOT_SATISFIABLE, Vec::new(), Some(format!("bytes */{size}"))),
        Some(Range::Whole) | None => (StatusCode::OK, bytes, None),
    };
    let mut response = web::answer_with_etag(headers, &etag, (status, part));
    let members = response.headers_mut();
    members.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    members.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    members.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
    members.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    open(members);
    if let Some(value) = content_range.and_then(|text| HeaderValue::from_str(&text).ok()) {
        members.insert(header::CONTENT_RANGE, value);
    }
    response
}

/// Public data may be read by pages of any site; nothing here depends on who asks.
pub(super) fn open(headers: &mut HeaderMap) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from(DAY_S));
}

enum Range {
    Whole,
    Part(usize, usize),
    Beyond,
}

/// One range; several are answered by the whole file, as the standard allows.
fn range_of(text: &str, size: usize) -> Range {
    let Some((first, last)) = text.strip_prefix("bytes=").filter(|rest| !rest.contains(',')).and_then(|rest| rest.trim().split_once('-')) else {
        return Range::Whole;
    };
    match (first.parse::<usize>(), last.parse::<usize>()) {
        (Ok(from), _) if from >= size => Range::Beyond,
        (Ok(from), Ok(until)) if until >= from => Range::Part(from, until.min(size.saturating_sub(1))),
        (Ok(from), Err(_)) if last.is_empty() => Range::Part(from, size.saturating_sub(1)),
        (Err(_), Ok(0)) if first.is_empty() => Range::Beyond,
        (Err(_), Ok(count)) if first.is_empty() && size > 0 => Range::Part(size.saturating_sub(count), size - 1),
        _ => Range::Whole,
    }
}

/// In which form rows are wanted.
#[derive(Deserialize)]
pub(super) struct Dumped {
    format: Option<String>,
    limit: Option<u32>,
    offset: Option<u32>,
}

/// `GET /datastore/dump/{resource}?format=csv|json|geojson`
pub(super) async fn dump(State(app): State<App>, Path(id): Path<String>, Query(asked): Query<Dumped>) -> Response {
    match dumped(&app, &id, &asked).await {
        Ok(mut response) => {
            open(response.headers_mut());
            response
        }
        Err(wrong) => envelope::wrong(&app, "datastore_search", wrong),
    }
}

async fn dumped(app: &App, id: &str, asked: &Dumped) -> Result<Response, Wrong> {
    let wanted = id.to_owned();
    let release = app.query(move |tx| Ok(queries::release_of_resource(tx, &wanted)?)).await?.ok_or(Wrong::NotFound)?;
    let file = release.resource(id).filter(|file| file.is_table()).ok_or(Wrong::NotFound)?.clone();
    let coordinates = file.coordinates().map(|(lon, lat)| (lon.to_owned(), lat.to_owned()));
    let search =
        Search { limit: asked.limit.unwrap_or(LIMIT_MAX).min(LIMIT_MAX), offset: asked.offset.unwrap_or(0), count: true, ..Search::default() };
    let answer = rows(app, file, search).await?;
    match asked.format.as_deref().unwrap_or("csv") {
        "csv" => Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8; header=present")], separated(&answer)).into_response()),
        "json" => Ok(axum::Json(objects(&answer)).into_response()),
        "geojson" => {
            let (lon, lat) = coordinates.ok_or_else(|| Wrong::field("format", "the file has no coordinates"))?;
            let body = features(&answer, &lon, &lat);
            Ok(([(header::CONTENT_TYPE, "application/geo+json")], body.to_string()).into_response())
        }
        _ => Err(Wrong::field("format", "Must be one of: csv, json, geojson")),
    }
}

fn separated(answer: &Answer) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing into memory cannot fail.
    let _ = writer.write_record(answer.columns.iter().map(|column| &column.name));
    for row in &answer.rows {
        let _ = writer.write_record(row.iter().zip(&answer.columns).map(|(cell, column)| text_of(cell, column.kind)));
    }
    writer.into_inner().unwrap_or_default()
}

fn members(answer: &Answer, row: &[tables::Cell], left_out: &[&str]) -> Map<String, Value> {
    let pairs = row.iter().zip(&answer.columns).filter(|(_, column)| !left_out.contains(&column.name.as_str()));
    pairs.map(|(cell, column)| (column.name.clone(), json_of(cell, column.kind))).collect()
}

fn objects(answer: &Answer) -> Value {
    answer.rows.iter().map(|row| Value::Object(members(answer, row, &["_id"]))).collect()
}

/// Points, as OGC API - Features answers items (RFC 7946; longitude first).
fn features(answer: &Answer, lon: &str, lat: &str) -> Value {
    let at = |name: &str| answer.columns.iter().position(|column| column.name == name);
    let (lon_at, lat_at, id_at) = (at(lon), at(lat), at("_id"));
    let value = |row: &[tables::Cell], at: Option<usize>| at.and_then(|at| row.get(at)).map_or(Value::Null, |cell| json_of(cell, None));
    let feature = |row: &Vec<tables::Cell>| {
        let (x, y) = (value(row, lon_at), value(row, lat_at));
        let geometry = if x.is_null() || y.is_null() { Value::Null } else { json!({ "type": "Point", "coordinates": [x, y] }) };
        json!({ "type": "Feature", "id": value(row, id_at), "geometry": geometry, "properties": members(answer, row, &["_id", lon, lat]) })
    };
    json!({
        "type": "FeatureCollection",
        "numberMatched": answer.total,
        "numberReturned": answer.rows.len(),
        "features": answer.rows.iter().map(feature).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(text: &str) -> String {
        match range_of(text, 100) {
            Range::Whole => "whole".to_owned(),
            Range::Part(from, until) => format!("{from}-{until}"),
            Range::Beyond => "beyond".to_owned(),
        }
    }

    #[test]
    fn ranges_are_read_as_the_standard_says() {
        for (text, expected) in [
            ("bytes=0-9", "0-9"),
            ("bytes=90-", "90-99"),
            ("bytes=-10", "90-99"),
            ("bytes=-1000", "0-99"),
            ("bytes=50-5000", "50-99"),
            ("bytes=100-", "beyond"),
            ("bytes=-0", "beyond"),
            ("bytes=9-0", "whole"),
            ("bytes=0-1,5-6", "whole"),
            ("items=0-1", "whole"),
            ("bytes=x", "whole"),
        ] {
            assert_eq!(range(text), expected, "{text}");
        }
    }
}
