//! The whole journal for the audit administrator, as a stream of JSON lines that the verifier of the command line reads.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use gate::App;
use journal::{Entry, JournalError, entries_after};
use runner::Resource;
use store::Store;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::journal::signer;
use crate::caller::Member;
use crate::error::ApiError;
use crate::registry::{Api, Operation, Tag};

const PAGE: u32 = 500;
const PAGES_AHEAD: usize = 4;
const FIRST_LINE: &str = "{\"format\":\"zhengshu-journal-1\"}\n";

type Chunk = Result<Bytes, std::io::Error>;

pub(super) fn routes(api: Api) -> Api {
    api.on(
        Operation::get("/journal/export", "exportJournal")
            .is(Tag::Journal, "journal.read", "导出全部日志（JSON Lines）", "The whole journal, as JSON lines")
            .note(
                "首行是格式，末行是恰好覆盖所列条目的检查点；用 zhengshu verify 核验。限审计管理员。",
                "The first line names the format, the last is the checkpoint that covers exactly these entries; \
                 verify it with zhengshu verify. For audit administrators.",
            )
            .content("application/x-ndjson"),
        export,
    )
}

async fn export(State(app): State<App>, Member(caller): Member) -> Result<Response, ApiError> {
    caller.must(&app, "journal.read", &Resource::of("journal"))?;
    let (signer, store, now_ms) = (signer(&app)?, Arc::clone(&app.store), app.now_ms());
    let (size, note) = app.blocking(move || signer.present(&store, now_ms)).await?.map_err(ApiError::fault)?;
    let (lines, out) = channel::<Chunk>(PAGES_AHEAD);
    let store = Arc::clone(&app.store);
    tokio::task::spawn_blocking(move || write(&store, size, &note, &lines));
    let disposition = "attachment; filename=\"zhengshu-journal.jsonl\"";
    let headers = [(header::CONTENT_TYPE, "application/x-ndjson"), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, Body::from_stream(stream::unfold(out, next))).into_response())
}

async fn next(mut out: Receiver<Chunk>) -> Option<(Chunk, Receiver<Chunk>)> {
    out.recv().await.map(|chunk| (chunk, out))
}

/// Page by page, since a read of everything at once would hold one snapshot for as long as the slowest reader takes. Entries never change,
/// so the pages fit together.
fn write(store: &Store, size: i64, note: &str, lines: &Sender<Chunk>) {
    let mut from = 0;
    let mut going = lines.blocking_send(Ok(Bytes::from_static(FIRST_LINE.as_bytes()))).is_ok();
    while going && from < size {
        let page = store.read(|tx| entries_after(tx, from, PAGE));
        let chunk = page.map_err(std::io::Error::other).and_then(|entries| chunk(&entries, size, &mut from));
        let broken = chunk.is_err();
        // Whoever reads may have gone away; then nobody needs the rest.
        going = lines.blocking_send(chunk).is_ok() && !broken;
    }
    if going {
        let last = format!("{}\n", serde_json::json!({ "checkpoint": note }));
        let _ = lines.blocking_send(Ok(Bytes::from(last)));
    }
}

fn chunk(entries: &[Entry], size: i64, from: &mut i64) -> Chunk {
    let mut text = Vec::new();
    for entry in entries.iter().filter(|entry| entry.index < size) {
        serde_json::to_writer(&mut text, entry).map_err(std::io::Error::other)?;
        text.push(b'\n');
    }
    match entries.last() {
        Some(last) => *from = last.index + 1,
        None => return Err(std::io::Error::other(JournalError::Beyond(*from))),
    }
    Ok(text.into())
}
