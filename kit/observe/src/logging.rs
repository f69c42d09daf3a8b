//! Logging set-up.

use std::io;

use tracing::Subscriber;
use tracing_subscriber::{EnvFilter, fmt, fmt::MakeWriter, layer::SubscriberExt, util::SubscriberInitExt};

use crate::redact::Redacting;

/// How lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum LogFormat {
    /// For people.
    #[default]
    Pretty,
    /// For collectors: one JSON object a line.
    Json,
}

/// Logging could not be set up.
#[derive(Debug, thiserror::Error)]
#[error("expected to set up logging with the filter {filter:?}, but {cause}")]
pub struct LoggingError {
    /// The filter that was asked for.
    pub filter: String,
    /// What is wrong.
    pub cause: String,
}

/// Sets up logging of the process on standard error. `filter` is as in `info,web=debug`.
///
/// # Errors
/// When the filter cannot be read, or logging was set up before.
pub fn start_logging(format: LogFormat, filter: &str) -> Result<(), LoggingError> {
    let failed = |cause: String| LoggingError { filter: filter.to_owned(), cause };
    match format {
        LogFormat::Pretty => subscriber_pretty(filter, io::stderr).map_err(&failed)?.try_init().map_err(|e| failed(e.to_string())),
        LogFormat::Json => subscriber(filter, io::stderr).map_err(&failed)?.try_init().map_err(|e| failed(e.to_string())),
    }
}

/// What JSON logging consists of, writing anywhere; tests use it.
///
/// # Errors
/// When the filter cannot be read.
pub fn subscriber<W>(filter: &str, writer: W) -> Result<impl Subscriber + Send + Sync, String>
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let filter = EnvFilter::try_new(filter).map_err(|e| e.to_string())?;
    let layer = fmt::layer().json().flatten_event(true).with_current_span(false).with_writer(RedactingMaker(writer));
    Ok(tracing_subscriber::registry().with(filter).with(layer))
}

fn subscriber_pretty<W>(filter: &str, writer: W) -> Result<impl Subscriber + Send + Sync, String>
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let filter = EnvFilter::try_new(filter).map_err(|e| e.to_string())?;
    Ok(tracing_subscriber::registry().with(filter).with(fmt::layer().with_writer(RedactingMaker(writer))))
}

struct RedactingMaker<W>(W);

impl<'w, W: MakeWriter<'w>> MakeWriter<'w> for RedactingMaker<W> {
    type Writer = Redacting<W::Writer>;

    fn make_writer(&'w self) -> Self::Writer {
        Redacting(self.0.make_writer())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_log_line_holds_its_fields_but_no_numbers_of_persons() {
        let kept = Kept::default();
        let writer = kept.clone();
        let subscriber = subscriber("info", move || writer.clone()).unwrap();
        tracing::subscriber::with_default(subscriber, || {
            tracing::info!(applicant = "339921199001010027", status = 200_u16, "answered 13800000000");
            tracing::debug!("hidden");
        });
        let text = String::from_utf8(kept.0.lock().unwrap().clone()).unwrap();
        assert!(text.contains("\"status\":200") && text.contains("[identity-number]") && text.contains("answered [mobile-number]"), "{text}");
        assert!(!text.contains("339921199001010027") && !text.contains("hidden"), "{text}");
    }

    #[test]
    fn a_filter_that_cannot_be_read_is_said() {
        assert!(start_logging(LogFormat::Json, "web=loud").is_err_and(|fault| fault.to_string().contains("web=loud")));
    }
}
