#![doc = include_str!("../README.md")]

mod check;
mod expression;
mod fast;
mod feel;
mod number;
mod problem;
mod read;
mod rewrite;
mod scan;
mod table;
mod value;
mod variables;

pub use check::{check, unknown_inputs};
pub use feel::Feel;
pub use problem::{Problem, Severity};
pub use table::{Decided, DecisionTrace, RuleError, RuleTrace, Table, inputs};
