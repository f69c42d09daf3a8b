#![doc = include_str!("../README.md")]

mod acts;
mod base_registers;
mod catalogue;
mod exchanging;
mod file;
mod frame;
mod opendata;
mod pages;
mod people;
mod quality;
mod say;
mod sharing;
mod typed;

pub use self::opendata::{derive_datasets, first_of_month};
pub use gate::operation::{MIGRATIONS, calendar_with_imports};
pub use pages::routes;
