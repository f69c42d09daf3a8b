//! `/workspace/cases/{id}/suspend`: the clock stands still for a lawful reason, 行政许可法 第四十五条.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use cases::CaseStatus;
use cases::commands::SuspendCase;
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with};
use maud::{Markup, html};
use procedure::codes::Code;
use ui::{Button, Choice, Input, Legend, Radios};

use super::shown;
use crate::file::{self, Desktop, Dossier};
use crate::frame::{Desk, Place, heading, hidden};
use crate::say::Say;
use crate::typed::{Typed, count};

/// `GET /workspace/cases/{id}/suspend`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember, Path(id): Path<String>) -> Result<Response, PageError> {
    let dossier = load(&app, &visitor, &id).await?;
    Ok(page(&app, &visitor, &dossier, &Typed::default()).into_response())
}

/// `POST /workspace/cases/{id}/suspend`
pub(super) async fn post(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let dossier = load(&app, &visitor, &id).await?;
    let mut typed = Typed::from_pairs(&form.0);
    let Some(days_estimated) = count(&mut typed, visitor.lang, "days") else {
        return Ok(gate::unprocessable(page(&app, &visitor, &dossier, &typed)));
    };
    let command = SuspendCase { case: id.clone(), reason: typed.get("reason").to_owned(), days_estimated, seen: typed.get("seen").parse().ok() };
    match app.execute(&visitor, form.key(), command).await {
        Ok(_) => {
            let flash = Flash::success("已中止计时，并告知申请人。", "The clock is paused and the applicant told.");
            Ok(see_other_with(&app, &format!("/workspace/cases/{id}"), &flash))
        }
        Err(error) => again(&app, &visitor, &id, typed, error).await,
    }
}

async fn load(app: &App, visitor: &Visitor, id: &str) -> Result<Dossier, PageError> {
    let dossier = file::load(app, visitor, id).await?;
    if app.may(visitor, "case.suspend", &dossier.resource) { Ok(dossier) } else { Err(PageError::NotFound) }
}

async fn again(app: &App, visitor: &Visitor, id: &str, typed: Typed, error: PageError) -> Result<Response, PageError> {
    let refusal = shown(error)?;
    let typed = typed.refuse(visitor.lang, &refusal, |code| if code == "suspend-reason-not-allowed" { "reason" } else { "" });
    let dossier = load(app, visitor, id).await?;
    Ok((gate::status_of(&refusal), page(app, visitor, &dossier, &typed)).into_response())
}

fn page(app: &App, visitor: &Visitor, dossier: &Dossier, typed: &Typed) -> Markup {
    let (lang, file) = (visitor.lang, &dossier.view.file);
    let title = lang.say("中止计时（特别程序）", "Pause the clock (special procedure)");
    let reasons = dossier.package.item.limits.suspend_reasons.iter().map(|reason| Choice::new(reason.code(), reason.label().get(lang))).collect();
    let desktop = Desktop { lang, calendar: &app.calendar, today: app.today() };
    let body = html! {
        (typed.summary(lang))
        (heading(title))
        p.govuk-body { strong { (lang.say("法律效果：", "Legal effect: ")) }
            (lang.say(
                "自今日起停止计算办理期限，特别程序结束的次日继续计算；向申请人书面告知所需时间。只有法定事由可以，且以本事项规程所列为限。",
                "From today the limit is not counted; it goes on the day after the special procedure ends. The applicant is told in writing how long it takes.",
            )) " " (lang.say("依据：行政许可法 第四十五条", "Basis: Administrative Permit Law art. 45")) }
        @if file.status != CaseStatus::Accepted { p.govuk-body { (lang.say("本件不在办理中，现在不能中止。", "The case is not in progress.")) } }
        form method="post" novalidate {
            (hidden(visitor, "suspend"))
            input type="hidden" name="seen" value=(dossier.version());
            (Radios::new("reason", Legend::new(lang.say("事由", "Reason")), reasons).value(typed.get("reason")).error(typed.error(lang, "reason")))
            (Input::new("days", lang.say("预计需要的天数", "Days expected")).value(typed.get("days")).inputmode("numeric").width(4).error(typed.error(lang, "days")))
            (Button::submit(lang.say("中止计时", "Pause the clock")))
            p.govuk-body { a.govuk-link href={ "/workspace/cases/" (file.id) } { (lang.say("取消", "Cancel")) } }
        }
    };
    Desk::new(app, visitor, Place::Cases, title).wrong(typed.has_errors()).identity(dossier.identity(desktop)).show(body)
}
