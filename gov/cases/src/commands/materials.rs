//! Attaching and removing files. The bytes are stored before, under their SM3; here stands what they are for.

use runner::{Command, Cx, Halt, Refusal};
use serde::{Deserialize, Serialize};

use super::drafts::own_draft;
use super::own_case;
use crate::MaterialFileId;
use crate::events::Happened;
use crate::model::{CaseStatus, MaterialFile, refusals};
use crate::store::materials;

/// Attaches a stored file to a draft, or to a case that is to be corrected.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AttachMaterial {
    /// The draft or the case.
    pub owner: String,
    /// The material of the package.
    pub material: String,
    /// As the person called the file.
    pub file_name: String,
    /// Content-addressed name.
    pub blob: String,
    /// Bytes.
    pub size_bytes: i64,
    /// Type found by looking into the file: `pdf`, `jpg`, …
    pub extension: String,
}

/// Removes a file from a draft or a case that is to be corrected.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RemoveMaterial {
    /// The draft or the case.
    pub owner: String,
    /// The file.
    pub file: String,
}

impl Command for AttachMaterial {
    type Outcome = String;
    const ACTION: &'static str = "case.upload-material";

    fn run(&self, cx: &mut Cx<'_>) -> Result<String, Halt> {
        let slug = slug_of_owner(cx, &self.owner)?;
        let package = cx.service::<procedure::Library>()?.current(&slug, cx.today()).ok_or_else(refusals::item_unavailable)?;
        let material = package.item.material(&self.material).ok_or_else(refusals::material_unknown)?;
        let accepts = material.accept.is_empty() || material.accept.iter().any(|accepted| same_type(accepted, &self.extension));
        if !accepts {
            let list = material.accept.join("、");
            let zh = format!("“{}”只能上传 {list} 格式的文件。", material.name.zh);
            let en = format!("\"{}\" must be one of: {}.", material.name.en, material.accept.join(", "));
            return Err(refusals::material_type_wrong().with_field(&self.material, zh, en).into());
        }
        if u64::try_from(self.size_bytes).unwrap_or(u64::MAX) > material.size_max_bytes {
            let mib = material.size_max_bytes / (1024 * 1024);
            let zh = format!("“{}”不能超过 {mib} MB。", material.name.zh);
            let en = format!("\"{}\" must not be larger than {mib} MB.", material.name.en);
            return Err(refusals::material_too_large().with_field(&self.material, zh, en).into());
        }
        let file = MaterialFile {
            id: MaterialFileId::make(cx.ids()).to_string(),
            owner: self.owner.clone(),
            material: self.material.clone(),
            file_name: self.file_name.clone(),
            blob: self.blob.clone(),
            size_bytes: self.size_bytes,
            extension: self.extension.clone(),
            added_ms: cx.now_ms(),
        };
        let id = file.id.clone();
        let event = Happened::MaterialAttached { material: self.material.clone(), blob: self.blob.clone(), file: Box::new(file) };
        record_on_owner(cx, &self.owner, &event)?;
        Ok(id)
    }
}

impl Command for RemoveMaterial {
    type Outcome = ();
    const ACTION: &'static str = "case.upload-material";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        slug_of_owner(cx, &self.owner)?;
        let file = materials::of_owner(cx.tx(), &self.owner)?.into_iter().find(|file| file.id == self.file).ok_or_else(Refusal::not_found)?;
        let event = Happened::MaterialRemoved { material: file.material, blob: file.blob, id: file.id };
        record_on_owner(cx, &self.owner, &event)
    }
}

/// The item of a draft of one's own, or of a case of one's own that is to be corrected.
fn slug_of_owner(cx: &mut Cx<'_>, owner: &str) -> Result<String, Halt> {
    if owner.starts_with("draft_") {
        return Ok(own_draft(cx, owner)?.slug);
    }
    let work = own_case(cx, owner, None)?;
    match work.file.status {
        CaseStatus::Correcting => Ok(work.file.slug),
        CaseStatus::Submitted | CaseStatus::Accepted | CaseStatus::Suspended | CaseStatus::Closed => Err(refusals::not_correcting().into()),
    }
}

/// A draft carries its version itself; a case's row carries its stream's.
fn record_on_owner(cx: &mut Cx<'_>, owner: &str, event: &Happened) -> Result<(), Halt> {
    if owner.starts_with("draft_") {
        cx.record(owner, event)?;
        return Ok(());
    }
    let mut work = own_case(cx, owner, None)?;
    work.record(event)?;
    work.finish().map(drop)
}

fn same_type(accepted: &str, found: &str) -> bool {
    let plain = |text: &str| match text.to_ascii_lowercase().as_str() {
        "jpeg" => "jpg".to_owned(),
        other => other.to_owned(),
    };
    plain(accepted) == plain(found)
}
