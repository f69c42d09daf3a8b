//! Registers on both databases.

mod declarations;
mod loading;
mod reading;
mod world;
