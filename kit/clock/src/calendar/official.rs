//! The arrangements published by the State Council since 2004, from the vendored table.

use super::Notice;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;

const TABLE: &str = include_str!("../../../../assets/vendor/chinese-days/1.5.7/chinese-days.json");

/// Values read `New Year's Day,元旦,1`: English name, Chinese name, number of statutory days.
#[derive(Deserialize)]
struct Table {
    holidays: BTreeMap<Date, String>,
    workdays: BTreeMap<Date, String>,
}

/// The notices by year. An unreadable table gives none, so that every day is flagged as provisional; a test forbids it.
pub(super) fn notices() -> BTreeMap<i16, Notice> {
    let Ok(table) = serde_json::from_str::<Table>(TABLE) else {
        return BTreeMap::new();
    };
    let mut notices: BTreeMap<i16, Notice> = BTreeMap::new();
    let off = table.holidays.into_iter().map(|(day, text)| (day, text, true));
    let on = table.workdays.into_iter().map(|(day, text)| (day, text, false));
    for (day, text, is_off) in off.chain(on) {
        let name = text.split(',').nth(1).unwrap_or(&text).to_owned();
        notices.entry(day.year()).or_default().insert(day, (name, is_off));
    }
    notices
}
