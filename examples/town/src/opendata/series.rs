//! Series over time.

use clock::Date;
use ids::Entropy;

use super::sheet::{Column, Sheet, column, tenths};
use crate::dice::{between, dice};
use crate::pace::day_after;

/// A number that moves with the seasons.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measure {
    /// The column.
    pub(super) column: Column,
    /// Around this.
    pub(super) mean: i64,
    /// So much more or less in summer and winter, in hundredths of the mean.
    pub(super) season_percent: i64,
    /// Up and down by chance, in hundredths of the mean.
    pub(super) chance_percent: i64,
    /// Whether the last digit stands behind the point.
    pub(super) tenths: bool,
}

pub(super) const fn measure(column: Column, mean: i64, season_percent: i64, chance_percent: i64) -> Measure {
    Measure { column, mean, season_percent, chance_percent, tenths: false }
}

/// With one digit behind the point; the mean in tenths.
pub(super) const fn decimal(column: Column, mean: i64, season_percent: i64, chance_percent: i64) -> Measure {
    Measure { column, mean, season_percent, chance_percent, tenths: true }
}

impl Measure {
    fn value(&self, month: i8, dice: &mut dyn Entropy) -> String {
        // A triangle from January to July and back is season enough.
        let height = 3 - (i64::from(month) - 7).abs();
        let season = self.mean * self.season_percent * height / 300;
        let span = self.mean * self.chance_percent / 100;
        // Nothing is counted below what may be shown of people.
        let value = (self.mean + season + between(dice, -span, span)).max(if self.column.counts { 5 } else { 0 });
        if self.tenths { tenths(value) } else { value.to_string() }
    }
}

/// One row a day and place.
pub(super) fn daily(slug: &str, seed: u64, today: Date, days: i64, place: (Column, &[&str]), measures: &[Measure]) -> Sheet {
    let mut dice = dice(seed, slug);
    let mut sheet = Sheet { columns: vec![column("date", "日期", "Date", ""), place.0], ..Sheet::default() };
    sheet.columns.extend(measures.iter().map(|measure| measure.column));
    for before in (1..=days).rev() {
        let day = day_after(today, -before);
        for name in place.1 {
            let mut row = vec![day.to_string(), (*name).to_owned()];
            row.extend(measures.iter().map(|measure| measure.value(day.month(), &mut dice)));
            sheet.rows.push(row);
        }
    }
    (sheet.from, sheet.until) = (Some(day_after(today, -days)), Some(day_after(today, -1)));
    sheet
}

/// One row a month and group, over two years.
pub(super) fn monthly(slug: &str, seed: u64, today: Date, group: (Column, &[&str]), measures: &[Measure]) -> Sheet {
    const MONTHS: i16 = 24;
    let mut dice = dice(seed, slug);
    let mut sheet = Sheet { columns: vec![column("month", "月份", "Month", ""), group.0], ..Sheet::default() };
    sheet.columns.extend(measures.iter().map(|measure| measure.column));
    let this = today.year() * 12 + i16::from(today.month()) - 1;
    for at in this - MONTHS..this {
        let (year, month) = (at.div_euclid(12), at.rem_euclid(12) + 1);
        for name in group.1 {
            let mut row = vec![format!("{year}-{month:02}-01"), (*name).to_owned()];
            row.extend(measures.iter().map(|measure| measure.value(i8::try_from(month).unwrap_or(1), &mut dice)));
            sheet.rows.push(row);
        }
    }
    let first = |at: i16| Date::new(at.div_euclid(12), i8::try_from(at.rem_euclid(12) + 1).unwrap_or(1), 1).ok();
    (sheet.from, sheet.until) = (first(this - MONTHS), first(this).map(|day| day_after(day, -1)));
    sheet
}

/// One row a year and group.
pub(super) fn yearly(slug: &str, seed: u64, today: Date, years: i16, group: (Column, &[&str]), measures: &[Measure]) -> Sheet {
    let mut dice = dice(seed, slug);
    let mut sheet = Sheet { columns: vec![column("year", "年份", "Year", ""), group.0], ..Sheet::default() };
    sheet.columns.extend(measures.iter().map(|measure| measure.column));
    for year in today.year() - years..today.year() {
        for name in group.1 {
            let mut row = vec![year.to_string(), (*name).to_owned()];
            row.extend(measures.iter().map(|measure| measure.value(4, &mut dice)));
            sheet.rows.push(row);
        }
    }
    (sheet.from, sheet.until) = (Date::new(today.year() - years, 1, 1).ok(), Date::new(today.year() - 1, 12, 31).ok());
    sheet
}
