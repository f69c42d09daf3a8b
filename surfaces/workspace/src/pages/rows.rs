//! Rows of lists that several pages show.

use cases::queries::{CaseRow, InboxRow};
use clock::{Date, WorkCalendar};
use i18n::Lang;
use maud::{Markup, html};
use ui::{Cell, SortColumn, SortableTable};

use crate::say::{RowClock, Say, moment, row_light, status_tag};

/// What all rows need.
#[derive(Clone, Copy)]
pub(crate) struct Rows<'a> {
    pub lang: Lang,
    pub calendar: &'a WorkCalendar,
    pub today: Date,
}

impl Rows<'_> {
    /// The traffic light of a row.
    pub(crate) fn light(&self, status: cases::CaseStatus, due_on: Option<Date>) -> Markup {
        html! { (row_light(self.lang, self.calendar, RowClock::of(status, due_on), self.today)) }
    }

    /// The due day in words; a dash without one.
    pub(super) fn due(&self, due_on: Option<Date>) -> String {
        due_on.map_or_else(|| "—".to_owned(), |due| i18n::date(self.lang, due))
    }

    /// The cells of a task: link, item, applicant, step, light, due day.
    pub(super) fn task(&self, row: &InboxRow) -> Vec<Cell> {
        vec![
            Cell::new(html! { a.govuk-link.zs-case-number href={ "/workspace/tasks/" (row.task.id) } { (row.number) } }),
            Cell::new(row.item_name.get(self.lang)),
            Cell::new(row.applicant_shown.as_str()),
            short(row.task.name.get(self.lang)),
            Cell::new(self.light(row.status, row.case_due_on)),
            short(&self.due(row.case_due_on)),
        ]
    }

    /// A table of cases.
    pub(super) fn cases(&self, caption: &str, rows: &[CaseRow], empty: &str) -> SortableTable {
        let lang = self.lang;
        let columns = [
            lang.say("办件编号", "Case"),
            lang.say("事项", "Item"),
            lang.say("申请人", "Applicant"),
            lang.say("状态", "State"),
            lang.say("时限", "Clock"),
            lang.say("承诺办结日", "Promised"),
            lang.say("提交时间", "Submitted"),
        ];
        SortableTable {
            caption: caption.to_owned(),
            columns: columns.map(SortColumn::fixed).to_vec(),
            rows: rows.iter().map(|row| self.case(row)).collect(),
            empty: empty.into(),
        }
    }

    fn case(&self, row: &CaseRow) -> Vec<Cell> {
        let outcome = row.outcome.map(|outcome| outcome.label().get(self.lang).to_owned());
        vec![
            Cell::new(html! { a.govuk-link.zs-case-number href={ "/workspace/cases/" (row.id) } { (row.number) } }),
            Cell::new(row.item_name.get(self.lang)),
            Cell::new(row.applicant_shown.as_str()),
            Cell::new(html! { (status_tag(self.lang, row.status)) @if let Some(outcome) = outcome { " " (outcome) } }),
            Cell::new(self.light(row.status, row.due_on)),
            Cell::new(self.due(row.due_on)),
            Cell::new(moment(self.lang, row.submitted_ms)),
        ]
    }
}

/// A cell whose words stay in one line.
fn short(words: &str) -> Cell {
    Cell { classes: "zs-short".to_owned(), ..Cell::new(words) }
}

/// `?a=b&c=d` of the pairs that have a value.
pub(crate) fn query(pairs: &[(&str, &str)]) -> String {
    let set = pairs.iter().filter(|(_, value)| !value.is_empty());
    let parts: Vec<String> = set.map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
}

fn encoded(value: &str) -> String {
    web::percent_encoded(value).replace('/', "%2F")
}
