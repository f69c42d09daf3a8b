//! When people act: offices on working days and in office hours, citizens on any day but not at night.

use std::sync::Arc;

use clock::{Date, Timestamp, WorkCalendar};
use ids::Entropy;
use jiff::SignedDuration;

use crate::dice::{between, chance};

const MORNING: (i64, i64) = (8 * 60 + 40, 11 * 60 + 50);
const AFTERNOON: (i64, i64) = (14 * 60 + 5, 17 * 60 + 10);
/// After this minute of the day nothing new is begun in an office.
const OFFICE_LAST: i64 = 16 * 60 + 20;
const AWAKE: (i64, i64) = (7 * 60 + 30, 22 * 60);

/// How long until the next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pause {
    /// So many working days, in office hours; 0 is the same day if there is time left.
    Office(u32),
    /// So many days, when a citizen is awake; 0 is some minutes later.
    Days(i64),
}

/// Reckons moments.
#[derive(Clone)]
pub(crate) struct Pace(pub Arc<WorkCalendar>);

impl Pace {
    /// The moment after a pause.
    pub fn after(&self, from: Timestamp, pause: Pause, dice: &mut dyn Entropy) -> Timestamp {
        match pause {
            Pause::Office(0) => self.soon(from, dice),
            Pause::Office(days) => office_time(self.0.add_workdays(clock::local_date(from), days).date, dice),
            Pause::Days(0) => later(from, between(dice, 4, 50)),
            Pause::Days(days) => awake_time(day_after(clock::local_date(from), days), dice),
        }
    }

    fn soon(&self, from: Timestamp, dice: &mut dyn Entropy) -> Timestamp {
        let (today, minute) = (clock::local_date(from), minute_of(from));
        let is_workday = self.0.is_workday(today).0;
        if is_workday && (MORNING.0..OFFICE_LAST).contains(&minute) {
            return later(from, between(dice, 12, 50));
        }
        if is_workday && minute < MORNING.0 {
            return at(today, between(dice, MORNING.0, MORNING.1));
        }
        at(self.0.add_workdays(today, 1).date, between(dice, MORNING.0, MORNING.1))
    }
}

/// A moment of a day when citizens are awake.
pub(crate) fn awake_time(day: Date, dice: &mut dyn Entropy) -> Timestamp {
    at(day, between(dice, AWAKE.0, AWAKE.1))
}

/// So many days before or after.
pub(crate) fn day_after(day: Date, days: i64) -> Date {
    day.saturating_add(jiff::Span::new().days(days))
}

fn office_time(day: Date, dice: &mut dyn Entropy) -> Timestamp {
    let (first, last) = if chance(dice, 55) { MORNING } else { AFTERNOON };
    at(day, between(dice, first, last))
}

fn at(day: Date, minute: i64) -> Timestamp {
    later(clock::midnight(day), minute)
}

fn later(from: Timestamp, minutes: i64) -> Timestamp {
    from.checked_add(SignedDuration::from_mins(minutes)).unwrap_or(from)
}

fn minute_of(moment: Timestamp) -> i64 {
    let midnight = clock::midnight(clock::local_date(moment));
    moment.duration_since(midnight).as_mins()
}
