#![doc = include_str!("../README.md")]

mod carrier;
mod connector;
mod message;
mod routes;
mod tls;

pub use carrier::{CarrierError, HttpCarrier};
pub use connector::connector;
pub use routes::routes;
pub use tls::{MutualTls, TlsError};
