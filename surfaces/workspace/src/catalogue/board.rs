//! `/workspace/catalogue/board`: the board of the chief data officer: figures of the county, ranking of organs.

use std::collections::BTreeMap;

use ::catalogue::queries::{self, Board, OrganFigures};
use ::catalogue::{Figure, Formula};
use axum::extract::State;
use gate::{App, PageError, StaffMember};
use i18n::Lang;
use maud::{Markup, html};
use runner::Resource as Thing;
use store::Tx;
use ui::{Button, Cell, Table};

use super::needs;
use crate::frame::{Desk, Place, heading};
use crate::say::{Say, moment};

/// `GET /workspace/catalogue/board`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember) -> Result<Markup, PageError> {
    needs(&app, &visitor, Place::DataBoard)?;
    let (today, now_ms) = (app.today(), app.now_ms());
    let (board, names) = app.read(move |tx| Ok((queries::board(tx, today, now_ms)?, names(tx)?))).await?;
    let may_edit = app.may(&visitor, "catalogue.set-formula", &Thing { sensitivity: 1, ..Thing::of("indicator") });
    let lang = visitor.lang;
    let title = Place::DataBoard.name(lang);
    let body = html! {
        (heading(title))
        p.govuk-body { (lang.say("统计时间：", "Counted at: ")) (moment(lang, board.at_ms)) "。"
            (lang.say("每个数字都可以查看定义、来源和背后的目录；没有数据的不计入得分。",
                "Every figure leads to its definition, its source and the resources behind it; what cannot be counted does not count against an organ.")) }
        div.govuk-button-group {
            (Button::link(if may_edit { lang.say("指标公式", "Formulas") } else { lang.say("查看指标公式", "See the formulas") },
                "/workspace/catalogue/formulas").secondary())
            (Button::link(lang.say("部门数据质量走势", "Trend of data quality"), "/workspace/quality/trend").secondary())
        }
        (county(lang, &board))
        (ranking(lang, &board, &names))
    };
    Ok(Desk::new(&app, &visitor, Place::DataBoard, title).show(body))
}

/// Names of organs by identifier.
pub(crate) fn names(tx: &mut Tx<'_>) -> Result<BTreeMap<String, i18n::Text>, runner::Halt> {
    Ok(parties::organs(tx)?.into_iter().map(|organ| (organ.id.to_string(), organ.name)).collect())
}

/// A figure in words; says when there is none.
pub(super) fn percent(lang: Lang, figure: &Figure) -> String {
    figure.percent.map_or_else(|| lang.say("无数据", "No data").to_owned(), |percent| format!("{percent:.1}%"))
}

fn county(lang: Lang, board: &Board) -> Markup {
    let head = vec![
        Cell::new(lang.say("指标", "Indicator")),
        Cell::number(lang.say("全县", "County")),
        Cell::number(lang.say("分子", "Numerator")),
        Cell::number(lang.say("分母", "Denominator")),
        Cell::number(lang.say("权重", "Weight")),
    ];
    let number = |value: Option<f64>| value.map_or_else(|| "—".to_owned(), |value| format!("{value}"));
    let row = |(formula, figure): (&Formula, &Figure)| {
        vec![
            Cell::new(html! { a.govuk-link href={ "/workspace/catalogue/formulas/" (formula.slug) } { (formula.name.get(lang)) } }),
            Cell::number(percent(lang, figure)),
            Cell::number(number(figure.numerator)),
            Cell::number(number(figure.denominator)),
            Cell::number(formula.weight.to_string()),
        ]
    };
    let label = lang.say("全县指标", "Figures of the county");
    html! {
        h2.govuk-heading-m { (label) }
        (Table::new("", head, board.formulas.iter().zip(&board.total).map(row).collect()).scrolling(label))
    }
}

fn ranking(lang: Lang, board: &Board, names: &BTreeMap<String, i18n::Text>) -> Markup {
    let mut head = vec![Cell::new(lang.say("名次", "Rank")), Cell::new(lang.say("部门", "Organ")), Cell::number(lang.say("得分", "Score"))];
    head.extend(board.formulas.iter().map(|formula| Cell::number(formula.name.get(lang))));
    let row = |organ: &OrganFigures| {
        let name = names.get(organ.organ.as_str()).map_or_else(|| organ.organ.to_string(), |name| name.get(lang).to_owned());
        let mut cells = vec![
            Cell::new(organ.rank.map_or_else(|| "—".to_owned(), |rank| rank.to_string())),
            Cell::new(name),
            Cell::number(organ.score.map_or_else(|| "—".to_owned(), |score| format!("{score:.1}"))),
        ];
        for (formula, figure) in board.formulas.iter().zip(&organ.figures) {
            let href = format!("/workspace/catalogue/formulas/{}?organ={}", formula.slug, organ.organ);
            cells.push(Cell::number(html! { a.govuk-link href=(href) { (percent(lang, figure)) } }));
        }
        cells
    };
    let label = lang.say("部门排名", "Ranking of organs");
    html! {
        h2.govuk-heading-m { (label) }
        @if board.organs.is_empty() { p.govuk-body { (lang.say("还没有部门编制目录。", "No organ has catalogued anything yet.")) } }
        @else { (Table { classes: "zs-ranking".to_owned(), ..Table::new("", head, board.organs.iter().map(row).collect()) }.scrolling(label)) }
    }
}
