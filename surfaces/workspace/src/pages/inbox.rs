//! `/workspace/inbox`: open tasks of one's posts.

use axum::extract::{Query, State};
use cases::queries::{InboxFilter, InboxPage, InboxRow, InboxSort, inbox};
use gate::{App, PageError, StaffMember, Visitor};
use maud::{Markup, html};
use serde::Deserialize;
use ui::{
    Button, Cell, Checkboxes, Choice, Filter, FilterCategory, FilterTag, Input, Legend, Pagination, Select, SelectItem, SortColumn, SortDirection,
    SortableTable,
};

use super::rows::{Rows, query};
use crate::frame::{Desk, Place, heading, hidden};
use crate::people::People;
use crate::say::Say;

/// What was asked for.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    mine: String,
    #[serde(default)]
    unclaimed: String,
    #[serde(default)]
    item: String,
    #[serde(default)]
    number: String,
    #[serde(default)]
    sort: String,
    #[serde(default)]
    after: String,
}

/// What the page shows.
struct Inbox {
    asked: Asked,
    page: InboxPage,
    people: People,
    items: Vec<(String, String)>,
}

/// `GET /workspace/inbox`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember, Query(asked): Query<Asked>) -> Result<Markup, PageError> {
    if !Place::Inbox.is_for(&app, &visitor) {
        return Err(PageError::NotFound);
    }
    let (actor, filter) = (visitor.actor.clone(), asked.filter());
    let (page, people) = app
        .read(move |tx| {
            let page = inbox(tx, &actor, &filter)?;
            let people = People::of(tx, page.rows.iter().filter_map(|row| row.task.assignee.as_deref()))?;
            Ok((page, people))
        })
        .await?;
    let view = Inbox { asked, page, people, items: items(&app, &visitor) };
    let title = Place::Inbox.name(visitor.lang);
    Ok(Desk::new(&app, &visitor, Place::Inbox, title).show(body(&app, &visitor, &view)))
}

impl Asked {
    fn filter(&self) -> InboxFilter {
        let some = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        InboxFilter {
            mine: !self.mine.is_empty(),
            unclaimed: !self.unclaimed.is_empty(),
            slug: some(&self.item),
            number: some(&self.number),
            sort: if self.sort == "due" { InboxSort::Due } else { InboxSort::Opened },
            after: some(&self.after),
            page_size: None,
        }
    }

    /// The same list with something changed.
    fn href(&self, change: impl Fn(&mut Self)) -> String {
        let mut asked = Self { after: String::new(), ..self.clone() };
        change(&mut asked);
        let pairs = [
            ("mine", asked.mine.as_str()),
            ("unclaimed", &asked.unclaimed),
            ("item", &asked.item),
            ("number", &asked.number),
            ("sort", &asked.sort),
            ("after", &asked.after),
        ];
        format!("{}{}", Place::Inbox.href(), query(&pairs))
    }
}

/// Items in force, for the filter.
pub(super) fn items(app: &App, visitor: &Visitor) -> Vec<(String, String)> {
    let current = app.library.all_current(app.today());
    current.iter().map(|package| (package.slug.clone(), package.item.name.get(visitor.lang).to_owned())).collect()
}

fn body(app: &App, visitor: &Visitor, view: &Inbox) -> Markup {
    let lang = visitor.lang;
    html! {
        (heading(Place::Inbox.name(lang)))
        div.zs-with-filter {
            form method="get" action=(Place::Inbox.href()) { (filter(visitor, view)) }
            div {
                (table(app, visitor, view))
                @if let Some(next) = &view.page.next {
                    (Pagination::by_key(lang, None, Some(view.asked.href(|asked| asked.after.clone_from(next)))))
                }
                p.govuk-hint { (lang.say("键盘：j 下一行，k 上一行，回车打开，/ 查编号。", "Keys: j next, k previous, Enter opens, / goes to the number.")) }
            }
        }
    }
}

fn filter(visitor: &Visitor, view: &Inbox) -> Markup {
    let (lang, asked) = (visitor.lang, &view.asked);
    let mut tags = Vec::new();
    if !asked.mine.is_empty() {
        tags.push(FilterTag { text: lang.say("我已签收", "Claimed by me").into(), href: asked.href(|asked| asked.mine.clear()) });
    }
    if !asked.unclaimed.is_empty() {
        tags.push(FilterTag { text: lang.say("无人签收", "Unclaimed").into(), href: asked.href(|asked| asked.unclaimed.clear()) });
    }
    if let Some((_, name)) = view.items.iter().find(|(slug, _)| *slug == asked.item) {
        tags.push(FilterTag { text: name.clone(), href: asked.href(|asked| asked.item.clear()) });
    }
    if !asked.number.is_empty() {
        tags.push(FilterTag { text: asked.number.clone(), href: asked.href(|asked| asked.number.clear()) });
    }
    let mut options = vec![SelectItem::new("", lang.say("全部事项", "All items"))];
    options.extend(view.items.iter().map(|(slug, name)| SelectItem::new(slug.as_str(), name.as_str())));
    let choices = vec![
        Choice { name: "mine".into(), ..Choice::new("1", lang.say("我已签收", "Claimed by me")) }.checked(!asked.mine.is_empty()),
        Choice { name: "unclaimed".into(), ..Choice::new("1", lang.say("无人签收", "Unclaimed")) }.checked(!asked.unclaimed.is_empty()),
    ];
    html! {
        input type="hidden" name="sort" value=(asked.sort);
        (Filter {
            lang,
            selected: vec![FilterCategory { heading: lang.say("条件", "Filters").into(), tags }],
            clear_href: Place::Inbox.href().into(),
            options: html! {
                (Input::new("number", lang.say("办件编号", "Case number")).value(asked.number.as_str()).attribute("data-search-key", ""))
                (Select::new("item", lang.say("事项", "Item"), options).value(asked.item.as_str()))
                (Checkboxes::new("claimed", Legend { classes: "govuk-fieldset__legend--s".into(), ..Legend::new(lang.say("签收情况", "Claim")) }, choices))
            },
        })
    }
}

fn table(app: &App, visitor: &Visitor, view: &Inbox) -> Markup {
    let (lang, asked) = (visitor.lang, &view.asked);
    let by_due = asked.sort == "due";
    let sorted = |is: bool| is.then_some(SortDirection::Ascending);
    let columns = vec![
        SortColumn::new(lang.say("办件编号", "Case"), asked.href(|asked| asked.sort.clear()), sorted(!by_due)),
        SortColumn::fixed(lang.say("事项", "Item")),
        SortColumn::fixed(lang.say("申请人", "Applicant")),
        SortColumn::fixed(lang.say("环节", "Step")),
        SortColumn::fixed(lang.say("时限", "Clock")),
        SortColumn::new(lang.say("承诺办结日", "Promised"), asked.href(|asked| asked.sort = "due".into()), sorted(by_due)),
        SortColumn::fixed(lang.say("签收", "Claim")),
    ];
    let rows = Rows { lang, calendar: &app.calendar, today: app.today() };
    let row = |row: &InboxRow| {
        let mut cells = rows.task(row);
        cells.push(Cell::new(claim(visitor, view, row)));
        cells
    };
    let empty = if asked.filter() == InboxFilter::default() {
        lang.say("没有待办任务。", "Nothing to do.")
    } else {
        lang.say("没有符合条件的任务，请放宽条件。", "No task fits; loosen the filters.")
    };
    html! {
        (SortableTable { caption: Place::Inbox.name(lang).into(), columns, rows: view.page.rows.iter().map(row).collect(), empty: empty.into() })
    }
}

fn claim(visitor: &Visitor, view: &Inbox, row: &InboxRow) -> Markup {
    let (lang, id) = (visitor.lang, &row.task.id);
    let (verb, word) = match row.task.assignee.as_deref() {
        None => ("claim", lang.say("签收", "Claim")),
        Some(account) if account == visitor.actor.account => ("release", lang.say("释放", "Release")),
        Some(account) => return html! { (view.people.name(account, lang)) },
    };
    html! {
        form method="post" action={ "/workspace/tasks/" (id) "/" (verb) } {
            (hidden(visitor, &format!("{verb}-{}", last(id))))
            input type="hidden" name="back" value=(visitor.path);
            (Button { attributes: ui::Attributes::none().with("aria-label", format!("{word} {}", row.number)), ..Button::submit(word) }.secondary())
        }
    }
}

/// The end of an identifier is enough to tell the forms of one page apart; a key has 64 characters at most.
fn last(id: &str) -> String {
    let mut end: Vec<char> = id.chars().rev().take(12).collect();
    end.reverse();
    end.into_iter().collect()
}
