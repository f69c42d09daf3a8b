#![doc = include_str!("../README.md")]

mod acts;
mod exchanging;
mod file;
mod frame;
mod operation;
mod pages;
mod people;
mod say;
mod typed;

pub use operation::{MIGRATIONS, calendar_with_imports};
pub use pages::routes;
