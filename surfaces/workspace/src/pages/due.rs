//! `/workspace/due`: for the head of an organ, what is past its limit and what is near it.

use axum::extract::State;
use cases::queries::{CaseRow, OrganFigures, due_list, organ_figures};
use gate::{App, PageError, StaffMember, Visitor};
use i18n::Text;
use maud::{Markup, html};

use super::rows::Rows;
use crate::frame::{Desk, Place, headed, heading};
use crate::people::organ_name;
use crate::say::Say;

/// Near means within so many working days.
const NEAR_WORKDAYS: u32 = 5;
/// Rows of each list.
const ROWS_MAX: u32 = 200;

/// One organ of the head.
struct OrganDue {
    name: Text,
    figures: OrganFigures,
    overdue: Vec<CaseRow>,
    near: Vec<CaseRow>,
}

/// `GET /workspace/due`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember) -> Result<Markup, PageError> {
    if !Place::Due.is_for(&app, &visitor) {
        return Err(PageError::NotFound);
    }
    let (organs, today) = (headed(&visitor.actor), app.today());
    let until = app.calendar.add_workdays(today, NEAR_WORKDAYS).date;
    let lists = app
        .read(move |tx| {
            let mut lists = Vec::new();
            for organ in &organs {
                let rows = due_list(tx, organ, until, ROWS_MAX)?;
                let (overdue, near) = rows.into_iter().partition(|row| row.due_on.is_some_and(|due| due < today));
                lists.push(OrganDue { name: organ_name(tx, organ)?, figures: organ_figures(tx, organ, today)?, overdue, near });
            }
            Ok(lists)
        })
        .await?;
    let title = Place::Due.name(visitor.lang);
    Ok(Desk::new(&app, &visitor, Place::Due, title).show(body(&app, &visitor, &lists)))
}

fn body(app: &App, visitor: &Visitor, lists: &[OrganDue]) -> Markup {
    let lang = visitor.lang;
    let rows = Rows { lang, calendar: &app.calendar, today: app.today() };
    let tile = |count: i64, word: &str| html! { div.zs-tile { span.zs-tile__number { (i18n::number(count)) } span.zs-tile__word { (word) } } };
    html! {
        (heading(Place::Due.name(lang)))
        @for organ in lists {
            h2.govuk-heading-m { (organ.name.get(lang)) }
            div.zs-tiles {
                (tile(organ.figures.open, lang.say("在办", "open")))
                (tile(organ.figures.overdue, lang.say("已超期", "overdue")))
                (tile(organ.figures.closed, lang.say("已办结", "closed")))
            }
            h3.govuk-heading-s { (lang.say("已超期", "Overdue")) }
            (rows.cases(lang.say("已超期", "Overdue"), &organ.overdue, lang.say("没有超期办件。", "Nothing is overdue.")))
            h3.govuk-heading-s { (lang.tell(format!("{NEAR_WORKDAYS}个工作日内到期"), format!("Due within {NEAR_WORKDAYS} working days"))) }
            (rows.cases(lang.say("临期", "Nearly due"), &organ.near, lang.say("没有临期办件。", "Nothing is nearly due.")))
        }
    }
}
