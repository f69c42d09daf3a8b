#![doc = include_str!("../README.md")]

pub mod actions;
mod authority;
mod model;
mod scope;

pub use authority::{Authority, PolicyFault, UNKNOWN_ACTION, authority_matrix};
pub use model::*;
pub use scope::{OrganPost, Scope, ScopePart, visible};
