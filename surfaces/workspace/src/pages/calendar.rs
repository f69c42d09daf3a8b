//! `/workspace/calendar`: the years whose arrangement is known, and the import of one more.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use clock::YearImport;
use gate::operation::{ImportCalendar, ImportedYear, imported_years};
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with};
use maud::{Markup, html};
use runner::{Refusal, Resource};
use ui::{Button, Cell, Details, InsetText, Table, Tag, TagColour, Textarea};

use crate::frame::{Desk, Place, heading, hidden};
use crate::people::People;
use crate::say::{Say, moment};
use crate::typed::Typed;

/// An imported year: the year, when, by whom.
struct Imported {
    year: i16,
    days: usize,
    at_ms: i64,
    by: String,
}

/// `GET /workspace/calendar`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember) -> Result<Response, PageError> {
    Ok(page(&app, &visitor, &Typed::default()).await?.into_response())
}

/// `POST /workspace/calendar`
pub(super) async fn post(State(app): State<App>, StaffMember(visitor): StaffMember, form: Form) -> Result<Response, PageError> {
    if !app.may(&visitor, "calendar.import", &Resource::of("calendar")) {
        return Err(PageError::NotFound);
    }
    let typed = Typed::from_pairs(&form.0);
    let answer = match serde_json::from_str::<YearImport>(typed.get("arrangement")) {
        Ok(import) => app.execute(&visitor, form.key(), ImportCalendar { import }).await,
        Err(error) => Err(PageError::from(unreadable(&error))),
    };
    match answer {
        Ok(done) => {
            app.learn_imports().await?;
            let year = done.outcome;
            let flash = Flash::success(
                format!("已导入{year}年，即日起用于计算期限。"),
                format!("{year} is imported. Limits are reckoned by it from now on."),
            );
            Ok(see_other_with(&app, Place::Calendar.href(), &flash))
        }
        Err(error) => {
            let (status, typed) = typed.refused(visitor.lang, error, |code| if code == "arrangement" { "arrangement" } else { "" })?;
            Ok((status, page(&app, &visitor, &typed).await?).into_response())
        }
    }
}

fn unreadable(error: &serde_json::Error) -> Refusal {
    let problem = clock::CalendarProblem::Unreadable { detail: error.to_string() };
    Refusal::new("calendar-unfit", "这份放假安排不能导入。", "This arrangement cannot be imported.", "请检查文件。", "Check the file.").with_field(
        "arrangement",
        problem.zh(),
        problem.to_string(),
    )
}

async fn page(app: &App, visitor: &Visitor, typed: &Typed) -> Result<Markup, PageError> {
    if !Place::Calendar.is_for(app, visitor) {
        return Err(PageError::NotFound);
    }
    let lang = visitor.lang;
    let imported = app
        .read(move |tx| {
            let years = imported_years(tx)?;
            let people = People::of(tx, years.iter().map(|year| year.by.as_str()))?;
            let row = |year: ImportedYear| {
                let by = people.name(&year.by, lang);
                Imported { year: year.import.year, days: year.import.days.len(), at_ms: year.at_ms, by }
            };
            Ok(years.into_iter().map(row).collect::<Vec<_>>())
        })
        .await?;
    let may = app.may(visitor, "calendar.import", &Resource::of("calendar"));
    let title = Place::Calendar.name(lang);
    let body = html! {
        (typed.summary(lang))
        (heading(title))
        (known(app, visitor, &imported))
        @if may { (import_form(visitor, typed)) }
    };
    Ok(Desk::new(app, visitor, Place::Calendar, title).wrong(typed.has_errors()).show(body))
}

fn known(app: &App, visitor: &Visitor, imported: &[Imported]) -> Markup {
    let (lang, this_year) = (visitor.lang, app.today().year());
    let mut years: Vec<i16> = app.calendar.known_years();
    years.extend(imported.iter().map(|year| year.year));
    years.sort_unstable();
    years.dedup();
    let row = |year: &i16| {
        let found = imported.iter().find(|imported| imported.year == *year);
        let source = match found {
            Some(import) => lang.tell(
                format!("{}于{}导入，列明{}天", import.by, moment(lang, import.at_ms), import.days),
                format!("Imported by {} on {}, {} days listed", import.by, moment(lang, import.at_ms), import.days),
            ),
            None => lang.say("随软件提供（国务院办公厅通知）", "Delivered with the software (notices of the State Council)").to_owned(),
        };
        let waits = found.is_some() && !app.calendar.knows(*year);
        vec![
            Cell::new(html! { (year) @if *year == this_year { " " (Tag::new(TagColour::Blue, lang.say("今年", "This year"))) } }),
            Cell::number(if waits { "—".to_owned() } else { app.calendar.workdays_in_year(*year).to_string() }),
            Cell::new(html! { (source) @if waits { " " (Tag::new(TagColour::Yellow, lang.say("即将生效", "In force within a minute"))) } }),
        ]
    };
    let recent: Vec<Vec<Cell>> = years.iter().rev().take(6).map(row).collect();
    let older: Vec<Vec<Cell>> = years.iter().rev().skip(6).map(row).collect();
    let heads = || vec![Cell::new(lang.say("年份", "Year")), Cell::number(lang.say("工作日", "Working days")), Cell::new(lang.say("来源", "Source"))];
    let table = |rows| Table::new("", heads(), rows).scrolling(lang.say("已知年份", "Known years"));
    html! {
        @if !years.contains(&(this_year + 1)) {
            (InsetText::new(lang.tell(
                format!("{}年的放假安排还没有导入，跨年的期限暂按周末估算并标明“暂估”。", this_year + 1),
                format!("The arrangement of {} is not known; limits that reach into it are provisional and say so.", this_year + 1),
            )))
        }
        h2.govuk-heading-m { (lang.say("已知年份", "Known years")) }
        (table(recent))
        @if !older.is_empty() { (Details::new(lang.say("更早的年份", "Earlier years"), html! { (table(older)) })) }
    }
}

fn import_form(visitor: &Visitor, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    html! {
        h2.govuk-heading-m { (lang.say("导入一年", "Import a year")) }
        p.govuk-body { (lang.say(
            "按国务院办公厅关于节假日安排的通知，列出放假日和调休上班日。重复导入同一年即替换。",
            "By the notice of the State Council: days off and make-up working days. A second import of a year replaces the first.",
        )) }
        (Details::new(lang.say("格式示例", "Example"), html! { pre.zs-pre tabindex="0" { (EXAMPLE) } }))
        form method="post" action=(Place::Calendar.href()) novalidate {
            (hidden(visitor, "import"))
            (Textarea::new("arrangement", lang.say("放假安排（JSON）", "Arrangement (JSON)"))
                .value(typed.get("arrangement"))
                .rows(10)
                .error(typed.error(lang, "arrangement")))
            (Button::submit(lang.say("检查并导入", "Check and import")))
        }
    }
}

const EXAMPLE: &str = r#"{"year": 2027, "papers": ["https://www.gov.cn/…"],
 "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": true},
          {"name": "春节", "date": "2027-02-14", "isOffDay": false}]}"#;
