//! Quality of data on both databases.

mod comparing;
mod elsewhere;
mod examining;
mod rules;
mod world;
