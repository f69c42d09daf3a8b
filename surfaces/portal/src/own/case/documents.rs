//! Documents of a case and the files that were handed in, for their applicant.

use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use gate::{App, Citizen, PageError};

use super::Own;
use crate::own::uploads::{bytes_of, download_headers};

/// `GET /cases/{case}/documents/{document}.pdf`: the signed file, byte by byte as it was filed.
pub(in crate::own) async fn get(
    State(app): State<App>,
    Citizen(visitor): Citizen,
    Path((id, file)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let own = Own::load(&app, &visitor, &id).await?;
    if !app.may(&visitor, "document.read", &own.resource) {
        return Err(PageError::NotFound);
    }
    let wanted = file.strip_suffix(".pdf").unwrap_or(&file);
    let document = own.documents.into_iter().find(|document| document.id == wanted).ok_or(PageError::NotFound)?;
    let filing = document.filing.ok_or(PageError::NotFound)?;
    Ok(pdf(&format!("{}.pdf", document.title), bytes_of(&app, &filing.blob).await?))
}

/// `GET /cases/{case}/files/{file}`
pub(in crate::own) async fn material(
    State(app): State<App>,
    Citizen(visitor): Citizen,
    Path((id, file)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let own = Own::load(&app, &visitor, &id).await?;
    if !app.may(&visitor, "case.read-materials", &own.resource) {
        return Err(PageError::NotFound);
    }
    let file = own.case.materials.into_iter().find(|one| one.id == file).ok_or(PageError::NotFound)?;
    let bytes = bytes_of(&app, &file.blob).await?;
    Ok((download_headers(&file.extension, &file.file_name), bytes).into_response())
}

/// A PDF under a name of its own.
pub(in crate::own) fn pdf(name: &str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename*=UTF-8''{}", web::percent_encoded(name));
    let headers = [(CONTENT_TYPE, "application/pdf".to_owned()), (CONTENT_DISPOSITION, disposition), (CACHE_CONTROL, "private, no-store".to_owned())];
    (headers, bytes).into_response()
}
