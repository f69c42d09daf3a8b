#![doc = include_str!("../README.md")]

mod error;
mod migrate;
mod pg;
mod pool;
mod sqlite;
mod store;
mod tx;
mod value;

pub use error::StoreError;
pub use migrate::Migration;
pub use store::{Config, Durability, Store};
pub use tx::Tx;
pub use value::{Bind, FromValue, Row, Slot, Value};
