//! Documents of a case.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use cases::commands::ReadDocument;
use documents::queries::documents_of_case;
use gate::App;

use super::answers::{file, permitted_case};
use crate::caller::Member;
use crate::dto::{DocumentOf, Documents};
use crate::error::ApiError;
use crate::refusals;
use crate::registry::{Api, Operation, Tag};
use crate::upload::fetch;

pub(super) fn routes(api: Api) -> Api {
    let get = |path, id, zh, en| Operation::get(path, id).is(Tag::Documents, "document.read", zh, en);
    api.on(get("/cases/{case}/documents", "listDocuments", "办件的文书", "Documents of a case").answers::<Documents>(), list).on(
        get("/cases/{case}/documents/{document}", "getDocumentFile", "下载文书（PDF）", "The file of a document (PDF)")
            .note(
                "刚刚作出的文书可能还在制作：答 409，几秒后再取。",
                "A document just decided may still be in the making: 409, fetch it again in a few seconds.",
            )
            .content("application/pdf"),
        pdf,
    )
}

async fn list(State(app): State<App>, Member(caller): Member, Path(case): Path<String>) -> Result<Json<Documents>, ApiError> {
    let authority = Arc::clone(app.runner.authority());
    let found = app.query(move |tx| {
        permitted_case(tx, &*authority, &caller.actor, &case, "document.read")?;
        Ok(documents_of_case(tx, &case)?)
    });
    Ok(Json(Documents { documents: found.await?.into_iter().map(DocumentOf::from).collect() }))
}

async fn pdf(State(app): State<App>, Member(caller): Member, Path((case, id)): Path<(String, String)>) -> Result<Response, ApiError> {
    let record = app.run(caller.actor, None, ReadDocument { case, document: id }).await?.outcome;
    let filing = record.filing.ok_or_else(refusals::document_not_ready)?;
    let bytes = fetch(&app, &filing.blob).await?;
    Ok(file("application/pdf", &format!("{} {}.pdf", record.title, record.number), bytes))
}
