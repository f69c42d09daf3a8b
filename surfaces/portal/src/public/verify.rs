//! `/verify`: whether a document or certificate is genuine and in force, by its code or by the file itself.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use documents::{FileMarks, Paper, Verdict, Verification, VerifyPaper};
use gate::{App, PageError, UploadForm, Visitor, form_fields, see_other, unprocessable};
use i18n::Lang;
use maud::{Markup, html};
use ui::{Button, Crumb, ErrorMessage, ErrorSummary, FileUpload, Input, InsetText, SummaryList, SummaryRow};

use super::texts::{fill, t};
use super::view::{View, document, moment, param, send};

const FILE_BYTES_MAX: u64 = 20 * 1024 * 1024;
const CODE_CHARS_MAX: usize = 40;

/// What the form shows.
#[derive(Debug, Clone, Default)]
pub(crate) struct VerifyForm {
    pub(crate) code: String,
    /// The control with an error, and the key of the sentence.
    pub(crate) error: Option<(&'static str, &'static str)>,
    pub(crate) hidden: Markup,
}

/// An answer as shown.
#[derive(Debug, Clone)]
pub(crate) struct VerifyPage {
    pub(crate) verification: Verification,
    /// What was asked about: the code as read, or the name of the file.
    pub(crate) subject: String,
    pub(crate) checked_at: String,
}

/// `GET /verify`; `?code=` leads to the answer.
pub(crate) async fn get(State(app): State<App>, visitor: Visitor, Query(pairs): Query<Vec<(String, String)>>) -> Response {
    let code: String = param(&pairs, "code").trim().chars().take(CODE_CHARS_MAX).collect();
    if let Some(code) = documents::read_code(&code) {
        return see_other(&format!("/verify/{code}"));
    }
    let asked = pairs.iter().any(|(name, _)| name == "code");
    let form = VerifyForm { code, error: asked.then_some(("code", "p.verify.bad-code")), hidden: form_fields(&visitor) };
    let page = document(&app, &visitor, form_view(visitor.lang, &form));
    if asked { unprocessable(page) } else { page.into_response() }
}

/// `GET /verify/{code}`: where the QR code on the paper leads.
pub(crate) async fn by_code(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> Result<Response, PageError> {
    let subject = documents::read_code(&code).unwrap_or_else(|| code.chars().take(CODE_CHARS_MAX).collect());
    let verification = app.execute(&visitor, None, VerifyPaper { paper: Paper::Code(code) }).await?.outcome;
    let page = VerifyPage { verification, subject, checked_at: moment(visitor.lang, app.now_ms()) };
    Ok(send(&app, &visitor, view(visitor.lang, &page)))
}

/// `POST /verify` with a file answers with the result itself: the file is not kept, so there is nothing a redirect could lead to.
pub(crate) async fn post(State(app): State<App>, visitor: Visitor, form: UploadForm) -> Result<Response, PageError> {
    let Some(file) = form.files.into_iter().find(|file| file.field == "file") else {
        let form = VerifyForm { error: Some(("file", "p.verify.no-file")), hidden: form_fields(&visitor), ..VerifyForm::default() };
        return Ok(unprocessable(document(&app, &visitor, form_view(visitor.lang, &form))));
    };
    let (bytes, trusted) = (file.bytes, app.trusted.clone());
    let marks = app.blocking(move || FileMarks::of(&bytes, &trusted)).await?;
    let verification = app.execute(&visitor, None, VerifyPaper { paper: Paper::File(marks) }).await?.outcome;
    let page = VerifyPage { verification, subject: file.name, checked_at: moment(visitor.lang, app.now_ms()) };
    Ok(document(&app, &visitor, view(visitor.lang, &page)).into_response())
}

pub(crate) fn form_view(lang: Lang, form: &VerifyForm) -> View {
    View::new(t(lang, "p.verify.title"), form_body(lang, form)).below_home(lang).with_errors(form.error.is_some())
}

fn form_body(lang: Lang, form: &VerifyForm) -> Markup {
    let error_of = |control: &str| form.error.filter(|(at, _)| *at == control).map(|(_, key)| ErrorMessage::new(lang, t(lang, key)));
    html! {
        @if let Some((control, key)) = form.error { (ErrorSummary::new(lang).error(control, t(lang, key))) }
        h1.govuk-heading-l { (t(lang, "p.verify.title")) }
        p.govuk-body-l { (t(lang, "p.verify.lead")) }
        div.zs-halves {
            form.zs-half method="get" action="/verify" novalidate {
                h2.govuk-heading-m { (t(lang, "p.verify.by-code")) }
                (Input::new("code", t(lang, "p.verify.code")).hint(t(lang, "p.verify.code-hint")).value(form.code.as_str()).width(20)
                    .attribute("autocomplete", "off").attribute("maxlength", "40").error(error_of("code")))
                (Button { content: t(lang, "p.verify.submit-code").into(), ..Button::default() })
            }
            form.zs-half method="post" action="/verify" enctype="multipart/form-data" novalidate {
                (form.hidden)
                h2.govuk-heading-m { (t(lang, "p.verify.by-file")) }
                (FileUpload::new(lang, "file", t(lang, "p.verify.file")).hint(t(lang, "p.verify.file-hint"))
                    .limits(lang, &["pdf".to_owned()], FILE_BYTES_MAX).error(error_of("file")))
                (Button::submit(t(lang, "p.verify.submit-file")))
            }
        }
        (InsetText::new(html! { (t(lang, "p.verify.receipt")) " " a.govuk-link href="/receipts/check" { (t(lang, "p.receipts.title")) } }))
    }
}

pub(crate) fn view(lang: Lang, page: &VerifyPage) -> View {
    let title = format!("{} · {}", verdict(lang, page.verification.verdict), t(lang, "p.verify.title"));
    View::new(title, body(lang, page)).below(lang, vec![Crumb::link(t(lang, "p.verify.title"), "/verify")], t(lang, "p.verify.answer")).private()
}

fn body(lang: Lang, page: &VerifyPage) -> Markup {
    let Verification { verdict: answer, reason, facts } = &page.verification;
    html! {
        div class={ "zs-verdict " (tone(*answer)) } {
            p.zs-verdict__kind { (t(lang, "p.verify.answer")) }
            h1.zs-verdict__title { (mark(*answer)) (verdict(lang, *answer)) }
            p.zs-verdict__reason { (reason.get(lang)) }
            p.zs-verdict__when { (fill(lang, "p.verify.checked", &[("subject", &page.subject), ("at", &page.checked_at)])) }
        }
        p.govuk-body { (t(lang, advice(*answer))) }
        @if !facts.is_empty() {
            h2.govuk-heading-m { (t(lang, "p.verify.facts")) }
            p.govuk-body { (t(lang, "p.verify.compare")) }
            (SummaryList::new(facts.iter().map(|fact| SummaryRow::new(fact.label.get(lang), html! { span lang="zh-CN" { (shown(&fact.value)) } })).collect()))
        }
        p.govuk-body { a.govuk-link href="/verify" { (t(lang, "p.verify.another")) } }
    }
}

/// Days are registered as `2026-03-02`; the page writes them as everywhere.
fn shown(value: &str) -> String {
    value.parse().map_or_else(|_| value.to_owned(), |day: clock::Date| i18n::date(Lang::ZhHans, day))
}

/// The verdict in one or two words.
fn verdict(lang: Lang, verdict: Verdict) -> &'static str {
    t(
        lang,
        match verdict {
            Verdict::Valid => "p.verdict.valid",
            Verdict::Pending => "p.verdict.pending",
            Verdict::NotYetValid => "p.verdict.not-yet-valid",
            Verdict::Expired => "p.verdict.expired",
            Verdict::Suspended => "p.verdict.suspended",
            Verdict::Superseded => "p.verdict.superseded",
            Verdict::Revoked => "p.verdict.revoked",
            Verdict::Altered => "p.verdict.altered",
            Verdict::Unknown => "p.verdict.unknown",
        },
    )
}

/// What to do with the paper in hand.
fn advice(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Valid => "p.verdict.valid-advice",
        Verdict::Pending => "p.verdict.pending-advice",
        Verdict::NotYetValid | Verdict::Suspended => "p.verdict.not-now-advice",
        Verdict::Expired | Verdict::Revoked => "p.verdict.no-more-advice",
        Verdict::Superseded => "p.verdict.superseded-advice",
        Verdict::Altered => "p.verdict.altered-advice",
        Verdict::Unknown => "p.verdict.unknown-advice",
    }
}

fn tone(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Valid => "zs-verdict--good",
        Verdict::Pending | Verdict::NotYetValid | Verdict::Suspended | Verdict::Superseded => "zs-verdict--wait",
        Verdict::Expired | Verdict::Revoked | Verdict::Altered => "zs-verdict--bad",
        Verdict::Unknown => "zs-verdict--unknown",
    }
}

/// A shape for each tone, so that nobody needs the colour.
fn mark(verdict: Verdict) -> Markup {
    let path = match tone(verdict) {
        "zs-verdict--good" => "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm-1.6 14.6L5.8 12l1.7-1.7 2.9 2.9 6.1-6.1 1.7 1.7z",
        "zs-verdict--wait" => "M12 2 1 22h22zm-1.2 7h2.4v6.5h-2.4zm0 8.2h2.4v2.3h-2.4z",
        "zs-verdict--bad" => {
            "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm4.9 13.2-1.7 1.7L12 13.7l-3.2 3.2-1.7-1.7 3.2-3.2-3.2-3.2 1.7-1.7 3.2 3.2 3.2-3.2 1.7 1.7-3.2 3.2z"
        }
        _ => {
            "M3 3h18v18H3zm7.8 12.5h2.4v2.4h-2.4zm1.2-9.4c-2.1 0-3.6 1.2-3.8 3.2h2.3c.1-.8.7-1.2 1.5-1.2.9 0 1.5.5 1.5 1.3 0 1.5-2.7 1.6-2.7 \
             4.2v.4H13c0-1.9 2.9-2.1 2.9-4.7 0-2-1.6-3.2-3.9-3.2z"
        }
    };
    html! {
        svg.zs-verdict__mark viewBox="0 0 24 24" width="36" height="36" aria-hidden="true" focusable="false" {
            path fill="currentColor" fill-rule="evenodd" d=(path) {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verdict_has_a_word_a_shape_and_an_advice() {
        let all = [
            Verdict::Valid,
            Verdict::Pending,
            Verdict::NotYetValid,
            Verdict::Expired,
            Verdict::Suspended,
            Verdict::Superseded,
            Verdict::Revoked,
            Verdict::Altered,
            Verdict::Unknown,
        ];
        let mut words: Vec<&str> = all.iter().map(|answer| verdict(Lang::ZhHans, *answer)).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), all.len());
        assert!(all.iter().all(|answer| !t(Lang::En, advice(*answer)).is_empty() && mark(*answer).0.contains("path")));
    }
}
