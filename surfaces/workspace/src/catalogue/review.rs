//! `/workspace/catalogue/review`: what waits for the data authority.

use ::catalogue::queries::{self, ResourceRow};
use axum::extract::State;
use gate::{App, PageError, StaffMember};
use maud::{Markup, html};
use ui::{Cell, SortColumn, SortableTable};

use super::{needs, words};
use crate::frame::{Desk, Place, heading};
use crate::people::People;
use crate::say::{RowClock, Say, row_light};

const ROWS_MAX: u32 = 200;

/// `GET /workspace/catalogue/review`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember) -> Result<Markup, PageError> {
    needs(&app, &visitor, Place::CatalogueReview)?;
    let (rows, people) = app
        .read(|tx| {
            let rows = queries::under_review(tx, ROWS_MAX)?;
            let people = People::of(tx, rows.iter().filter_map(|row| row.submitted_by.as_deref()))?;
            Ok((rows, people))
        })
        .await?;
    let (lang, today) = (visitor.lang, app.today());
    let columns = [
        lang.say("信息资源名称", "Resource"),
        lang.say("提供方", "Provider"),
        lang.say("申请", "Asks for"),
        lang.say("提交人", "Submitted by"),
        lang.say("审核期限", "Due"),
    ];
    let row = |row: &ResourceRow| {
        let clock = row.review_due_on.map_or(RowClock::NotStarted, RowClock::Due);
        vec![
            Cell::new(words::link(row)),
            Cell::new(row.organ_name.as_str()),
            Cell::new(html! { (words::status(lang, row.status)) }),
            Cell::new(row.submitted_by.as_deref().map_or_else(|| "—".to_owned(), |account| people.name(account, lang))),
            Cell::new(html! { (row_light(lang, &app.calendar, clock, today)) }),
        ]
    };
    let title = Place::CatalogueReview.name(lang);
    let body = html! {
        (heading(title))
        p.govuk-body { (lang.say("两个工作日内审核（政务数据共享条例）。本人提交的，由同事审核。", "Within two working days. What you submitted yourself is for a colleague.")) }
        (SortableTable {
            caption: title.to_owned(),
            columns: columns.map(SortColumn::fixed).to_vec(),
            rows: rows.iter().map(row).collect(),
            empty: lang.say("没有待审核的目录。", "Nothing waits for review.").into(),
        })
    };
    Ok(Desk::new(&app, &visitor, Place::CatalogueReview, title).show(body))
}
