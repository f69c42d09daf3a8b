//! 下架

use super::approve::no_reason;
use super::{not_now, publish, take};
use crate::events::DatasetWithdrawn;
use crate::model::DatasetId;
use crate::model::dataset::{Dataset, State, Withdrawal};
use i18n::Text;
use runner::{Command, Cx, Halt};
use serde::Serialize;

const REASON_CHARS_MAX: usize = 500;

/// Takes a dataset down at once. Its releases are kept, unseen; its address says why it is gone.
#[derive(Debug, Clone, Serialize)]
pub struct WithdrawDataset {
    /// The dataset.
    pub dataset: DatasetId,
    /// Why, for the public.
    pub reason: Text,
}

impl Command for WithdrawDataset {
    type Outcome = ();
    const ACTION: &'static str = "opendata.withdraw";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        cx.hold(publish::lock())?;
        let dataset = take(cx, self.dataset.as_str(), None)?;
        if !dataset.is_public() {
            return Err(not_now(&dataset).into());
        }
        let reason = &self.reason;
        if reason.zh.trim().is_empty() || reason.zh.chars().count().max(reason.en.chars().count()) > REASON_CHARS_MAX {
            return Err(no_reason().into());
        }
        let at_ms = cx.now_ms();
        let withdrawal = Some(Withdrawal { reason: reason.clone(), at_ms });
        let after = Dataset { state: State::Withdrawn, withdrawal, modified_ms: at_ms, ..dataset };
        cx.record(self.dataset.as_str(), &DatasetWithdrawn { dataset: self.dataset.clone(), reason: reason.clone(), after })?;
        Ok(())
    }
}
