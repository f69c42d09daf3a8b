//! `/workspace/sharing/grants`: grants our organ has and grants it gave, with how they are used.

use std::collections::BTreeMap;

use axum::extract::State;
use gate::{App, PageError, StaffMember, Visitor};
use maud::{Markup, html};
use sharing::{Grant, GrantState, Limits, queries};
use ui::{Cell, SortColumn, SortableTable, Tag, TagColour};

use super::names::Names;
use super::{ROWS_MAX, Tab, all_resources, organ_of, resources, state_tag, tabs};
use crate::frame::{Desk, Place, heading};
use crate::say::Say;

struct Shelf {
    have: Vec<Grant>,
    gave: Vec<Grant>,
    /// Of all organs, for the data authority.
    all: Option<Vec<Grant>>,
    calls: BTreeMap<String, i64>,
    names: Names,
}

/// `GET /workspace/sharing/grants`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember) -> Result<Markup, PageError> {
    let (organ, service, today) = (organ_of(&app, &visitor)?, resources(&app)?, app.today());
    let shelf = app
        .read(move |tx| {
            let have = queries::grants_of_grantee(tx, &organ, ROWS_MAX)?;
            let gave = queries::grants_of_provider(tx, &organ, ROWS_MAX)?;
            let is_authority = queries::data_authority(tx, &organ)?.as_deref() == Some(organ.as_str());
            let all = is_authority.then(|| queries::grants(tx, ROWS_MAX)).transpose()?;
            let mut calls = BTreeMap::new();
            for grant in have.iter().chain(&gave).chain(all.iter().flatten()) {
                calls.insert(grant.id.clone(), queries::calls_on(tx, &grant.id, today)?);
            }
            let sides = have.iter().chain(&gave).chain(all.iter().flatten());
            let sides: Vec<String> = sides.flat_map(|grant| [grant.terms.grantee.clone(), grant.terms.provider.clone()]).collect();
            let resources = all_resources(&service, tx)?;
            let names = Names::of(tx, resources, sides.iter().map(String::as_str))?;
            Ok(Shelf { have, gave, all, calls, names })
        })
        .await?;
    Ok(Desk::new(&app, &visitor, Place::Sharing, Tab::Grants.name(visitor.lang)).show(body(&app, &visitor, &shelf)))
}

fn body(app: &App, visitor: &Visitor, shelf: &Shelf) -> Markup {
    let lang = visitor.lang;
    let (have, gave, all) = (
        lang.say("本单位获得的授权", "Grants we have"),
        lang.say("本单位给出的授权", "Grants we gave"),
        lang.say("全县的授权", "Grants of all organs"),
    );
    html! {
        (heading(Tab::Grants.name(lang)))
        (tabs(lang, Tab::Grants))
        h2.govuk-heading-m { (have) }
        (table(app, visitor, shelf, &shelf.have, have, lang.say("本单位还没有获得授权。", "Our organ has none yet.")))
        h2.govuk-heading-m { (gave) }
        (table(app, visitor, shelf, &shelf.gave, gave, lang.say("本单位还没有给出授权。", "Our organ gave none yet.")))
        @if let Some(grants) = &shelf.all {
            h2.govuk-heading-m { (all) }
            (table(app, visitor, shelf, grants, all, lang.say("还没有授权。", "There is none yet.")))
        }
    }
}

fn table(app: &App, visitor: &Visitor, shelf: &Shelf, grants: &[Grant], caption: &str, empty: &str) -> SortableTable {
    let lang = visitor.lang;
    let columns = [
        lang.say("数据资源", "Resource"),
        lang.say("使用部门", "Used by"),
        lang.say("提供部门", "Provided by"),
        lang.say("字段", "Fields"),
        lang.say("数据形式", "Manner"),
        lang.say("状态", "State"),
        lang.say("最后一日", "Last day"),
        lang.say("今日调用", "Calls today"),
    ];
    let cells = |grant: &Grant| {
        let terms = &grant.terms;
        vec![
            Cell::new(html! { a.govuk-link href={ "/workspace/sharing/grants/" (grant.id) } { (shelf.names.resource(&terms.resource, lang)) } }),
            Cell::new(shelf.names.organ(&terms.grantee, lang)),
            Cell::new(shelf.names.organ(&terms.provider, lang)),
            Cell::new(shelf.names.fields_of(terms, lang)),
            Cell::new(terms.manner.label().get(lang).to_owned()),
            Cell::new(html! { (state_tag(lang, grant.state_on(app.today()))) (ending(app, lang, grant)) }),
            Cell::new(i18n::date(lang, terms.valid_until)),
            Cell::number(format!("{} / {}", shelf.calls.get(&grant.id).copied().unwrap_or(0), terms.quota_per_day)),
        ]
    };
    SortableTable {
        caption: caption.to_owned(),
        columns: columns.map(SortColumn::fixed).to_vec(),
        rows: grants.iter().map(cells).collect(),
        empty: empty.into(),
    }
}

/// Says ahead that a grant ends.
fn ending(app: &App, lang: i18n::Lang, grant: &Grant) -> Markup {
    let days = app.runner.service::<Limits>().unwrap_or_default().expiry_notice_days;
    let left = app.today().duration_until(grant.terms.valid_until).as_hours() / 24;
    let is_near = grant.state_on(app.today()) == GrantState::Granted && left <= i64::from(days);
    html! { @if is_near { " " (Tag::new(TagColour::Orange, lang.tell(format!("还有{left}天到期"), format!("{left} days left")))) } }
}
