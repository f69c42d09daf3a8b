//! The component library against published fixtures, and whole pages in all skins and languages.
#![allow(clippy::unwrap_used, clippy::expect_used)]
mod choices;
mod conformance;
mod dom;
mod fields;
mod options;
mod pages;
mod simple;
mod structures;
