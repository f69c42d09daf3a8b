//! Receipts: the entry of an event, the proof that it is in the journal, the signed checkpoint.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use cases::queries::receipt_index;
use gate::App;
use journal::Receipt;
use runner::{Halt, Refusal};

use super::answers::permitted_case;
use super::journal::signer;
use crate::caller::Member;
use crate::dto::ReceiptOf;
use crate::error::ApiError;
use crate::registry::{Api, Operation, Tag};

pub(super) fn routes(api: Api) -> Api {
    api.on(
        Operation::get("/cases/{case}/receipts/{kind}", "getReceipt")
            .is(Tag::Journal, "case.read-receipt", "办件事件的存证回执", "The receipt of an event of a case")
            .note(
                "事件类型见经过（timeline）的 kind，例如 case-submitted。保存为文件后可用 zhengshu verify 离线核验。",
                "The kinds stand in the timeline, for example case-submitted. Saved as a file it can be verified offline with zhengshu verify.",
            )
            .answers::<ReceiptOf>(),
        receipt,
    )
}

async fn receipt(State(app): State<App>, Member(caller): Member, Path((case, kind)): Path<(String, String)>) -> Result<Json<ReceiptOf>, ApiError> {
    let authority = Arc::clone(app.runner.authority());
    let index = app.query(move |tx| {
        permitted_case(tx, &*authority, &caller.actor, &case, "case.read-receipt")?;
        receipt_index(tx, &case, &kind)?.ok_or_else(|| Refusal::not_found().into())
    });
    let (index, signer, now_ms, store) = (index.await?, signer(&app)?, app.now_ms(), Arc::clone(&app.store));
    let made = app.blocking(move || {
        let (size, note) = signer.covering(&store, index, now_ms).map_err(ApiError::fault)?;
        let receipt = store.read(|tx| Receipt::build(tx, index, &note, size)).map_err(Halt::fault)?;
        let keys = signer.verifiers().iter().map(ToString::to_string).collect();
        Ok(ReceiptOf { entry: receipt.entry, proof: receipt.proof.into(), checkpoint: receipt.checkpoint, keys })
    });
    made.await?.map(Json)
}
