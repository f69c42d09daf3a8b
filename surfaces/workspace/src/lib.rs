#![doc = include_str!("../README.md")]

mod acts;
mod file;
mod frame;
mod opendata;
mod operation;
mod pages;
mod people;
mod say;
mod typed;

pub use self::opendata::{derive_datasets, first_of_month};
pub use operation::{MIGRATIONS, calendar_with_imports};
pub use pages::routes;
