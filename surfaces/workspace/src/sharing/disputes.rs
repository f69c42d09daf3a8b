//! `/workspace/sharing/disputes`: an organ that disagrees about sharing turns to the data authority.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use cases::commands::SubmitCase;
use cases::queries::{CaseFilter, CaseRow, CaseView, case_list, case_view};
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with};
use maud::{Markup, html};
use runner::Refusal;
use serde_json::{Map, Value};
use sharing::DISPUTE_ITEM;
use trust::{Scope, ScopePart};
use ui::{Button, Checkboxes, Choice, Input, Legend, Radios, SummaryList, SummaryRow, Textarea};

use super::{ROWS_MAX, Tab, acting, organ_of, tabs};
use crate::frame::{Desk, Place, heading, hidden};
use crate::pages::rows::Rows;
use crate::pages::shown;
use crate::say::{Say, status_tag};
use crate::typed::Typed;

const FIELDS: [&str; 5] = ["other_side", "matter", "subject", "reasons", "claim"];

/// `GET /workspace/sharing/disputes`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember) -> Result<Response, PageError> {
    let rows = load(&app, &visitor).await?;
    Ok(page(&app, &visitor, &rows, &Typed::default()).into_response())
}

/// `POST /workspace/sharing/disputes`
pub(super) async fn post(State(app): State<App>, StaffMember(visitor): StaffMember, sent: Form) -> Result<Response, PageError> {
    let organ = organ_of(&app, &visitor)?;
    let mut typed = Typed::from_pairs(&sent.0);
    let promised = promise(&app, visitor.lang).is_none() || typed.get("promised") == "yes";
    if !promised {
        typed.blame("promised", visitor.lang.say("请确认承诺内容。", "Confirm the declaration."));
        let rows = load(&app, &visitor).await?;
        return Ok(gate::unprocessable(page(&app, &visitor, &rows, &typed)));
    }
    let stated = FIELDS.into_iter().filter(|name| !typed.get(name).is_empty());
    let answers: Map<String, Value> = stated.map(|name| (name.to_owned(), Value::from(typed.get(name)))).collect();
    let submit = SubmitCase { slug: DISPUTE_ITEM.into(), answers, channel: "web".into(), promised, ..SubmitCase::default() };
    match app.run(acting(&visitor, &organ), sent.key(), submit).await {
        Ok(done) => {
            let (case, number) = (done.outcome.case, done.outcome.number);
            let flash = Flash::success(format!("已提交，编号{number}。"), format!("Submitted under {number}."));
            Ok(see_other_with(&app, &format!("{}/{case}", Tab::Disputes.href()), &flash))
        }
        Err(halt) => {
            let refusal = shown(halt.into())?;
            let rows = load(&app, &visitor).await?;
            let typed = typed.refuse(visitor.lang, &refusal, |_| "");
            Ok((gate::status_of(&refusal), page(&app, &visitor, &rows, &typed)).into_response())
        }
    }
}

/// `GET /workspace/sharing/disputes/{case}`
pub(super) async fn one(State(app): State<App>, StaffMember(visitor): StaffMember, Path(case): Path<String>) -> Result<Markup, PageError> {
    let organ = organ_of(&app, &visitor)?;
    let (actor, keys) = (acting(&visitor, &organ), Arc::clone(&app.keys));
    let view = app
        .read(move |tx| {
            let own = tracker::own(&actor, &organ).ok_or_else(Refusal::not_found)?;
            let view = case_view(tx, &keys, &case, &own)?.filter(|view| view.file.applicant.party == organ && view.file.slug == DISPUTE_ITEM);
            view.ok_or_else(|| Refusal::not_found().into())
        })
        .await?;
    Ok(dispute(&app, &visitor, &view))
}

async fn load(app: &App, visitor: &Visitor) -> Result<Vec<CaseRow>, PageError> {
    let organ = organ_of(app, visitor)?;
    app.read(move |tx| {
        let own = ScopePart::Own { party: organ.clone(), items: Some(vec![DISPUTE_ITEM.to_owned()]) };
        let filter = CaseFilter { slug: Some(DISPUTE_ITEM.to_owned()), page_size: Some(ROWS_MAX), ..CaseFilter::default() };
        Ok(case_list(tx, &Scope::AnyOf(vec![own]), &filter)?.rows)
    })
    .await
}

fn page(app: &App, visitor: &Visitor, rows: &[CaseRow], typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let light = Rows { lang, calendar: &app.calendar, today: app.today() };
    let body = html! {
        (typed.summary(lang))
        (heading(Tab::Disputes.name(lang)))
        (tabs(lang, Tab::Disputes))
        p.govuk-body { (lang.say(
            "对共享有争议的，由同级政务数据主管部门协调；协调不成的，由县人民政府决定。",
            "The data authority of the same level coordinates; failing that, the county government decides.",
        )) }
        @if rows.is_empty() { p.govuk-body { (lang.say("本单位没有提出过争议。", "Our organ has raised none.")) } }
        ul.govuk-list {
            @for row in rows {
                li {
                    a.govuk-link.zs-case-number href={ (Tab::Disputes.href()) "/" (row.id) } { (row.number) }
                    " " (status_tag(lang, row.status)) " " (light.light(row.status, row.due_on))
                }
            }
        }
        h2.govuk-heading-m { (lang.say("提出争议", "Raise a dispute")) }
        (form(app, visitor, typed))
    };
    Desk::new(app, visitor, Place::Sharing, Tab::Disputes.name(lang)).wrong(typed.has_errors()).show(body)
}

/// The declaration of the item, if it asks for one.
fn promise(app: &App, lang: i18n::Lang) -> Option<String> {
    let package = app.library.current(DISPUTE_ITEM, app.today())?;
    package.item.case.promise.as_ref().map(|promise| promise.get(lang).to_owned())
}

fn form(app: &App, visitor: &Visitor, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let matters = [
        ("refused", lang.say("不同意共享", "Sharing was refused")),
        ("condition", lang.say("增设条件", "Conditions beyond the catalogue")),
        ("suspended", lang.say("停用、撤销授权", "A grant was suspended or withdrawn")),
        ("quality", lang.say("数据质量、校核", "Quality or correction of data")),
        ("catalogue", lang.say("目录的共享属性、负面清单", "Share type or negative list")),
    ];
    let matters = matters.map(|(code, words)| Choice::new(code, words)).to_vec();
    let matter = Radios::new("matter", Legend::new(lang.say("争议类别", "What it is about")), matters);
    let subject = lang.say("申请编号、授权编号或者资源代码", "Number of the request or grant, or code of the resource");
    html! {
        form method="post" action=(Tab::Disputes.href()) novalidate {
            (hidden(visitor, "dispute"))
            (Input::new("other_side", lang.say("对方部门", "The other organ")).value(typed.get("other_side")).error(typed.error(lang, "other_side")))
            (matter.value(typed.get("matter")).error(typed.error(lang, "matter")))
            (Input::new("subject", subject).value(typed.get("subject")).error(typed.error(lang, "subject")))
            (Textarea::new("reasons", lang.say("事实和理由", "Facts and reasons")).value(typed.get("reasons")).rows(4).error(typed.error(lang, "reasons")))
            (Textarea::new("claim", lang.say("要求", "What is wanted")).value(typed.get("claim")).rows(2).error(typed.error(lang, "claim")))
            @if let Some(promise) = promise(app, lang) {
                (Checkboxes::single("promised", Choice::new("yes", promise).checked(typed.get("promised") == "yes")).error(typed.error(lang, "promised")))
            }
            (Button::submit(lang.say("提交", "Submit")))
        }
    }
}

fn dispute(app: &App, visitor: &Visitor, view: &CaseView) -> Markup {
    let (lang, file) = (visitor.lang, &view.file);
    let title = lang.tell(format!("共享争议 {}", file.number), format!("Dispute {}", file.number));
    let package = app.library.by_hash(&file.package_hash);
    let row = |name: &str| {
        let field = package.as_ref()?.form.field(name)?;
        let value = file.answers.get(name).cloned().unwrap_or_default();
        Some(SummaryRow::new(field.title.get(lang), field.display(&value, lang)))
    };
    let body = html! {
        (heading(&title))
        p.govuk-body { (status_tag(lang, file.status)) }
        @if let Some(decision) = &file.decision { p.govuk-body { strong { (lang.say("结果：", "Result: ")) } (decision.reasons) } }
        (SummaryList::new(FIELDS.into_iter().filter_map(row).collect()))
        h2.govuk-heading-m { (lang.say("进展", "Progress")) }
        ul.govuk-list { @for entry in view.timeline.iter().filter(|entry| entry.public) {
            li { (crate::say::moment(lang, entry.at_ms)) " " (entry.title.get(lang)) " " (entry.detail.get(lang)) }
        } }
    };
    Desk::new(app, visitor, Place::Sharing, title).below().show(body)
}
