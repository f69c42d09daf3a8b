//! `/workspace/catalogue/resources/{id}/negative`: to propose an entry of the negative list.

use ::catalogue::{LegalBasis, NegativeKind, ProposeNegative, Resource};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with};
use maud::{Markup, html};
use ui::{Button, Choice, Input, Legend, Radios, Textarea};

use super::{address, readable};
use crate::frame::{Desk, Place, heading, hidden};
use crate::say::Say;
use crate::typed::Typed;

/// `GET /workspace/catalogue/resources/{id}/negative`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember, Path(id): Path<String>) -> Result<Response, PageError> {
    let resource = load(&app, &visitor, &id).await?;
    Ok(page(&app, &visitor, &resource, &Typed::default()).into_response())
}

/// `POST /workspace/catalogue/resources/{id}/negative`
pub(super) async fn post(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let resource = load(&app, &visitor, &id).await?;
    let mut typed = Typed::from_pairs(&form.0);
    let Some(kind) = NegativeKind::parse(typed.get("kind")) else {
        typed.blame("kind", visitor.lang.say("请选择种类。", "Choose a kind."));
        return Ok(gate::unprocessable(page(&app, &visitor, &resource, &typed)));
    };
    let text = |name: &str| typed.get(name).to_owned();
    let basis = LegalBasis { law: text("law"), article: text("article") };
    let command = ProposeNegative { resource: resource.id.clone(), kind, basis, quote: text("quote"), reason: text("reason") };
    match app.execute(&visitor, form.key(), command).await {
        Ok(_) => Ok(see_other_with(&app, &address(&resource.id), &Flash::success("已提交数据主管部门审核。", "Submitted to the data authority."))),
        Err(error) => {
            let (status, typed) = typed.refused(visitor.lang, error, |_| "")?;
            Ok((status, page(&app, &visitor, &resource, &typed)).into_response())
        }
    }
}

async fn load(app: &App, visitor: &Visitor, id: &str) -> Result<Resource, PageError> {
    let resource = readable(app, visitor, id).await?;
    if app.may(visitor, "catalogue.propose-negative", &resource.to_thing()) { Ok(resource) } else { Err(PageError::NotFound) }
}

fn page(app: &App, visitor: &Visitor, resource: &Resource, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let title = lang.say("提出负面清单", "Propose for the negative list");
    let choices = NegativeKind::ALL.iter().map(|kind| Choice::new(kind.as_str(), kind.name().get(lang))).collect();
    let legend = Legend { classes: "govuk-fieldset__legend--s".into(), ..Legend::new(lang.say("种类", "Kind")) };
    let mut radios = Radios::new("kind", legend, choices).value(typed.get("kind"));
    radios.group.error = typed.error(lang, "kind");
    let body = html! {
        (typed.summary(lang))
        (heading(title))
        p.govuk-body { a.govuk-link href=(address(&resource.id)) { (resource.content.name) } }
        form method="post" novalidate {
            (hidden(visitor, "propose"))
            (radios)
            (Input::new("law", lang.say("法律、行政法规或者国务院决定", "Law, regulation or decision")).value(typed.get("law")).error(typed.error(lang, "law")))
            (Input::new("article", lang.say("条款", "Article")).value(typed.get("article")).width(20).error(typed.error(lang, "article")))
            (Textarea::new("quote", lang.say("条文原文", "Its words")).value(typed.get("quote")).rows(3).error(typed.error(lang, "quote")))
            (Textarea::new("reason", lang.say("理由", "Reason")).value(typed.get("reason")).rows(3).error(typed.error(lang, "reason")))
            (Button::submit(lang.say("提交", "Submit")))
        }
    };
    Desk::new(app, visitor, Place::Catalogue, title).below().wrong(typed.has_errors()).show(body)
}
