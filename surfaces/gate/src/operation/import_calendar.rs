//! 导入工作日历: one year's arrangement as published by the State Council.

use clock::{CalendarProblem, WorkCalendar, YearImport};
use runner::{Command, Cx, Event, Fault, Halt, Moment, Refusal, Resource};
use serde::{Deserialize, Serialize};
use store::{StoreError, Tx};

use super::schema::calendar_years;

/// The stream of the calendar in the journal.
const STREAM: &str = "calendar";

/// Imports a year, or replaces one that the State Council has revised.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ImportCalendar {
    /// The arrangement.
    pub import: YearImport,
}

/// A year was imported.
#[derive(Clone, Debug, Serialize)]
struct CalendarImported {
    year: i16,
    papers: Vec<String>,
    days: usize,
    arrangement: String,
}

impl Event for CalendarImported {
    fn kind(&self) -> &'static str {
        "calendar-imported"
    }

    fn apply(&self, tx: &mut Tx<'_>, moment: &Moment) -> Result<(), StoreError> {
        calendar_years::save(tx, i64::from(self.year), &self.arrangement, moment.at_ms, &moment.actor)
    }
}

impl Command for ImportCalendar {
    type Outcome = i16;
    const ACTION: &'static str = "calendar.import";

    fn run(&self, cx: &mut Cx<'_>) -> Result<i16, Halt> {
        cx.authorise(&Resource::of("calendar"))?;
        let calendar = cx.service::<WorkCalendar>()?;
        if let Err(problems) = calendar.with_year(&self.import) {
            return Err(unfit(&problems).into());
        }
        let arrangement = serde_json::to_string(&self.import)?;
        let (year, papers, days) = (self.import.year, self.import.papers.clone(), self.import.days.len());
        cx.record(STREAM, &CalendarImported { year, papers, days, arrangement })?;
        Ok(year)
    }
}

/// The refusal that lists every problem of an arrangement.
fn unfit(problems: &[CalendarProblem]) -> Refusal {
    let refusal = Refusal::new(
        "calendar-unfit",
        "这份放假安排不能导入。",
        "This arrangement cannot be imported.",
        "请对照国务院办公厅通知改正所列问题后重新导入。",
        "Compare it with the notice of the State Council, mend what is listed and import it again.",
    );
    problems.iter().fold(refusal, |refusal, problem| refusal.with_field("arrangement", problem.zh(), problem.to_string()))
}

/// An imported year, when and by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedYear {
    /// The arrangement.
    pub import: YearImport,
    /// Milliseconds since 1970.
    pub at_ms: i64,
    /// The account.
    pub by: String,
}

/// The imported years, ascending.
///
/// # Errors
/// The database's, or an arrangement that cannot be read.
pub fn imported_years(tx: &mut Tx<'_>) -> Result<Vec<ImportedYear>, Halt> {
    let read = |(_, text, at_ms, by): (i64, String, i64, String)| Ok(ImportedYear { import: serde_json::from_str(&text)?, at_ms, by });
    calendar_years::all(tx)?.into_iter().map(read).collect()
}

/// The official calendar with every imported year.
///
/// # Errors
/// The database's, or an arrangement that no longer passes the checks.
pub fn calendar_with_imports(tx: &mut Tx<'_>, official: &WorkCalendar) -> Result<WorkCalendar, Halt> {
    let mut calendar = official.clone();
    for year in imported_years(tx)? {
        calendar = calendar.with_year(&year.import).map_err(|problems| {
            let first = problems.first().map(ToString::to_string).unwrap_or_default();
            Fault::because(format!("expected the imported year {} to be fit, but: {first}", year.import.year))
        })?;
    }
    Ok(calendar)
}

/// Tells the calendar of this process what was imported, here or by another process; answers whether that is something new.
///
/// # Errors
/// As [`calendar_with_imports`].
pub fn learn_imports(tx: &mut Tx<'_>, calendar: &WorkCalendar) -> Result<bool, Halt> {
    Ok(calendar.learn(&calendar_with_imports(tx, &WorkCalendar::official())?))
}
