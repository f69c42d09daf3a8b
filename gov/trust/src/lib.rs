#![doc = include_str!("../README.md")]

pub mod actions;
mod authority;
mod commands;
mod events;
mod model;
pub mod queries;
mod refusals;
mod scope;
mod store;

pub use self::store::MIGRATIONS;
pub use authority::{Authority, PolicyFault, UNKNOWN_ACTION, authority_matrix};
pub use commands::*;
pub use model::*;
pub use refusals::password_problem;
pub use scope::{OrganPost, Scope, ScopePart, visible};
