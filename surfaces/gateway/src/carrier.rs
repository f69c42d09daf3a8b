//! Carrying requests to other nodes.

use std::time::Duration;

use exchange::{BODY_BYTES_MAX, Carrier, Code, RequestMessage, ResponseMessage};
use reqwest::{Certificate, Client, Identity, Method, Response, redirect::Policy};
use tokio::runtime::Handle;

use crate::message::lines;

const CONNECT_TIME_MAX: Duration = Duration::from_secs(5);

/// Carries requests by HTTP. Its methods block: they are called on a thread that may wait, not on one of the runtime.
pub struct HttpCarrier {
    client: Client,
    runtime: Handle,
}

/// Why a carrier cannot be made.
#[derive(Debug, thiserror::Error)]
#[error("expected a client for calls to other nodes, but {0}")]
pub struct CarrierError(#[from] reqwest::Error);

impl HttpCarrier {
    /// A carrier that trusts the roots of the machine and shows no certificate.
    ///
    /// # Errors
    /// [`CarrierError`].
    pub fn new(runtime: Handle) -> Result<Self, CarrierError> {
        Ok(Self { client: builder().build()?, runtime })
    }

    /// A carrier for mutual TLS: it trusts the given roots alone, and shows a certificate with its key (both PEM, in one text).
    ///
    /// # Errors
    /// [`CarrierError`] when they cannot be read.
    pub fn with_certificates(runtime: Handle, roots_pem: &str, identity_pem: &str) -> Result<Self, CarrierError> {
        let roots = Certificate::from_pem_bundle(roots_pem.as_bytes())?;
        let client = builder().tls_certs_only(roots).identity(Identity::from_pem(identity_pem.as_bytes())?).build()?;
        Ok(Self { client, runtime })
    }

    async fn send(&self, address: &str, request: &RequestMessage, wait: Duration) -> Result<ResponseMessage, Code> {
        let query = request.query.as_ref().map(|query| format!("?{query}")).unwrap_or_default();
        let method = Method::from_bytes(request.method.as_bytes()).map_err(|_| Code::HeadMalformed)?;
        let mut sending = self.client.request(method, format!("{address}{}{query}", request.path)).timeout(wait).body(request.body.clone());
        for (name, value) in &request.headers {
            sending = sending.header(name, value);
        }
        let response = sending.send().await.map_err(|fault| code_of(&fault))?;
        let (status, headers) = (response.status().as_u16(), lines(response.headers()));
        Ok(ResponseMessage { status, headers, body: body(response).await? })
    }
}

fn builder() -> reqwest::ClientBuilder {
    Client::builder().connect_timeout(CONNECT_TIME_MAX).redirect(Policy::none()).no_proxy()
}

/// The body in pieces, so that a larger one than is taken is never held.
async fn body(mut response: Response) -> Result<Vec<u8>, Code> {
    let mut body = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(|fault| code_of(&fault))? {
        if body.len().saturating_add(piece.len()) > BODY_BYTES_MAX {
            return Err(Code::ResponseInvalid);
        }
        body.extend_from_slice(&piece);
    }
    Ok(body)
}

fn code_of(fault: &reqwest::Error) -> Code {
    if fault.is_timeout() && !fault.is_connect() { Code::ProviderSlow } else { Code::ProviderDown }
}

impl Carrier for HttpCarrier {
    fn carry(&self, address: &str, request: &RequestMessage, wait_ms_max: i64) -> Result<ResponseMessage, Code> {
        let wait = Duration::from_millis(u64::try_from(wait_ms_max).unwrap_or(0));
        self.runtime.block_on(self.send(address, request, wait))
    }

    fn pause(&self, pause_ms: i64) {
        std::thread::sleep(Duration::from_millis(u64::try_from(pause_ms).unwrap_or(0)));
    }
}

impl std::fmt::Debug for HttpCarrier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HttpCarrier").finish_non_exhaustive()
    }
}
