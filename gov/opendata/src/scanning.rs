//! The job that scans: reads the files, looks through them, makes their tables, and writes down what was found.

use std::sync::Arc;

use ::jobs::{Handler, Job, JobFault};
use blobs::{BlobName, Blobs};
use runner::{Actor, Halt, Request, Runner};
use tables::{Shelf, TableError};

use crate::commands::{RecordScan, SCAN_DATASET, ScanDue};
use crate::gate::{self, Finding};
use crate::model::DatasetId;
use crate::model::dataset::{Dataset, State};
use crate::model::resource::Resource;
use crate::queries;

/// Largest file of a dataset.
pub const FILE_BYTES_MAX: u64 = 512 * 1024 * 1024;

/// Files of a dataset together that are scanned while whoever hands it in waits.
pub const AT_ONCE_BYTES_MAX: u64 = 8 * 1024 * 1024;

/// For `jobs::Worker::with`.
#[must_use]
pub fn handlers(runner: &Arc<Runner>, blobs: &Blobs, shelf: &Arc<Shelf>) -> Vec<(&'static str, Handler)> {
    let (runner, blobs, shelf) = (Arc::clone(runner), blobs.clone(), Arc::clone(shelf));
    let scan = move |job: &Job| -> Result<(), JobFault> {
        let due: ScanDue = serde_json::from_str(&job.payload)?;
        scan_now(&runner, &blobs, &shelf, &due.dataset)
    };
    vec![(SCAN_DATASET, Arc::new(scan))]
}

/// Scans a dataset that waits for it; one that does not is left alone.
///
/// # Errors
/// The files', the tables', the runner's.
pub fn scan_now(runner: &Runner, blobs: &Blobs, shelf: &Shelf, id: &DatasetId) -> Result<(), JobFault> {
    let dataset = runner.store().read(|tx| queries::dataset(tx, id.as_str()))?;
    let Some(dataset) = dataset.filter(|dataset| dataset.state == State::Submitted) else { return Ok(()) };
    let (findings, rows) = look_through(&dataset, blobs, shelf)?;
    let command = RecordScan { dataset: id.clone(), fingerprint: dataset.fingerprint(), findings, rows };
    match runner.execute(Request::by(Actor::system()), command) {
        Ok(_) => Ok(()),
        Err(Halt::Refused(refusal)) => Err(format!("refused: {}", refusal.code).into()),
        Err(Halt::Fault(fault)) => Err(Box::new(fault)),
    }
}

/// Scans a dataset that was just handed in, unless it is too large to wait for. Answers whether that was done; if not, the promised job does
/// it, and reports what goes wrong.
#[must_use]
pub fn scan_at_once(runner: &Runner, blobs: &Blobs, id: &DatasetId) -> bool {
    let Ok(Some(dataset)) = runner.store().read(|tx| queries::dataset(tx, id.as_str())) else { return false };
    let bytes: u64 = dataset.resources.iter().map(|resource| resource.size_bytes).sum();
    let shelf = runner.service::<Shelf>().filter(|_| bytes <= AT_ONCE_BYTES_MAX);
    shelf.is_some_and(|shelf| scan_now(runner, blobs, &shelf, id).is_ok())
}

type Looked = (Vec<Finding>, Vec<Option<u64>>);

fn look_through(dataset: &Dataset, blobs: &Blobs, shelf: &Shelf) -> Result<Looked, JobFault> {
    let (mut findings, mut rows) = (Vec::new(), Vec::new());
    for resource in &dataset.resources {
        let Some(bytes) = content(resource, blobs)? else {
            rows.push(None);
            continue;
        };
        if resource.is_table() {
            let mut scan = gate::scan(resource, &bytes);
            if !scan.findings.iter().any(|finding| finding.forbids)
                && let Err(error) = make_table(resource, &bytes, shelf)
            {
                match error {
                    TableError::Sheet { .. } | TableError::Value { .. } => scan.findings.push(gate::misfit(resource, &error)),
                    other => return Err(Box::new(other)),
                }
            }
            rows.push(Some(scan.rows));
            findings.append(&mut scan.findings);
        } else {
            rows.push(None);
            if let Ok(text) = std::str::from_utf8(&bytes) {
                findings.extend(gate::scan_text(resource, text).findings);
            }
        }
    }
    Ok((findings, rows))
}

fn content(resource: &Resource, blobs: &Blobs) -> Result<Option<Vec<u8>>, JobFault> {
    let Some(name) = resource.blob.as_deref() else { return Ok(None) };
    Ok(Some(blobs.get(&name.parse::<BlobName>()?, FILE_BYTES_MAX)?))
}

fn make_table(resource: &Resource, bytes: &[u8], shelf: &Shelf) -> Result<(), TableError> {
    if let Some(key) = resource.table_key() {
        shelf.build(&key, &resource.table_fields(), bytes)?;
    }
    Ok(())
}

/// Makes the table of a published file where it is missing: on another machine, or after the shelf was cleared.
///
/// # Errors
/// The file's, or the table's.
pub fn ensure_table(resource: &Resource, blobs: &Blobs, shelf: &Shelf) -> Result<Option<String>, JobFault> {
    let Some(key) = resource.table_key().filter(|_| resource.is_table()) else { return Ok(None) };
    if !shelf.holds(&key)
        && let Some(bytes) = content(resource, blobs)?
    {
        make_table(resource, &bytes, shelf)?;
    }
    Ok(Some(key))
}

/// A published table as Parquet, made where it is missing; none for what is no table.
///
/// # Errors
/// The file's, or the table's.
pub fn parquet_of(resource: &Resource, blobs: &Blobs, shelf: &Shelf) -> Result<Option<Vec<u8>>, JobFault> {
    let Some(key) = resource.table_key().filter(|_| resource.is_table()) else { return Ok(None) };
    if let Some(made) = shelf.parquet(&key)? {
        return Ok(Some(made));
    }
    let Some(bytes) = content(resource, blobs)? else { return Ok(None) };
    Ok(Some(shelf.make_parquet(&key, &resource.table_fields(), &bytes)?))
}
