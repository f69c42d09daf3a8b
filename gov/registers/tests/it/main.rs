//! Registers on both databases.

mod declarations;
mod live;
mod loading;
mod reading;
mod world;
