//! The working-day calendar.

use clock::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A year.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CalendarYear {
    /// The year.
    pub(crate) year: i16,
    /// Whether its arrangement is published; else only weekends are known.
    pub(crate) official: bool,
    /// Working days in it.
    pub(crate) workdays: u32,
    /// Days that the State Council's notice sets apart.
    pub(crate) days: Vec<CalendarDay>,
}

/// A day set apart.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CalendarDay {
    /// The day.
    #[schema(value_type = String, format = Date)]
    pub(crate) date: Date,
    /// Whether offices work on it.
    pub(crate) workday: bool,
    /// The holiday in whose arrangement it is named.
    pub(crate) holiday: String,
}

/// How to count.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(crate) struct CountQuery {
    /// The day before the first counted one (民法典 第二百零一条).
    #[param(value_type = String, format = Date, example = "2026-03-02")]
    pub(crate) from: Date,
    /// How many working days, up to 10,000.
    #[param(maximum = 10000, example = 20)]
    pub(crate) workdays: u32,
}

/// The day on which a limit ends.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CountedDay {
    /// The day.
    #[schema(value_type = String, format = Date)]
    pub(crate) date: Date,
    /// Whether it may still move when a holiday arrangement is published.
    pub(crate) provisional: bool,
}
