#![doc = include_str!("../README.md")]

mod error;
mod fold;
mod index;
mod pieces;
mod query;
mod snippet;
mod synonyms;
mod tokenizer;

pub use error::Error;
pub use index::{Doc, Filter, Hit, Hits, Index};
pub use snippet::Stretch;
pub use synonyms::Synonyms;
