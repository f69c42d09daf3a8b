//! 修改数据集和它的文件

use super::checks::{Checks, NOTES_CHARS_MAX, TITLE_CHARS_MAX};
use super::{not_now, take};
use crate::events::DatasetRevised;
use crate::model::dataset::{Dataset, Metadata};
use crate::model::resource::{DataField, Resource};
use crate::model::{DatasetId, ResourceId};
use blobs::BlobName;
use i18n::Text;
use runner::{Command, Cx, Halt, Refusal};
use serde::Serialize;

const RESOURCES_MAX: usize = 50;

/// Replaces what is said about a dataset.
#[derive(Debug, Clone, Serialize)]
pub struct ReviseDataset {
    /// The dataset.
    pub dataset: DatasetId,
    /// All of it, the unchanged too.
    pub metadata: Metadata,
    /// The version that was seen.
    pub seen: Option<i64>,
}

impl Command for ReviseDataset {
    type Outcome = ();
    const ACTION: &'static str = "opendata.prepare";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let dataset = editable(cx, &self.dataset, self.seen)?;
        let mut checks = Checks::default();
        checks.metadata(&self.metadata);
        checks.finish()?;
        record(cx, Dataset { metadata: self.metadata.clone(), ..dataset })
    }
}

/// A file to be put into a dataset.
#[derive(Debug, Clone, Serialize)]
pub struct NewResource {
    /// Its name.
    pub name: Text,
    /// What is in it.
    pub note: Text,
    /// `CSV`, `JSON`, …
    pub format: String,
    /// The stored file, unless it lies elsewhere.
    pub blob: Option<BlobName>,
    /// Where it lies, if elsewhere.
    pub url: String,
    /// Size.
    pub size_bytes: u64,
    /// The columns, for CSV.
    pub fields: Vec<DataField>,
}

/// Puts a file into a dataset, or another in its place.
#[derive(Debug, Clone, Serialize)]
pub struct PutResource {
    /// The dataset.
    pub dataset: DatasetId,
    /// The file whose place it takes.
    pub replaces: Option<ResourceId>,
    /// The file.
    pub resource: NewResource,
    /// The version that was seen.
    pub seen: Option<i64>,
}

impl Command for PutResource {
    type Outcome = ResourceId;
    const ACTION: &'static str = "opendata.prepare";

    fn run(&self, cx: &mut Cx<'_>) -> Result<ResourceId, Halt> {
        let mut dataset = editable(cx, &self.dataset, self.seen)?;
        let new = &self.resource;
        let mut checks = Checks::default();
        checks.text("name", &new.name, TITLE_CHARS_MAX);
        checks.short("note", &new.note, NOTES_CHARS_MAX);
        let format = (1..=20).contains(&new.format.len()) && new.format.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'+'));
        checks.require(format, "format", "请填写文件格式，如 CSV", "Name the format, such as CSV");
        let elsewhere = new.url.starts_with("https://") || new.url.starts_with("http://");
        checks.require(new.blob.is_some() != elsewhere, "upload", "请上传文件，或填写网址", "Upload a file, or give an address");
        checks.require(dataset.resources.len() < RESOURCES_MAX, "upload", "一个数据集最多 50 个文件", "A dataset has at most 50 files");
        checks.finish()?;
        let id = match &self.replaces {
            Some(id) if dataset.resources.iter().any(|one| one.id == *id) => id.clone(),
            Some(_) => return Err(Refusal::not_found().into()),
            None => ResourceId::make(cx.ids()),
        };
        let resource = Resource {
            id: id.clone(),
            name: new.name.clone(),
            note: new.note.clone(),
            format: new.format.clone(),
            blob: new.blob.as_ref().map(ToString::to_string),
            url: new.url.clone(),
            size_bytes: new.size_bytes,
            fields: new.fields.clone(),
            rows: None,
            at_ms: cx.now_ms(),
        };
        match dataset.resources.iter_mut().find(|one| one.id == id) {
            Some(place) => *place = resource,
            None => dataset.resources.push(resource),
        }
        record(cx, dataset)?;
        Ok(id)
    }
}

/// Takes a file out of a dataset. Releases keep theirs.
#[derive(Debug, Clone, Serialize)]
pub struct RemoveResource {
    /// The dataset.
    pub dataset: DatasetId,
    /// The file.
    pub resource: ResourceId,
}

impl Command for RemoveResource {
    type Outcome = ();
    const ACTION: &'static str = "opendata.prepare";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let mut dataset = editable(cx, &self.dataset, None)?;
        let before = dataset.resources.len();
        dataset.resources.retain(|resource| resource.id != self.resource);
        if dataset.resources.len() == before {
            return Err(Refusal::not_found().into());
        }
        record(cx, dataset)
    }
}

fn editable(cx: &mut Cx<'_>, id: &DatasetId, seen: Option<i64>) -> Result<Dataset, Halt> {
    let dataset = take(cx, id.as_str(), seen)?;
    if dataset.state.is_editable() { Ok(dataset) } else { Err(not_now(&dataset).into()) }
}

fn record(cx: &mut Cx<'_>, dataset: Dataset) -> Result<(), Halt> {
    let dataset = dataset.edited(cx.now_ms());
    let id = dataset.id.clone();
    cx.record(id.as_str(), &DatasetRevised { fingerprint: dataset.fingerprint(), dataset })?;
    Ok(())
}
