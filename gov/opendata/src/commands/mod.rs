//! Everything that changes a dataset. One file a verb.

mod approve;
mod checks;
mod draft;
mod harvest;
mod key;
mod publish;
mod revise;
mod scan;
mod subscribe;
mod voice;
mod withdraw;

pub use approve::{ApproveAsOfficer, ApproveAsOwner, ReturnDataset};
pub use draft::DraftDataset;
pub use harvest::{ArrangeHarvest, HARVEST_ROUND, HarvestDue, RecordHarvestRound, TakeOverDataset, Taken};
pub use key::{IssueKey, IssuedKey, RevokeKey};
pub use publish::PublishDataset;
pub use revise::{NewResource, PutResource, RemoveResource, ReviseDataset};
pub use scan::{RecordScan, SCAN_DATASET, ScanDue, SubmitDataset};
pub use subscribe::Subscribe;
pub use voice::{AnswerVoice, RaiseVoice};
pub use withdraw::WithdrawDataset;

use parties::OrganId;
use runner::{Cx, Halt, Refusal, Resource};
use store::{StoreError, Tx};

use crate::model::dataset::Dataset;
use crate::store as tables;

/// The duty of the data authority (数据主管部门).
pub const DATA_DUTY: &str = "data-resources";
/// The post that decides for an organ.
const HEAD: &str = "head";

/// A dataset of an organ as policies see it: with the head of the data authority as the one whose task its approval is.
///
/// # Errors
/// The database's.
pub fn dataset_resource(tx: &mut Tx<'_>, organ: &OrganId, id: &str) -> Result<Option<Resource>, StoreError> {
    let Some(owner) = parties::organ(tx, organ)? else { return Ok(None) };
    let authority = parties::organ_for_duty(tx, DATA_DUTY, &owner.division)?;
    Ok(Some(Resource {
        id: id.to_owned(),
        organ: Some(organ.to_string()),
        division: Some(owner.division.to_string()),
        post: authority.is_some().then(|| HEAD.to_owned()),
        post_organ: authority.map(|organ| organ.id.to_string()),
        ..Resource::of("dataset")
    }))
}

pub(crate) fn resource_of(cx: &mut Cx<'_>, organ: &OrganId, id: &str) -> Result<Resource, Halt> {
    Ok(dataset_resource(cx.tx(), organ, id)?.ok_or_else(Refusal::not_found)?)
}

/// The dataset, for somebody who may do the command's act on it.
pub(crate) fn take(cx: &mut Cx<'_>, id: &str, seen: Option<i64>) -> Result<Dataset, Halt> {
    cx.hold(id)?;
    let dataset = tables::datasets::find(cx.tx(), id)?.ok_or_else(Refusal::not_found)?;
    let resource = resource_of(cx, &dataset.organ.clone(), id)?;
    cx.authorise(&resource)?;
    cx.loaded_version(id, dataset.version);
    cx.expect_version(id, seen)?;
    Ok(dataset)
}

/// The refusal of an act that does not fit the state.
pub(crate) fn not_now(dataset: &Dataset) -> Refusal {
    let state = dataset.state.name();
    Refusal::new(
        "dataset-state",
        format!("这个数据集现在是“{}”，不能办理这一步。", state.zh),
        format!("This dataset is now \"{}\": this step is not possible.", state.en),
        "请打开数据集查看它走到了哪一步。",
        "Open the dataset and see which step it has come to.",
    )
}
