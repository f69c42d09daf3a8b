//! The working-day calendar: which days count, and counting them.

mod import;
mod official;
mod year;

#[cfg(test)]
mod tests;

pub use import::{CalendarProblem, ImportDay, YearImport};

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use year::{YearTable, is_weekend};

/// Days that one year's notice sets apart: name of the holiday, and whether it is a day off.
type Notice = BTreeMap<Date, (String, bool)>;

/// Years for which tables are kept ready, all that can be imported among them; other years know only weekends.
const READY_FROM: i16 = 1990;
const READY_TO: i16 = 2100;

/// Whether an answer rests on published arrangements only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// Every day that matters lies in a year whose arrangement is known.
    Official,
    /// 暂估: at least one day was judged by the weekday alone, because the arrangement of its year is not published yet.
    Provisional,
}

impl Certainty {
    /// Official only when both are.
    pub fn and(self, other: Self) -> Self {
        self.max(other)
    }
}

/// A date found by counting, and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Reckoned {
    /// The date.
    pub date: Date,
    /// Whether it may still move when a holiday arrangement is published.
    pub certainty: Certainty,
}

/// What is known about one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayFacts {
    /// Whether offices work on it.
    pub is_workday: bool,
    /// Whether that rests on a published arrangement.
    pub certainty: Certainty,
    /// The holiday in whose arrangement the day is named, as a day off or as a make-up working day.
    pub holiday: Option<String>,
}

/// Working days: Monday to Friday without the days off of the State Council's yearly notices, plus their make-up days.
///
/// One calendar serves a whole process and learns the arrangements that are imported while it runs. A clone is the calendar as it is
/// known at that moment: whoever reckons several days that belong together takes one.
#[derive(Debug)]
pub struct WorkCalendar {
    known: RwLock<Arc<Known>>,
}

/// The arrangements known, and what follows from them.
#[derive(Debug)]
struct Known {
    notices: BTreeMap<i16, Notice>,
    tables: BTreeMap<i16, Arc<YearTable>>,
}

impl Clone for WorkCalendar {
    fn clone(&self) -> Self {
        Self::of(self.known())
    }
}

impl WorkCalendar {
    /// The calendar with the arrangements of 2004 to 2026.
    pub fn official() -> Arc<Self> {
        static OFFICIAL: OnceLock<Arc<WorkCalendar>> = OnceLock::new();
        let official = OFFICIAL.get_or_init(|| Arc::new(Self::from_notices(official::notices())));
        Arc::new(Self::clone(official))
    }

    /// A calendar that knows weekends only; every answer is provisional.
    pub fn weekends_only() -> Self {
        Self::from_notices(BTreeMap::new())
    }

    /// This calendar with one more year, or with a year's arrangement replaced (the State Council revised 2019 and 2020 midway).
    pub fn with_year(&self, import: &YearImport) -> Result<Self, Vec<CalendarProblem>> {
        let notice = import.checked()?;
        let mut notices = self.known().notices.clone();
        notices.insert(import.year, notice);
        Ok(Self::from_notices(notices))
    }

    /// Knows from now on what another calendar knows, nothing else; answers whether that is something new.
    pub fn learn(&self, other: &Self) -> bool {
        let (before, known) = (self.known(), other.known());
        if before.notices == known.notices {
            return false;
        }
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = known;
        true
    }

    /// Years whose arrangement is known, ascending.
    pub fn known_years(&self) -> Vec<i16> {
        self.known().notices.keys().copied().collect()
    }

    /// Whether the arrangement of `year` is known.
    pub fn knows(&self, year: i16) -> bool {
        self.known().notices.contains_key(&year)
    }

    /// Whether offices work on `day`.
    pub fn is_workday(&self, day: Date) -> (bool, Certainty) {
        (self.works(day), self.certainty_of(day))
    }

    /// Everything known about `day`.
    pub fn day(&self, day: Date) -> DayFacts {
        let known = self.known();
        let in_year = known.notices.get(&day.year()).and_then(|notice| notice.get(&day));
        let next_year = known.notices.get(&day.year().saturating_add(1)).and_then(|notice| notice.get(&day));
        let holiday = next_year.or(in_year).map(|(name, _)| name.clone());
        DayFacts { is_workday: self.works(day), certainty: self.certainty_of(day), holiday }
    }

    /// Number of working days of `year`.
    pub fn workdays_in_year(&self, year: i16) -> u32 {
        self.table(year).total()
    }

    /// The `n`th working day after `start`, which is not counted itself (民法典 第二百零一条). `n` = 0 answers `start`.
    pub fn add_workdays(&self, start: Date, n: u32) -> Reckoned {
        let date = if n == 0 { start } else { self.nth_workday_after(start, n) };
        Reckoned { date, certainty: self.certainty_between(start, date) }
    }

    /// Working days after `start_exclusive` up to and including `end_inclusive`; negative when the end lies before the start.
    pub fn workdays_between(&self, start_exclusive: Date, end_inclusive: Date) -> i64 {
        if end_inclusive < start_exclusive {
            return -self.workdays_between(end_inclusive, start_exclusive);
        }
        let mut count = -i64::from(self.table(start_exclusive.year()).up_to(start_exclusive));
        for year in start_exclusive.year()..end_inclusive.year() {
            count += i64::from(self.table(year).total());
        }
        count + i64::from(self.table(end_inclusive.year()).up_to(end_inclusive))
    }

    /// The `n`th calendar day after `start`; when it is a day off, the first working day after it (民法典 第二百零三条).
    pub fn add_calendar_days(&self, start: Date, n: u32) -> Reckoned {
        let last = self.calendar_day_after(start, n);
        let date = self.roll_forward(last);
        Reckoned { date, certainty: self.certainty_between(last.yesterday().unwrap_or(last), date) }
    }

    /// The `n`th calendar day after `start`, whatever day it is. Stops at the end of the calendar.
    pub fn calendar_day_after(&self, start: Date, n: u32) -> Date {
        start.saturating_add(i64::from(n).min(DAYS_MAX).days())
    }

    /// `day` itself when it is a working day, else the next one.
    pub fn roll_forward(&self, day: Date) -> Date {
        if self.works(day) { day } else { self.nth_workday_after(day, 1) }
    }

    /// Whether every day after `start` up to `end` rests on a published arrangement.
    pub fn certainty_between(&self, start: Date, end: Date) -> Certainty {
        let Ok(first) = start.tomorrow() else {
            return Certainty::Provisional;
        };
        if first > end {
            return self.certainty_of(end);
        }
        let all_known = (first.year()..=end.year()).all(|year| self.knows(year));
        if all_known { self.certainty_of(end) } else { Certainty::Provisional }
    }

    fn from_notices(notices: BTreeMap<i16, Notice>) -> Self {
        // In the order of the years, so that a later notice wins over the December of the one before.
        let set_apart = notices.values().flatten().map(|(day, (_, is_off))| (*day, *is_off)).collect();
        let tables = (READY_FROM..=READY_TO).map(|year| (year, Arc::new(YearTable::new(year, &set_apart)))).collect();
        Self::of(Arc::new(Known { notices, tables }))
    }

    fn of(known: Arc<Known>) -> Self {
        Self { known: RwLock::new(known) }
    }

    fn known(&self) -> Arc<Known> {
        Arc::clone(&self.known.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn table(&self, year: i16) -> Arc<YearTable> {
        self.known().tables.get(&year).map_or_else(|| Arc::new(YearTable::new(year, &BTreeMap::new())), Arc::clone)
    }

    fn works(&self, day: Date) -> bool {
        self.known().tables.get(&day.year()).map_or_else(|| !is_weekend(day), |table| table.is_workday(day))
    }

    /// The last days of a known December stay provisional until the next year's notice, which may move them, is known.
    fn certainty_of(&self, day: Date) -> Certainty {
        let next = day.year().saturating_add(1);
        let settled = self.knows(day.year()) && (self.knows(next) || !import::reaches_back(day, next));
        if settled { Certainty::Official } else { Certainty::Provisional }
    }

    fn nth_workday_after(&self, start: Date, n: u32) -> Date {
        let mut year = start.year();
        let mut wanted = u64::from(n) + u64::from(self.table(year).up_to(start));
        loop {
            let table = self.table(year);
            if let Some(found) = u32::try_from(wanted).ok().and_then(|wanted| table.nth(wanted)) {
                return found;
            }
            wanted = wanted.saturating_sub(u64::from(table.total()));
            if year >= Date::MAX.year() {
                return Date::MAX;
            }
            year += 1;
        }
    }
}

/// Longest count of calendar days that stays inside the calendar's years.
const DAYS_MAX: i64 = 7_000_000;
