//! Acts of the system administrator that no crate of the government owns: background jobs and the working-day calendar.

mod import_calendar;
mod replay_job;
mod schema;

pub use import_calendar::{ImportCalendar, ImportedYear, calendar_with_imports, imported_years, learn_imports};
pub use replay_job::{DropJob, ReplayJob};
pub use schema::MIGRATIONS;
