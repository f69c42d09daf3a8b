//! Files attached to drafts, and to cases that are to be corrected.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use blobs::Kind;
use cases::MaterialFile;
use cases::commands::{AttachMaterial, ReadMaterial, RemoveMaterial};
use cases::queries::{draft_of, materials_of_draft};
use gate::App;
use runner::{Actor, Refusal};

use super::answers::{created, file};
use crate::body::{Asked, Once};
use crate::caller::Member;
use crate::dto::{Attached, AttachedFile, UploadQuery};
use crate::error::ApiError;
use crate::registry::{Api, Operation, Tag};
use crate::upload::{Files, fetch, store};

const KINDS: &[&str] = &["multipart/form-data", "application/pdf", "image/jpeg", "image/png", "application/octet-stream"];
const FORM: &str = "-F material=premises_proof -F file=@lease.pdf";
const NOTE: (&str, &str) = (
    "multipart/form-data（字段 material 和 file，可多个文件），或者直接以文件为请求内容并在网址中给出 material。格式按内容识别。",
    "multipart/form-data (fields material and file, several files allowed), \
     or the file as the body with material in the address. The type is told by the content.",
);

pub(super) fn routes(api: Api) -> Api {
    let upload = |path, id, zh, en| {
        Operation::post(path, id)
            .is(Tag::Drafts, "case.upload-material", zh, en)
            .note(NOTE.0, NOTE.1)
            .query::<UploadQuery>()
            .file(KINDS, FORM)
            .creates::<Attached>()
    };
    api.on(upload("/drafts/{draft}/materials", "attachToDraft", "上传材料到草稿", "Attach a material to a draft"), attach)
        .on(upload("/cases/{case}/materials", "attachToCase", "上传补正材料", "Attach a material to a case that is to be corrected"), attach)
        .on(
            Operation::get("/drafts/{draft}/materials/{file}", "getDraftMaterial")
                .is(Tag::Drafts, "case.save-draft", "下载草稿的材料", "A file of a draft")
                .content("application/octet-stream"),
            of_draft,
        )
        .on(
            Operation::get("/cases/{case}/materials/{file}", "getCaseMaterial")
                .is(Tag::Cases, "case.read-materials", "下载办件的材料", "A file of a case")
                .content("application/octet-stream"),
            of_case,
        )
        .on(
            Operation::delete("/drafts/{draft}/materials/{file}", "removeFromDraft")
                .is(Tag::Drafts, "case.upload-material", "移除草稿的材料", "Remove a file from a draft")
                .once()
                .empty(),
            remove,
        )
        .on(
            Operation::delete("/cases/{case}/materials/{file}", "removeFromCase")
                .is(Tag::Drafts, "case.upload-material", "移除补正材料", "Remove a file from a case that is to be corrected")
                .once()
                .empty(),
            remove,
        )
}

async fn attach(
    State(app): State<App>,
    Member(caller): Member,
    Path(owner): Path<String>,
    Asked(asked): Asked<UploadQuery>,
    sent: Files,
) -> Result<Response, ApiError> {
    let material = sent.material.or(asked.material).filter(|id| !id.is_empty()).ok_or_else(cases::model::refusals::material_unknown)?;
    let mut files = Vec::new();
    for (name, bytes) in sent.files {
        let name = if name.is_empty() { asked.file_name.clone().unwrap_or_default() } else { name };
        files.push(attach_one(&app, &caller.actor, &owner, &material, name, bytes).await?);
    }
    let area = if owner.starts_with("draft_") { "drafts" } else { "cases" };
    let id = files.first().map(|file| file.id.clone()).unwrap_or_default();
    Ok(created(&format!("/api/v1/{area}/{owner}/materials/{id}"), 0, &Attached { files }))
}

async fn attach_one(app: &App, actor: &Actor, owner: &str, material: &str, name: String, bytes: Vec<u8>) -> Result<AttachedFile, ApiError> {
    let stored = store(app, name, bytes).await?;
    let blob = stored.blob.to_string();
    let command = AttachMaterial {
        owner: owner.to_owned(),
        material: material.to_owned(),
        file_name: stored.name,
        blob: blob.clone(),
        size_bytes: stored.size_bytes,
        extension: stored.extension.to_owned(),
    };
    let id = app.run(actor.clone(), None, command).await?.outcome;
    Ok(AttachedFile { id, material: material.to_owned(), blob, size_bytes: stored.size_bytes, extension: stored.extension.to_owned() })
}

async fn remove(
    State(app): State<App>,
    Member(caller): Member,
    Path((owner, file)): Path<(String, String)>,
    Once(key): Once,
) -> Result<StatusCode, ApiError> {
    app.run(caller.actor, key, RemoveMaterial { owner, file }).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn of_draft(State(app): State<App>, Member(caller): Member, Path((draft, id)): Path<(String, String)>) -> Result<Response, ApiError> {
    let (keys, account) = (Arc::clone(&app.keys), caller.actor.account);
    let files = app.query(move |tx| {
        let draft = draft_of(tx, &keys, &draft, &account)?.ok_or_else(Refusal::not_found)?;
        Ok(materials_of_draft(tx, &draft.id)?)
    });
    let found = files.await?.into_iter().find(|file| file.id == id).ok_or_else(ApiError::not_found)?;
    download(&app, found).await
}

async fn of_case(State(app): State<App>, Member(caller): Member, Path((case, id)): Path<(String, String)>) -> Result<Response, ApiError> {
    let found = app.run(caller.actor, None, ReadMaterial { case, file: id }).await?.outcome;
    download(&app, found).await
}

async fn download(app: &App, found: MaterialFile) -> Result<Response, ApiError> {
    let bytes = fetch(app, &found.blob).await?;
    let kind = Kind::from_extension(&found.extension).map_or("application/octet-stream", Kind::mime);
    Ok(file(kind, &found.file_name, bytes))
}
