//! 新建数据集

use super::checks::{Checks, on_constraint};
use super::resource_of;
use crate::events::DatasetDrafted;
use crate::model::DatasetId;
use crate::model::dataset::{Dataset, Metadata, State};
use parties::OrganId;
use runner::{Command, Cx, Halt, Refusal};
use serde::Serialize;

/// Begins a dataset of an organ. Files are put in afterwards.
#[derive(Debug, Clone, Serialize)]
pub struct DraftDataset {
    /// Name in addresses.
    pub slug: String,
    /// The organ that answers for it.
    pub organ: OrganId,
    /// What is said about it.
    pub metadata: Metadata,
    /// Source and identifier there, for one that another portal has: found again by the next harvest.
    pub harvested: Option<(String, String)>,
}

impl Command for DraftDataset {
    type Outcome = DatasetId;
    const ACTION: &'static str = "opendata.prepare";

    fn run(&self, cx: &mut Cx<'_>) -> Result<DatasetId, Halt> {
        let resource = resource_of(cx, &self.organ, "")?;
        cx.authorise(&resource)?;
        let organ = parties::organ(cx.tx(), &self.organ)?.ok_or_else(Refusal::not_found)?;
        let mut checks = Checks::default();
        checks.slug("slug", &self.slug);
        checks.metadata(&self.metadata);
        checks.finish()?;
        let id = DatasetId::make(cx.ids());
        let dataset = Dataset {
            id: id.clone(),
            slug: self.slug.clone(),
            organ: organ.id,
            division: organ.division,
            metadata: self.metadata.clone(),
            resources: Vec::new(),
            state: State::Draft,
            findings: Vec::new(),
            returned: String::new(),
            owner_approval: None,
            officer_approval: None,
            release: 0,
            withdrawal: None,
            harvested_from: self.harvested.as_ref().map(|(source, _)| source.clone()).unwrap_or_default(),
            modified_ms: cx.now_ms(),
            version: 1,
        };
        let harvest_key = self.harvested.as_ref().map(|(source, there)| format!("{source} {there}"));
        let event = DatasetDrafted { slug: self.slug.clone(), fingerprint: dataset.fingerprint(), dataset, harvest_key };
        cx.record(id.as_str(), &event).map_err(|halt| on_constraint(halt, "uq_dataset__slug", slug_taken))?;
        Ok(id)
    }
}

fn slug_taken() -> Refusal {
    Refusal::new(
        "dataset-known",
        "已经有一个数据集用了这个名称。",
        "Another dataset has this name already.",
        "请换一个名称；要更新原来的数据集，请打开它再修改。",
        "Choose another name; to renew the other dataset, open and change it.",
    )
    .with_field("slug", "这个名称已被使用", "This name is taken")
}
