//! `/workspace/cases/{id}`: the case file to read.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use cases::{CaseStatus, TaskState};
use gate::{App, PageError, StaffMember, Visitor};
use maud::{Markup, html};
use runner::Resource;
use ui::{Button, InsetText};

use super::with_panes;
use crate::file::{self, Desktop, Dossier, Rights};
use crate::frame::{Desk, Place};
use crate::say::Say;

/// `GET /workspace/cases/{id}`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember, Path(id): Path<String>) -> Result<Response, PageError> {
    let dossier = file::load(&app, &visitor, &id).await?;
    let desktop = Desktop { lang: visitor.lang, calendar: &app.calendar, today: app.today() };
    let title = format!("{} {}", dossier.view.file.item_name.get(visitor.lang), dossier.view.file.number);
    let head = html! { h1.govuk-visually-hidden { (title) } };
    let body = dossier.body(desktop, head, acts(&app, &visitor, &dossier), Rights::of(&app, &visitor, &dossier));
    let desk = Desk::new(&app, &visitor, Place::Cases, title).identity(dossier.identity(desktop));
    Ok(with_panes(&visitor, StatusCode::OK, desk.show(body)))
}

fn acts(app: &App, visitor: &Visitor, dossier: &Dossier) -> Markup {
    let lang = visitor.lang;
    let own: Vec<_> =
        dossier.view.tasks.iter().filter(|task| task.state == TaskState::Open && visitor.actor.holds(&task.organ, &task.post)).collect();
    html! {
        section #act aria-labelledby="act-title" {
            h2.govuk-heading-m #act-title { (lang.say("办理", "Act")) }
            @for task in &own {
                (Button::link(lang.tell(format!("办理：{}", task.name.zh), format!("Go to: {}", task.name.en)), format!("/workspace/tasks/{}", task.id)))
            }
            @if own.is_empty() { (InsetText::new(lang.say("这里没有需要您办理的环节。", "No step here is yours."))) }
            @if let Some(decision) = &dossier.view.file.decision {
                h3.govuk-heading-s { (lang.say("决定", "Decision")) }
                p.govuk-body.zs-preline { (decision.reasons) }
                @if !decision.basis.is_empty() { p.govuk-hint { (lang.tell(format!("依据：{}", decision.basis), format!("Basis: {}", decision.basis))) } }
            }
        }
        (clock_links(app, visitor, dossier, &dossier.resource))
    }
}

/// The acts on the clock that the visitor may make: pages of their own.
pub(super) fn clock_links(app: &App, visitor: &Visitor, dossier: &Dossier, resource: &Resource) -> Markup {
    let (lang, file, limits) = (visitor.lang, &dossier.view.file, &dossier.package.item.limits);
    let running = file.status == CaseStatus::Accepted && file.clock.is_some();
    let extended = file.clock.as_ref().is_some_and(|clock| clock.promised.extension.is_some());
    let may = |action: &str| app.may(visitor, action, resource);
    let mut links = Vec::new();
    if running && !limits.suspend_reasons.is_empty() && may("case.suspend") {
        links.push(("suspend", lang.say("中止计时（特别程序）…", "Pause the clock (special procedure)…")));
    }
    if file.status == CaseStatus::Suspended && may("case.resume") {
        links.push(("resume", lang.say("结束特别程序，恢复计时…", "End the special procedure…")));
    }
    if running && !extended && limits.extension_workdays_max > 0 && app.may(visitor, "case.extend", &dossier.resource) {
        links.push(("extend", lang.say("延长办理期限…", "Extend the limit…")));
    }
    html! {
        @if !links.is_empty() {
            h3.govuk-heading-s { (lang.say("时限", "Clock")) }
            div.govuk-button-group {
                @for (verb, word) in links { (Button::link(word, format!("/workspace/cases/{}/{verb}", file.id)).secondary()) }
            }
        }
    }
}
