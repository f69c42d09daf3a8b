//! Public figures of a month: which organ read personal data how often, and what for.

use std::collections::BTreeMap;

use clock::Date;
use i18n::Text;
use runner::Halt;
use store::Tx;

use crate::model::asking::{Cell, Figures};

/// Between the parts of a cell's name; no name holds it.
const SEPARATOR: char = '\u{1f}';

/// Readings of a month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MonthReadings {
    /// By organ and purpose.
    pub lines: Vec<ReadingLine>,
    /// All readings; `None` where it would tell what was kept back.
    pub total: Option<i64>,
    /// How often secrecy was ordered.
    pub secrecy: i64,
}

/// Readings of one organ for one purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadingLine {
    /// The organ.
    pub organ: Text,
    /// The item of the case, or the ground.
    pub purpose: Text,
    /// `None` where it is kept back, so that nobody can be told from it.
    pub count: Option<i64>,
}

/// Counts the readings of the month that begins on a day.
///
/// # Errors
/// The database's.
pub fn readings_of_month(tx: &mut Tx<'_>, month: Date) -> Result<MonthReadings, Halt> {
    let next = month.last_of_month().tomorrow().map_err(Halt::fault)?;
    let (from_ms, until_ms) = (clock::midnight(month).as_millisecond(), clock::midnight(next).as_millisecond());
    let organs: BTreeMap<String, Text> = parties::organs(tx)?.into_iter().map(|organ| (organ.id.to_string(), organ.name)).collect();
    let mut names: BTreeMap<String, (Text, Text)> = BTreeMap::new();
    let mut counts: BTreeMap<String, i64> = BTreeMap::new();
    for figure in tracker::reading_figures(tx, from_ms, until_ms)? {
        let organ = organs.get(&figure.organ).cloned().unwrap_or_else(|| Text::new("政务服务平台", "The platform"));
        let purpose = figure.case_title.unwrap_or_else(|| ground(&figure.ground));
        let key = format!("{}{SEPARATOR}{}", organ.zh, purpose.zh);
        let sum = counts.entry(key.clone()).or_default();
        *sum = sum.saturating_add(figure.count);
        names.insert(key, (organ, purpose));
    }
    let figures = Figures::protected("readings", counts.into_iter().collect());
    let line = |cell: Cell| {
        let (organ, purpose) = names.get(&cell.value).cloned().unwrap_or_default();
        ReadingLine { organ, purpose, count: cell.count }
    };
    let secrecy = tracker::secrecy_count(tx, from_ms, until_ms)?;
    Ok(MonthReadings { lines: figures.cells.into_iter().map(line).collect(), total: figures.total, secrecy })
}

/// Why something is read where there is no case.
fn ground(ground: &str) -> Text {
    match ground {
        "consent" => Text::new("本人同意", "With the person's consent"),
        "grant" => Text::new("部门间共享授权", "Shared among organs"),
        _ => Text::new("履行登记主管职责", "Keeping a register"),
    }
}
