//! Requests and responses as texts that can be hashed, signed and kept. Nothing here knows HTTP: a surface brings and carries them.

use base64::{Engine, engine::general_purpose::STANDARD};
use seal::hash::{sha512, sm3_hex};
use serde::{Deserialize, Serialize};

use super::code::Code;
use super::identifier::{ServiceId, SubsystemId};

/// Longest body of a single message; larger data go as a batch.
pub const BODY_BYTES_MAX: usize = 10 * 1024 * 1024;
/// Longest head of a message.
pub const HEAD_BYTES_MAX: usize = 16 * 1024;
const ID_CHARS_MAX: usize = 100;
const VALUE_CHARS_MAX: usize = 500;

/// Names of the headers, in lower case.
pub mod header {
    /// Who calls.
    pub const CLIENT: &str = "x-road-client";
    /// What is called.
    pub const SERVICE: &str = "x-road-service";
    /// The client's identifier of the message.
    pub const ID: &str = "x-road-id";
    /// The person who calls.
    pub const USER: &str = "x-road-userid";
    /// The case it belongs to.
    pub const ISSUE: &str = "x-road-issue";
    /// The party for whom it is called.
    pub const REPRESENTED: &str = "x-road-represented-party";
    /// Hash of the request, in the response.
    pub const REQUEST_HASH: &str = "x-road-request-hash";
    /// The gateway's identifier of the request.
    pub const REQUEST_ID: &str = "x-road-request-id";
    /// Why a call failed.
    pub const ERROR: &str = "x-road-error";
    /// When the message was signed, in milliseconds since 1970.
    pub const TIME: &str = "x-zhengshu-time";
    /// What the data are for: the slug of a purpose.
    pub const PURPOSE: &str = "x-zhengshu-purpose";
    /// The signature; the only one of these that is not itself signed.
    pub const SIGNATURE: &str = "x-zhengshu-signature";
    /// Media type of the body.
    pub const CONTENT_TYPE: &str = "content-type";
    /// Media types the client takes.
    pub const ACCEPT: &str = "accept";
}

/// A request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestMessage {
    /// `GET`, `POST`, …
    pub method: String,
    /// `/r1/{service}/{endpoint}`, as sent.
    pub path: String,
    /// What follows the question mark.
    pub query: Option<String>,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body; empty for none.
    pub body: Vec<u8>,
}

/// A response.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResponseMessage {
    /// HTTP status.
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body; empty for none.
    pub body: Vec<u8>,
}

/// What the head of a request says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestHead {
    /// Who calls.
    pub client: SubsystemId,
    /// What is called.
    pub service: ServiceId,
    /// Part of the path behind the service.
    pub endpoint: String,
    /// The client's identifier of the message.
    pub id: String,
    /// The person who calls.
    pub user: Option<String>,
    /// Number of the case.
    pub issue: Option<String>,
    /// Whom the call is for.
    pub represented: Option<String>,
    /// What for.
    pub purpose: Option<String>,
    /// When it was signed, in milliseconds since 1970.
    pub at_ms: i64,
}

impl RequestMessage {
    /// The service and endpoint that it is for: the path says it, and a header that says it too says the same. No header that counts comes twice.
    ///
    /// # Errors
    /// [`Code::HeadMalformed`].
    pub fn addressed(&self) -> Result<(ServiceId, String), Code> {
        let (service, endpoint) = ServiceId::of_path(&self.path)?;
        check_headers(&self.headers)?;
        if let Some(named) = value_of(&self.headers, header::SERVICE)
            && named.parse::<ServiceId>()? != service
        {
            return Err(Code::HeadMalformed);
        }
        Ok((service, endpoint))
    }

    /// Reads the head.
    ///
    /// # Errors
    /// [`Code::HeadMalformed`] for what is missing, doubled, too long or contradictory; [`Code::TooLarge`] for the body.
    pub fn head(&self) -> Result<RequestHead, Code> {
        let (service, endpoint) = self.addressed()?;
        if self.body.len() > BODY_BYTES_MAX {
            return Err(Code::TooLarge);
        }
        let find = |name: &str| value_of(&self.headers, name).map(str::to_owned);
        Ok(RequestHead {
            client: find(header::CLIENT).ok_or(Code::HeadMalformed)?.parse()?,
            service,
            endpoint,
            id: find(header::ID).filter(|id| usable_id(id)).ok_or(Code::HeadMalformed)?,
            user: find(header::USER),
            issue: find(header::ISSUE),
            represented: find(header::REPRESENTED),
            purpose: find(header::PURPOSE),
            at_ms: find(header::TIME).and_then(|text| text.parse().ok()).ok_or(Code::HeadMalformed)?,
        })
    }

    /// The canonical text of the head: request line, then every header that counts, by name.
    #[must_use]
    pub fn head_text(&self) -> String {
        let query = self.query.as_ref().map(|query| format!("?{query}")).unwrap_or_default();
        canonical(&format!("{} {}{query} HTTP/1.1", self.method, self.path), &self.headers)
    }

    /// The value of `X-Road-Request-Hash`.
    #[must_use]
    pub fn request_hash(&self) -> String {
        request_hash(&self.head_text(), (!self.body.is_empty()).then(|| sha512(&[&self.body])))
    }

    /// The text that is signed.
    #[must_use]
    pub fn signed_text(&self) -> String {
        signed_text(Side::Request, &sm3_hex(self.head_text().as_bytes()), &sm3_hex(&self.body))
    }
}

impl ResponseMessage {
    /// A header's value.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        value_of(&self.headers, name)
    }

    /// The canonical text of the head.
    #[must_use]
    pub fn head_text(&self) -> String {
        canonical(&format!("HTTP/1.1 {}", self.status), &self.headers)
    }

    /// The text that is signed.
    #[must_use]
    pub fn signed_text(&self) -> String {
        signed_text(Side::Response, &sm3_hex(self.head_text().as_bytes()), &sm3_hex(&self.body))
    }

    /// Whether it answers this request: identifier and hash of the request stand in it, once each.
    ///
    /// # Errors
    /// [`Code::ResponseMismatched`].
    pub fn answers(&self, request: &RequestMessage) -> Result<(), Code> {
        check_headers(&self.headers).map_err(|_| Code::ResponseMismatched)?;
        let same = |name: &str, wanted: Option<&str>| wanted.is_some() && self.header(name) == wanted;
        let fits = same(header::ID, value_of(&request.headers, header::ID))
            && same(header::CLIENT, value_of(&request.headers, header::CLIENT))
            && self.header(header::REQUEST_HASH) == Some(&request.request_hash());
        if fits { Ok(()) } else { Err(Code::ResponseMismatched) }
    }
}

/// Request or response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// A request.
    Request,
    /// A response.
    Response,
}

/// The text under a signature, from the SM3 of head and body in hexadecimal, so that erased texts leave the signature provable.
#[must_use]
pub fn signed_text(side: Side, head_sm3: &str, body_sm3: &str) -> String {
    let side = match side {
        Side::Request => "request",
        Side::Response => "response",
    };
    format!("zhengshu-exchange/1\n{side}\n{head_sm3}\n{body_sm3}\n")
}

/// X-Road's hash of a request: `base64(SHA-512(SHA-512(head) ‖ SHA-512(body)))`, and `base64(SHA-512(head))` where there is no body.
#[must_use]
pub fn request_hash(head_text: &str, body_sha512: Option<[u8; 64]>) -> String {
    let head = sha512(&[head_text.as_bytes()]);
    STANDARD.encode(body_sha512.map_or(head, |body| sha512(&[&head, &body])))
}

/// The value of the only header of this name.
#[must_use]
pub fn value_of<'h>(headers: &'h [(String, String)], name: &str) -> Option<&'h str> {
    headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.trim())
}

/// Headers that belong to the message. All others are of the way it takes, and may change on it.
fn counts(name: &str) -> bool {
    name.starts_with("x-road-") || matches!(name, header::ACCEPT | header::CONTENT_TYPE | header::TIME | header::PURPOSE)
}

fn canonical(line: &str, headers: &[(String, String)]) -> String {
    let mut counting: Vec<_> = headers.iter().filter(|(name, _)| counts(name)).collect();
    counting.sort();
    let lines = counting.into_iter().map(|(name, value)| format!("{name}:{}\r\n", value.trim()));
    format!("{line}\r\n{}", lines.collect::<String>())
}

/// A header that counts stands once, in one line: two values of one name could be read differently at the two ends.
fn check_headers(headers: &[(String, String)]) -> Result<(), Code> {
    let mut seen = std::collections::HashSet::new();
    let mut bytes = 0_usize;
    for (name, value) in headers.iter().filter(|(name, _)| counts(name) || name == header::SIGNATURE) {
        bytes = bytes.saturating_add(name.len()).saturating_add(value.len());
        let long = name != header::SIGNATURE && value.chars().count() > VALUE_CHARS_MAX;
        if !seen.insert(name) || long || bytes > HEAD_BYTES_MAX || value.chars().any(char::is_control) || name.chars().any(char::is_uppercase) {
            return Err(Code::HeadMalformed);
        }
    }
    Ok(())
}

fn usable_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= ID_CHARS_MAX && id.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests;
