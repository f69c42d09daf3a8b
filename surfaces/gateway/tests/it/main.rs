//! Two nodes over HTTP on the loopback, each with a database and keys of its own.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod http;
mod node;
mod tls;
