//! `/workspace/sharing/lists`: what organs need (需求清单), what each provides (责任清单), what is not shared (负面清单).

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with};
use maud::{Markup, html};
use sharing::commands::{AnswerDemand, DeclareDemand};
use sharing::{Demand, DemandState, ResourceFacts, ShareType, queries};
use ui::{Button, Cell, Input, SortColumn, SortableTable, Tag, TagColour, Textarea};

use super::ask::share_tag;
use super::names::Names;
use super::{ROWS_MAX, Tab, all_resources, organ_of, resources, tabs};
use crate::frame::{Desk, Place, heading, hidden};
use crate::pages::shown;
use crate::say::Say;
use crate::typed::Typed;

struct Lists {
    organ: String,
    answers: bool,
    demands: Vec<Demand>,
    names: Names,
}

/// `GET /workspace/sharing/lists`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember) -> Result<Response, PageError> {
    let lists = load(&app, &visitor).await?;
    Ok(page(&app, &visitor, &lists, &Typed::default()).into_response())
}

/// `POST /workspace/sharing/lists`: a demand declared, or answered by the data authority.
pub(super) async fn post(State(app): State<App>, StaffMember(visitor): StaffMember, sent: Form) -> Result<Response, PageError> {
    let lists = load(&app, &visitor).await?;
    let typed = Typed::from_pairs(&sent.0);
    let text = |name: &str| typed.get(name).to_owned();
    let done = match typed.get("act") {
        "answer" => {
            let resource = Some(text("resource")).filter(|code| !code.is_empty());
            app.execute(&visitor, sent.key(), AnswerDemand { demand: text("demand"), resource, answer: text("answer") }).await.map(drop)
        }
        _ => {
            let declare = DeclareDemand { organ: lists.organ.clone(), title: text("title"), purpose: text("purpose") };
            app.execute(&visitor, sent.key(), declare).await.map(drop)
        }
    };
    match done {
        Ok(()) => Ok(see_other_with(&app, Tab::Lists.href(), &Flash::success("已保存。", "Saved."))),
        Err(error) => {
            let refusal = shown(error)?;
            let control = |code: &str| match code {
                "purpose-missing" => "title",
                "reason-missing" => "answer",
                "resource-unknown" => "resource",
                _ => "",
            };
            let typed = typed.refuse(visitor.lang, &refusal, control);
            Ok((gate::status_of(&refusal), page(&app, &visitor, &lists, &typed)).into_response())
        }
    }
}

async fn load(app: &App, visitor: &Visitor) -> Result<Lists, PageError> {
    let (organ, service) = (organ_of(app, visitor)?, resources(app)?);
    app.read(move |tx| {
        let demands = queries::demands(tx, ROWS_MAX)?;
        let all = all_resources(&service, tx)?;
        let organs: Vec<String> = demands.iter().map(|demand| demand.organ.clone()).chain(all.iter().map(|facts| facts.provider.clone())).collect();
        let names = Names::of(tx, all, organs.iter().map(String::as_str))?;
        let answers = queries::data_authority(tx, &organ)?.as_deref() == Some(organ.as_str());
        Ok(Lists { organ: organ.clone(), answers, demands, names })
    })
    .await
}

fn page(app: &App, visitor: &Visitor, lists: &Lists, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let body = html! {
        (typed.summary(lang))
        (heading(Tab::Lists.name(lang)))
        (tabs(lang, Tab::Lists))
        h2.govuk-heading-m { (lang.say("需求清单", "Demands")) }
        (demands(visitor, lists))
        (declare(visitor, typed))
        @if lists.answers { (answer(visitor, lists, typed)) }
        h2.govuk-heading-m { (lang.say("责任清单", "Responsibilities")) }
        (shared(visitor, lists, lang.say("责任清单", "Responsibilities"), |facts| facts.share != ShareType::NotShared))
        h2.govuk-heading-m { (lang.say("负面清单", "Negative list")) }
        p.govuk-body { (lang.say("以下数据依法不予共享。", "These data are not shared, by law.")) }
        (shared(visitor, lists, lang.say("负面清单", "Negative list"), |facts| facts.share == ShareType::NotShared))
    };
    Desk::new(app, visitor, Place::Sharing, Tab::Lists.name(lang)).wrong(typed.has_errors()).show(body)
}

fn demands(visitor: &Visitor, lists: &Lists) -> SortableTable {
    let lang = visitor.lang;
    let columns = [
        lang.say("需要的数据", "Data"),
        lang.say("需求部门", "Organ"),
        lang.say("用途和依据", "Purpose and basis"),
        lang.say("状态", "State"),
        lang.say("答复期限", "Answer by"),
        lang.say("答复", "Answer"),
    ];
    let cells = |demand: &Demand| {
        vec![
            Cell::new(demand.title.as_str()),
            Cell::new(lists.names.organ(&demand.organ, lang)),
            Cell::new(demand.purpose.as_str()),
            Cell::new(html! { (demand_tag(lang, demand.state)) }),
            Cell::new(i18n::date(lang, demand.answer_by)),
            Cell::new(demand.answer.as_str()),
        ]
    };
    SortableTable {
        caption: lang.say("需求清单", "Demands").into(),
        columns: columns.map(SortColumn::fixed).to_vec(),
        rows: lists.demands.iter().map(cells).collect(),
        empty: lang.say("没有登记的需求。", "There is no demand.").into(),
    }
}

fn demand_tag(lang: i18n::Lang, state: DemandState) -> Tag {
    let colour = match state {
        DemandState::Open => TagColour::Yellow,
        DemandState::Catalogued => TagColour::Green,
        DemandState::Declined => TagColour::Grey,
    };
    Tag::new(colour, state.label().get(lang).to_owned())
}

fn declare(visitor: &Visitor, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    html! {
        h3.govuk-heading-s { (lang.say("登记目录里没有的需求", "Declare a demand the catalogue does not meet")) }
        form method="post" novalidate {
            (hidden(visitor, "declare"))
            input type="hidden" name="act" value="declare";
            (Input::new("title", lang.say("需要什么数据", "Which data")).value(typed.get("title")).error(typed.error(lang, "title")))
            (Textarea::new("purpose", lang.say("用途和依据", "Purpose and legal basis")).value(typed.get("purpose")).rows(2).error(typed.error(lang, "purpose")))
            (Button::submit(lang.say("登记", "Declare")).secondary())
        }
    }
}

fn answer(visitor: &Visitor, lists: &Lists, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let open: Vec<&Demand> = lists.demands.iter().filter(|demand| demand.state == DemandState::Open).collect();
    let item = |demand: &&Demand| ui::SelectItem::new(demand.id.as_str(), demand.title.as_str());
    let mut codes = vec![ui::SelectItem::new("", lang.say("不能满足", "Cannot be met"))];
    codes.extend(lists.names.resources.iter().map(|facts| ui::SelectItem::new(facts.code.as_str(), facts.title.get(lang))));
    html! { @if !open.is_empty() {
        h3.govuk-heading-s { (lang.say("答复需求", "Answer a demand")) }
        form method="post" novalidate {
            (hidden(visitor, "answer"))
            input type="hidden" name="act" value="answer";
            (ui::Select::new("demand", lang.say("需求", "Demand"), open.iter().map(item).collect()).value(typed.get("demand")))
            (ui::Select::new("resource", lang.say("满足需求的数据资源", "Resource that meets it"), codes)
                .value(typed.get("resource"))
                .error(typed.error(lang, "resource")))
            (Textarea::new("answer", lang.say("答复", "Answer")).value(typed.get("answer")).rows(2).error(typed.error(lang, "answer")))
            (Button::submit(lang.say("答复", "Answer")).secondary())
        }
    } }
}

fn shared(visitor: &Visitor, lists: &Lists, caption: &str, wanted: impl Fn(&ResourceFacts) -> bool) -> SortableTable {
    let lang = visitor.lang;
    let columns = [
        lang.say("数据资源", "Resource"),
        lang.say("提供部门", "Provided by"),
        lang.say("共享属性", "Sharing"),
        lang.say("条件或者依据", "Condition or basis"),
    ];
    let cells = |facts: &ResourceFacts| {
        vec![
            Cell::new(facts.title.get(lang).to_owned()),
            Cell::new(lists.names.organ(&facts.provider, lang)),
            Cell::new(html! { (share_tag(lang, facts.share)) }),
            Cell::new(if facts.share == ShareType::NotShared { facts.basis.clone() } else { facts.condition.get(lang).to_owned() }),
        ]
    };
    SortableTable {
        caption: caption.to_owned(),
        columns: columns.map(SortColumn::fixed).to_vec(),
        rows: lists.names.resources.iter().filter(|facts| wanted(facts)).map(cells).collect(),
        empty: lang.say("清单是空的。", "The list is empty.").into(),
    }
}
