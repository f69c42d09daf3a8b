//! Serving, until told to stop.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;

/// The server could not start or broke.
#[derive(Debug, thiserror::Error)]
#[error("expected to serve on {address}, but {source}")]
pub struct ServeError {
    /// Where.
    pub address: String,
    /// Why not.
    pub source: std::io::Error,
}

/// Serves until `stop` resolves; then takes no new connections, and gives those that are open `grace` to finish.
///
/// # Errors
/// [`ServeError`].
pub async fn serve(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()> + Send + 'static,
    grace: Duration,
) -> Result<(), ServeError> {
    let address = listener.local_addr().map_or_else(|_| "an unknown address".to_owned(), |address| address.to_string());
    let (stopped, when_stopped) = tokio::sync::oneshot::channel::<()>();
    let stop = async move {
        stop.await;
        // Nobody waits any more only when the server has ended by itself.
        let _ = stopped.send(());
    };
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(stop);
    let out_of_patience = async move {
        match when_stopped.await {
            Ok(()) => tokio::time::sleep(grace).await,
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        ended = serving => ended.map_err(|source| ServeError { address, source }),
        () = out_of_patience => Ok(()),
    }
}
