//! The anonymous progress query.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use gate::App;

use crate::body::Sent;
use crate::dto::{ProgressOf, ProgressQuestion};
use crate::error::ApiError;
use crate::guessing::Allowed;
use crate::registry::{Api, Operation, Tag};

pub(super) fn routes(api: Api) -> Api {
    api.on(
        Operation::post("/progress", "askProgress")
            .is(Tag::Public, "case.query-progress", "凭编号和查询码查进度", "Progress by number and query code")
            .note(
                "不用登录；不含个人信息。编号和查询码不符时不说明是哪一个。",
                "Without signing in and without personal data. When number and code do not fit, it is not said which.",
            )
            .public()
            .body::<ProgressQuestion>(r#"{"number":"12345-20260302-000001","query_code":"7K3MQ2WX"}"#)
            .answers::<ProgressOf>(),
        ask,
    )
}

async fn ask(State(app): State<App>, _: Allowed, Sent(asked): Sent<ProgressQuestion>) -> Result<Json<ProgressOf>, ApiError> {
    let (keys, calendar, today) = (Arc::clone(&app.keys), Arc::clone(&app.calendar), app.today());
    let found = app.query(move |tx| cases::queries::progress(tx, &keys, &calendar, today, &asked.number, &asked.query_code));
    found.await?.map(|progress| Json(progress.into())).ok_or_else(ApiError::not_found)
}
