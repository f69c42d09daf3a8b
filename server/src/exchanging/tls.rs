//! Mutual TLS with other nodes: the certificate this node shows, and whom it trusts.

use std::path::Path;

use gateway::{HttpCarrier, MutualTls};
use tokio::runtime::Handle;

use crate::config::ExchangeTls;
use crate::node::StartError;

/// Carries calls to other nodes: with this node's certificate where it has one for the exchange.
///
/// # Errors
/// When the certificate or the roots cannot be read.
pub(crate) fn carrier(data: &Path, tls: Option<&ExchangeTls>, runtime: Handle) -> Result<HttpCarrier, StartError> {
    let Some(tls) = tls else { return Ok(HttpCarrier::new(runtime)?) };
    let (roots, identity) = pem(data, tls)?;
    Ok(HttpCarrier::with_certificates(runtime, &roots, &identity)?)
}

/// Serves the exchange, and nothing else, to nodes whose certificate is of its roots, until the process ends.
///
/// # Errors
/// When the address is taken, or certificate and roots cannot be read.
pub(crate) async fn serve(node: &crate::node::Node, tls: &ExchangeTls, router: axum::Router) -> Result<(), StartError> {
    let (roots, identity) = pem(&node.place.data, tls)?;
    let listener = tokio::net::TcpListener::bind(tls.listen).await;
    let listener = listener.map_err(|e| format!("the exchange cannot listen on {}: {e}", tls.listen))?;
    let listener = MutualTls::new(listener, &roots, &identity)?;
    tokio::spawn(async move {
        if let Err(fault) = axum::serve(listener, router).await {
            tracing::error!(%fault, "the exchange's own address ended");
        }
    });
    Ok(())
}

/// Whether the files are there, and can be used together.
///
/// # Errors
/// What is wrong with them.
pub(crate) fn check(data: &Path, tls: &ExchangeTls) -> Result<(), StartError> {
    let (roots, identity) = pem(data, tls)?;
    Ok(MutualTls::check(&roots, &identity)?)
}

fn pem(data: &Path, tls: &ExchangeTls) -> Result<(String, String), StartError> {
    let read = |path: &Path| {
        let path = data.join(path);
        std::fs::read_to_string(&path).map_err(|e| StartError::from(format!("expected a PEM file of the exchange at {}: {e}", path.display())))
    };
    Ok((read(&tls.roots)?, read(&tls.identity)?))
}
