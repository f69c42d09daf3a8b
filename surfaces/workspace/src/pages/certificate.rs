//! `/workspace/certificates/{id}`: force taken from a certificate, or given back, by the head of the organ.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use documents::{CertificateAct, CertificateRecord, RevokeCertificate};
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with};
use i18n::Lang;
use maud::{Markup, html};
use runner::{Refusal, Resource};
use ui::{Button, Choice, Input, Legend, Radios, SummaryList, SummaryRow, Textarea};

use crate::file::papers::standing_tag;
use crate::frame::{Desk, Place, heading, hidden};
use crate::say::Say;
use crate::typed::Typed;

/// `GET /workspace/certificates/{id}`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember, Path(id): Path<String>) -> Result<Response, PageError> {
    let certificate = load(&app, &visitor, &id).await?;
    Ok(page(&app, &visitor, &certificate, &Typed::default()).into_response())
}

/// `POST /workspace/certificates/{id}`
pub(super) async fn post(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let certificate = load(&app, &visitor, &id).await?;
    let mut typed = Typed::from_pairs(&form.0);
    let Some(act) = acts(&certificate).into_iter().find(|act| code(*act) == typed.get("act")) else {
        typed.blame("act", visitor.lang.say("请选择要办理的事项。", "Choose what is to be done."));
        return Ok(gate::unprocessable(page(&app, &visitor, &certificate, &typed)));
    };
    let command = RevokeCertificate { certificate: id.clone(), act, reason: typed.get("reason").to_owned(), basis: typed.get("basis").to_owned() };
    match app.execute(&visitor, form.key(), command).await {
        Ok(_) => {
            let flash = Flash::success("已变更证照状态，公开核验即时生效。", "The status has changed; public verification shows it at once.");
            Ok(see_other_with(&app, &format!("/workspace/certificates/{id}"), &flash))
        }
        Err(error) => {
            let (status, typed) = typed.refused(visitor.lang, error, |_| "")?;
            Ok((status, page(&app, &visitor, &certificate, &typed)).into_response())
        }
    }
}

async fn load(app: &App, visitor: &Visitor, id: &str) -> Result<CertificateRecord, PageError> {
    let id = id.to_owned();
    let certificate = app.read(move |tx| Ok(documents::queries::certificate(tx, &id)?.ok_or_else(Refusal::not_found)?)).await?;
    let resource = Resource { id: certificate.id.clone(), organ: Some(certificate.organ_id.clone()), ..Resource::of("certificate") };
    if app.may(visitor, "certificate.revoke", &resource) { Ok(certificate) } else { Err(PageError::NotFound) }
}

/// The acts that the status allows; a new version is made by a case of its own.
fn acts(certificate: &CertificateRecord) -> Vec<CertificateAct> {
    let all = [CertificateAct::Suspend, CertificateAct::Reinstate, CertificateAct::Cancel, CertificateAct::Revoke, CertificateAct::Void];
    all.into_iter().filter(|act| certificate.status.after(*act).is_some()).collect()
}

const fn code(act: CertificateAct) -> &'static str {
    match act {
        CertificateAct::Suspend => "suspend",
        CertificateAct::Reinstate => "reinstate",
        CertificateAct::Supersede => "supersede",
        CertificateAct::Cancel => "cancel",
        CertificateAct::Revoke => "revoke",
        CertificateAct::Void => "void",
    }
}

/// The word for an act and its legal effect.
fn words(lang: Lang, act: CertificateAct) -> (&'static str, &'static str) {
    match act {
        CertificateAct::Suspend => {
            (lang.say("暂停", "Suspend"), lang.say("暂停期间不得据此从事许可活动，可以恢复。", "No use while suspended; can be reinstated."))
        }
        CertificateAct::Reinstate => (lang.say("恢复", "Reinstate"), lang.say("恢复效力。", "In force again.")),
        CertificateAct::Supersede => (lang.say("变更", "Supersede"), lang.say("由新版证照取代。", "Replaced by a new version.")),
        CertificateAct::Cancel => (
            lang.say("注销", "Cancel"),
            lang.say("证照终止效力（行政许可法 第七十条），不能恢复。", "It ends (Administrative Permit Law art. 70); final."),
        ),
        CertificateAct::Revoke => (
            lang.say("撤销", "Revoke"),
            lang.say(
                "因不应当准予而撤销（行政许可法 第六十九条），不能恢复；被许可人可以陈述申辩、复议、诉讼。",
                "It should not have been granted (art. 69); final. The holder may be heard, apply for reconsideration, sue.",
            ),
        ),
        CertificateAct::Void => (lang.say("作废", "Void"), lang.say("制发有误，自始作废，不能恢复。", "Made by mistake; void from the beginning.")),
    }
}

fn page(app: &App, visitor: &Visitor, certificate: &CertificateRecord, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let title = format!("{} {}", certificate.name, certificate.number);
    let validity = certificate.valid_until.map_or_else(|| lang.say("长期", "no end").to_owned(), |until| i18n::date(lang, until));
    let mut rows = vec![
        SummaryRow::new(lang.say("状态", "Status"), html! { (standing_tag(lang, certificate.standing(app.today()))) }),
        SummaryRow::new(lang.say("证照标识", "Identifier"), html! { code.zs-break { (certificate.identifier) } }),
        SummaryRow::new(lang.say("有效期", "Valid"), format!("{} – {validity}", i18n::date(lang, certificate.valid_from))),
    ];
    if !certificate.note.reason.is_empty() {
        rows.push(SummaryRow::new(
            lang.say("变更理由", "Reason of the status"),
            format!("{}（{}）", certificate.note.reason, certificate.note.basis),
        ));
    }
    if !certificate.case_id.is_empty() {
        let link = html! { a.govuk-link href={ "/workspace/cases/" (certificate.case_id) } { (lang.say("查看案卷", "See the file")) } };
        rows.push(SummaryRow::new(lang.say("办件", "Case"), link));
    }
    let body = html! {
        (typed.summary(lang))
        (heading(&title))
        (SummaryList::new(rows))
        @if acts(certificate).is_empty() { p.govuk-body { (lang.say("本证照已经终止，不能再变更状态。", "The certificate has ended; its status is final.")) } }
        @else { (form(visitor, certificate, typed)) }
    };
    Desk::new(app, visitor, Place::Cases, title).wrong(typed.has_errors()).show(body)
}

fn form(visitor: &Visitor, certificate: &CertificateRecord, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let choice = |act: CertificateAct| {
        let (word, effect) = words(lang, act);
        Choice::new(code(act), word).hint(effect)
    };
    let choices = acts(certificate).into_iter().map(choice).collect();
    html! {
        form method="post" novalidate {
            (hidden(visitor, "certificate"))
            (Radios::new("act", Legend::new(lang.say("办理", "What is done")), choices).value(typed.get("act")).error(typed.error(lang, "act")))
            (Textarea::new("reason", lang.say("理由", "Reason")).hint(lang.say(
                "公开核验页会显示。",
                "Shown on the public verification page.",
            )).value(typed.get("reason")).error(typed.error(lang, "reason")).rows(3))
            (Input::new("basis", lang.say("法律依据", "Legal basis")).value(typed.get("basis")).error(typed.error(lang, "basis")))
            (Button::submit(lang.say("确认办理", "Confirm")).warning())
        }
    }
}
