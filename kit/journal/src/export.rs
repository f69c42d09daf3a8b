//! The whole log as lines of JSON, and its verification without a database.

use std::io::{BufRead, Write};

use store::Tx;

use crate::append::signed;
use crate::merkle::Frontier;
use crate::{Checkpoint, Entry, JournalError, Roots, entries_after};

const PAGE: u32 = 1000;
const FORMAT: &str = "zhengshu-journal-1";

/// What an export proved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportReport {
    /// Entries read.
    pub entries: i64,
    /// Entries whose payload was erased.
    pub erased: i64,
    /// The checkpoint at the end, whose roots were recomputed.
    pub checkpoint: Checkpoint,
    /// The note as it stands there, for checking its signatures.
    pub note: String,
}

/// Why an export proves nothing.
#[derive(Debug, thiserror::Error)]
pub enum ExportFault {
    /// The file cannot be read.
    #[error("the export cannot be read")]
    Unreadable(#[from] std::io::Error),
    /// A line is not what it should be.
    #[error("line {line}: {what}")]
    Line {
        /// From 1.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// The roots differ from those of the checkpoint.
    #[error("the entries do not give the roots that the checkpoint states: an entry was altered, removed, added or moved")]
    Roots,
    /// The export has no checkpoint at its end.
    #[error("the export ends without a checkpoint")]
    NoCheckpoint,
}

/// Writes a first line, every entry and, at the end, the signed checkpoint of exactly that size.
///
/// # Errors
/// The database's or the writer's.
pub fn export(tx: &mut Tx<'_>, note: &str, size: i64, out: &mut dyn Write) -> Result<(), ExportError> {
    writeln!(out, "{}", serde_json::json!({ "format": FORMAT }))?;
    let mut from = 0;
    while from < size {
        for entry in entries_after(tx, from, PAGE)?.into_iter().take_while(|entry| entry.index < size) {
            serde_json::to_writer(&mut *out, &entry).map_err(std::io::Error::from)?;
            writeln!(out)?;
            from = entry.index + 1;
        }
    }
    writeln!(out, "{}", serde_json::json!({ "checkpoint": note }))?;
    Ok(())
}

/// What can go wrong while exporting.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The journal could not be read.
    #[error("the journal could not be read")]
    Journal(#[from] JournalError),
    /// The file could not be written.
    #[error("the export could not be written")]
    Write(#[from] std::io::Error),
}

/// Recomputes every commitment, leaf and root of an export.
///
/// # Errors
/// The first thing that does not hold, with its line.
pub fn verify_export(input: &mut dyn BufRead) -> Result<ExportReport, ExportFault> {
    let mut frontier = Frontier::default();
    let mut versions = std::collections::HashMap::<String, i64>::new();
    let mut erased = 0;
    for (position, line) in input.lines().enumerate() {
        let (text, number) = (line?, position + 1);
        let fault = |what: &str| ExportFault::Line { line: number, what: what.to_owned() };
        let value: serde_json::Value = serde_json::from_str(&text).map_err(|e| fault(&e.to_string()))?;
        if position == 0 {
            if value.get("format").and_then(|f| f.as_str()) != Some(FORMAT) {
                return Err(fault("this is not an export of a journal"));
            }
            continue;
        }
        if let Some(note) = value.get("checkpoint").and_then(|c| c.as_str()) {
            return finish(&frontier, erased, note).map_err(|fault| fault.unwrap_or(ExportFault::Roots));
        }
        let entry: Entry = serde_json::from_value(value).map_err(|e| fault(&e.to_string()))?;
        if entry.index != signed(frontier.size) {
            return Err(fault("the index is out of order"));
        }
        let last = versions.entry(entry.header.stream.clone()).or_insert(0);
        if entry.header.version != *last + 1 {
            return Err(fault("the version of the stream is out of order"));
        }
        *last += 1;
        if !entry.payload_is_intact() {
            return Err(fault("the payload was altered"));
        }
        erased += i64::from(entry.payload.is_none());
        frontier.push(entry.leaf(), |_| {});
    }
    Err(ExportFault::NoCheckpoint)
}

fn finish(frontier: &Frontier, erased: i64, note: &str) -> Result<ExportReport, Option<ExportFault>> {
    let checkpoint = Checkpoint::parse(note).ok_or(Some(ExportFault::NoCheckpoint))?;
    let root = frontier.root();
    if checkpoint.size != signed(frontier.size) || checkpoint.roots != (Roots { sm3: root.sm3, sha256: root.sha256 }) {
        return Err(None);
    }
    Ok(ExportReport { entries: checkpoint.size, erased, checkpoint, note: note.to_owned() })
}
