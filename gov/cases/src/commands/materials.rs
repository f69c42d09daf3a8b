//! Attaching and removing files. The bytes are stored before, under their SM3; here stands what they are for.

use std::sync::Arc;

use procedure::Package;
use runner::{Command, Cx, Halt, Refusal};
use serde::{Deserialize, Serialize};

use super::drafts::own_draft;
use super::own_case;
use crate::MaterialFileId;
use crate::events::Happened;
use crate::model::{CaseStatus, MaterialFile, refusals};
use crate::store::materials;

const FILES_MAX: usize = 100;
const FILES_OF_A_MATERIAL_MAX: usize = 20;
const FILE_NAME_CHARS_MAX: usize = 200;

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
        let package = package_of_owner(cx, &self.owner)?;
        let material = package.item.material(&self.material).ok_or_else(refusals::material_unknown)?;
        let accepts = material.accept.is_empty() || material.accept.iter().any(|accepted| same_type(accepted, &self.extension));
        if !accepts {
            let list = material.accept.join("、");
            let zh = format!("“{}”只能上传 {list} 格式的文件。", material.name.zh);
            let en = format!("\"{}\" must be one of: {}.", material.name.en, material.accept.join(", "));
            return Err(refusals::material_type_wrong().with_field(&self.material, zh, en).into());
        }
        if self.size_bytes == 0 {
            let (zh, en) = (format!("“{}”是空文件。", material.name.zh), format!("\"{}\" is empty.", material.name.en));
            return Err(refusals::file_empty().with_field(&self.material, zh, en).into());
        }
        if u64::try_from(self.size_bytes).unwrap_or(u64::MAX) > material.size_max_bytes {
            let mib = material.size_max_bytes / (1024 * 1024);
            let zh = format!("“{}”不能超过 {mib} MB。", material.name.zh);
            let en = format!("\"{}\" must not be larger than {mib} MB.", material.name.en);
            return Err(refusals::material_too_large().with_field(&self.material, zh, en).into());
        }
        let present = materials::of_owner(cx.tx(), &self.owner)?;
        if present.len() >= FILES_MAX || present.iter().filter(|file| file.material == self.material).count() >= FILES_OF_A_MATERIAL_MAX {
            return Err(refusals::too_many_files().into());
        }
        let file = MaterialFile {
            id: MaterialFileId::make(cx.ids()).to_string(),
            owner: self.owner.clone(),
            material: self.material.clone(),
            file_name: self.file_name.chars().filter(|c| !c.is_control()).take(FILE_NAME_CHARS_MAX).collect(),
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
        package_of_owner(cx, &self.owner)?;
        let file = materials::of_owner(cx.tx(), &self.owner)?.into_iter().find(|file| file.id == self.file).ok_or_else(Refusal::not_found)?;
        let event = Happened::MaterialRemoved { material: file.material, blob: file.blob, id: file.id };
        record_on_owner(cx, &self.owner, &event)
    }
}

/// The package of a draft of one's own, or the one that a case of one's own runs under, which is to be corrected.
fn package_of_owner(cx: &mut Cx<'_>, owner: &str) -> Result<Arc<Package>, Halt> {
    if owner.starts_with("draft_") {
        let slug = own_draft(cx, owner)?.slug;
        return Ok(cx.service::<procedure::Library>()?.current(&slug, cx.today()).ok_or_else(refusals::item_unavailable)?);
    }
    let work = own_case(cx, owner, None)?;
    match work.file.status {
        CaseStatus::Correcting => Ok(work.package),
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
