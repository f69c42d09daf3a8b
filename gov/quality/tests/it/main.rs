//! Quality of data on both databases.

mod comparing;
mod examining;
mod rules;
mod world;
