use jiff::civil::{Date, Weekday, date};
use std::collections::BTreeMap;

/// One calendar year as running totals: `totals[n]` is the number of working days among the first `n` days.
#[derive(Debug, Clone)]
pub(super) struct YearTable {
    year: i16,
    totals: Box<[u16]>,
}

impl YearTable {
    /// The table of `year`, from the weekday rule and the days that the notices set apart (`true`: a day off).
    pub(super) fn new(year: i16, set_apart: &BTreeMap<Date, bool>) -> Self {
        let mut totals = vec![0];
        let mut total = 0_u16;
        let mut day = date(year, 1, 1);
        loop {
            let off = set_apart.get(&day).copied().unwrap_or_else(|| is_weekend(day));
            total += u16::from(!off);
            totals.push(total);
            match day.tomorrow() {
                Ok(next) if next.year() == year => day = next,
                Ok(_) | Err(_) => break,
            }
        }
        Self { year, totals: totals.into_boxed_slice() }
    }

    /// Working days in the whole year.
    pub(super) fn total(&self) -> u32 {
        self.totals.last().copied().map_or(0, u32::from)
    }

    /// Working days from 1 January up to and including `day` of this year.
    pub(super) fn up_to(&self, day: Date) -> u32 {
        self.up_to_index(ordinal(day))
    }

    /// Whether `day` of this year is a working day.
    pub(super) fn is_workday(&self, day: Date) -> bool {
        let index = ordinal(day);
        self.up_to_index(index) > self.up_to_index(index.saturating_sub(1))
    }

    /// The day of this year that is working day number `n`, counted from 1.
    pub(super) fn nth(&self, n: u32) -> Option<Date> {
        let index = self.totals.partition_point(|total| u32::from(*total) < n);
        let ordinal = i16::try_from(index).ok()?;
        if ordinal < 1 || index >= self.totals.len() {
            return None;
        }
        date(self.year, 1, 1).with().day_of_year(ordinal).build().ok()
    }

    fn up_to_index(&self, index: usize) -> u32 {
        self.totals.get(index).or(self.totals.last()).copied().map_or(0, u32::from)
    }
}

/// Day of the year, from 1.
fn ordinal(day: Date) -> usize {
    usize::try_from(day.day_of_year()).unwrap_or(0)
}

pub(super) fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_year_counts_mondays_to_fridays() {
        let table = YearTable::new(2027, &BTreeMap::new());
        assert_eq!(table.total(), 261);
        assert!(table.is_workday(date(2027, 1, 1)));
        assert!(!table.is_workday(date(2027, 1, 2)));
        assert_eq!(table.nth(1), Some(date(2027, 1, 1)));
        assert_eq!(table.nth(2), Some(date(2027, 1, 4)));
        assert_eq!(table.nth(261), Some(date(2027, 12, 31)));
        assert_eq!(table.nth(262), None);
        assert_eq!(table.nth(0), None);
    }

    #[test]
    fn a_leap_year_has_its_last_day() {
        let table = YearTable::new(2028, &BTreeMap::new());
        assert_eq!(table.totals.len(), 367);
        assert_eq!(table.up_to(date(2028, 12, 31)), table.total());
    }

    #[test]
    fn the_first_and_last_years_exist() {
        assert!(YearTable::new(-9999, &BTreeMap::new()).total() > 250);
        assert!(YearTable::new(9999, &BTreeMap::new()).total() > 250);
    }
}
