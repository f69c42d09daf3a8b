//! The receipt: an entry of the case's stream, its way into the log, and a signed statement of the log's size and roots.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION};
use axum::response::{IntoResponse, Response};
use cases::queries::receipt_index;
use gate::{App, Citizen, PageError};
use i18n::Lang;
use journal::{CheckpointSigner, JournalError, Receipt};
use maud::{Markup, html};
use runner::Halt;
use serde::Deserialize;
use ui::{ProofBlock, ProofState};

use super::case::Own;
use super::view::{View, fill, moment, t};

/// The events of a case for which there is a receipt, in the order in which they happen.
pub(super) const KINDS: [&str; 6] = ["case-submitted", "correction-answered", "case-accepted", "case-decided", "case-closed", "case-rated"];

/// `?entry=case-decided`
#[derive(Debug, Default, Deserialize)]
pub(super) struct Wanted {
    entry: Option<String>,
}

/// `GET /receipts/{case}`
pub(super) async fn get(
    State(app): State<App>,
    Citizen(visitor): Citizen,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Markup, PageError> {
    let own = Own::load(&app, &visitor, &id).await?;
    let kind = KINDS.into_iter().find(|kind| wanted.entry.as_deref() == Some(kind)).unwrap_or("case-submitted");
    let index = index_of(&app, &own, kind).await?.ok_or(PageError::NotFound)?;
    let receipt = receipt(&app, index).await?;
    let title = t(visitor.lang, "receipt.title");
    let body = body(visitor.lang, &own, kind, index, receipt.as_ref());
    Ok(View::new(&app, &visitor, title).back(format!("/cases/{id}")).script("js/receipt-verify.js").show(body))
}

/// `GET /receipts/{case}/{entry}.json`
pub(super) async fn download(
    State(app): State<App>,
    Citizen(visitor): Citizen,
    Path((id, file)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let own = Own::load(&app, &visitor, &id).await?;
    let kind = KINDS.into_iter().find(|kind| file.strip_suffix(".json") == Some(kind)).ok_or(PageError::NotFound)?;
    let index = index_of(&app, &own, kind).await?.ok_or(PageError::NotFound)?;
    let receipt = receipt(&app, index).await?.ok_or(PageError::NotFound)?;
    let disposition = format!("attachment; filename=\"{}-{kind}.json\"", own.case.file.number);
    Ok(([(CONTENT_DISPOSITION, disposition), (CACHE_CONTROL, "private, no-store".to_owned())], Json(receipt)).into_response())
}

async fn index_of(app: &App, own: &Own, kind: &'static str) -> Result<Option<i64>, PageError> {
    let case = own.case.file.id.clone();
    app.read(move |tx| receipt_index(tx, &case, kind)).await
}

/// The receipt of an entry; `None` while the entry is not in the log's tree yet.
async fn receipt(app: &App, index: i64) -> Result<Option<Receipt>, PageError> {
    let (size, note) = checkpoint(app, index).await?;
    app.read(move |tx| match Receipt::build(tx, index, &note, size) {
        Ok(receipt) => Ok(Some(receipt)),
        Err(JournalError::Beyond(_)) => Ok(None),
        Err(error) => Err(error.into()),
    })
    .await
}

/// A signed checkpoint that covers an entry: the newest one kept, or a new one over the present head of the log.
async fn checkpoint(app: &App, index: i64) -> Result<(i64, String), PageError> {
    let (ring, store, origin, now_ms) = (Arc::clone(&app.ring), Arc::clone(&app.store), app.settings.origin.clone(), app.now_ms());
    let signed = app.blocking(move || {
        let signer = CheckpointSigner::new(&origin, &ring).map_err(Halt::fault)?;
        signer.covering(&store, index, now_ms).map_err(Halt::fault)
    });
    Ok(signed.await??)
}

fn body(lang: Lang, own: &Own, kind: &str, index: i64, receipt: Option<&Receipt>) -> Markup {
    let file = &own.case.file;
    let others = own.case.timeline.iter().filter(|entry| KINDS.contains(&entry.kind.as_str()) && entry.kind != kind);
    let title = own.case.timeline.iter().find(|entry| entry.index == index).map_or(kind, |entry| entry.title.get(lang));
    html! {
        span.govuk-caption-l { (fill(lang, "case.caption", &[("number", &file.number)])) }
        h1.govuk-heading-l { (t(lang, "receipt.title")) }
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            p.govuk-body-l { (fill(lang, "receipt.of", &[("what", title), ("item", file.item_name.get(lang))])) }
            p.govuk-body { (t(lang, "receipt.explain")) }
            (proof(lang, own, kind, index, receipt))
            @if others.clone().next().is_some() {
                h2.govuk-heading-m { (t(lang, "receipt.others")) }
                ul.govuk-list {
                    @for entry in others {
                        li {
                            a.govuk-link href={ "/receipts/" (file.id) "?entry=" (entry.kind) } { (entry.title.get(lang)) }
                            " " (moment(lang, entry.at_ms))
                        }
                    }
                }
            }
        } }
    }
}

fn proof(lang: Lang, own: &Own, kind: &str, index: i64, receipt: Option<&Receipt>) -> ProofBlock {
    let mut facts = vec![(t(lang, "receipt.index").to_owned(), i18n::number(index))];
    let Some(receipt) = receipt else { return ProofBlock { lang, state: ProofState::Pending, facts, ..ProofBlock::default() } };
    facts.push((t(lang, "receipt.at").to_owned(), moment(lang, receipt.entry.header.at_ms)));
    facts.push((t(lang, "receipt.size").to_owned(), i18n::number(receipt.proof.size)));
    facts.push((t(lang, "receipt.commitment").to_owned(), seal::hash::to_hex(&receipt.entry.header.commitment)));
    let state = if receipt.check().is_ok() { ProofState::Holds } else { ProofState::Broken };
    ProofBlock {
        lang,
        state,
        facts,
        receipt: serde_json::to_string_pretty(receipt).unwrap_or_default(),
        download_href: format!("/receipts/{}/{kind}.json", own.case.file.id),
        verify_href: "/receipts/check".to_owned(),
    }
}
