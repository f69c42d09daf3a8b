//! Reading requests strictly: JSON of exactly the documented shape, parameters, conditions, idempotency keys.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use gate::App;
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use serde_path_to_error::Segment;

use crate::error::ApiError;
use crate::refusals;

/// Longest body of JSON.
pub(crate) const JSON_BYTES_MAX: usize = 512 * 1024;
const KEY_CHARS_MAX: usize = 128;

/// A body of JSON.
pub(crate) struct Sent<T>(pub(crate) T);

/// A body of JSON that may be left out.
pub(crate) struct Maybe<T>(pub(crate) T);

/// The parameters of the address.
pub(crate) struct Asked<T>(pub(crate) T);

/// The version that the caller saw, from `If-Match`.
#[derive(Clone, Copy)]
pub(crate) struct Seen(pub(crate) Option<i64>);

/// The key under which a repeated request gets the first answer, from `Idempotency-Key`.
pub(crate) struct Once(pub(crate) Option<String>);

impl<T: DeserializeOwned> FromRequest<App> for Sent<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &App) -> Result<Self, ApiError> {
        if !is_json(request.headers()) {
            return Err(refusals::content_type_wrong());
        }
        read(&bytes(request.into_body(), JSON_BYTES_MAX).await?).map(Self)
    }
}

impl<T: DeserializeOwned + Default> FromRequest<App> for Maybe<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &App) -> Result<Self, ApiError> {
        let json = is_json(request.headers());
        let body = bytes(request.into_body(), JSON_BYTES_MAX).await?;
        match (body.is_empty(), json) {
            (true, _) => Ok(Self(T::default())),
            (false, true) => read(&body).map(Self),
            (false, false) => Err(refusals::content_type_wrong()),
        }
    }
}

impl<T: DeserializeOwned> FromRequestParts<App> for Asked<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, ApiError> {
        Query::<T>::try_from_uri(&parts.uri).map(|query| Self(query.0)).map_err(|rejection| query_unfit(&rejection.body_text()))
    }
}

impl FromRequestParts<App> for Seen {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, ApiError> {
        let Some(line) = parts.headers.get(header::IF_MATCH) else { return Ok(Self(None)) };
        match line.to_str().unwrap_or_default().trim() {
            "*" => Ok(Self(None)),
            tag => {
                let digits = tag.trim_start_matches("W/").strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
                let version = digits.and_then(|digits| digits.parse().ok()).ok_or_else(refusals::if_match_unfit)?;
                Ok(Self(Some(version)))
            }
        }
    }
}

impl FromRequestParts<App> for Once {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, ApiError> {
        let Some(line) = parts.headers.get("idempotency-key") else { return Ok(Self(None)) };
        let key = line.to_str().unwrap_or_default().trim();
        let fits = (1..=KEY_CHARS_MAX).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
        if fits { Ok(Self(Some(key.to_owned()))) } else { Err(refusals::idempotency_key_unfit()) }
    }
}

/// All bytes of a body, up to a limit.
pub(crate) async fn bytes(body: Body, bytes_max: usize) -> Result<Bytes, ApiError> {
    to_bytes(body, bytes_max).await.map_err(|error| if is_length_error(&error) { refusals::body_too_large() } else { refusals::body_broken() })
}

fn is_length_error(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        // The limit may be ours or that of the ring outside; both say it in these words alone.
        if error.to_string().contains("length limit exceeded") {
            return true;
        }
        cause = error.source();
    }
    false
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json") || (kind.starts_with("application/") && kind.ends_with("+json"))
}

/// Reads JSON; what does not fit is pointed at.
pub(crate) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| json_error(&error))?;
    reader.end().map_err(|_| refusals::json_broken())?;
    Ok(value)
}

fn json_error(error: &serde_path_to_error::Error<serde_json::Error>) -> ApiError {
    match error.inner().classify() {
        Category::Io | Category::Syntax | Category::Eof => refusals::json_broken(),
        Category::Data => {
            let said = error.inner().to_string();
            pointed_at(refusals::json_unfit(), &pointer(error.path(), &said), &said)
        }
    }
}

fn pointed_at(error: ApiError, pointer: &str, said: &str) -> ApiError {
    match error {
        ApiError::Refused { status, refusal } => {
            let said = said.split(" at line ").next().unwrap_or(said);
            let zh = format!("{}（{said}）", in_chinese(said));
            ApiError::new(status, refusal.with_field(pointer, zh, said))
        }
        fault @ ApiError::Fault(_) => fault,
    }
}

/// The kind of mistake in Chinese; what the reader said follows.
fn in_chinese(said: &str) -> &'static str {
    match said {
        said if said.starts_with("unknown field") => "接口说明中没有这个键",
        said if said.starts_with("missing field") => "缺少必填的键",
        said if said.starts_with("unknown variant") => "不是允许的取值",
        said if said.starts_with("duplicate field") => "同一个键出现了两次",
        _ => "取值的类型或格式不对",
    }
}

/// JSON pointer (RFC 6901) of the place; of the missing or unknown key itself where that is what is wrong.
fn pointer(path: &serde_path_to_error::Path, said: &str) -> String {
    let mut parts: Vec<String> = path
        .iter()
        .filter_map(|segment| match segment {
            Segment::Seq { index } => Some(index.to_string()),
            Segment::Map { key } => Some(key.replace('~', "~0").replace('/', "~1")),
            Segment::Enum { .. } | Segment::Unknown => None,
        })
        .collect();
    let named = ["unknown field `", "missing field `"].iter().find_map(|start| said.strip_prefix(start)?.split('`').next());
    if let Some(key) = named
        && parts.last().is_none_or(|last| last != key)
    {
        parts.push(key.to_owned());
    }
    match parts.is_empty() {
        // A pointer to the whole body is empty by the standard; a slash keeps it recognisable as one.
        true => "/".to_owned(),
        false => parts.iter().fold(String::new(), |pointer, part| format!("{pointer}/{part}")),
    }
}

fn query_unfit(said: &str) -> ApiError {
    let said = said.strip_prefix("Failed to deserialize query string: ").unwrap_or(said);
    let (name, said) = said.split_once(": ").filter(|(name, _)| !name.contains(' ')).unwrap_or(("", said));
    let named = ["unknown field `", "missing field `"].iter().find_map(|start| said.strip_prefix(start)?.split('`').next());
    let field = if name.is_empty() { named.unwrap_or_default() } else { name };
    match refusals::query_unfit() {
        ApiError::Refused { status, refusal } => ApiError::new(status, refusal.with_field(field, format!("{}（{said}）", in_chinese(said)), said)),
        fault @ ApiError::Fault(_) => fault,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Outer {
        #[expect(dead_code, reason = "only the reading is tested")]
        items: Vec<Inner>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        #[expect(dead_code, reason = "only the reading is tested")]
        says: String,
    }

    fn refused(json: &str) -> (u16, String) {
        match read::<Outer>(json.as_bytes()) {
            Err(ApiError::Refused { status, refusal }) => {
                (status.as_u16(), refusal.fields.first().map(|field| field.field.clone()).unwrap_or_default())
            }
            other => panic!("expected a refusal, but got {other:?}"),
        }
    }

    #[test]
    fn what_does_not_fit_is_pointed_at() {
        assert!(read::<Outer>(br#"{"items":[{"says":"x"}]}"#).is_ok());
        for (json, status, pointer) in [
            ("", 400, ""),
            ("{", 400, ""),
            (r#"{"items":[]}{}"#, 400, ""),
            ("[]", 422, "/"),
            ("{}", 422, "/items"),
            (r#"{"items":3}"#, 422, "/items"),
            (r#"{"items":[],"more":1}"#, 422, "/more"),
            (r#"{"items":[{"says":"x"},{"says":"x","who":1}]}"#, 422, "/items/1/who"),
            (r#"{"items":[{}]}"#, 422, "/items/0/says"),
            (r#"{"items":[{"says":7}]}"#, 422, "/items/0/says"),
        ] {
            assert_eq!(refused(json), (status, pointer.to_owned()), "{json}");
        }
    }

    #[test]
    fn json_is_told_by_its_type() {
        let json = |kind: &str| is_json(&HeaderMap::from_iter([(header::CONTENT_TYPE, kind.parse().unwrap())]));
        assert!(json("application/json") && json("Application/JSON; charset=utf-8") && json("application/merge-patch+json"));
        assert!(!json("text/plain") && !json("") && !json("application/x-www-form-urlencoded") && !is_json(&HeaderMap::new()));
    }
}
