//! Runs the scenarios that ship in a package (`tests/*.toml`) against the engine. The same code serves the command line, the
//! publish gate and the tests. Format: docs/spec/procedure-package.md.

mod expect;
mod run;
mod script;

pub use run::{Failure, FindApplicant, FindOrgan, FindPost, Stage, run_scenario};
pub use script::{Applicant, Expectation, Script, ScriptProblem, Step};
