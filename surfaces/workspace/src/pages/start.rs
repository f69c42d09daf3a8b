//! `/workspace`: my posts, what waits, what is nearly due; for administrators their duties.

use axum::extract::State;
use cases::queries::{InboxFilter, InboxPage, InboxRow, InboxSort, OrganFigures, inbox, organ_figures};
use gate::{App, PageError, StaffMember, Visitor};
use maud::{Markup, html};
use ui::{Cell, Table, Tag, TagColour};

use super::rows::Rows;
use crate::frame::{Desk, Place, headed, heading};
use crate::people::organ_name;
use crate::say::{RowClock, Say};

/// So many tasks are counted; beyond, the page says "more than".
const COUNTED_MAX: u32 = 100;
/// So many urgent tasks are listed.
const URGENT_MAX: usize = 8;

/// What the page shows.
struct Start {
    page: InboxPage,
    figures: Vec<(i18n::Text, OrganFigures)>,
}

/// `GET /workspace`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember) -> Result<Markup, PageError> {
    let (actor, today) = (visitor.actor.clone(), app.today());
    let start = app
        .read(move |tx| {
            let filter = InboxFilter { sort: InboxSort::Due, page_size: Some(COUNTED_MAX), ..InboxFilter::default() };
            let page = inbox(tx, &actor, &filter)?;
            let mut figures = Vec::new();
            for organ in headed(&actor) {
                figures.push((organ_name(tx, &organ)?, organ_figures(tx, &organ, today)?));
            }
            Ok(Start { page, figures })
        })
        .await?;
    let title = Place::Start.name(visitor.lang);
    Ok(Desk::new(&app, &visitor, Place::Start, title).show(body(&app, &visitor, &start)))
}

fn body(app: &App, visitor: &Visitor, start: &Start) -> Markup {
    let lang = visitor.lang;
    let name = visitor.signed_in.as_ref().map(|who| who.display_name.clone()).unwrap_or_default();
    html! {
        (heading(&lang.tell(format!("{name}，您好"), format!("Hello, {name}"))))
        @if Place::Inbox.is_for(app, visitor) { (counts(app, visitor, start)) (urgent(app, visitor, start)) (posts(visitor)) }
        @if !start.figures.is_empty() { (organs(visitor, start)) }
        @if !Place::Inbox.is_for(app, visitor) { (duties(app, visitor)) }
    }
}

fn counts(app: &App, visitor: &Visitor, start: &Start) -> Markup {
    let (lang, today) = (visitor.lang, app.today());
    let rows = &start.page.rows;
    let mine = rows.iter().filter(|row| row.task.assignee.as_deref() == Some(visitor.actor.account.as_str())).count();
    let unclaimed = rows.iter().filter(|row| row.task.assignee.is_none()).count();
    let overdue = rows.iter().filter(|row| matches!(clock_of(row), RowClock::Due(due) if due < today)).count();
    let more = if start.page.next.is_some() { "+" } else { "" };
    let inbox = Place::Inbox.href();
    let tile = |count: usize, word: &str, href: String| {
        html! {
            a.zs-tile href=(href) { span.zs-tile__number { (count) (more) } span.zs-tile__word { (word) } }
        }
    };
    html! {
        div.zs-tiles {
            (tile(rows.len(), lang.say("待办任务", "tasks waiting"), inbox.to_owned()))
            (tile(mine, lang.say("我已签收", "claimed by me"), format!("{inbox}?mine=1")))
            (tile(unclaimed, lang.say("无人签收", "unclaimed"), format!("{inbox}?unclaimed=1")))
            (tile(overdue, lang.say("已超期", "overdue"), format!("{inbox}?sort=due")))
        }
    }
}

fn clock_of(row: &InboxRow) -> RowClock {
    RowClock::of(row.status, row.case_due_on)
}

fn urgent(app: &App, visitor: &Visitor, start: &Start) -> Markup {
    let lang = visitor.lang;
    let rows = Rows { lang, calendar: &app.calendar, today: app.today() };
    let near = app.calendar.add_workdays(app.today(), u32::try_from(crate::say::NEAR_WORKDAYS).unwrap_or(2)).date;
    let urgent = start.page.rows.iter().filter(|row| matches!(clock_of(row), RowClock::Due(due) if due <= near));
    let listed: Vec<Vec<Cell>> = urgent.take(URGENT_MAX).map(|row| rows.task(row)).collect();
    let head = [
        lang.say("办件编号", "Case"),
        lang.say("事项", "Item"),
        lang.say("申请人", "Applicant"),
        lang.say("环节", "Step"),
        lang.say("时限", "Clock"),
        lang.say("承诺办结日", "Promised"),
    ];
    html! {
        h2.govuk-heading-m { (lang.say("临期和超期", "Near or past the limit")) }
        @if listed.is_empty() { p.govuk-body { (lang.say("没有临期或者超期的任务。", "Nothing is near or past its limit.")) } }
        @else { (Table::new("", head.map(Cell::new).to_vec(), listed).scrolling(lang.say("临期和超期", "Near or past the limit"))) }
    }
}

fn posts(visitor: &Visitor) -> Markup {
    let lang = visitor.lang;
    let held = visitor.signed_in.as_ref().map(|who| who.posts.clone()).unwrap_or_default();
    html! {
        h2.govuk-heading-m { (lang.say("我的岗位", "My posts")) }
        @if held.is_empty() { p.govuk-body { (lang.say("您目前没有岗位，请联系本单位管理员。", "You hold no post at present; ask the administrator of your organ.")) } }
        ul.govuk-list {
            @for post in &held {
                li {
                    (post.organ_name.get(lang)) " · " (post.name.get(lang)) " "
                    @if post.is_substitute { (Tag::new(TagColour::Purple, lang.say("代岗", "Substitute"))) }
                }
            }
        }
    }
}

fn organs(visitor: &Visitor, start: &Start) -> Markup {
    let lang = visitor.lang;
    let counts = [lang.say("在办", "Open"), lang.say("超期", "Overdue"), lang.say("办结", "Closed")];
    let head = std::iter::once(Cell::new(lang.say("单位", "Organ"))).chain(counts.map(Cell::number)).collect();
    let rows = start.figures.iter().map(|(name, figures)| {
        let counts = [figures.open, figures.overdue, figures.closed].map(|count| Cell::number(i18n::number(count)));
        std::iter::once(Cell::new(name.get(lang))).chain(counts).collect()
    });
    html! {
        h2.govuk-heading-m { (lang.say("本单位办件", "Cases of my organ")) }
        (Table::new("", head, rows.collect()).scrolling(lang.say("本单位办件", "Cases of my organ")))
        p.govuk-body { a.govuk-link href=(Place::Due.href()) { (lang.say("查看临期与超期办件", "See due and overdue cases")) } }
    }
}

/// Administrators have no inbox; they are led to what they keep.
fn duties(app: &App, visitor: &Visitor) -> Markup {
    let lang = visitor.lang;
    let kept = [Place::Jobs, Place::Accounts, Place::Audit, Place::Packages, Place::Calendar];
    let shown: Vec<Place> = kept.into_iter().filter(|place| place.is_for(app, visitor)).collect();
    html! {
        @if !shown.is_empty() {
            h2.govuk-heading-m { (lang.say("管理", "Administration")) }
            ul.govuk-list { @for place in shown { li { a.govuk-link href=(place.href()) { (place.name(lang)) } } } }
        }
    }
}
