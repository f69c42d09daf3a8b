#![doc = include_str!("../README.md")]

mod body;
mod caller;
mod ckan;
mod docs;
mod dto;
mod error;
mod guessing;
mod refusals;
mod registry;
mod ring;
mod routes;
mod upload;

pub use routes::{operations, routes};
