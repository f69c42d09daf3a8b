//! `/workspace/done`: what one has done.

use axum::extract::State;
use cases::queries::{InboxRow, done_by};
use gate::{App, PageError, StaffMember, Visitor};
use maud::{Markup, html};
use ui::{Cell, SortColumn, SortableTable};

use crate::frame::{Desk, Place, heading};
use crate::say::{Say, moment};

/// Rows shown; older ones are found by case.
const ROWS_MAX: u32 = 100;

/// `GET /workspace/done`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember) -> Result<Markup, PageError> {
    if !Place::Done.is_for(&app, &visitor) {
        return Err(PageError::NotFound);
    }
    let account = visitor.actor.account.clone();
    let rows = app.read(move |tx| Ok(done_by(tx, &account, ROWS_MAX)?)).await?;
    let body = body(&visitor, &rows);
    Ok(Desk::new(&app, &visitor, Place::Done, Place::Done.name(visitor.lang)).show(body))
}

fn body(visitor: &Visitor, rows: &[InboxRow]) -> Markup {
    let lang = visitor.lang;
    let columns = [
        lang.say("办件编号", "Case"),
        lang.say("事项", "Item"),
        lang.say("申请人", "Applicant"),
        lang.say("环节", "Step"),
        lang.say("结果", "Outcome"),
        lang.say("办理时间", "Done at"),
    ];
    let row = |row: &InboxRow| {
        let outcome = row.task.kind.outcomes().iter().find(|(code, ..)| Some(*code) == row.task.outcome.as_deref());
        vec![
            Cell::new(html! { a.govuk-link.zs-case-number href={ "/workspace/cases/" (row.task.case) } { (row.number) } }),
            Cell::new(row.item_name.get(lang)),
            Cell::new(row.applicant_shown.as_str()),
            Cell::new(row.task.name.get(lang)),
            Cell::new(outcome.map_or("—", |(_, zh, en)| lang.say(zh, en))),
            Cell::new(row.task.closed_ms.map(|at| moment(lang, at)).unwrap_or_default()),
        ]
    };
    html! {
        (heading(Place::Done.name(lang)))
        p.govuk-body { (lang.tell(format!("最近{ROWS_MAX}件，由近到远。"), format!("The last {ROWS_MAX}, newest first."))) }
        (SortableTable {
            caption: Place::Done.name(lang).into(),
            columns: columns.map(SortColumn::fixed).to_vec(),
            rows: rows.iter().map(row).collect(),
            empty: lang.say("您还没有办结过任务。", "You have not completed a task yet.").into(),
        })
    }
}
