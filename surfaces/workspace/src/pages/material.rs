//! `/workspace/cases/{id}/materials/{file}`: one file of the case.

use axum::extract::{Path, State};
use axum::response::Response;
use blobs::{BlobName, Kind};
use cases::commands::ReadMaterial;
use gate::{App, PageError, StaffMember};
use runner::{Fault, Halt};

use super::file_response;

/// Larger files are not kept by any package.
pub(super) const FILE_BYTES_MAX: u64 = 200 * 1024 * 1024;

/// `GET /workspace/cases/{id}/materials/{file}`
pub(super) async fn get(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path((id, file)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let found = app.execute(&visitor, None, ReadMaterial { case: id, file }).await?.outcome;
    let bytes = stored(&app, &found.blob).await?;
    let kind = Kind::from_extension(&found.extension);
    let inline = matches!(kind, Some(Kind::Pdf | Kind::Jpeg | Kind::Png));
    Ok(file_response(bytes, kind.map_or("application/octet-stream", Kind::mime), &found.file_name, inline))
}

/// The bytes of a stored file.
pub(super) async fn stored(app: &App, blob: &str) -> Result<Vec<u8>, PageError> {
    let name: BlobName = blob.parse().map_err(Halt::fault)?;
    let blobs = app.blobs.clone();
    let read = app.blocking(move || blobs.get(&name, FILE_BYTES_MAX)).await?;
    read.map_err(|error| match error {
        blobs::BlobError::Missing(_) => PageError::NotFound,
        other => PageError::Fault(Fault(Box::new(other))),
    })
}
