//! Parameters, wherever they stand: in the address, in a form, in a body of JSON. A text may hold JSON.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use serde_json::{Map, Value};

use super::envelope::Wrong;
use crate::body;

const BODY_BYTES_MAX: usize = 4 * 1024 * 1024;

/// The parameters of an action.
#[derive(Debug, Default)]
pub(crate) struct Params {
    values: Map<String, Value>,
    /// The developer key, if one was sent.
    pub(crate) key: Option<String>,
    /// A file that was sent along, with its name.
    pub(crate) upload: Option<(String, Bytes)>,
}

impl Params {
    pub(super) async fn read(request: Request) -> Result<Self, Wrong> {
        let mut params = Self { key: key(request.headers()), ..Self::default() };
        for (name, value) in pairs(request.uri().query().unwrap_or_default().as_bytes()) {
            params.put(name, Value::from(value));
        }
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default().to_ascii_lowercase();
        if kind.starts_with("multipart/form-data") {
            params.read_parts(request).await?;
            return Ok(params);
        }
        let bytes = body::bytes(request.into_body(), BODY_BYTES_MAX).await.map_err(|_| Wrong::Unreadable("the body is too long".to_owned()))?;
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Ok(params);
        }
        match serde_json::from_slice::<Value>(&bytes) {
            Ok(Value::Object(members)) => members.into_iter().for_each(|(name, value)| params.put(name, value)),
            Ok(_) => return Err(Wrong::Unreadable("Request data JSON decoded to something that is not an object".to_owned())),
            Err(_) if kind.starts_with("application/x-www-form-urlencoded") => {
                pairs(&bytes).into_iter().for_each(|(name, value)| params.put(name, Value::from(value)));
            }
            Err(_) => return Err(Wrong::Unreadable("JSON Error: Error decoding JSON data".to_owned())),
        }
        Ok(params)
    }

    async fn read_parts(&mut self, request: Request) -> Result<(), Wrong> {
        let unreadable = || Wrong::Unreadable("the form cannot be read".to_owned());
        let mut parts = axum::extract::Multipart::from_request(request, &()).await.map_err(|_| unreadable())?;
        while let Some(part) = parts.next_field().await.map_err(|_| unreadable())? {
            let name = part.name().unwrap_or_default().to_owned();
            if name == "upload" {
                let file = part.file_name().unwrap_or_default().to_owned();
                self.upload = Some((file, part.bytes().await.map_err(|_| unreadable())?));
            } else {
                let text = part.text().await.map_err(|_| unreadable())?;
                self.put(name, Value::from(text));
            }
        }
        Ok(())
    }

    /// A name given twice becomes a list.
    fn put(&mut self, name: String, value: Value) {
        match self.values.get_mut(&name) {
            Some(Value::Array(known)) => known.push(value),
            Some(known) => *known = Value::Array(vec![known.take(), value]),
            None => {
                self.values.insert(name, value);
            }
        }
    }

    /// The value, if it is there and not empty.
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.values.get(name).filter(|value| !value.is_null() && value.as_str() != Some(""))
    }

    /// Whether the name was given, even without a value.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    /// A text; numbers are taken as they are written.
    pub(crate) fn text(&self, name: &str) -> Result<Option<String>, Wrong> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(Value::Number(number)) => Ok(Some(number.to_string())),
            Some(_) => Err(Wrong::field(name, "Must be a string")),
        }
    }

    /// A text that must be there, under one of two names.
    pub(crate) fn needed(&self, name: &str, other: &str) -> Result<String, Wrong> {
        match self.text(name)? {
            Some(text) => Ok(text),
            None => self.text(other)?.ok_or_else(|| Wrong::missing(name)),
        }
    }

    /// A whole number from 0.
    pub(crate) fn number(&self, name: &str, otherwise: u32, max: u32) -> Result<u32, Wrong> {
        let Some(value) = self.get(name) else { return Ok(otherwise) };
        let number = match value {
            Value::Number(number) => number.as_u64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        let number = number.ok_or_else(|| Wrong::field(name, "Must be a natural number"))?;
        Ok(u32::try_from(number).unwrap_or(u32::MAX).min(max))
    }

    /// Yes or no.
    pub(crate) fn flag(&self, name: &str, otherwise: bool) -> bool {
        match self.get(name) {
            Some(Value::Bool(flag)) => *flag,
            Some(Value::String(text)) => matches!(text.to_ascii_lowercase().as_str(), "true" | "yes" | "1" | "t" | "on"),
            Some(Value::Number(number)) => number.as_u64() != Some(0),
            _ => otherwise,
        }
    }

    /// A value that may be JSON in a text: `["a"]`, `{"a": 1}`. Other text stays text.
    pub(crate) fn structured(&self, name: &str) -> Option<Value> {
        let value = self.get(name)?;
        match value {
            Value::String(text) if text.trim_start().starts_with(['[', '{']) => Some(serde_json::from_str(text).unwrap_or_else(|_| value.clone())),
            value => Some(value.clone()),
        }
    }

    /// Texts: a list, a list in a text, or separated by commas.
    pub(crate) fn texts(&self, name: &str) -> Result<Vec<String>, Wrong> {
        match self.structured(name) {
            None => Ok(Vec::new()),
            Some(Value::Array(values)) => {
                values.into_iter().map(|value| value.as_str().map(str::to_owned).ok_or_else(|| Wrong::field(name, "Not a list of strings"))).collect()
            }
            Some(Value::String(text)) => Ok(text.split(',').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()),
            Some(_) => Err(Wrong::field(name, "Not a list of strings")),
        }
    }
}

/// CKAN's own header, or the one of today, with or without a scheme.
fn key(headers: &HeaderMap) -> Option<String> {
    let line = headers.get("x-ckan-api-key").or_else(|| headers.get(header::AUTHORIZATION))?.to_str().ok()?.trim();
    let token = line.strip_prefix("Bearer ").unwrap_or(line).trim();
    (!token.is_empty()).then(|| token.to_owned())
}

fn pairs(encoded: &[u8]) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(encoded);
    let uri = format!("/?{text}").parse::<axum::http::Uri>().ok();
    uri.and_then(|uri| axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&uri).ok()).map(|query| query.0).unwrap_or_default()
}
