//! `/workspace/cases/{id}/documents/{document}`: the signed PDF of a document of the case.

use axum::extract::{Path, State};
use axum::response::Response;
use cases::queries::case_resource;
use gate::{App, PageError, StaffMember};
use runner::Refusal;

use super::file_response;
use super::material::stored;

/// `GET /workspace/cases/{id}/documents/{document}`
pub(super) async fn get(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path((id, document)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let (actor, inner) = (visitor.actor.clone(), app.clone());
    let found = app
        .read(move |tx| {
            let resource = case_resource(tx, &actor, &id)?.ok_or_else(Refusal::not_found)?;
            if !inner.runner.authority().rule(&actor, "document.read", &resource).permitted {
                return Err(Refusal::not_found().into());
            }
            let found = documents::queries::document(tx, &document)?.filter(|found| found.case_id == id);
            Ok(found.ok_or_else(Refusal::not_found)?)
        })
        .await?;
    let filing = found.filing.ok_or(PageError::NotFound)?;
    let bytes = stored(&app, &filing.blob).await?;
    Ok(file_response(bytes, "application/pdf", &format!("{}{}.pdf", found.title, found.number), true))
}
