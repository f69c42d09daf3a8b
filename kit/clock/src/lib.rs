#![doc = include_str!("../README.md")]

mod calendar;
mod error;
mod legal;
mod sources;
mod time;

pub use calendar::{CalendarProblem, Certainty, DayFacts, ImportDay, Reckoned, WorkCalendar, YearImport};
pub use error::ClockError;
pub use jiff::civil::Date;
pub use legal::{LegalClock, Light, Limit, Pause, Unit};
pub use sources::{Clock, FixedClock, SystemClock};
pub use time::{Timestamp, from_millis, local_date, midnight, to_millis, zone};
