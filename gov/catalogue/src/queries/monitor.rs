use clock::{Date, WorkCalendar};
use parties::OrganId;
use serde::Serialize;
use store::{StoreError, Tx};

use super::ResourceRow;
use crate::model::{DUE_SOON_WORKDAYS, Freshness};
use crate::store::lists;

/// A resource whose data are due, overdue or were never delivered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Watched {
    /// The resource.
    pub row: ResourceRow,
    /// How it stands.
    pub freshness: Freshness,
    /// Working days since the due day; negative before it.
    pub late_workdays: i64,
}

/// What has to be brought up to date, the longest overdue first.
///
/// # Errors
/// The database's.
pub fn monitor(tx: &mut Tx<'_>, organ: Option<&OrganId>, today: Date, calendar: &WorkCalendar, limit: u32) -> Result<Vec<Watched>, StoreError> {
    let soon = calendar.add_workdays(today, u32::try_from(DUE_SOON_WORKDAYS).unwrap_or(0)).date;
    let rows = lists::to_update(tx, organ.map(OrganId::as_str), &soon.to_string(), i64::from(limit))?;
    let watched = |row: ResourceRow| {
        let freshness = Freshness::of(row.period, row.updated_on, row.update_due_on, today, calendar);
        let late_workdays = row
            .update_due_on
            .map_or(0, |due| if due < today { calendar.workdays_between(due, today) } else { -calendar.workdays_between(today, due) });
        Watched { row, freshness, late_workdays }
    };
    Ok(rows.into_iter().map(watched).collect())
}
