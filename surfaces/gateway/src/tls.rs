//! Mutual TLS between nodes: who shows no certificate of the exchange's own roots gets no further than the handshake.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::serve::Listener;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{self, CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::{VerifierBuilderError, WebPkiClientVerifier};
use tokio_rustls::rustls::{self, RootCertStore, ServerConfig};
use tokio_rustls::server::TlsStream;

/// Handshakes under way at once; who comes then waits in the queue of the operating system.
const HANDSHAKES_MAX: usize = 256;
const HANDSHAKE_TIME_MAX: Duration = Duration::from_secs(10);
/// After an accept that failed, as by too many open files.
const PAUSE: Duration = Duration::from_millis(500);

/// Why mutual TLS cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A text is no PEM, or has no certificate or key.
    #[error("expected certificates and a private key in PEM")]
    Pem(#[from] pki_types::pem::Error),
    /// A certificate or its key cannot be used.
    #[error("expected a certificate that can be shown, with its own key")]
    Certificate(#[from] rustls::Error),
    /// No one can be verified by these roots.
    #[error("expected roots by which others can be verified")]
    Roots(#[from] VerifierBuilderError),
    /// The address of the listener is not known.
    #[error("expected a listening socket")]
    Socket(#[from] io::Error),
}

/// A listener for [`axum::serve`] that hands on connections of verified clients alone. Slow handshakes keep nobody else waiting.
#[derive(Debug)]
pub struct MutualTls {
    verified: mpsc::Receiver<(TlsStream<TcpStream>, SocketAddr)>,
    address: SocketAddr,
    accepting: JoinHandle<()>,
}

impl MutualTls {
    /// Trusts the given roots alone, and shows a certificate with its chain and key (all PEM, in one text). To be called in a runtime.
    ///
    /// # Errors
    /// [`TlsError`].
    pub fn new(listener: TcpListener, roots_pem: &str, identity_pem: &str) -> Result<Self, TlsError> {
        let acceptor = TlsAcceptor::from(Arc::new(config(roots_pem, identity_pem)?));
        let address = listener.local_addr()?;
        let (sender, verified) = mpsc::channel(HANDSHAKES_MAX);
        Ok(Self { verified, address, accepting: tokio::spawn(accept(listener, acceptor, sender)) })
    }

    /// Whether roots, certificate and key could be used.
    ///
    /// # Errors
    /// [`TlsError`].
    pub fn check(roots_pem: &str, identity_pem: &str) -> Result<(), TlsError> {
        config(roots_pem, identity_pem).map(drop)
    }
}

fn config(roots_pem: &str, identity_pem: &str) -> Result<ServerConfig, TlsError> {
    let mut roots = RootCertStore::empty();
    for root in CertificateDer::pem_slice_iter(roots_pem.as_bytes()) {
        roots.add(root?)?;
    }
    let provider = Arc::new(default_provider());
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider)).build()?;
    let chain = CertificateDer::pem_slice_iter(identity_pem.as_bytes()).collect::<Result<Vec<_>, _>>()?;
    let key = PrivateKeyDer::from_pem_slice(identity_pem.as_bytes())?;
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    let mut config = config.with_client_cert_verifier(verifier).with_single_cert(chain, key)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

async fn accept(listener: TcpListener, acceptor: TlsAcceptor, verified: mpsc::Sender<(TlsStream<TcpStream>, SocketAddr)>) {
    let handshakes = Arc::new(Semaphore::new(HANDSHAKES_MAX));
    while let Ok(permit) = Arc::clone(&handshakes).acquire_owned().await {
        let (stream, address) = match listener.accept().await {
            Ok(arrived) => arrived,
            Err(fault) => {
                tracing::warn!(%fault, "a connection of another node could not be accepted");
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        let (acceptor, verified) = (acceptor.clone(), verified.clone());
        tokio::spawn(async move {
            match timeout(HANDSHAKE_TIME_MAX, acceptor.accept(stream)).await {
                // Nobody receives any more when the server stops.
                Ok(Ok(stream)) => drop(verified.send((stream, address)).await),
                Ok(Err(fault)) => tracing::warn!(%address, %fault, "no mutual TLS with another node"),
                Err(_) => tracing::warn!(%address, "no mutual TLS with another node: the handshake took too long"),
            }
            drop(permit);
        });
    }
}

impl Listener for MutualTls {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    fn accept(&mut self) -> impl Future<Output = (Self::Io, Self::Addr)> + Send {
        async {
            match self.verified.recv().await {
                Some(verified) => verified,
                // The accepting task ended with its runtime: there will be no more.
                None => std::future::pending().await,
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}

impl Drop for MutualTls {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}
