//! `/workspace/cases/{id}/extend`: the one extension, by the head of the organ, 行政许可法 第四十二条.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use cases::commands::ExtendCase;
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with};
use i18n::Lang;
use maud::{Markup, html};
use ui::{Button, Input, Textarea};

use super::shown;
use crate::file::{self, Desktop, Dossier};
use crate::frame::{Desk, Place, heading, hidden};
use crate::say::Say;
use crate::typed::{Typed, count};

/// `GET /workspace/cases/{id}/extend`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember, Path(id): Path<String>) -> Result<Response, PageError> {
    let dossier = load(&app, &visitor, &id).await?;
    Ok(page(&app, &visitor, &dossier, &Typed::default()).into_response())
}

/// `POST /workspace/cases/{id}/extend`
pub(super) async fn post(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let dossier = load(&app, &visitor, &id).await?;
    let mut typed = Typed::from_pairs(&form.0);
    let Some(workdays) = count(&mut typed, visitor.lang, "workdays") else {
        return Ok(gate::unprocessable(page(&app, &visitor, &dossier, &typed)));
    };
    let command = ExtendCase { case: id.clone(), workdays, reason: typed.get("reason").to_owned(), seen: typed.get("seen").parse().ok() };
    match app.execute(&visitor, form.key(), command).await {
        Ok(done) => {
            let (zh, en) = (i18n::date(Lang::ZhHans, done.outcome), i18n::date(Lang::En, done.outcome));
            let flash = Flash::success(format!("已延长至{zh}，并告知申请人。"), format!("Extended to {en}; the applicant was told."));
            Ok(see_other_with(&app, &format!("/workspace/cases/{id}"), &flash))
        }
        Err(error) => again(&app, &visitor, &id, typed, error).await,
    }
}

async fn load(app: &App, visitor: &Visitor, id: &str) -> Result<Dossier, PageError> {
    let dossier = file::load(app, visitor, id).await?;
    if app.may(visitor, "case.extend", &dossier.resource) { Ok(dossier) } else { Err(PageError::NotFound) }
}

async fn again(app: &App, visitor: &Visitor, id: &str, typed: Typed, error: PageError) -> Result<Response, PageError> {
    let refusal = shown(error)?;
    let control = |code: &str| match code {
        "reasons-missing" => "reason",
        "extension-not-allowed" => "workdays",
        _ => "",
    };
    let typed = typed.refuse(visitor.lang, &refusal, control);
    let dossier = load(app, visitor, id).await?;
    Ok((gate::status_of(&refusal), page(app, visitor, &dossier, &typed)).into_response())
}

fn page(app: &App, visitor: &Visitor, dossier: &Dossier, typed: &Typed) -> Markup {
    let (lang, max) = (visitor.lang, dossier.package.item.limits.extension_workdays_max);
    let title = lang.say("延长办理期限", "Extend the limit");
    let desktop = Desktop { lang, calendar: &app.calendar, today: app.today() };
    let body = html! {
        (typed.summary(lang))
        (heading(title))
        p.govuk-body { strong { (lang.say("法律效果：", "Legal effect: ")) }
            (lang.tell(
                format!("经本机关负责人批准延长一次，最多{max}个工作日；延长的理由书面告知申请人，承诺办结日和法定办结日同时顺延。只能延长一次。"),
                format!("One extension by the head of the organ, at most {max} working days; the applicant is told the reason in writing. Never again."),
            )) " " (lang.say("依据：行政许可法 第四十二条", "Basis: Administrative Permit Law art. 42")) }
        form method="post" novalidate {
            (hidden(visitor, "extend"))
            input type="hidden" name="seen" value=(dossier.version());
            (Input::new("workdays", lang.say("延长多少个工作日", "Working days"))
                .value(typed.get("workdays"))
                .inputmode("numeric")
                .width(4)
                .error(typed.error(lang, "workdays")))
            (Textarea::new("reason", lang.say(
                "理由（告知申请人）",
                "Reason (told to the applicant)",
            )).value(typed.get("reason")).rows(4).error(typed.error(lang, "reason")))
            (Button::submit(lang.say("批准延长", "Extend")))
            p.govuk-body { a.govuk-link href={ "/workspace/cases/" (dossier.view.file.id) } { (lang.say("取消", "Cancel")) } }
        }
    };
    Desk::new(app, visitor, Place::Cases, title).wrong(typed.has_errors()).identity(dossier.identity(desktop)).show(body)
}
