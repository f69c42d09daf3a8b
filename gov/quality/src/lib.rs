#![doc = include_str!("../README.md")]

pub mod commands;
mod events;
mod jobs;
mod model;
pub mod queries;
mod store;
mod work;

/// The rules that ship with the program: register and file.
pub const SHIPPED: [(&str, &str); 6] = [
    ("population", include_str!("../../../registers/quality/population.toml")),
    ("legal-persons", include_str!("../../../registers/quality/legal-persons.toml")),
    ("addresses", include_str!("../../../registers/quality/addresses.toml")),
    ("certificates", include_str!("../../../registers/quality/certificates.toml")),
    ("credit", include_str!("../../../registers/quality/credit.toml")),
    ("macro-economy", include_str!("../../../registers/quality/macro-economy.toml")),
];

pub use commands::CORRECTION_ITEM;
pub use jobs::handlers;
pub use model::comparison::{Comparison, DIFFERENCES_COUNT_MAX, Difference, Kind};
pub use model::dimension::Dimension;
pub use model::problems::RuleProblem;
pub use model::rules::{Check, DIVISIONS, Every, Pair, Rule, RuleSet, When};
pub use model::run::{Examined, FINDINGS_COUNT_MAX, Finding, RuleResult, Score};
pub use store::MIGRATIONS;
pub use work::compare::{Column, Columns, Comparer, Side};
pub use work::examine::examine;
