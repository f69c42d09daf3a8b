//! `/receipts/check`: whether a receipt is genuine. The browser checks it by itself; without script the server does.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use gate::{App, PageError, UploadForm, Visitor, form_fields, unprocessable};
use i18n::Lang;
use journal::Receipt;
use maud::{Markup, html};
use seal::{KeyRing, NoteVerifier, Purpose, SignedNote};
use ui::{Button, Details, ErrorMessage, ErrorSummary, FileUpload, SummaryList, SummaryRow, Textarea};

use super::texts::t;
use super::view::{View, document, moment, send};

const FILE_BYTES_MAX: u64 = 2 * 1024 * 1024;
const TEXT_BYTES_MAX: usize = 1024 * 1024;

/// What the form shows.
#[derive(Debug, Clone, Default)]
pub(crate) struct ReceiptForm {
    pub(crate) text: String,
    pub(crate) error: Option<&'static str>,
    pub(crate) report: Option<ReceiptReport>,
    pub(crate) hidden: Markup,
}

/// One thing that was checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Check {
    /// Key of what was checked.
    pub(crate) what: &'static str,
    pub(crate) holds: bool,
}

/// What became of the check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReceiptReport {
    pub(crate) checks: Vec<Check>,
    /// Label key and value.
    pub(crate) facts: Vec<(&'static str, String)>,
}

/// `GET /receipts/check`
pub(crate) async fn get(State(app): State<App>, visitor: Visitor) -> Response {
    send(&app, &visitor, view(visitor.lang, &ReceiptForm { hidden: form_fields(&visitor), ..ReceiptForm::default() }))
}

/// `POST /receipts/check` answers with the result itself: the receipt is not kept.
pub(crate) async fn post(State(app): State<App>, visitor: Visitor, form: UploadForm) -> Result<Response, PageError> {
    let mut shown = ReceiptForm { hidden: form_fields(&visitor), ..ReceiptForm::default() };
    let receipt = match given(&form) {
        Some(text) => serde_json::from_str::<Receipt>(&text).map_err(|_| "p.receipts.unreadable"),
        None => Err("p.receipts.empty"),
    };
    match receipt {
        Ok(receipt) => shown.report = Some(report(visitor.lang, &receipt, &app.settings.origin, &app.ring)),
        Err(error) => {
            shown.error = Some(error);
            shown.text = form.text("receipt").chars().take(TEXT_BYTES_MAX).collect();
            return Ok(unprocessable(document(&app, &visitor, view(visitor.lang, &shown))));
        }
    }
    Ok(document(&app, &visitor, view(visitor.lang, &shown)).into_response())
}

/// The file if there is one, else what was pasted.
fn given(form: &UploadForm) -> Option<String> {
    let file = form.files.iter().find(|file| file.field == "file").map(|file| String::from_utf8_lossy(&file.bytes).into_owned());
    file.or_else(|| Some(form.text("receipt").to_owned())).filter(|text| !text.trim().is_empty())
}

fn report(lang: Lang, receipt: &Receipt, origin: &str, ring: &KeyRing) -> ReceiptReport {
    let (sm2, ed25519) = signed_by_node(receipt, origin, ring);
    // The path is about the commitment, so it is checked apart from the payload.
    let mut path = receipt.clone();
    path.entry.payload = None;
    let check = |what, holds| Check { what, holds };
    let checks = vec![
        check("p.receipts.content", receipt.entry.payload_is_intact()),
        check("p.receipts.path", path.check().is_ok()),
        check("p.receipts.signature-sm2", sm2),
        check("p.receipts.signature-ed25519", ed25519),
    ];
    let header = &receipt.entry.header;
    let facts = vec![
        ("p.receipts.time", moment(lang, header.at_ms)),
        ("p.receipts.node", header.node.clone()),
        ("p.receipts.kind", header.kind.clone()),
        ("p.receipts.stream", header.stream.clone()),
        ("p.receipts.index", i18n::number(receipt.entry.index)),
        ("p.receipts.size", i18n::number(receipt.proof.size)),
    ];
    ReceiptReport { checks, facts }
}

/// Whether this node signed the checkpoint, with SM2 and with Ed25519, under any version of its keys.
fn signed_by_node(receipt: &Receipt, origin: &str, ring: &KeyRing) -> (bool, bool) {
    let Ok(note) = SignedNote::parse(&receipt.checkpoint) else { return (false, false) };
    let by = |purpose: &Purpose| {
        let keys = ring.public_keys(purpose).into_iter();
        let verifiers = keys.filter_map(|(_, key)| NoteVerifier::new(origin, key).ok());
        verifiers.into_iter().any(|verifier| note.verify(&verifier).is_ok())
    };
    (by(&Purpose::JournalSm2), by(&Purpose::JournalEd25519))
}

impl ReceiptReport {
    pub(crate) fn holds(&self) -> bool {
        self.checks.iter().all(|check| check.holds)
    }
}

pub(crate) fn view(lang: Lang, form: &ReceiptForm) -> View {
    let view = View::new(t(lang, "p.receipts.title"), body(lang, form)).below_home(lang).with_errors(form.error.is_some());
    let view = if form.report.is_some() { view.private() } else { view };
    view.with_script("js/receipt-verify.js")
}

fn body(lang: Lang, form: &ReceiptForm) -> Markup {
    let error = form.error.map(|key| t(lang, key));
    html! {
        @if let Some(error) = error { (ErrorSummary::new(lang).error("receipt", error)) }
        h1.govuk-heading-l { (t(lang, "p.receipts.title")) }
        p.govuk-body-l { (t(lang, "p.receipts.lead")) }
        div #receipt-answer aria-live="polite" { @if let Some(report) = &form.report { (answer(lang, report)) } }
        form method="post" action="/receipts/check" enctype="multipart/form-data" novalidate data-module="zs-receipt" data-lang=(lang.code()) {
            (form.hidden)
            (FileUpload::new(lang, "file", t(lang, "p.receipts.file")).hint(t(lang, "p.receipts.file-hint")).limits(lang, &["json".to_owned()], FILE_BYTES_MAX))
            (Textarea::new("receipt", t(lang, "p.receipts.text")).rows(8).value(form.text.as_str())
                .attribute("autocomplete", "off").attribute("spellcheck", "false").error(error.map(|error| ErrorMessage::new(lang, error))))
            div.govuk-button-group {
                // The browser checks by itself: a second press right after the first is about another receipt.
                (Button { prevents_double_click: None, ..Button::submit(t(lang, "p.receipts.submit")) })
                (Button::submit(t(lang, "p.receipts.submit-server")).secondary().named("by", "server"))
            }
        }
        (templates(lang))
        (Details::new(t(lang, "p.receipts.how"), how(lang)))
    }
}

fn answer(lang: Lang, report: &ReceiptReport) -> Markup {
    let (class, title) =
        if report.holds() { ("zs-verdict zs-verdict--good", "p.receipts.holds") } else { ("zs-verdict zs-verdict--bad", "p.receipts.broken") };
    html! {
        div class=(class) {
            p.zs-verdict__kind { (t(lang, "p.receipts.by-server")) }
            h2.zs-verdict__title { (t(lang, title)) }
            ul.zs-checks {
                @for check in &report.checks {
                    li class=(if check.holds { "zs-checks__yes" } else { "zs-checks__no" }) {
                        (t(lang, check.what)) span.zs-checks__word { (t(lang, if check.holds { "p.receipts.yes" } else { "p.receipts.no" })) }
                    }
                }
            }
        }
        (SummaryList::new(report.facts.iter().map(|(key, value)| SummaryRow::new(t(lang, key), value.as_str())).collect()))
    }
}

/// The words that the script uses, in the language of the page.
fn templates(lang: Lang) -> Markup {
    const KEYS: [&str; 19] = [
        "p.receipts.holds",
        "p.receipts.broken",
        "p.receipts.by-browser",
        "p.receipts.content",
        "p.receipts.sm3-path",
        "p.receipts.sha256-path",
        "p.receipts.checkpoint",
        "p.receipts.unreadable",
        "p.receipts.empty",
        "p.receipts.yes",
        "p.receipts.no",
        "p.receipts.time",
        "p.receipts.node",
        "p.receipts.kind",
        "p.receipts.stream",
        "p.receipts.index",
        "p.receipts.size",
        "p.receipts.signatures",
        "p.receipts.too-large",
    ];
    html! { div #receipt-words hidden { @for key in KEYS { span data-key=(key.rsplit('.').next().unwrap_or_default()) { (t(lang, key)) } } } }
}

fn how(lang: Lang) -> Markup {
    html! {
        ol.govuk-list.govuk-list--number {
            @for key in ["p.receipts.how-1", "p.receipts.how-2", "p.receipts.how-3", "p.receipts.how-4"] { li { (t(lang, key)) } }
        }
        p { (t(lang, "p.receipts.how-end")) }
    }
}
