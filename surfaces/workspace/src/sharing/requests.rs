//! `/workspace/sharing`: what our organ asked for, what is asked of it, and what it was told.

use std::collections::BTreeMap;

use axum::extract::State;
use cases::queries::{CaseFilter, CaseRow, case_list};
use gate::{App, PageError, StaffMember, Visitor};
use maud::{Markup, html};
use runner::Halt;
use sharing::queries::{self, Notice};
use sharing::{REQUEST_ITEM, Request};
use store::Tx;
use trust::{Scope, ScopePart};
use ui::{Cell, SortColumn, SortableTable};

use super::names::Names;
use super::{ROWS_MAX, Tab, all_resources, organ_of, resources, tabs};
use crate::frame::{Desk, Place, heading};
use crate::say::{Say, moment, status_tag};

const NOTICES_MAX: u32 = 5;

struct Board {
    ours: Vec<Request>,
    to_us: Vec<Request>,
    /// Of all organs, for the data authority.
    all: Option<Vec<Request>>,
    states: BTreeMap<String, CaseRow>,
    told: Vec<Notice>,
    names: Names,
}

/// `GET /workspace/sharing`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember) -> Result<Markup, PageError> {
    let (organ, service) = (organ_of(&app, &visitor)?, resources(&app)?);
    let board = app
        .read(move |tx| {
            let ours = queries::requests_of_grantee(tx, &organ, ROWS_MAX)?;
            let to_us = queries::requests_of_provider(tx, &organ, ROWS_MAX)?;
            let is_authority = queries::data_authority(tx, &organ)?.as_deref() == Some(organ.as_str());
            let all = is_authority.then(|| queries::requests(tx, ROWS_MAX)).transpose()?;
            let own = ScopePart::Own { party: organ.clone(), items: Some(vec![REQUEST_ITEM.to_owned()]) };
            let mut states = states(tx, Scope::AnyOf(vec![own]))?;
            let scope = if is_authority { Scope::All } else { Scope::AnyOf(vec![ScopePart::Organs(vec![organ.clone()])]) };
            states.append(&mut self::states(tx, scope)?);
            let mentioned: Vec<String> = ours.iter().chain(&to_us).chain(all.iter().flatten()).flat_map(sides).collect();
            let resources = all_resources(&service, tx)?;
            let names = Names::of(tx, resources, mentioned.iter().map(String::as_str))?;
            Ok(Board { ours, to_us, all, states, told: queries::notices_of(tx, &organ, NOTICES_MAX)?, names })
        })
        .await?;
    let title = Place::Sharing.name(visitor.lang);
    Ok(Desk::new(&app, &visitor, Place::Sharing, title).show(body(&visitor, &board)))
}

fn states(tx: &mut Tx<'_>, scope: Scope) -> Result<BTreeMap<String, CaseRow>, Halt> {
    let filter = CaseFilter { slug: Some(REQUEST_ITEM.to_owned()), page_size: Some(ROWS_MAX), ..CaseFilter::default() };
    Ok(case_list(tx, &scope, &filter)?.rows.into_iter().map(|row| (row.id.clone(), row)).collect())
}

fn sides(request: &Request) -> [String; 2] {
    [request.terms.grantee.clone(), request.terms.provider.clone()]
}

fn body(visitor: &Visitor, board: &Board) -> Markup {
    let lang = visitor.lang;
    html! {
        (heading(Place::Sharing.name(lang)))
        (tabs(lang, Tab::Requests))
        h2.govuk-heading-m { (lang.say("本单位的申请", "Our requests")) }
        (table(visitor, board, &board.ours, lang.say("本单位的申请", "Our requests"), lang.say("本单位没有提出过共享申请。", "Nothing was asked for yet.")))
        h2.govuk-heading-m { (lang.say("向本单位的申请", "Requests to us")) }
        (table(visitor, board, &board.to_us, lang.say("向本单位的申请", "Requests to us"), lang.say("没有部门向本单位申请数据。", "No organ asked for our data.")))
        @if let Some(all) = &board.all {
            h2.govuk-heading-m { (lang.say("全县的申请", "Requests of all organs")) }
            (table(visitor, board, all, lang.say("全县的申请", "Requests of all organs"), lang.say("还没有申请。", "There is none yet.")))
        }
        h2.govuk-heading-m { (lang.say("通知", "Notices")) }
        @if board.told.is_empty() { p.govuk-body { (lang.say("没有通知。", "There is none.")) } }
        @for notice in &board.told {
            p.govuk-body {
                a.govuk-link href={ "/workspace/sharing/grants/" (notice.grant) } { (notice.text.get(lang)) }
                " " span.govuk-hint { (moment(lang, notice.at_ms)) }
            }
        }
    }
}

fn table(visitor: &Visitor, board: &Board, requests: &[Request], caption: &str, empty: &str) -> SortableTable {
    let lang = visitor.lang;
    let columns = [
        lang.say("申请编号", "Number"),
        lang.say("数据资源", "Resource"),
        lang.say("使用部门", "Used by"),
        lang.say("提供部门", "Provided by"),
        lang.say("状态", "State"),
        lang.say("提交时间", "Submitted"),
    ];
    let cells = |request: &Request| {
        let state = board.states.get(&request.case);
        let outcome = state.and_then(|row| row.outcome).map(|outcome| outcome.label().get(lang).to_owned());
        vec![
            Cell::new(html! { a.govuk-link.zs-case-number href={ "/workspace/sharing/requests/" (request.case) } { (request.number) } }),
            Cell::new(board.names.resource(&request.terms.resource, lang)),
            Cell::new(board.names.organ(&request.terms.grantee, lang)),
            Cell::new(board.names.organ(&request.terms.provider, lang)),
            Cell::new(html! {
                @if let Some(row) = state { (status_tag(lang, row.status)) }
                @if let Some(outcome) = outcome { " " (outcome) }
            }),
            Cell::new(moment(lang, request.asked_ms)),
        ]
    };
    SortableTable {
        caption: caption.to_owned(),
        columns: columns.map(SortColumn::fixed).to_vec(),
        rows: requests.iter().map(cells).collect(),
        empty: empty.into(),
    }
}
