#![doc = include_str!("../README.md")]

mod matching;
mod model;
mod parquet;
mod sheet;
mod store;
mod words;

pub use model::{Answer, Bounds, Cell, Column, Field, Filter, Kind, Search, Sought, TableError};
pub use sheet::{COLUMNS_MAX, NAME_CHARS_MAX, Sheet, guess};
pub use store::{Named, Shelf, TABLES_PER_STATEMENT_MAX};
pub use words::terms;
