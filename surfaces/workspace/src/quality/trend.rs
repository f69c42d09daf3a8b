//! `/workspace/quality/trend`: how the data of each organ developed, month by month.

use axum::extract::State;
use gate::{App, PageError, StaffMember};
use maud::{Markup, html};
use quality::queries::{self, OrganTrend};
use ui::{Cell, Table};

use super::needs;
use crate::catalogue::organ_names;
use crate::frame::{Desk, Place, heading};
use crate::say::Say;

/// `GET /workspace/quality/trend`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember) -> Result<Markup, PageError> {
    needs(&app, &visitor)?;
    let today = app.today();
    let (months, organs, names) = app
        .read(move |tx| {
            let (months, organs) = queries::trend(tx, today)?;
            Ok((months, organs, organ_names(tx)?))
        })
        .await?;
    let lang = visitor.lang;
    let title = lang.say("部门数据质量走势", "Trend of data quality");
    let mut head = vec![Cell::new(lang.say("部门", "Organ"))];
    head.extend(months.iter().map(|month| Cell::number(format!("{}-{:02}", month.year(), month.month()))));
    head.push(Cell::number(lang.say("变化", "Change")));
    let row = |organ: &OrganTrend| {
        let name = names.get(&organ.organ).map_or_else(|| organ.organ.clone(), |name| name.get(lang).to_owned());
        let mut cells = vec![Cell::new(name)];
        cells.extend(organ.months.iter().map(|score| Cell::number(score.map_or_else(|| "—".to_owned(), |score| score.to_string()))));
        cells.push(Cell::number(change(organ)));
        cells
    };
    let body = html! {
        (heading(title))
        p.govuk-body { (lang.say(
            "每个月取部门所管登记的最后一次检查，按登记平均；当月没有检查的不计。",
            "Of each month the last run of each register that the organ keeps, on the average; months without a run do not count.",
        )) }
        @if organs.is_empty() { p.govuk-body { (lang.say("近六个月没有检查。", "Nothing was examined in the last six months.")) } }
        @else { (Table::new("", head, organs.iter().map(row).collect()).scrolling(title)) }
    };
    Ok(Desk::new(&app, &visitor, Place::Quality, title).below().show(body))
}

/// From the first month with a score to the last one, in percentage points.
fn change(organ: &OrganTrend) -> String {
    let mut scores = organ.months.iter().flatten();
    let Some(first) = scores.next() else { return "—".to_owned() };
    let Some(last) = scores.next_back() else { return "—".to_owned() };
    let change = last.0.saturating_sub(first.0);
    let sign = if change < 0 { "−" } else { "+" };
    format!("{sign}{}.{:02}", change.abs() / 100, change.abs() % 100)
}
