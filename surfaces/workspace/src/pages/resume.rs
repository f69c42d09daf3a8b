//! `/workspace/cases/{id}/resume`: the special procedure is over, the clock goes on.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use cases::commands::ResumeCase;
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with};
use maud::{Markup, html};
use ui::Button;

use super::shown;
use crate::file::{self, Desktop, Dossier};
use crate::frame::{Desk, Place, heading, hidden};
use crate::say::Say;
use crate::typed::Typed;

/// `GET /workspace/cases/{id}/resume`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember, Path(id): Path<String>) -> Result<Response, PageError> {
    let dossier = load(&app, &visitor, &id).await?;
    Ok(page(&app, &visitor, &dossier, &Typed::default()).into_response())
}

/// `POST /workspace/cases/{id}/resume`
pub(super) async fn post(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let typed = Typed::from_pairs(&form.0);
    let command = ResumeCase { case: id.clone(), seen: typed.get("seen").parse().ok() };
    match app.execute(&visitor, form.key(), command).await {
        Ok(_) => {
            let flash = Flash::success("已恢复计时。", "The clock goes on.");
            Ok(see_other_with(&app, &format!("/workspace/cases/{id}"), &flash))
        }
        Err(error) => {
            let refusal = shown(error)?;
            let dossier = load(&app, &visitor, &id).await?;
            let typed = typed.refuse(visitor.lang, &refusal, |_| "");
            Ok((gate::status_of(&refusal), page(&app, &visitor, &dossier, &typed)).into_response())
        }
    }
}

async fn load(app: &App, visitor: &Visitor, id: &str) -> Result<Dossier, PageError> {
    let dossier = file::load(app, visitor, id).await?;
    if app.may(visitor, "case.resume", &dossier.resource) { Ok(dossier) } else { Err(PageError::NotFound) }
}

fn page(app: &App, visitor: &Visitor, dossier: &Dossier, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let title = lang.say("结束特别程序", "End the special procedure");
    let desktop = Desktop { lang, calendar: &app.calendar, today: app.today() };
    let body = html! {
        (typed.summary(lang))
        (heading(title))
        p.govuk-body { strong { (lang.say("法律效果：", "Legal effect: ")) }
            (lang.say("今日为不计入期限的最后一天，自明日起继续计算；承诺办结日随之顺延。", "Today is the last day that is not counted; the promised day moves accordingly.")) " "
            (lang.say("依据：行政许可法 第四十五条", "Basis: Administrative Permit Law art. 45")) }
        form method="post" novalidate {
            (hidden(visitor, "resume"))
            input type="hidden" name="seen" value=(dossier.version());
            (Button::submit(lang.say("恢复计时", "Resume the clock")))
            p.govuk-body { a.govuk-link href={ "/workspace/cases/" (dossier.view.file.id) } { (lang.say("取消", "Cancel")) } }
        }
    };
    Desk::new(app, visitor, Place::Cases, title).wrong(typed.has_errors()).identity(dossier.identity(desktop)).show(body)
}
