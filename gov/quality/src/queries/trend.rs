//! How the quality of the data of each organ developed.

use std::collections::BTreeMap;

use clock::Date;
use store::{StoreError, Tx};

use crate::model::run::Score;
use crate::store as tables;

/// Months that a trend shows, the present one included.
pub const TREND_MONTHS: usize = 6;

/// One organ, month by month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganTrend {
    /// The organ.
    pub organ: String,
    /// For each month of the trend, the mean of the last runs of its registers in it; `None` where none was made.
    pub months: Vec<Option<Score>>,
}

/// The months that end with that of a day, oldest first, by their first days; and every organ whose registers were examined in them.
///
/// # Errors
/// The database's.
pub fn trend(tx: &mut Tx<'_>, today: Date) -> Result<(Vec<Date>, Vec<OrganTrend>), StoreError> {
    let months = months(today);
    let from_ms = months.first().map_or(0, |first| clock::midnight(*first).as_millisecond());
    // Of each organ, month and register the last run counts.
    let mut last: BTreeMap<(String, usize, String), Score> = BTreeMap::new();
    for (register, organ, at_ms, score) in tables::runs::scores_since(tx, from_ms)? {
        let (Some(organ), Some(score), Some(at)) = (organ, score, month_of(&months, at_ms)) else { continue };
        last.insert((organ, at, register), score);
    }
    let mut organs: Vec<String> = last.keys().map(|(organ, _, _)| organ.clone()).collect();
    organs.dedup();
    let of = |organ: String| {
        let month = |at: usize| {
            let own = last.iter().filter(|((of, month, _), _)| *of == organ && *month == at);
            Score::mean(own.map(|(_, score)| (*score, 1)))
        };
        OrganTrend { months: (0..months.len()).map(month).collect(), organ }
    };
    Ok((months.clone(), organs.into_iter().map(of).collect()))
}

fn months(today: Date) -> Vec<Date> {
    let mut first = today.first_of_month();
    let mut months = vec![first];
    while months.len() < TREND_MONTHS {
        let Ok(before) = first.yesterday() else { break };
        first = before.first_of_month();
        months.insert(0, first);
    }
    months
}

fn month_of(months: &[Date], at_ms: i64) -> Option<usize> {
    let day = clock::local_date(clock::from_millis(at_ms).ok()?);
    months.iter().rposition(|first| *first <= day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_go_back_over_the_turn_of_the_year() {
        let months = months("2026-02-17".parse().unwrap());
        let shown: Vec<String> = months.iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["2025-09-01", "2025-10-01", "2025-11-01", "2025-12-01", "2026-01-01", "2026-02-01"]);
        let at = |text: &str| month_of(&months, clock::midnight(text.parse().unwrap()).as_millisecond());
        assert_eq!((at("2025-08-31"), at("2025-12-31"), at("2026-02-01")), (None, Some(3), Some(5)));
    }
}
