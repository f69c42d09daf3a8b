//! What stands in the message log about a call: who, what, when, how it ended, and both signed texts, sealed.

use base64::{Engine, engine::general_purpose::STANDARD};
use ids::Entropy;
use seal::hash::{sha512, sm3_hex, to_hex};
use seal::{FieldKeys, SealError};
use serde::{Deserialize, Serialize};
use tracker::Trace;

use super::code::Code;
use super::identifier::{ServiceId, SubsystemId};
use super::message::{RequestMessage, ResponseMessage};
use super::proof::{ProvenExchange, ProvenMessage};

/// Where sealed texts belong; part of what is sealed, so never changed.
const PLACE: &str = "exchange_message.text";

/// At which end of a call the log was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LogSide {
    /// By the node that provides, also for calls inside of one node.
    Provider,
    /// By the node that calls.
    Client,
}

impl LogSide {
    /// Its code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Provider => "provider",
            Self::Client => "client",
        }
    }

    /// The side with this code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Provider, Self::Client].into_iter().find(|side| side.as_str() == code)
    }
}

/// A text of the log: sealed, with its digests and signature in the clear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedText {
    /// Head and body, sealed; `None` once they are erased.
    pub sealed: Option<String>,
    /// SM3 of the head's text.
    pub head_sm3: String,
    /// SM3 of the body.
    pub body_sm3: String,
    /// SHA-512 of the body; empty for no body.
    pub body_sha512: String,
    /// The envelope.
    pub signature: Option<String>,
}

/// A call as it stands in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedCall {
    /// Identifier; also its stream in the journal.
    pub id: String,
    /// At which end.
    pub side: LogSide,
    /// The client's identifier of the message.
    pub message: String,
    /// Who called.
    pub client: SubsystemId,
    /// What.
    pub service: ServiceId,
    /// Which endpoint.
    pub endpoint: String,
    /// Number of the case.
    pub case: Option<String>,
    /// Purpose that was named.
    pub purpose: Option<String>,
    /// The grant it passed under.
    pub grant: Option<String>,
    /// How it ended.
    pub code: Code,
    /// When it was handled, in milliseconds since 1970.
    pub at_ms: i64,
    /// When the client signed it.
    pub client_at_ms: i64,
    /// How long it took at this end, in microseconds.
    pub duration_us: i64,
    /// Bytes of the request's body.
    pub request_bytes: i64,
    /// Bytes of the response's body.
    pub response_bytes: i64,
    /// The request.
    pub request: LoggedText,
    /// The response.
    pub response: Option<LoggedText>,
    /// Until when the texts are kept.
    pub kept_until_ms: i64,
}

#[derive(Serialize, Deserialize)]
struct Plain {
    head: String,
    body: String,
}

impl LoggedText {
    /// A request for the log.
    ///
    /// # Errors
    /// When it cannot be sealed.
    pub fn of_request(
        keys: &FieldKeys,
        id: &str,
        request: &RequestMessage,
        signature: Option<String>,
        entropy: &mut dyn Entropy,
    ) -> Result<Self, SealError> {
        Self::of(keys, id, request.head_text(), &request.body, signature, entropy)
    }

    /// A response for the log.
    ///
    /// # Errors
    /// When it cannot be sealed.
    pub fn of_response(
        keys: &FieldKeys,
        id: &str,
        response: &ResponseMessage,
        signature: Option<String>,
        entropy: &mut dyn Entropy,
    ) -> Result<Self, SealError> {
        Self::of(keys, id, response.head_text(), &response.body, signature, entropy)
    }

    fn of(keys: &FieldKeys, id: &str, head: String, body: &[u8], signature: Option<String>, entropy: &mut dyn Entropy) -> Result<Self, SealError> {
        let (head_sm3, body_sm3) = (sm3_hex(head.as_bytes()), sm3_hex(body));
        let body_sha512 = if body.is_empty() { String::new() } else { to_hex(&sha512(&[body])) };
        let plain = serde_json::to_string(&Plain { head, body: STANDARD.encode(body) }).unwrap_or_default();
        let sealed = Some(keys.seal(id, PLACE, &plain, entropy)?.to_string());
        Ok(Self { sealed, head_sm3, body_sm3, body_sha512, signature })
    }

    fn proven(&self, keys: &FieldKeys, id: &str) -> Result<ProvenMessage, SealError> {
        let opened = self.sealed.as_ref().map(|sealed| keys.open(id, PLACE, &sealed.parse()?)).transpose()?;
        let plain = opened.and_then(|text| serde_json::from_str::<Plain>(&text).ok());
        let (head, body) = plain.map_or((None, None), |plain| (Some(plain.head), Some(plain.body).filter(|body| !body.is_empty())));
        Ok(ProvenMessage {
            head,
            body,
            head_sm3: self.head_sm3.clone(),
            body_sm3: self.body_sm3.clone(),
            body_sha512: self.body_sha512.clone(),
            signature: self.signature.clone(),
        })
    }
}

impl LoggedCall {
    /// The call as evidence. It holds what was exchanged, so it asks for the proof that the reading was recorded.
    ///
    /// # Errors
    /// When a text cannot be opened.
    pub fn exchange(&self, keys: &FieldKeys, _: &Trace) -> Result<ProvenExchange, SealError> {
        let response = self.response.as_ref().map(|text| text.proven(keys, &self.id)).transpose()?;
        Ok(ProvenExchange::new(self.request.proven(keys, &self.id)?, response))
    }
}
