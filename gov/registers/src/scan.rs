//! Whole registers, for work of the machine that shows nobody anything: checking and comparing.

use clock::Date;
use runner::{Fault, Halt};
use seal::FieldKeys;
use serde_json::{Map, Value};
use store::Tx;
use tracker::Trace;

use crate::queries::present;
use crate::store as tables;
use crate::store::records::Moments;

/// Most records of one portion.
pub const PORTION_COUNT_MAX: u32 = 2_000;

/// A record that holds, opened for the machine.
#[derive(Clone, Debug)]
pub struct Held {
    /// Its place in the change feed; of a register that is with somebody else the number of its row there.
    pub position: i64,
    /// Its values.
    pub values: Map<String, Value>,
}

/// Some records of a register, in the order of their writing.
#[derive(Clone, Debug, Default)]
pub struct Portion {
    /// Those that could be opened.
    pub records: Vec<Held>,
    /// Places of those that could not: their seal or their text is damaged.
    pub damaged: Vec<i64>,
    /// After which place the next portion begins; `None` at the end.
    pub next: Option<i64>,
}

/// The records that hold on a day, as known at a moment, after a place of the feed; at most [`PORTION_COUNT_MAX`].
///
/// # Errors
/// A fault when the trace is none of the machine's work: whoever is shown records reads them by a command, on record. The database's.
pub fn scan(tx: &mut Tx<'_>, keys: &FieldKeys, register: &str, at: (Date, i64), after: i64, trace: &Trace) -> Result<Portion, Halt> {
    if trace.work().is_none() {
        return Err(Fault::because("expected a whole register to be opened by work of the machine, but somebody wants to see it").into());
    }
    let found = present(tx, register)?;
    let day = at.0.to_string();
    let moments = Moments { day: &day, known_at_ms: at.1 };
    let rows = tables::records::matching(tx, register, &[], &moments, after, PORTION_COUNT_MAX)?;
    let full = rows.len() >= usize::try_from(PORTION_COUNT_MAX).unwrap_or(usize::MAX);
    let mut portion = Portion { next: rows.last().filter(|_| full).map(|last| last.position), ..Portion::default() };
    for stored in rows {
        match stored.open(&found.declaration, keys, trace) {
            Ok(values) => portion.records.push(Held { position: stored.position, values }),
            Err(_) => portion.damaged.push(stored.position),
        }
    }
    Ok(portion)
}
