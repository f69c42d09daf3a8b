//! 发布

use super::{not_now, take};
use crate::events::DatasetPublished;
use crate::model::DatasetId;
use crate::model::dataset::{Dataset, State};
use crate::model::release::Release;
use crate::store as tables;
use i18n::Text;
use runner::{Command, Cx, Halt, Refusal};
use serde::Serialize;

/// Releases are numbered one after another; whoever follows them must not miss one.
const PUBLICATION: &str = "opendata/publication";

/// Shows an approved dataset to the public, as its next release.
#[derive(Debug, Clone, Serialize)]
pub struct PublishDataset {
    /// The dataset.
    pub dataset: DatasetId,
    /// What is new, for its users.
    pub changes: Text,
}

impl Command for PublishDataset {
    type Outcome = u32;
    const ACTION: &'static str = "opendata.publish";

    fn run(&self, cx: &mut Cx<'_>) -> Result<u32, Halt> {
        cx.hold(PUBLICATION)?;
        let dataset = take(cx, self.dataset.as_str(), None)?;
        if dataset.state != State::OfficerApproved {
            return Err(not_now(&dataset).into());
        }
        let organ = parties::organ(cx.tx(), &dataset.organ)?.ok_or_else(Refusal::not_found)?;
        let first = tables::releases::find(cx.tx(), dataset.id.as_str(), 1)?;
        let now_ms = cx.now_ms();
        let created_ms = first.map_or(now_ms, |release| release.created_ms);
        let release = Release::of(&dataset, organ.name, created_ms, now_ms, self.changes.clone());
        let number = release.number;
        let after = Dataset { state: State::Published, release: number, withdrawal: None, modified_ms: now_ms, ..dataset };
        let event = DatasetPublished { dataset: self.dataset.clone(), number, fingerprint: release.fingerprint.clone(), after, release };
        cx.record(self.dataset.as_str(), &event)?;
        Ok(number)
    }
}

/// The lock under which what is public changes.
pub(super) const fn lock() -> &'static str {
    PUBLICATION
}
