//! Public verification of papers and files.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use documents::{FileMarks, Paper, VerifyPaper};
use gate::App;

use crate::caller::Caller;
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

async fn by_code(State(app): State<App>, caller: Caller, _: Allowed, Path(code): Path<String>) -> Result<Json<VerificationOf>, ApiError> {
    Ok(Json(app.run(caller.actor, None, VerifyPaper { paper: Paper::Code(code) }).await?.outcome.into()))
}

async fn by_file(State(app): State<App>, caller: Caller, _: Allowed, sent: Files) -> Result<Json<VerificationOf>, ApiError> {
    let (_, bytes) = sent.files.into_iter().next().ok_or_else(refusals::file_missing)?;
    let inner = Arc::clone(&app.0);
    let marks = app.blocking(move || FileMarks::of(&bytes, &inner.trusted)).await?;
    Ok(Json(app.run(caller.actor, None, VerifyPaper { paper: Paper::File(marks) }).await?.outcome.into()))
}
