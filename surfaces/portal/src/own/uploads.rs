//! Taking in a file: looked into, measured, stored under its SM3, attached.

use blobs::{BlobError, BlobName, Kind};
use cases::commands::AttachMaterial;
use cases::model::MaterialFile;
use gate::{App, PageError, Visitor};
use i18n::Lang;
use maud::{Markup, html};
use procedure::item::Material;
use runner::{Fault, Halt};
use ui::{ErrorMessage, FileUpload};
use web::UploadedFile;

use super::view::{Wrong, fill, t};

/// Stores a file and attaches it to a draft or a case. `Some` is a sentence for the person; nothing was attached then.
pub(super) async fn attach(app: &App, visitor: &Visitor, owner: &str, material: &Material, file: UploadedFile) -> Result<Option<Wrong>, PageError> {
    let kind = match check(visitor.lang, material, &file.bytes) {
        Ok(kind) => kind,
        Err(sentence) => return Ok(Some(Wrong::new(material.id.as_str(), sentence))),
    };
    let size_bytes = i64::try_from(file.bytes.len()).unwrap_or(i64::MAX);
    let blob = store(app, file.bytes, material.size_max_bytes).await?;
    let command = AttachMaterial {
        owner: owner.to_owned(),
        material: material.id.clone(),
        file_name: file.name,
        blob: blob.to_string(),
        size_bytes,
        extension: kind.extension().to_owned(),
    };
    match app.execute(visitor, None, command).await {
        Ok(_) => Ok(None),
        Err(error) => refused_field(error, visitor.lang, material).map(Some),
    }
}

/// The sentence of a refusal that names the material; any other error goes on.
fn refused_field(error: PageError, lang: Lang, material: &Material) -> Result<Wrong, PageError> {
    let field = error.refusal().and_then(|refusal| refusal.fields.iter().find(|field| field.field == material.id));
    let sentence = field.map(|field| if lang == Lang::En { field.en.clone() } else { field.zh.clone() });
    sentence.map(|sentence| Wrong::new(material.id.as_str(), sentence)).ok_or(error)
}

/// What the file is, or the sentence that says why it cannot be taken.
fn check(lang: Lang, material: &Material, bytes: &[u8]) -> Result<Kind, String> {
    let name = material.name.get(lang);
    if bytes.is_empty() {
        return Err(fill(lang, "upload.empty", &[("name", name)]));
    }
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > material.size_max_bytes {
        return Err(fill(lang, "upload.too-large", &[("name", name), ("size", &i18n::size(material.size_max_bytes))]));
    }
    let accepted = |kind: &Kind| material.accept.is_empty() || material.accept.iter().any(|one| Kind::from_extension(one) == Some(*kind));
    let types = material.accept.join(t(lang, "list.separator"));
    blobs::sniff(bytes).filter(accepted).ok_or_else(|| fill(lang, "upload.wrong-type", &[("name", name), ("types", &types)]))
}

async fn store(app: &App, bytes: Vec<u8>, size_max_bytes: u64) -> Result<BlobName, PageError> {
    let blobs = app.blobs.clone();
    let stored = tokio::task::spawn_blocking(move || blobs.put(&bytes, size_max_bytes)).await;
    flatten(stored)
}

/// The bytes of a stored file.
pub(super) async fn bytes_of(app: &App, blob: &str) -> Result<Vec<u8>, PageError> {
    const BYTES_MAX: u64 = 256 * 1024 * 1024;
    let name: BlobName = blob.parse().map_err(|_| PageError::from(Halt::from(Fault::because("a file has no blob name"))))?;
    let blobs = app.blobs.clone();
    flatten(tokio::task::spawn_blocking(move || blobs.get(&name, BYTES_MAX)).await)
}

fn flatten<T>(answer: Result<Result<T, BlobError>, tokio::task::JoinError>) -> Result<T, PageError> {
    let answer = answer.map_err(|error| PageError::from(Halt::fault(error)))?;
    answer.map_err(|error| PageError::from(Halt::fault(error)))
}

/// The control for one file of a material, with what may be uploaded.
pub(super) fn control(lang: Lang, material: &Material, label: String, error: Option<ErrorMessage>) -> FileUpload {
    let types = material.accept.join(t(lang, "list.separator"));
    let limits = fill(lang, "upload.limits", &[("types", &types), ("size", &i18n::size(material.size_max_bytes))]);
    let hint = html! {
        @if let Some(guide) = &material.guide { div.zs-hint__line { (guide.get(lang)) } }
        div.zs-hint__line { (limits) }
    };
    FileUpload::new(lang, material.id.as_str(), label).hint(hint).error(error).limits(lang, &material.accept, material.size_max_bytes)
}

/// The files attached, each with its size and a link to look at it.
pub(super) fn file_link(lang: Lang, file: &MaterialFile, href: &str) -> Markup {
    let size = i18n::size(u64::try_from(file.size_bytes).unwrap_or_default());
    html! {
        a.govuk-link href=(href) { (file.file_name) }
        " " span.zs-quiet { (fill(lang, "upload.size", &[("size", &size)])) }
    }
}

/// Media type of a stored file, and the header that makes browsers keep it instead of showing it inside our pages.
pub(super) fn download_headers(extension: &str, file_name: &str) -> [(axum::http::HeaderName, String); 3] {
    use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
    let mime = Kind::from_extension(extension).map_or("application/octet-stream", Kind::mime);
    let disposition = format!("attachment; filename*=UTF-8''{}", web::percent_encoded(file_name));
    [(CONTENT_TYPE, mime.to_owned()), (CONTENT_DISPOSITION, disposition), (CACHE_CONTROL, "private, no-store".to_owned())]
}
