#![doc = include_str!("../README.md")]

mod acts;
mod catalogue;
mod exchanging;
mod file;
mod frame;
mod pages;
mod people;
mod say;
mod sharing;
mod typed;

pub use gate::operation::{MIGRATIONS, calendar_with_imports};
pub use pages::routes;
