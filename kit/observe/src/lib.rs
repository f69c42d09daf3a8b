#![doc = include_str!("../README.md")]

mod health;
mod logging;
mod metering;
mod redact;

pub use health::{Health, HealthState};
pub use logging::{LogFormat, LoggingError, start_logging, subscriber};
pub use metering::Metrics;
pub use redact::{Redacting, redact};
