//! Registers on both databases.

mod consent;
mod declarations;
mod live;
mod loading;
mod reading;
mod world;
