#![doc = include_str!("../README.md")]

pub mod assets;
mod components;
pub mod gallery;
mod html;
pub mod layout;
mod own;
mod staff;
mod words;

pub use assets::asset_url;
pub use components::*;
pub use html::{Attributes, Content};
pub use own::*;
pub use staff::*;
