//! `/workspace/quality/comparisons/{id}`: what came of a comparison, and sending it to whoever has to correct.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with};
use maud::{Markup, html};
use parties::Organ;
use quality::commands::OpenCorrection;
use quality::queries::{self, Compared, CorrectionStanding};
use quality::{Difference, Kind};
use runner::Refusal;
use ui::{Button, Cell, Select, SelectItem, SummaryList, SummaryRow, Table};

use super::{corrections, needs};
use crate::frame::{Desk, Place, heading, hidden};
use crate::people::organ_text;
use crate::say::{Say, moment};
use crate::typed::Typed;

/// Differences shown at once.
const SHOWN_COUNT_MAX: usize = 200;

struct Shown {
    compared: Compared,
    led: Vec<CorrectionStanding>,
    organs: Vec<Organ>,
}

/// `GET /workspace/quality/comparisons/{id}`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember, Path(id): Path<String>) -> Result<Response, PageError> {
    let shown = load(&app, &visitor, id).await?;
    Ok(page(&app, &visitor, &shown, &Typed::default()).into_response())
}

/// `POST /workspace/quality/comparisons/{id}`: opens the correction case.
pub(super) async fn post(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let shown_before = load(&app, &visitor, id.clone()).await?;
    let typed = Typed::from_pairs(&form.0);
    let command = OpenCorrection { comparison: id.clone(), organ: typed.get("organ").to_owned() };
    match app.execute(&visitor, form.key(), command).await {
        Ok(_) => {
            let flash = Flash::success("已立件交办整改。", "A correction case is open.");
            Ok(see_other_with(&app, &format!("/workspace/quality/comparisons/{id}"), &flash))
        }
        Err(error) => {
            let (status, typed) = typed.refused(visitor.lang, error, |_| "organ")?;
            Ok((status, page(&app, &visitor, &shown_before, &typed)).into_response())
        }
    }
}

async fn load(app: &App, visitor: &Visitor, id: String) -> Result<Shown, PageError> {
    needs(app, visitor)?;
    let shown = app
        .read(move |tx| {
            let compared = queries::comparison(tx, &id)?.ok_or_else(Refusal::not_found)?;
            Ok(Shown { led: queries::corrections_of(tx, &id)?, organs: parties::organs(tx)?, compared })
        })
        .await?;
    if app.may(visitor, "quality.compare", &queries::comparison_resource(&shown.compared.organ)) { Ok(shown) } else { Err(PageError::NotFound) }
}

fn page(app: &App, visitor: &Visitor, shown: &Shown, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let title = lang.say("比对结果", "Result of the comparison");
    let result = &shown.compared.result;
    let count = |count: i64| i18n::number(count);
    let mut rows = vec![
        SummaryRow::new(lang.say("甲方", "First source"), format!("{}（{}）", shown.compared.left, count(result.left_rows))),
        SummaryRow::new(lang.say("乙方", "Second source"), format!("{}（{}）", shown.compared.right, count(result.right_rows))),
        SummaryRow::new(lang.say("比对时间", "When"), moment(lang, shown.compared.at_ms)),
        SummaryRow::new(lang.say("一致", "Same"), count(result.same)),
    ];
    rows.extend(Kind::ALL.map(|kind| SummaryRow::new(kind.label().get(lang).to_owned(), count(result.count(kind)))));
    let body = html! {
        (typed.summary(lang))
        (heading(title))
        (SummaryList::new(rows))
        @if result.different() > 0 && shown.led.is_empty() { (send(visitor, shown, typed)) }
        @if !shown.led.is_empty() { (corrections(lang, &shown.led, true, |_| lang.say("交叉比对", "Comparison").to_owned())) }
        (differences(visitor, shown))
    };
    Desk::new(app, visitor, Place::Quality, title).below().wrong(typed.has_errors()).show(body)
}

fn send(visitor: &Visitor, shown: &Shown, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let none = SelectItem::new("", lang.say("请选择", "Choose"));
    let organs = shown.organs.iter().map(|organ| SelectItem::new(organ.id.to_string(), organ_text(organ).get(lang).to_owned()));
    html! {
        form method="post" novalidate {
            (hidden(visitor, "correct"))
            @if shown.compared.register.is_none() {
                (Select::new("organ", lang.say("由哪个单位整改", "Which organ has to correct"), std::iter::once(none).chain(organs).collect())
                    .value(typed.get("organ")).error(typed.error(lang, "organ")))
            }
            (Button::submit(lang.say("立件交办整改（10个工作日）", "Open a correction case: 10 working days")))
        }
    }
}

fn differences(visitor: &Visitor, shown: &Shown) -> Markup {
    let lang = visitor.lang;
    let head = vec![
        Cell::new(lang.say("情况", "What")),
        Cell::number(lang.say("甲方行", "First row")),
        Cell::number(lang.say("乙方行", "Second row")),
        Cell::new(lang.say("不一致的列", "Columns")),
    ];
    let place = |row: Option<i64>| row.map_or_else(|| "—".to_owned(), |row| row.to_string());
    let row = |one: &Difference| {
        vec![
            Cell::new(one.kind.label().get(lang).to_owned()),
            Cell::number(place(one.left)),
            Cell::number(place(one.right)),
            Cell::new(one.fields.join(lang.say("、", ", "))),
        ]
    };
    let all = &shown.compared.result.differences;
    let label = lang.say("差异", "Differences");
    html! {
        h2.govuk-heading-m { (label) }
        @if all.is_empty() { p.govuk-body { (lang.say("两个来源一致。", "The two sources say the same.")) } }
        @else {
            @if all.len() > SHOWN_COUNT_MAX {
                p.govuk-body { (lang.tell(format!("显示前{SHOWN_COUNT_MAX}条。"), format!("The first {SHOWN_COUNT_MAX} are shown."))) }
            }
            (Table::new("", head, all.iter().take(SHOWN_COUNT_MAX).map(row).collect()).scrolling(label))
        }
    }
}

/// Comparisons of an organ, newest first.
pub(super) fn table(visitor: &Visitor, all: &[Compared]) -> Markup {
    let lang = visitor.lang;
    let head = vec![
        Cell::new(lang.say("时间", "When")),
        Cell::new(lang.say("甲方", "First source")),
        Cell::new(lang.say("乙方", "Second source")),
        Cell::number(lang.say("差异", "Differences")),
    ];
    let row = |one: &Compared| {
        let link = html! { a.govuk-link href={ "/workspace/quality/comparisons/" (one.id) } { (moment(lang, one.at_ms)) } };
        vec![Cell::new(link), Cell::new(one.left.as_str()), Cell::new(one.right.as_str()), Cell::number(i18n::number(one.result.different()))]
    };
    let label = lang.say("以前的比对", "Comparisons before");
    html! {
        h2.govuk-heading-m { (label) }
        @if all.is_empty() { p.govuk-body { (lang.say("本单位还没有比对过。", "Your organ has not compared anything yet.")) } }
        @else { (Table::new("", head, all.iter().map(row).collect()).scrolling(label)) }
    }
}
