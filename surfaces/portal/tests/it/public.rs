//! The pages that anybody may read.

mod items;
mod opendata;
mod pages;
mod ratings;
mod receipts;
mod search;
pub mod text;
mod track;
mod verify;
