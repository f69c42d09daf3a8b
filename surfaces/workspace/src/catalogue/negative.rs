//! `/workspace/catalogue/negative`: the negative list, and the decision about an entry.

use ::catalogue::queries::{self, ResourceRow};
use ::catalogue::{DecideNegative, NegativeEntry, NegativeId, NegativeState, NegativeVerdict};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with};
use maud::{Markup, html};
use runner::Resource as Thing;
use serde::Deserialize;
use ui::{Button, Cell, Choice, Input, Legend, Pagination, Radios, SortColumn, SortableTable, SummaryList, SummaryRow, Textarea};

use super::{needs, sections, words};
use crate::frame::{Desk, Place, heading, hidden};
use crate::pages::rows::query;
use crate::say::Say;
use crate::typed::{Typed, day};

const PAGE: u32 = 50;

/// What was asked for.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    state: String,
    #[serde(default)]
    after: String,
}

/// `GET /workspace/catalogue/negative`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember, Query(asked): Query<Asked>) -> Result<Markup, PageError> {
    needs(&app, &visitor, Place::NegativeList)?;
    let (state, after) = (NegativeState::parse(&asked.state), asked.after.clone());
    let (entries, rows) = app
        .read(move |tx| {
            let entries = queries::negative_list(tx, state, &after, PAGE)?;
            let ids: Vec<String> = entries.iter().map(|entry| entry.resource.to_string()).collect();
            Ok((entries, queries::rows_of(tx, &ids)?))
        })
        .await?;
    let (lang, today) = (visitor.lang, app.today());
    let columns = [
        lang.say("信息资源", "Resource"),
        lang.say("提供方", "Provider"),
        lang.say("种类", "Kind"),
        lang.say("依据", "Basis"),
        lang.say("批准文号", "Approval"),
        lang.say("复核日期", "Review"),
        lang.say("状态", "State"),
    ];
    let row = |entry: &NegativeEntry| {
        let resource = rows.iter().find(|row| row.id == entry.resource);
        let due = entry.review_on.is_some_and(|day| day <= today) && entry.state == NegativeState::Approved;
        vec![
            Cell::new(
                html! { a.govuk-link href={ "/workspace/catalogue/negative/" (entry.id) } { (resource.map_or("—", |row| row.name.as_str())) } },
            ),
            Cell::new(resource.map_or("—", |row| row.organ_name.as_str())),
            Cell::new(entry.kind.name().get(lang)),
            Cell::new(entry.basis.to_string()),
            Cell::new(if entry.approval.is_empty() { "—" } else { entry.approval.as_str() }),
            Cell::new(html! { (words::day(lang, entry.review_on)) @if due { " " (ui::Tag::new(ui::TagColour::Red, lang.say("应复核", "Due"))) } }),
            Cell::new(html! { (sections::state(lang, entry.state)) }),
        ]
    };
    let title = Place::NegativeList.name(lang);
    let full = u32::try_from(entries.len()).unwrap_or(u32::MAX) >= PAGE;
    let next = entries
        .last()
        .filter(|_| full)
        .map(|last| format!("{}{}", Place::NegativeList.href(), query(&[("state", asked.state.as_str()), ("after", last.id.as_str())])));
    let body = html! {
        (heading(title))
        p.govuk-body { (lang.say(
            "不予共享、不予开放的，应当有法律、行政法规或者国务院决定的依据，经数据主管部门同意后列入，并定期复核。",
            "What is not shared or not open rests on a law, a regulation or a decision of the State Council, approved and reviewed at intervals.",
        )) }
        nav aria-label=(lang.say("按状态", "By state")) { ul.govuk-list {
            li { a.govuk-link href=(Place::NegativeList.href()) { (lang.say("全部", "All")) } }
            @for state in NegativeState::ALL {
                li { a.govuk-link href={ (Place::NegativeList.href()) "?state=" (state.as_str()) } { (state.name().get(lang)) } } }
        } }
        (SortableTable {
            caption: title.to_owned(),
            columns: columns.map(SortColumn::fixed).to_vec(),
            rows: entries.iter().map(row).collect(),
            empty: lang.say("没有条目。", "There are no entries.").into(),
        })
        @if let Some(next) = next { (Pagination::by_key(lang, None, Some(next))) }
    };
    Ok(Desk::new(&app, &visitor, Place::NegativeList, title).show(body))
}

/// `GET /workspace/catalogue/negative/{entry}`
pub(super) async fn entry(State(app): State<App>, StaffMember(visitor): StaffMember, Path(id): Path<String>) -> Result<Response, PageError> {
    let (entry, row) = load(&app, &visitor, &id).await?;
    Ok(page(&app, &visitor, &entry, row.as_ref(), &Typed::default()).into_response())
}

/// `POST /workspace/catalogue/negative/{entry}`
pub(super) async fn post(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let (entry, row) = load(&app, &visitor, &id).await?;
    let mut typed = Typed::from_pairs(&form.0);
    let Some(verdict) = verdict(&mut typed, visitor.lang) else {
        return Ok(gate::unprocessable(page(&app, &visitor, &entry, row.as_ref(), &typed)));
    };
    let command = DecideNegative { entry: entry.id.clone(), verdict, remark: typed.get("remark").to_owned() };
    match app.execute(&visitor, form.key(), command).await {
        Ok(_) => Ok(see_other_with(&app, Place::NegativeList.href(), &Flash::success("已记录。", "Recorded."))),
        Err(error) => {
            let (status, typed) = typed.refused(visitor.lang, error, |_| "")?;
            Ok((status, page(&app, &visitor, &entry, row.as_ref(), &typed)).into_response())
        }
    }
}

fn verdict(typed: &mut Typed, lang: i18n::Lang) -> Option<NegativeVerdict> {
    match typed.get("verdict") {
        "approve" => {
            let approval = typed.get("approval").to_owned();
            let review_on = day(typed, lang, "review_on", lang.say("复核日期", "Day of the next review"))?;
            Some(NegativeVerdict::Approve { approval, review_on })
        }
        "refuse" => Some(NegativeVerdict::Refuse),
        "remove" => Some(NegativeVerdict::Remove),
        _ => {
            typed.blame("verdict", lang.say("请选择结论。", "Choose a decision."));
            None
        }
    }
}

/// The entry, for whoever may read its resource.
async fn load(app: &App, visitor: &Visitor, id: &str) -> Result<(NegativeEntry, Option<ResourceRow>), PageError> {
    needs(app, visitor, Place::NegativeList)?;
    let id = NegativeId::parse(id).map_err(|_| PageError::NotFound)?;
    let found = app
        .read(move |tx| {
            let Some(entry) = queries::negative(tx, &id)? else { return Ok(None) };
            let row = queries::rows_of(tx, &[entry.resource.to_string()])?.into_iter().next();
            Ok(Some((entry, row)))
        })
        .await?;
    found.ok_or(PageError::NotFound)
}

fn page(app: &App, visitor: &Visitor, entry: &NegativeEntry, row: Option<&ResourceRow>, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let thing =
        Thing { organ: Some(entry.organ.to_string()), handlers: vec![entry.proposed_by.clone()], sensitivity: 1, ..Thing::of("negative-entry") };
    let open = [NegativeState::Approved, NegativeState::Refused, NegativeState::Removed].iter().any(|next| entry.state.may_become(*next));
    let may = open && app.may(visitor, "catalogue.decide-negative", &thing);
    let rows = vec![
        SummaryRow::new(
            lang.say("信息资源", "Resource"),
            html! { @match row { Some(row) => { (words::link(row)) " · " (row.organ_name) } None => { "—" } } },
        ),
        SummaryRow::new(lang.say("种类", "Kind"), entry.kind.name().get(lang)),
        SummaryRow::new(lang.say("依据", "Basis"), entry.basis.to_string()),
        SummaryRow::new(lang.say("条文", "Words"), entry.quote.as_str()),
        SummaryRow::new(lang.say("理由", "Reason"), entry.reason.as_str()),
        SummaryRow::new(lang.say("批准文号", "Approval"), if entry.approval.is_empty() { "—" } else { entry.approval.as_str() }),
        SummaryRow::new(lang.say("批准日期", "Approved on"), words::day(lang, entry.approved_on)),
        SummaryRow::new(lang.say("复核日期", "Review"), words::day(lang, entry.review_on)),
        SummaryRow::new(lang.say("状态", "State"), html! { (sections::state(lang, entry.state)) }),
    ];
    let title = lang.say("负面清单条目", "Entry of the negative list");
    let body = html! {
        (typed.summary(lang))
        (heading(title))
        (SummaryList::new(rows))
        @if may { (decide(visitor, entry, typed)) }
    };
    Desk::new(app, visitor, Place::NegativeList, title).below().wrong(typed.has_errors()).show(body)
}

fn decide(visitor: &Visitor, entry: &NegativeEntry, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let choices = if entry.state == NegativeState::Proposed {
        vec![Choice::new("approve", lang.say("同意列入", "Approve")), Choice::new("refuse", lang.say("不同意列入", "Refuse"))]
    } else {
        vec![Choice::new("remove", lang.say("移出清单", "Remove"))]
    };
    let legend = Legend { classes: "govuk-fieldset__legend--s".into(), ..Legend::new(lang.say("结论", "Decision")) };
    let mut radios = Radios::new("verdict", legend, choices).value(typed.get("verdict"));
    radios.group.error = typed.error(lang, "verdict");
    let review_on =
        Input::new("review_on", lang.say("复核日期", "Day of the next review")).value(typed.get("review_on")).error(typed.error(lang, "review_on"));
    let review_on = Input { kind: "date".to_owned(), ..review_on.width(10) };
    html! {
        h2.govuk-heading-m { (lang.say("审核", "Decide")) }
        p.govuk-body { strong { (lang.say("法律效果：", "Legal effect: ")) }
            (lang.say("列入后这条目录可以按不予共享发布；移出后应当改为共享。", "On the list, the resource can be published as not shared; off it, it has to be shared.")) }
        form method="post" novalidate {
            (hidden(visitor, "negative"))
            (radios)
            @if entry.state == NegativeState::Proposed {
                (Input::new("approval", lang.say("批准文号", "Number of the approval")).value(typed.get("approval")).error(typed.error(lang, "approval")))
                (review_on)
            }
            (Textarea::new("remark", lang.say("意见", "Remark")).value(typed.get("remark")).rows(2).error(typed.error(lang, "remark")))
            (Button::submit(lang.say("提交", "Decide")))
        }
    }
}
