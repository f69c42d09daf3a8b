#![doc = include_str!("../README.md")]

mod accounts;
mod base_registers;
pub mod basics;
mod bulk;
pub mod catalogue;
mod companies;
mod data_quality;
mod dice;
mod exchanging;
mod facts;
mod history;
mod names;
mod opendata;
mod pace;
mod people;
mod plan;
mod residents;
mod sample;
mod seed;
mod timers;

use runner::{Actor, Halt, Runner};

pub use self::opendata::seed_opendata;
pub use accounts::{DEMO_PASSWORD, EntropySource};
pub use base_registers::register_basics;
pub use basics::Basics;
pub use bulk::run_all;
pub use companies::{Company, companies};
pub use facts::{DemoAccount, DemoPlace, Facts, facts};
pub use residents::{COUNTED_ON, Resident, residents};
pub use seed::{Parts, Presence, SeedError, SeedReport, Size, presence, seed};

/// The division whose organs the town's node serves.
pub const DIVISION: &str = basics::county::COUNTY;
/// From which the demonstration is generated.
pub const DEMO_SEED: u64 = 339_921;

/// The small town in which scenarios of packages are played: organs, posts, staff and the persons known by name, without accounts. The
/// runner needs the service `seal::FieldKeys`.
///
/// # Errors
/// A refusal or fault of a command.
pub fn scenario_world(runner: &Runner) -> Result<Basics, Halt> {
    basics::seed(runner, &Actor::system())
}

/// The bodies that a person aggrieved by the county's decisions can turn to; for `cases::Settings`.
#[must_use]
pub fn settings() -> cases::Settings {
    cases::Settings {
        division: DIVISION.to_owned(),
        reconsideration: i18n::Text::new("云溪县人民政府", "the People's Government of Yunxi County"),
        court: i18n::Text::new("云溪县人民法院", "Yunxi County People's Court"),
    }
}
