//! What rules, runs and comparisons are.

pub mod comparison;
pub mod dimension;
pub mod fingerprint;
pub mod problems;
pub mod refusals;
pub mod rules;
pub mod run;
