//! Files: as a form with files, or one file as the body.

use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use blobs::{BlobError, BlobName};
use gate::App;
use web::{FormProblem, UploadLimits, read_upload};

use crate::body::bytes;
use crate::error::ApiError;
use crate::refusals;

/// Longest file.
pub(crate) const FILE_BYTES_MAX: usize = 20 * 1024 * 1024;
const NAME_CHARS_MAX: usize = 200;

/// What was sent.
#[derive(Debug, Default)]
pub(crate) struct Files {
    /// The field `material` of a form.
    pub(crate) material: Option<String>,
    /// The files, with their names where they came with one.
    pub(crate) files: Vec<(String, Vec<u8>)>,
}

/// A file that was stored.
#[derive(Debug)]
pub(crate) struct Stored {
    pub(crate) name: String,
    pub(crate) blob: BlobName,
    pub(crate) size_bytes: i64,
    pub(crate) extension: &'static str,
}

impl FromRequest<App> for Files {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &App) -> Result<Self, ApiError> {
        match kind_of(request.headers()).as_str() {
            "multipart/form-data" => {
                let upload = read_upload(request, UploadLimits { file_bytes_max: FILE_BYTES_MAX, ..UploadLimits::default() });
                let upload = upload.await.map_err(form_error)?;
                let material = upload.fields.get("material").map(|text| text.trim().to_owned());
                let files: Vec<_> = upload.files.into_iter().map(|file| (file.name, file.bytes)).collect();
                if files.is_empty() { Err(refusals::file_missing()) } else { Ok(Self { material, files }) }
            }
            "" | "application/json" | "application/x-www-form-urlencoded" | "text/plain" => Err(refusals::content_type_wrong()),
            _ => {
                let body = bytes(request.into_body(), FILE_BYTES_MAX).await?;
                if body.is_empty() { Err(refusals::file_missing()) } else { Ok(Self { material: None, files: vec![(String::new(), body.into())] }) }
            }
        }
    }
}

fn kind_of(headers: &HeaderMap) -> String {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn form_error(problem: FormProblem) -> ApiError {
    match problem {
        FormProblem::TooLarge => refusals::body_too_large(),
        FormProblem::NoForm | FormProblem::Broken => refusals::body_broken(),
    }
}

/// Looks into the file, and stores it under its SM3.
pub(crate) async fn store(app: &App, name: String, bytes: Vec<u8>) -> Result<Stored, ApiError> {
    let blobs = app.blobs.clone();
    let stored = app.blocking(move || {
        let kind = blobs::sniff(&bytes).ok_or_else(refusals::file_unknown)?;
        let size_bytes = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        let blob = blobs.put(&bytes, u64::try_from(FILE_BYTES_MAX).unwrap_or(u64::MAX)).map_err(blob_error)?;
        Ok(Stored { name: file_name(&name, &blob, kind.extension()), blob, size_bytes, extension: kind.extension() })
    });
    stored.await?
}

/// What a person called the file, without folders; where it came without a name, a part of its hash.
fn file_name(given: &str, blob: &BlobName, extension: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = last.chars().filter(|c| !c.is_control()).take(NAME_CHARS_MAX).collect();
    match name.trim() {
        "" => format!("{}.{extension}", blob.hash_hex().get(..12).unwrap_or_default()),
        name => name.to_owned(),
    }
}

pub(crate) fn blob_error(error: BlobError) -> ApiError {
    match error {
        BlobError::TooLarge { .. } => refusals::body_too_large(),
        BlobError::Empty => refusals::file_missing(),
        BlobError::Missing(_) | BlobError::Altered(_) | BlobError::Storage { .. } => ApiError::fault(error),
    }
}

/// The bytes of a stored file.
pub(crate) async fn fetch(app: &App, name: &str) -> Result<Vec<u8>, ApiError> {
    let (blobs, name) = (app.blobs.clone(), name.parse::<BlobName>().map_err(ApiError::fault)?);
    let found = app.blocking(move || blobs.get(&name, u64::try_from(FILE_BYTES_MAX).unwrap_or(u64::MAX)));
    found.await?.map_err(blob_error)
}
