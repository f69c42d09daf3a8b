//! Anonymous progress query by number and query code.

use clock::{Date, WorkCalendar};
use i18n::Text;
use runner::Halt;
use seal::FieldKeys;
use serde::Serialize;
use store::Tx;

use super::case_view::{TimelineEntry, case_view};
use crate::model::{CaseStatus, Outcome};
use crate::store::files;

/// What anybody who knows number and query code may see: no personal data.
#[derive(Clone, Debug, Serialize)]
pub struct Progress {
    /// 办件编号.
    pub number: String,
    /// The item.
    pub item_name: Text,
    /// Where it stands.
    pub status: CaseStatus,
    /// What became of it.
    pub outcome: Option<Outcome>,
    /// Milliseconds since 1970.
    pub submitted_ms: i64,
    /// The promised day.
    pub due_on: Option<Date>,
    /// Working days left; negative when overdue.
    pub remaining_workdays: Option<i64>,
    /// The public part of the timeline, without its details.
    pub timeline: Vec<TimelineEntry>,
}

/// The progress of a case; `None` when number and code do not fit, without saying which.
///
/// # Errors
/// The database's, or a key is missing.
pub fn progress(
    tx: &mut Tx<'_>,
    keys: &FieldKeys,
    calendar: &WorkCalendar,
    today: Date,
    number: &str,
    query_code: &str,
) -> Result<Option<Progress>, Halt> {
    let wanted = query_code.trim().to_ascii_uppercase();
    let found = files::by_number(tx, number.trim())?.filter(|row| same_in_constant_time(&row.query_code, &wanted));
    let Some(row) = found else { return Ok(None) };
    let Some(view) = case_view(tx, keys, &row.id, &tracker::in_process("progress by number and query code"))? else { return Ok(None) };
    let timeline = view.timeline.into_iter().filter(|entry| entry.public);
    let timeline = timeline.map(|entry| TimelineEntry { detail: Text::default(), actor: String::new(), ..entry }).collect();
    let clock = view.file.clock.as_ref().filter(|_| view.file.status.is_open());
    Ok(Some(Progress {
        number: view.file.number,
        item_name: view.file.item_name,
        status: view.file.status,
        outcome: view.file.outcome,
        submitted_ms: view.file.submitted_ms,
        due_on: view.file.due_on,
        remaining_workdays: clock.map(|clock| clock.promised.remaining(calendar, today)),
        timeline,
    }))
}

fn same_in_constant_time(left: &str, right: &str) -> bool {
    left.len() == right.len() && left.bytes().zip(right.bytes()).fold(0, |difference, (a, b)| difference | (a ^ b)) == 0
}
