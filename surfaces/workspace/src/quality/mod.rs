//! 数据质量: rules, runs, findings, the trend of each organ, and comparisons.

mod compare;
mod comparison;
mod list;
mod register;
mod rules;
mod run;
mod trend;

use axum::Router;
use axum::routing::get;
use gate::{App, PageError, Visitor};
use i18n::{Lang, Text};
use maud::{Markup, html};
use quality::queries::CorrectionStanding;
use quality::{Rule, Score};
use registers::{Declaration, Origin, Overview};
use runner::Refusal;
use ui::{Cell, Table, Tag, TagColour};

use crate::frame::Place;
use crate::say::{Say, moment};

/// The pages of data quality.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/workspace/quality", get(list::get))
        .route("/workspace/quality/trend", get(trend::get))
        .route("/workspace/quality/compare", get(compare::get).post(compare::post))
        .route("/workspace/quality/comparisons/{id}", get(comparison::get).post(comparison::post))
        .route("/workspace/quality/{register}", get(register::get).post(register::post))
        .route("/workspace/quality/{register}/rules", get(rules::get).post(rules::post))
        .route("/workspace/quality/{register}/runs/{run}", get(run::get))
}

/// One register, for whoever may see how good it is.
async fn overview(app: &App, visitor: &Visitor, slug: &str) -> Result<Overview, PageError> {
    needs(app, visitor)?;
    let slug = slug.to_owned();
    app.read(move |tx| Ok(registers::overview(tx, &slug)?.ok_or_else(Refusal::not_found)?)).await
}

fn needs(app: &App, visitor: &Visitor) -> Result<(), PageError> {
    if Place::Quality.is_for(app, visitor) { Ok(()) } else { Err(PageError::NotFound) }
}

/// The address of a register's quality.
fn href(slug: &str) -> String {
    format!("/workspace/quality/{slug}")
}

/// A score in words; says when there is none.
fn score(lang: Lang, score: Option<Score>) -> String {
    score.map_or_else(|| lang.say("未检查", "Not checked").to_owned(), |score| score.to_string())
}

/// Whether all records of a register can be looked at, as far as its declaration says.
fn is_whole(declaration: &Declaration) -> bool {
    match declaration.origin {
        Origin::Own => true,
        Origin::Asked { .. } => declaration.subject.is_none(),
        Origin::Exchange { .. } => false,
    }
}

/// What can be examined of a register that others keep; `None` of one that is kept here.
fn kept_elsewhere(declaration: &Declaration) -> Option<Text> {
    match (&declaration.origin, &declaration.subject) {
        (Origin::Own, _) => None,
        (Origin::Asked { .. }, None) => Some(Text::new(
            "数据在其他系统。检查时逐行读取来源，不留存；问题只记行号。来源连续几次没有答复的，记为不可读取。只能按主键查询的来源不能检查，请提供单位给出数据库视图。",
            "The records are in another system. A run reads it row by row and keeps nothing; findings are numbers of rows. A source that does not answer \
             a few times is recorded as not readable. One that answers single keys alone cannot be examined: ask its keeper for a view of the database.",
        )),
        (Origin::Asked { .. }, Some(_)) => Some(Text::new(
            "数据含个人信息，在其他单位的系统，只能逐条查询并留痕，不能整库检查。请由保存数据的单位检查。",
            "The records are about persons and in the system of another office: single ones are read, on record, and it is not examined as a whole. \
             Have that office examine them.",
        )),
        (Origin::Exchange { .. }, _) => Some(Text::new(
            "数据在其他节点，只在办件的环节中核对，不能整库检查。请由保存数据的单位检查。",
            "The records are on another node, which steps of cases ask; they are not examined as a whole. Have the organ that keeps them examine them.",
        )),
    }
}

/// The percent that a rule demands.
fn least(rule: &Rule) -> String {
    format!("{}%", rule.least_percent)
}

/// Correction cases, newest first.
fn corrections(lang: Lang, all: &[CorrectionStanding], shows_links: bool, title_of: impl Fn(&str) -> String) -> Markup {
    let head = [lang.say("办件编号", "Case"), lang.say("规则", "Rule"), lang.say("立件时间", "Opened"), lang.say("状态", "State")];
    let row = |one: &CorrectionStanding| {
        let number = one.correction.number.as_str();
        let link = html! { a.govuk-link href={ "/workspace/cases/" (one.correction.case) } { span.zs-break { (number) } } };
        let state = if one.is_open {
            Tag::new(TagColour::Orange, lang.say("整改中", "Being corrected"))
        } else {
            Tag::new(TagColour::Green, lang.say("已办结", "Closed"))
        };
        vec![
            Cell::new(if shows_links {
                link
            } else {
                html! { span.zs-break { (number) } }
            }),
            Cell::new(title_of(&one.correction.rule)),
            Cell::new(moment(lang, one.correction.at_ms)),
            Cell::new(html! { (state) }),
        ]
    };
    let label = lang.say("整改办件", "Correction cases");
    html! {
        h2.govuk-heading-m { (label) }
        @if all.is_empty() { p.govuk-body { (lang.say("没有整改办件。", "There are no correction cases.")) } }
        @else { (Table::new("", head.map(Cell::new).to_vec(), all.iter().map(row).collect()).scrolling(label)) }
    }
}
