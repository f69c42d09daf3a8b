//! `/workspace/catalogue/monitor`: data that are due, overdue or were never delivered.

use ::catalogue::queries::{self, Watched};
use axum::extract::{Query, State};
use gate::{App, PageError, StaffMember};
use maud::{Markup, html};
use parties::OrganId;
use serde::Deserialize;
use ui::{Cell, SortColumn, SortableTable};

use super::{needs, words};
use crate::frame::{Desk, Place, heading};
use crate::say::{Say, remaining};

const ROWS_MAX: u32 = 200;

/// Whose data.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    organ: String,
}

/// `GET /workspace/catalogue/monitor`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember, Query(asked): Query<Asked>) -> Result<Markup, PageError> {
    needs(&app, &visitor, Place::CatalogueMonitor)?;
    let (organ, today, calendar) = (OrganId::parse(&asked.organ).ok(), app.today(), app.calendar.clone());
    let watched = app.read(move |tx| Ok(queries::monitor(tx, organ.as_ref(), today, &calendar, ROWS_MAX)?)).await?;
    let lang = visitor.lang;
    let columns = [
        lang.say("信息资源名称", "Resource"),
        lang.say("提供方", "Provider"),
        lang.say("更新周期", "Period"),
        lang.say("最近更新", "Last update"),
        lang.say("更新期限", "Due"),
        lang.say("情况", "Standing"),
    ];
    let row = |watched: &Watched| {
        let late = watched.row.update_due_on.map(|_| remaining(lang, watched.late_workdays.saturating_neg()));
        vec![
            Cell::new(words::link(&watched.row)),
            Cell::new(html! { a.govuk-link href={ (Place::CatalogueMonitor.href()) "?organ=" (watched.row.organ) } { (watched.row.organ_name) } }),
            Cell::new(watched.row.period.name().get(lang)),
            Cell::new(words::day(lang, watched.row.updated_on)),
            Cell::new(words::day(lang, watched.row.update_due_on)),
            Cell::new(html! { (words::freshness(lang, watched.freshness)) @if let Some(late) = late { " " (late) } }),
        ]
    };
    let title = Place::CatalogueMonitor.name(lang);
    let body = html! {
        (heading(title))
        p.govuk-body { (lang.say(
            "按更新周期和最近一次数据更新计算：实时、每日的应在下一个工作日更新，其他周期按日历日计算，期满日是休息日的顺延。",
            "By the period and the last update: live and daily data by the next working day, longer periods by calendar days, ending on a working day.",
        )) }
        @if !asked.organ.is_empty() { p.govuk-body { a.govuk-link href=(Place::CatalogueMonitor.href()) { (lang.say("查看全部部门", "All organs")) } } }
        (SortableTable {
            caption: title.to_owned(),
            columns: columns.map(SortColumn::fixed).to_vec(),
            rows: watched.iter().map(row).collect(),
            empty: lang.say("所有资源都按期更新。", "Everything is up to date.").into(),
        })
    };
    Ok(Desk::new(&app, &visitor, Place::CatalogueMonitor, title).show(body))
}
