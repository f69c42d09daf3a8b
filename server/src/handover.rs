//! `send` and `take`: a file of any size to a service that takes batches, and what such a service received into a file, through the connector of a
//! node. Neither needs a data folder; after an interruption the same command goes on where it ended.

mod asking;
mod rows;
mod send;
mod take;

pub use asking::Connector;
pub use send::{Sending, Sent, send};
pub use take::{take, take_files};
