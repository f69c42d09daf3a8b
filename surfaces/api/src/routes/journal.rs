//! What everybody may ask the journal: its signed size and roots, the keys, and proofs. Proofs are made of hashes alone.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use gate::App;
use journal::{CheckpointSigner, JournalError, consistency, head, inclusion};

use crate::body::Asked;
use crate::dto::{Consistency, ConsistencyQuery, InclusionQuery, InclusionShape};
use crate::error::ApiError;
use crate::refusals;
use crate::registry::{Api, Operation, Tag};

pub(super) fn routes(api: Api) -> Api {
    let get = |path, id, zh, en| Operation::get(path, id).is(Tag::Journal, "journal.read-checkpoint", zh, en).public();
    api.on(
        get("/journal/checkpoint", "getCheckpoint", "当前检查点（C2SP 签名文本）", "The present checkpoint, a signed note (C2SP)")
            .note(
                "依次为日志名、规模、SHA-256 根、SM3 根，之后是 SM2 和 Ed25519 签名。",
                "Origin, size, SHA-256 root, SM3 root, then signatures by SM2 and Ed25519.",
            )
            .content("text/plain"),
        checkpoint,
    )
    .on(
        get("/journal/keys", "getJournalKeys", "检查点的验证公钥", "Keys that verify checkpoints")
            .note("每行一个：名称+标识+公钥。", "One a line: name+id+key.")
            .content("text/plain"),
        keys,
    )
    .on(
        get("/journal/entries/{index}/proof", "getInclusionProof", "条目的存在证明", "Proof that an entry is in the journal")
            .query::<InclusionQuery>()
            .answers::<InclusionShape>(),
        prove_inclusion,
    )
    .on(
        get("/journal/consistency", "getConsistencyProof", "两个规模之间的一致性证明", "Proof that the journal only grew")
            .query::<ConsistencyQuery>()
            .answers::<Consistency>(),
        prove_consistency,
    )
}

/// Signs with the node's keys, in the name of the journal.
pub(super) fn signer(app: &App) -> Result<CheckpointSigner, ApiError> {
    CheckpointSigner::new(&app.settings.origin, &app.ring).map_err(ApiError::fault)
}

async fn checkpoint(State(app): State<App>) -> Result<Response, ApiError> {
    let (signer, store, now_ms) = (signer(&app)?, Arc::clone(&app.store), app.now_ms());
    let (_, note) = app.blocking(move || signer.present(&store, now_ms)).await?.map_err(ApiError::fault)?;
    Ok(plain(note))
}

async fn keys(State(app): State<App>) -> Result<Response, ApiError> {
    Ok(plain(signer(&app)?.verifiers().iter().map(|key| format!("{key}\n")).collect()))
}

fn plain(text: String) -> Response {
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

async fn prove_inclusion(
    State(app): State<App>,
    Path(index): Path<String>,
    Asked(asked): Asked<InclusionQuery>,
) -> Result<Json<InclusionShape>, ApiError> {
    let index: i64 = index.parse().map_err(|_| ApiError::not_found())?;
    let (store, origin) = (Arc::clone(&app.store), app.settings.origin.clone());
    let proof = app.blocking(move || {
        store.read(|tx| {
            let size = asked.size.map_or_else(|| head(tx, &origin).map(|now| now.size), Ok)?;
            inclusion(tx, index, size)
        })
    });
    Ok(Json(proof.await?.map_err(journal_error)?.into()))
}

async fn prove_consistency(State(app): State<App>, Asked(asked): Asked<ConsistencyQuery>) -> Result<Json<Consistency>, ApiError> {
    let (store, origin) = (Arc::clone(&app.store), app.settings.origin.clone());
    let proof = app.blocking(move || {
        store.read(|tx| {
            let to = asked.to.map_or_else(|| head(tx, &origin).map(|now| now.size), Ok)?;
            Ok::<_, JournalError>(Consistency::of(asked.from, to, &consistency(tx, asked.from, to)?))
        })
    });
    proof.await?.map(Json).map_err(journal_error)
}

pub(super) fn journal_error(error: JournalError) -> ApiError {
    match error {
        JournalError::Beyond(_) => refusals::beyond_journal(),
        other => ApiError::fault(other),
    }
}
