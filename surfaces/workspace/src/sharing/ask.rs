//! `/workspace/sharing/ask`: asking for data: first which resource, then what for.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use cases::commands::SubmitCase;
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with};
use maud::{Markup, html};
use serde::Deserialize;
use sharing::{REQUEST_ITEM, ResourceFacts, ShareType};
use ui::{Cell, SortColumn, SortableTable, Tag, TagColour};

use super::ask_form::{answers, control, form};
use super::names::Names;
use super::{Tab, acting, all_resources, organ_of, resources, tabs};
use crate::frame::{Desk, Place, heading, hidden};
use crate::pages::shown;
use crate::say::Say;
use crate::typed::Typed;

/// What was asked for.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Asked {
    /// Code of the resource.
    #[serde(default)]
    resource: String,
}

/// `GET /workspace/sharing/ask`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember, Query(asked): Query<Asked>) -> Result<Markup, PageError> {
    let organ = organ_of(&app, &visitor)?;
    let names = names(&app).await?;
    if asked.resource.is_empty() {
        return Ok(choice(&app, &visitor, &names, &organ));
    }
    let facts = find(&names, &asked.resource)?;
    Ok(page(&app, &visitor, &names, &facts, &Typed::default()))
}

/// `POST /workspace/sharing/ask`
pub(super) async fn post(State(app): State<App>, StaffMember(visitor): StaffMember, sent: Form) -> Result<Response, PageError> {
    let organ = organ_of(&app, &visitor)?;
    let names = names(&app).await?;
    let mut typed = Typed::from_pairs(&sent.0);
    let facts = find(&names, typed.get("resource"))?;
    let promised = typed.get("promised") == "yes";
    if !promised {
        typed.blame("promised", visitor.lang.say("请确认承诺内容。", "Confirm the declaration."));
        return Ok(gate::unprocessable(page(&app, &visitor, &names, &facts, &typed)));
    }
    let submit = SubmitCase { slug: REQUEST_ITEM.into(), answers: answers(&typed), channel: "web".into(), promised, ..SubmitCase::default() };
    match app.run(acting(&visitor, &organ), sent.key(), submit).await {
        Ok(done) => {
            let done = done.outcome;
            let flash = if done.closed {
                Flash::success("无条件共享的数据，已当场授权。", "Shared without condition: granted at once.")
            } else {
                Flash::success(format!("已提交，编号{}。", done.number), format!("Submitted under {}.", done.number))
            };
            Ok(see_other_with(&app, &format!("/workspace/sharing/requests/{}", done.case), &flash))
        }
        Err(halt) => {
            let refusal = shown(halt.into())?;
            let typed = typed.refuse(visitor.lang, &refusal, control);
            Ok((gate::status_of(&refusal), page(&app, &visitor, &names, &facts, &typed)).into_response())
        }
    }
}

/// All resources with the names of their providers.
pub(super) async fn names(app: &App) -> Result<Names, PageError> {
    let service = resources(app)?;
    app.read(move |tx| {
        let all = all_resources(&service, tx)?;
        let providers: Vec<String> = all.iter().map(|facts| facts.provider.clone()).collect();
        Names::of(tx, all, providers.iter().map(String::as_str))
    })
    .await
}

pub(super) fn find(names: &Names, code: &str) -> Result<ResourceFacts, PageError> {
    names.resources.iter().find(|facts| facts.code == code).cloned().ok_or(PageError::NotFound)
}

fn choice(app: &App, visitor: &Visitor, names: &Names, organ: &str) -> Markup {
    let lang = visitor.lang;
    let columns =
        [lang.say("数据资源", "Resource"), lang.say("提供部门", "Provided by"), lang.say("共享属性", "Sharing"), lang.say("使用条件", "Condition")];
    let cells = |facts: &ResourceFacts| {
        let name = facts.title.get(lang).to_owned();
        let is_open = facts.share != ShareType::NotShared && facts.provider != organ;
        vec![
            Cell::new(html! {
                @if is_open { a.govuk-link href={ "/workspace/sharing/ask?resource=" (facts.code) } { (name) } } @else { (name) }
            }),
            Cell::new(names.organ(&facts.provider, lang)),
            Cell::new(html! { (share_tag(lang, facts.share)) }),
            Cell::new(if facts.share == ShareType::NotShared { facts.basis.clone() } else { facts.condition.get(lang).to_owned() }),
        ]
    };
    let table = SortableTable {
        caption: lang.say("目录中的数据资源", "Resources of the catalogue").into(),
        columns: columns.map(SortColumn::fixed).to_vec(),
        rows: names.resources.iter().map(cells).collect(),
        empty: lang.say("目录里还没有数据资源。", "The catalogue is empty.").into(),
    };
    let body = html! {
        (heading(Tab::Ask.name(lang)))
        (tabs(lang, Tab::Ask))
        p.govuk-body { (lang.say(
            "先选择数据资源。无条件共享的提交后当场授权；有条件共享的由提供部门10个工作日内答复；不予共享的列出法律依据。目录里没有的，",
            "Choose a resource. What is shared without condition is granted on submission, the rest is answered within 10 working days. If it is not here, ",
        )) a.govuk-link href="/workspace/sharing/lists" { (lang.say("登记到需求清单", "put it on the list of demands")) } (lang.say("。", ".")) }
        (table)
    };
    Desk::new(app, visitor, Place::Sharing, Tab::Ask.name(lang)).show(body)
}

/// 共享属性 in one word.
pub(super) fn share_tag(lang: i18n::Lang, share: ShareType) -> Tag {
    let colour = match share {
        ShareType::Unconditional => TagColour::Green,
        ShareType::Conditional => TagColour::Blue,
        ShareType::NotShared => TagColour::Red,
    };
    Tag::new(colour, share.label().get(lang).to_owned())
}

fn page(app: &App, visitor: &Visitor, names: &Names, facts: &ResourceFacts, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let title = lang.tell(format!("申请：{}", facts.title.zh), format!("Ask for: {}", facts.title.en));
    let promise = app.library.current(REQUEST_ITEM, app.today()).and_then(|package| package.item.case.promise.clone());
    let promise = promise.map(|promise| promise.get(lang).to_owned()).unwrap_or_default();
    let body = html! {
        (typed.summary(lang))
        (heading(&title))
        p.govuk-body { (names.organ(&facts.provider, lang)) " " (share_tag(lang, facts.share)) " " (facts.condition.get(lang)) }
        form method="post" action="/workspace/sharing/ask" novalidate {
            (hidden(visitor, "ask"))
            input type="hidden" name="resource" value=(facts.code);
            (form(app, lang, facts, typed))
            (ui::Checkboxes::single("promised", ui::Choice::new("yes", promise).checked(typed.get("promised") == "yes")).error(typed.error(lang, "promised")))
            (ui::Button::submit(lang.say("提交申请", "Submit")))
            p.govuk-body { a.govuk-link href=(Tab::Ask.href()) { (lang.say("重新选择", "Choose another one")) } }
        }
    };
    Desk::new(app, visitor, Place::Sharing, title).wrong(typed.has_errors()).show(body)
}
