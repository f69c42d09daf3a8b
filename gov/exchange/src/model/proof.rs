//! An exchange outside of any database, and its verification with public keys alone.

use base64::{Engine, engine::general_purpose::STANDARD};
use seal::PublicKey;
use seal::hash::{sha512, sm3_hex};
use serde::{Deserialize, Serialize};

use super::code::Code;
use super::envelope::{Envelope, key_id};
use super::message::{RequestMessage, ResponseMessage, Side, header, request_hash, signed_text, value_of};

/// The format of an exported exchange.
pub const FORMAT: &str = "zhengshu-exchange/1";

/// One message of an exported exchange.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProvenMessage {
    /// Canonical text of the head; `None` once it is erased by the rule of retention.
    pub head: Option<String>,
    /// Base64 of the body; `None` when there is none, or it is erased.
    pub body: Option<String>,
    /// SM3 of the head's text, in hexadecimal.
    pub head_sm3: String,
    /// SM3 of the body, in hexadecimal.
    pub body_sm3: String,
    /// SHA-512 of the body, in hexadecimal; empty when there is no body.
    pub body_sha512: String,
    /// The signature; `None` for a call inside of one process, which its node answers for.
    pub signature: Option<String>,
}

/// An exported exchange: a request with its response.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProvenExchange {
    /// [`FORMAT`].
    pub format: String,
    /// The request.
    pub request: ProvenMessage,
    /// The response, if one came.
    pub response: Option<ProvenMessage>,
}

/// What does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofFault {
    /// Another kind of file.
    #[error("expected an exported exchange of format {FORMAT}, but it says {0}")]
    Format(String),
    /// A message is not what its digest says.
    #[error("the {0} was changed: its text does not fit its digest")]
    Changed(&'static str),
    /// A message has no signature.
    #[error("the {0} is not signed")]
    Unsigned(&'static str),
    /// None of the given keys made the signature.
    #[error("the {0} is signed by key {1}, which was not given")]
    KeyMissing(&'static str, String),
    /// The signature does not fit.
    #[error("the signature of the {0} does not fit")]
    Signature(&'static str),
    /// The response belongs to another request.
    #[error("the response belongs to another request")]
    Mismatched,
}

/// What a verified exchange proves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProofReport {
    /// Key that signed the request.
    pub request_key: String,
    /// Key that signed the response; `None` when there is no response.
    pub response_key: Option<String>,
    /// Identifier of the message; `None` once the head is erased.
    pub message: Option<String>,
    /// Whether the response names the hash of this request; `None` once a head is erased, or without a response.
    pub bound: Option<bool>,
}

impl ProvenMessage {
    /// A request as evidence.
    #[must_use]
    pub fn of_request(request: &RequestMessage, signature: Option<String>) -> Self {
        Self::of(request.head_text(), &request.body, signature)
    }

    /// A response as evidence.
    #[must_use]
    pub fn of_response(response: &ResponseMessage, signature: Option<String>) -> Self {
        Self::of(response.head_text(), &response.body, signature)
    }

    fn of(head: String, body: &[u8], signature: Option<String>) -> Self {
        Self {
            head_sm3: sm3_hex(head.as_bytes()),
            head: Some(head),
            body: (!body.is_empty()).then(|| STANDARD.encode(body)),
            body_sm3: sm3_hex(body),
            body_sha512: if body.is_empty() { String::new() } else { seal::hash::to_hex(&sha512(&[body])) },
            signature,
        }
    }

    /// The same without head and body: what stays after the retention has run out, still provable by whoever holds the message.
    #[must_use]
    pub fn erased(mut self) -> Self {
        self.head = None;
        self.body = None;
        self
    }

    fn check(&self, side: Side, name: &'static str, keys: &[PublicKey]) -> Result<String, ProofFault> {
        let changed = ProofFault::Changed(name);
        if self.head.as_ref().is_some_and(|head| sm3_hex(head.as_bytes()) != self.head_sm3) {
            return Err(changed);
        }
        if let Some(body) = &self.body {
            let body = STANDARD.decode(body).map_err(|_| changed.clone())?;
            if sm3_hex(&body) != self.body_sm3 || seal::hash::to_hex(&sha512(&[&body])) != self.body_sha512 {
                return Err(changed);
            }
        }
        let envelope: Envelope = self.signature.as_deref().ok_or(ProofFault::Unsigned(name))?.parse().map_err(|_| ProofFault::Signature(name))?;
        let key = keys.iter().find(|key| key_id(key) == envelope.key);
        let key = key.ok_or_else(|| ProofFault::KeyMissing(name, envelope.key.clone()))?;
        let text = signed_text(side, &self.head_sm3, &self.body_sm3);
        envelope.verify(key, &text).map_err(|_: Code| ProofFault::Signature(name))?;
        Ok(envelope.key)
    }

    fn header(&self, name: &str) -> Option<String> {
        let lines = self.head.as_ref()?.split("\r\n").filter_map(|line| line.split_once(':'));
        let headers: Vec<_> = lines.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        value_of(&headers, name).map(str::to_owned)
    }
}

impl ProvenExchange {
    /// An exchange as evidence.
    #[must_use]
    pub fn new(request: ProvenMessage, response: Option<ProvenMessage>) -> Self {
        Self { format: FORMAT.to_owned(), request, response }
    }

    /// Checks digests, signatures and the binding of the response to the request.
    ///
    /// # Errors
    /// The first thing that does not hold.
    pub fn verify(&self, keys: &[PublicKey]) -> Result<ProofReport, ProofFault> {
        if self.format != FORMAT {
            return Err(ProofFault::Format(self.format.clone()));
        }
        let request_key = self.request.check(Side::Request, "request", keys)?;
        let response_key = self.response.as_ref().map(|response| response.check(Side::Response, "response", keys)).transpose()?;
        let named = self.response.as_ref().and_then(|response| response.header(header::REQUEST_HASH));
        let bound = match (&self.request.head, named) {
            (Some(head), Some(named)) => Some(request_hash(head, self.body_sha512()?) == named),
            _ => None,
        };
        if bound == Some(false) {
            return Err(ProofFault::Mismatched);
        }
        Ok(ProofReport { request_key, response_key, message: self.request.header(header::ID), bound })
    }

    fn body_sha512(&self) -> Result<Option<[u8; 64]>, ProofFault> {
        if self.request.body_sha512.is_empty() {
            return Ok(None);
        }
        let bytes = seal::hash::from_hex(&self.request.body_sha512).and_then(|bytes| bytes.try_into().ok());
        bytes.map(Some).ok_or(ProofFault::Changed("request"))
    }
}
