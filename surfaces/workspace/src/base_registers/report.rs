//! `/workspace/registers/{slug}/loads/{load}`: what came of a file.

use axum::extract::{Path, State};
use gate::{App, PageError, StaffMember, Visitor};
use maud::{Markup, html};
use registers::{Load, LoadProblem, Overview};
use runner::Refusal;
use ui::{Cell, SummaryList, SummaryRow, Table};

use super::overview;
use crate::frame::{Desk, Place, heading};
use crate::people::People;
use crate::say::{Say, moment};

/// `GET /workspace/registers/{slug}/loads/{load}`
pub(super) async fn get(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path((slug, id)): Path<(String, String)>,
) -> Result<Markup, PageError> {
    let register = overview(&app, &visitor, &slug).await?;
    let (load, people) = app
        .read(move |tx| {
            let load = registers::load(tx, &id)?.filter(|load| load.register == slug).ok_or_else(Refusal::not_found)?;
            let people = People::of(tx, [load.account.as_str()])?;
            Ok((load, people))
        })
        .await?;
    let lang = visitor.lang;
    let title = lang.tell(format!("导入报告：{}", register.declaration.title.zh), format!("Load report: {}", register.declaration.title.en));
    let body = html! {
        (heading(&title))
        (figures(&visitor, &load, &people))
        h2.govuk-heading-m { (lang.say("问题清单", "Problems")) }
        (problems(&visitor, &register, &load))
    };
    Ok(Desk::new(&app, &visitor, Place::Registers, title).below().show(body))
}

fn figures(visitor: &Visitor, load: &Load, people: &People) -> SummaryList {
    let lang = visitor.lang;
    let report = &load.report;
    let count = |count: usize| i18n::number(i64::try_from(count).unwrap_or(i64::MAX));
    SummaryList::new(vec![
        SummaryRow::new(lang.say("时间", "When"), moment(lang, load.at_ms)),
        SummaryRow::new(lang.say("导入人", "Loaded by"), people.name(&load.account, lang)),
        SummaryRow::new(lang.say("文件行数", "Rows in the file"), count(report.rows)),
        SummaryRow::new(lang.say("新增", "Added"), count(report.added)),
        SummaryRow::new(lang.say("变更", "Changed"), count(report.changed)),
        SummaryRow::new(lang.say("未变", "Unchanged"), count(report.unchanged)),
        SummaryRow::new(lang.say("未导入", "Refused"), count(report.refused)),
        SummaryRow::new(lang.say("文件指纹（SM3）", "Fingerprint of the file (SM3)"), html! { code { (load.file_sm3) } }),
        SummaryRow::new(lang.say("全部记录的指纹（SM3）", "Fingerprint of all records (SM3)"), html! { code { (report.records_sm3) } }),
    ])
}

fn problems(visitor: &Visitor, register: &Overview, load: &Load) -> Markup {
    let lang = visitor.lang;
    let head = vec![Cell::number(lang.say("行", "Row")), Cell::new(lang.say("列", "Column")), Cell::new(lang.say("问题", "Problem"))];
    let title = |column: &str| register.declaration.field(column).map_or_else(|| column.to_owned(), |field| field.title.get(lang).to_owned());
    let row = |problem: &LoadProblem| {
        let at = i18n::number(i64::try_from(problem.row).unwrap_or(i64::MAX));
        vec![Cell::number(at), Cell::new(title(&problem.column)), Cell::new(problem.sentence.get(lang).to_owned())]
    };
    let rows: Vec<Vec<Cell>> = load.report.problems.iter().map(row).collect();
    html! {
        @if rows.is_empty() { p.govuk-body { (lang.say("没有问题。", "There was no problem.")) } }
        @else { (Table::new("", head, rows).scrolling(lang.say("问题清单", "Problems"))) }
    }
}
