//! What can be asked about the quality of data. Whoever shows an answer has asked the authority; none of these opens a personal value.

mod trend;

use runner::{Halt, Resource, Runner};
use seal::FieldKeys;
use store::{StoreError, Tx};

use crate::model::comparison::Comparison;
use crate::model::refusals;
use crate::model::run::{FINDINGS_COUNT_MAX, Finding};
use crate::store as tables;
use crate::work::compare::{Columns, Side, compare};
use crate::work::examine::Source;

pub use tables::comparisons::Compared;
pub use tables::corrections::Correction;
pub use tables::rules::Declared;
pub use tables::runs::Run;
pub use trend::{OrganTrend, TREND_MONTHS, trend};

/// Runs of a register that are shown.
const RUNS_COUNT_MAX: u32 = 30;
/// Corrections of a register, and comparisons of an organ, that are shown.
const LINES_COUNT_MAX: u32 = 50;

/// The present rules of a register.
///
/// # Errors
/// The database's.
pub fn rules(tx: &mut Tx<'_>, register: &str) -> Result<Option<Declared>, StoreError> {
    tables::rules::present(tx, register)
}

/// Runs of a register, newest first.
///
/// # Errors
/// The database's.
pub fn runs(tx: &mut Tx<'_>, register: &str) -> Result<Vec<Run>, StoreError> {
    tables::runs::of_register(tx, register, RUNS_COUNT_MAX)
}

/// The newest run of a register.
///
/// # Errors
/// The database's.
pub fn last_run(tx: &mut Tx<'_>, register: &str) -> Result<Option<Run>, StoreError> {
    Ok(tables::runs::of_register(tx, register, 1)?.pop())
}

/// One run.
///
/// # Errors
/// The database's.
pub fn run(tx: &mut Tx<'_>, id: &str) -> Result<Option<Run>, StoreError> {
    tables::runs::find(tx, id)
}

/// What one rule found in a run, as far as it is kept.
///
/// # Errors
/// The database's.
pub fn findings(tx: &mut Tx<'_>, run: &str, rule: &str) -> Result<Vec<Finding>, StoreError> {
    tables::runs::findings(tx, run, rule, u32::try_from(FINDINGS_COUNT_MAX).unwrap_or(u32::MAX))
}

/// A correction case and whether it is still open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorrectionStanding {
    /// The case.
    pub correction: Correction,
    /// Whether somebody still has to do something.
    pub is_open: bool,
}

/// Correction cases of a register, newest first.
///
/// # Errors
/// The database's.
pub fn corrections(tx: &mut Tx<'_>, register: &str) -> Result<Vec<CorrectionStanding>, StoreError> {
    let found = tables::corrections::of_register(tx, register, LINES_COUNT_MAX)?;
    found.into_iter().map(|correction| standing(tx, correction)).collect()
}

/// Correction cases to which a run or comparison led.
///
/// # Errors
/// The database's.
pub fn corrections_of(tx: &mut Tx<'_>, origin: &str) -> Result<Vec<CorrectionStanding>, StoreError> {
    let found = tables::corrections::of_origin(tx, origin)?;
    found.into_iter().map(|correction| standing(tx, correction)).collect()
}

fn standing(tx: &mut Tx<'_>, correction: Correction) -> Result<CorrectionStanding, StoreError> {
    let is_open = cases::queries::case_standing(tx, &correction.number)?.is_some_and(|standing| standing.open);
    Ok(CorrectionStanding { correction, is_open })
}

/// One comparison.
///
/// # Errors
/// The database's.
pub fn comparison(tx: &mut Tx<'_>, id: &str) -> Result<Option<Compared>, StoreError> {
    tables::comparisons::find(tx, id)
}

/// Comparisons of an organ, newest first.
///
/// # Errors
/// The database's.
pub fn comparisons(tx: &mut Tx<'_>, organ: &str) -> Result<Vec<Compared>, StoreError> {
    tables::comparisons::of_organ(tx, organ, LINES_COUNT_MAX)
}

/// A comparison as the authority sees it.
#[must_use]
pub fn comparison_resource(organ: &str) -> Resource {
    crate::commands::comparison_resource(organ)
}

/// Compares two files.
///
/// # Errors
/// The refusal `comparison-unfit`, and those of files.
pub fn compare_files(left: Side<'_>, right: Side<'_>, columns: &Columns) -> Result<Comparison, Halt> {
    compare(left, right, columns, None)
}

/// Compares two sources of which one at least is a register about nobody, kept here or with somebody else. Reads all of both: not for the thread of a
/// writer.
///
/// # Errors
/// As [`compare_files`]; a register is about persons, is unknown, or cannot be read as a whole.
pub fn compare_registers(runner: &Runner, keys: &FieldKeys, left: Side<'_>, right: Side<'_>, columns: &Columns) -> Result<Comparison, Halt> {
    for side in [&left, &right] {
        let Side::Register(register) = side else { continue };
        let declaration = runner.store().read(|tx| registers::declaration(tx, register))?;
        if declaration.ok_or_else(|| refusals::register_unknown(register))?.subject.is_some() {
            return Err(refusals::register_personal().into());
        }
    }
    let now = runner.clock().now();
    let source = Source { runner, keys, at: (clock::local_date(now), now.as_millisecond()) };
    compare(left, right, columns, Some(&source))
}
