//! Mutual TLS between two nodes.

use std::sync::Arc;
use std::time::{Duration, Instant};

use exchange::{Carrier, Code, RequestMessage, ResponseMessage};
use gateway::{HttpCarrier, MutualTls};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tokio::net::TcpListener;
use tokio::runtime::Handle;

/// An authority of the exchange.
struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    fn root(&self) -> String {
        self.0.pem()
    }

    /// Certificate and key of a node on the loopback.
    fn identity(&self) -> String {
        let key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap().signed_by(&key, &self.0).unwrap();
        format!("{}{}", certificate.pem(), key.serialize_pem())
    }
}

/// The address of a node that lets in whom the authority knows.
async fn serve(authority: &Authority) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let listener = MutualTls::new(listener, &authority.root(), &authority.identity()).unwrap();
    let address = axum::serve::Listener::local_addr(&listener).unwrap();
    let router = axum::Router::new().fallback(|| async { "inside" });
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("https://{address}")
}

async fn carried(carrier: HttpCarrier, address: &str) -> Result<ResponseMessage, Code> {
    let address = address.to_owned();
    let request = RequestMessage { method: "GET".into(), path: "/listClients".into(), query: None, headers: Vec::new(), body: Vec::new() };
    tokio::task::spawn_blocking(move || Arc::new(carrier).carry(&address, &request, 5_000)).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn only_nodes_with_a_certificate_of_the_exchange_get_in() {
    let (ours, theirs) = (Authority::new(), Authority::new());
    let address = serve(&ours).await;
    let known = HttpCarrier::with_certificates(Handle::current(), &ours.root(), &ours.identity()).unwrap();
    let answer = carried(known, &address).await.unwrap();
    assert_eq!((answer.status, answer.body.as_slice()), (200, b"inside".as_slice()));

    let stranger = HttpCarrier::with_certificates(Handle::current(), &ours.root(), &theirs.identity()).unwrap();
    assert_eq!(carried(stranger, &address).await.unwrap_err(), Code::ProviderDown, "a certificate of another authority");
    assert_eq!(carried(HttpCarrier::new(Handle::current()).unwrap(), &address).await.unwrap_err(), Code::ProviderDown, "no certificate");
    let distrusts = HttpCarrier::with_certificates(Handle::current(), &theirs.root(), &ours.identity()).unwrap();
    assert_eq!(carried(distrusts, &address).await.unwrap_err(), Code::ProviderDown, "the server is not of this exchange");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_never_finishes_its_handshake_keeps_nobody_waiting() {
    let ours = Authority::new();
    let address = serve(&ours).await;
    let mut idle = Vec::new();
    for _ in 0..20 {
        idle.push(tokio::net::TcpStream::connect(address.trim_start_matches("https://")).await.unwrap());
    }
    let started = Instant::now();
    let known = HttpCarrier::with_certificates(Handle::current(), &ours.root(), &ours.identity()).unwrap();
    assert_eq!(carried(known, &address).await.unwrap().status, 200);
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
    drop(idle);
}

#[tokio::test]
async fn what_is_no_certificate_is_said_before_anything_is_served() {
    let ours = Authority::new();
    let (other, listener) = (ours.identity(), async || TcpListener::bind("127.0.0.1:0").await.unwrap());
    let said = |fault: gateway::TlsError| fault.to_string();
    assert!(said(MutualTls::new(listener().await, "no PEM", &other).unwrap_err()).contains("roots"));
    assert!(said(MutualTls::new(listener().await, &ours.root(), "no PEM").unwrap_err()).contains("PEM"));
    let certificate = other.split("-----BEGIN PRIVATE KEY-----").next().unwrap();
    let foreign_key = KeyPair::generate().unwrap().serialize_pem();
    let mixed = format!("{certificate}{foreign_key}");
    assert!(said(MutualTls::new(listener().await, &ours.root(), &mixed).unwrap_err()).contains("its own key"));
}
