//! `/workspace/cases/{id}/secrecy`: readings under the case are shown to the person concerned later, by decision of the head of the organ.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use cases::commands::OrderSecrecy;
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with};
use maud::{Markup, html};
use tracker::SECRECY_DAYS_MAX;
use ui::{Button, Input, Textarea};

use super::shown;
use crate::file::{self, Desktop, Dossier};
use crate::frame::{Desk, Place, heading, hidden};
use crate::say::Say;
use crate::typed::{Typed, count};

/// `GET /workspace/cases/{id}/secrecy`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember, Path(id): Path<String>) -> Result<Response, PageError> {
    let dossier = load(&app, &visitor, &id).await?;
    Ok(page(&app, &visitor, &dossier, &Typed::default()).into_response())
}

/// `POST /workspace/cases/{id}/secrecy`
pub(super) async fn post(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let dossier = load(&app, &visitor, &id).await?;
    let mut typed = Typed::from_pairs(&form.0);
    let Some(days) = count(&mut typed, visitor.lang, "days") else {
        return Ok(gate::unprocessable(page(&app, &visitor, &dossier, &typed)));
    };
    let (basis, reason) = (typed.get("basis").to_owned(), typed.get("reason").to_owned());
    match app.execute(&visitor, form.key(), OrderSecrecy { case: id.clone(), basis, reason, days: i64::from(days) }).await {
        Ok(_) => {
            let flash = Flash::success(
                format!("今后{days}天内对本件的读取推迟显示，到期自动显示。"),
                format!("Readings of the next {days} days are shown later, when the time is over."),
            );
            Ok(see_other_with(&app, &format!("/workspace/cases/{id}"), &flash))
        }
        Err(error) => {
            let refusal = shown(error)?;
            let control = |code: &str| match code {
                "secrecy-days-unfit" => "days",
                "secrecy-unfounded" if typed.get("basis").trim().is_empty() => "basis",
                "secrecy-unfounded" => "reason",
                _ => "",
            };
            let typed = typed.clone().refuse(visitor.lang, &refusal, control);
            Ok((gate::status_of(&refusal), page(&app, &visitor, &dossier, &typed)).into_response())
        }
    }
}

async fn load(app: &App, visitor: &Visitor, id: &str) -> Result<Dossier, PageError> {
    let dossier = file::load(app, visitor, id).await?;
    if app.may(visitor, "case.order-secrecy", &dossier.resource) { Ok(dossier) } else { Err(PageError::NotFound) }
}

fn page(app: &App, visitor: &Visitor, dossier: &Dossier, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let title = lang.say("依法保密", "Lawful secrecy");
    let desktop = Desktop { lang, calendar: &app.calendar, today: app.today() };
    let body = html! {
        (typed.summary(lang))
        (heading(title))
        p.govuk-body { strong { (lang.say("法律效果：", "Legal effect: ")) }
            (lang.tell(
                format!("在您写的天数内（最多{SECRECY_DAYS_MAX}天），当事人暂时看不到本件的读取记录；到期自动显示，一条不少。决定存入日志，次数对外公布。"),
                format!(
                    "For the days you state (at most {SECRECY_DAYS_MAX}) the person concerned does not see readings under this case; afterwards all \
                     of them are shown. The decision is in the journal, and counted in public."
                ),
            )) " " (lang.say("依据：个人信息保护法 第三十五条", "Basis: Personal Information Protection Law art. 35")) }
        form method="post" novalidate {
            (hidden(visitor, "secrecy"))
            (Input::new("days", lang.say("推迟多少天", "Days"))
                .value(typed.get("days"))
                .inputmode("numeric")
                .width(4)
                .error(typed.error(lang, "days")))
            (Input::new("basis", lang.say("要求保密的法律条款", "The article that demands secrecy"))
                .value(typed.get("basis"))
                .error(typed.error(lang, "basis")))
            (Textarea::new("reason", lang.say("本件的理由", "Why it applies here")).value(typed.get("reason")).rows(4).error(typed.error(lang, "reason")))
            (Button::submit(lang.say("决定保密", "Order secrecy")))
            p.govuk-body { a.govuk-link href={ "/workspace/cases/" (dossier.view.file.id) } { (lang.say("取消", "Cancel")) } }
        }
    };
    Desk::new(app, visitor, Place::Cases, title).wrong(typed.has_errors()).identity(dossier.identity(desktop)).show(body)
}
