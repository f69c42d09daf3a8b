//! `/workspace/cases/{id}/documents/{document}`: the signed PDF of a document of the case.

use axum::extract::{Path, State};
use axum::response::Response;
use cases::commands::ReadDocument;
use gate::{App, PageError, StaffMember};

use super::file_response;
use super::material::stored;

/// `GET /workspace/cases/{id}/documents/{document}`
pub(super) async fn get(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path((id, document)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let found = app.execute(&visitor, None, ReadDocument { case: id, document }).await?.outcome;
    let filing = found.filing.ok_or(PageError::NotFound)?;
    let bytes = stored(&app, &filing.blob).await?;
    Ok(file_response(bytes, "application/pdf", &format!("{}{}.pdf", found.title, found.number), true))
}
