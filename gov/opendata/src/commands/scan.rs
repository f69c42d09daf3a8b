//! 提交检查

use super::{not_now, take};
use crate::events::{DatasetScanned, DatasetSubmitted};
use crate::gate::Finding;
use crate::model::DatasetId;
use crate::model::dataset::{Dataset, State};
use runner::{Command, Cx, Halt, Refusal};
use serde::{Deserialize, Serialize};

/// Kind of the job that scans.
pub const SCAN_DATASET: &str = "scan-dataset";

/// What the job is told.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ScanDue {
    /// The dataset.
    pub dataset: DatasetId,
}

/// Hands a dataset in to be scanned, and then approved.
#[derive(Debug, Clone, Serialize)]
pub struct SubmitDataset {
    /// The dataset.
    pub dataset: DatasetId,
}

impl Command for SubmitDataset {
    type Outcome = ();
    const ACTION: &'static str = "opendata.prepare";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let dataset = take(cx, self.dataset.as_str(), None)?;
        if dataset.state != State::Draft {
            return Err(not_now(&dataset).into());
        }
        if dataset.resources.is_empty() {
            return Err(nothing_to_scan().into());
        }
        let dataset = Dataset { state: State::Submitted, returned: String::new(), ..dataset };
        cx.enqueue(SCAN_DATASET, &ScanDue { dataset: self.dataset.clone() }, Some(format!("{}/scan", self.dataset)), None)?;
        cx.record(self.dataset.as_str(), &DatasetSubmitted { fingerprint: dataset.fingerprint(), dataset })?;
        Ok(())
    }
}

fn nothing_to_scan() -> Refusal {
    Refusal::new("dataset-empty", "数据集里还没有文件。", "The dataset has no file yet.", "请先上传至少一个文件。", "Upload at least one file first.")
}

/// Writes down what the scan found. Nothing that forbids publication: the dataset waits for its organ. Otherwise it is a draft again.
#[derive(Debug, Clone, Serialize)]
pub struct RecordScan {
    /// The dataset.
    pub dataset: DatasetId,
    /// What was scanned.
    pub fingerprint: String,
    /// What was found.
    pub findings: Vec<Finding>,
    /// Rows of each file, in their order.
    pub rows: Vec<Option<u64>>,
}

impl Command for RecordScan {
    type Outcome = bool;
    const ACTION: &'static str = "opendata.record-scan";

    fn run(&self, cx: &mut Cx<'_>) -> Result<bool, Halt> {
        let mut dataset = take(cx, self.dataset.as_str(), None)?;
        if dataset.state != State::Submitted || dataset.fingerprint() != self.fingerprint {
            return Ok(false);
        }
        let passed = !self.findings.iter().any(|finding| finding.forbids);
        dataset.state = if passed { State::Scanned } else { State::Draft };
        dataset.findings = self.findings.clone();
        for (resource, rows) in dataset.resources.iter_mut().zip(&self.rows) {
            resource.rows = *rows;
        }
        let event = DatasetScanned { fingerprint: dataset.fingerprint(), passed, findings: self.findings.clone(), dataset };
        cx.record(self.dataset.as_str(), &event)?;
        Ok(passed)
    }
}
