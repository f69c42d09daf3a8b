//! Public verification of papers and files.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use documents::{verify_by_code, verify_by_file};
use gate::App;

use crate::dto::VerificationOf;
use crate::error::ApiError;
use crate::guessing::Allowed;
use crate::refusals;
use crate::registry::{Api, Operation, Tag};
use crate::upload::Files;

pub(super) fn routes(api: Api) -> Api {
    api.on(
        Operation::get("/verify/{code}", "verifyCode")
            .is(Tag::Public, "document.verify", "按核验码核验文书和证照", "Verify a paper by its code")
            .public()
            .answers::<VerificationOf>(),
        by_code,
    )
    .on(
        Operation::post("/verify", "verifyFile")
            .is(Tag::Public, "document.verify", "核验文件", "Verify a file")
            .note("只有每个字节都与签发的一致才是有效；上传的文件不保存。", "Valid only when every byte is as issued; the file is not kept.")
            .public()
            .file(&["multipart/form-data", "application/pdf"], "-F file=@licence.pdf")
            .answers::<VerificationOf>(),
        by_file,
    )
}

async fn by_code(State(app): State<App>, _: Allowed, Path(code): Path<String>) -> Result<Json<VerificationOf>, ApiError> {
    let today = app.today();
    let found = app.query(move |tx| Ok(verify_by_code(tx, &code, today)?));
    Ok(Json(found.await?.into()))
}

async fn by_file(State(app): State<App>, _: Allowed, sent: Files) -> Result<Json<VerificationOf>, ApiError> {
    let (_, bytes) = sent.files.into_iter().next().ok_or_else(refusals::file_missing)?;
    let (inner, today) = (Arc::clone(&app.0), app.today());
    let found = app.query(move |tx| Ok(verify_by_file(tx, &bytes, &inner.trusted, today)?));
    Ok(Json(found.await?.into()))
}
