//! Figures of operation in the text format of Prometheus.

use std::sync::OnceLock;
use std::time::Duration;

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

const SECONDS_BUCKETS: [f64; 10] = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// The figures of the process.
#[derive(Clone, Debug)]
pub struct Metrics(Option<&'static PrometheusHandle>);

impl Metrics {
    /// Installs the recorder of the process, once; later calls give the same one.
    #[must_use]
    pub fn install() -> Self {
        let handle = HANDLE.get_or_init(|| {
            let builder = PrometheusBuilder::new().set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS_BUCKETS).ok()?;
            let recorder = builder.build_recorder();
            let handle = recorder.handle();
            metrics::set_global_recorder(recorder).ok()?;
            Some(handle)
        });
        Self(handle.as_ref())
    }

    /// Everything counted so far. Empty when another recorder was installed before.
    #[must_use]
    pub fn render(&self) -> String {
        self.0.map(PrometheusHandle::render).unwrap_or_default()
    }

    /// Counts one answered request. `surface` is the first part of the path, so that the number of series is bounded.
    pub fn request(&self, method: &str, surface: &str, status: u16, took: Duration) {
        let labels = [("method", method.to_owned()), ("surface", surface.to_owned()), ("status", status.to_string())];
        metrics::counter!("http_requests_total", &labels).increment(1);
        metrics::histogram!("http_request_seconds", "surface" => surface.to_owned()).record(took.as_secs_f64());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_counted_by_status() {
        let metrics = Metrics::install();
        metrics.request("GET", "items", 200, Duration::from_millis(3));
        Metrics::install().request("GET", "items", 200, Duration::from_millis(30));
        let text = metrics.render();
        assert!(text.contains("http_requests_total{method=\"GET\",surface=\"items\",status=\"200\"} 2"), "{text}");
        assert!(text.contains("http_request_seconds_bucket{surface=\"items\",le=\"0.005\"} 1"), "{text}");
    }
}
