//! `/workspace/catalogue/formulas`: the formulas, and one of them with its figure.

use ::catalogue::queries::{self, OrganFigures};
use ::catalogue::{Formula, MEASURES, SetFormula};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with};
use i18n::{Lang, Text};
use maud::{Markup, html};
use runner::Resource as Thing;
use serde::Deserialize;
use ui::{Button, Cell, Input, SummaryList, SummaryRow, Table};

use super::board::percent;
use super::needs;
use crate::frame::{Desk, Place, heading, hidden};
use crate::pages::shown;
use crate::people::People;
use crate::say::{Say, moment};
use crate::typed::Typed;

/// Whose figure.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    organ: String,
}

type Edited = Option<(i64, String)>;

/// `GET /workspace/catalogue/formulas`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember) -> Result<Markup, PageError> {
    needs(&app, &visitor, Place::DataBoard)?;
    let formulas = app.read(|tx| Ok(queries::formulas(tx)?)).await?;
    let lang = visitor.lang;
    let title = lang.say("指标公式", "Formulas");
    let head = [lang.say("指标", "Indicator"), lang.say("分子", "Numerator"), lang.say("分母", "Denominator")].map(Cell::new);
    let head: Vec<Cell> = head.into_iter().chain([Cell::number(lang.say("权重", "Weight"))]).collect();
    let row = |(formula, _): &(Formula, Edited)| {
        vec![
            Cell::new(html! { a.govuk-link href={ "/workspace/catalogue/formulas/" (formula.slug) } { (formula.name.get(lang)) } }),
            Cell::new(html! { code { (formula.numerator) } }),
            Cell::new(html! { code { (formula.denominator) } }),
            Cell::number(formula.weight.to_string()),
        ]
    };
    let body = html! {
        (heading(title))
        p.govuk-body { (lang.say("各地对指标的定义不同，公式由数据主管部门设置；修改有记录。",
            "Places define these differently; the data authority sets the formulas, and every change is recorded.")) }
        (Table::new("", head, formulas.iter().map(row).collect()).scrolling(title))
        (measures(lang))
    };
    Ok(Desk::new(&app, &visitor, Place::DataBoard, title).below().show(body))
}

fn measures(lang: Lang) -> Markup {
    html! {
        h2.govuk-heading-m { (lang.say("可以使用的指标量", "Measures")) }
        ul.govuk-list.govuk-list--bullet {
            @for measure in MEASURES {
                li { a.govuk-link href={ "/workspace/catalogue/board/" (measure.word) } { code { (measure.word) } } " "
                    (lang.say(measure.zh, measure.en)) "：" (lang.say(measure.definition_zh, measure.definition_en)) }
            }
        }
    }
}

/// `GET /workspace/catalogue/formulas/{slug}`
pub(super) async fn one(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    show(&app, &visitor, &slug, &asked, None).await
}

/// `POST /workspace/catalogue/formulas/{slug}`
pub(super) async fn post(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path(slug): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let mut typed = Typed::from_pairs(&form.0);
    let Ok(weight) = typed.get("weight").parse() else {
        typed.blame("weight", visitor.lang.say("请填写 0 至 100 的整数。", "Enter a whole number from 0 to 100."));
        return show(&app, &visitor, &slug, &Asked::default(), Some((axum::http::StatusCode::UNPROCESSABLE_ENTITY, typed))).await;
    };
    let text = |name: &str| typed.get(name).to_owned();
    let name = Text::new(text("name"), text("name_en"));
    let formula = Formula { slug: slug.clone(), name, numerator: text("numerator"), denominator: text("denominator"), weight };
    match app.execute(&visitor, form.key(), SetFormula { formula }).await {
        Ok(_) => {
            let flash = Flash::success("公式已更新，按新公式计算。", "The formula is set; figures follow it.");
            Ok(see_other_with(&app, &format!("/workspace/catalogue/formulas/{slug}"), &flash))
        }
        Err(error) => {
            let refusal = shown(error)?;
            let typed = typed.refuse(visitor.lang, &refusal, |_| "");
            show(&app, &visitor, &slug, &Asked::default(), Some((gate::status_of(&refusal), typed))).await
        }
    }
}

async fn show(
    app: &App,
    visitor: &Visitor,
    slug: &str,
    asked: &Asked,
    again: Option<(axum::http::StatusCode, Typed)>,
) -> Result<Response, PageError> {
    needs(app, visitor, Place::DataBoard)?;
    let (today, now_ms) = (app.today(), app.now_ms());
    let (formulas, board, people) = app
        .read(move |tx| {
            let formulas = queries::formulas(tx)?;
            let people = People::of(tx, formulas.iter().filter_map(|(_, edited)| edited.as_ref().map(|(_, actor)| actor.as_str())))?;
            Ok((formulas, queries::board(tx, today, now_ms)?, people))
        })
        .await?;
    let place = formulas.iter().position(|(formula, _)| formula.slug == slug).ok_or(PageError::NotFound)?;
    let (formula, edited) = formulas.get(place).ok_or(PageError::NotFound)?;
    let organ = board.organs.iter().find(|organ| organ.organ.as_str() == asked.organ);
    let figure = organ.map_or_else(|| board.total.get(place), |organ| organ.figures.get(place)).ok_or(PageError::NotFound)?;
    let lang = visitor.lang;
    let may = app.may(visitor, "catalogue.set-formula", &Thing { id: slug.to_owned(), sensitivity: 1, ..Thing::of("indicator") });
    let (status, typed) = again.unwrap_or((axum::http::StatusCode::OK, Typed::default()));
    let changed = edited.as_ref().map(|(at_ms, actor)| format!("{} {}", moment(lang, *at_ms), people.name(actor, lang)));
    let mut rows = vec![
        SummaryRow::new(lang.say("数值", "Figure"), percent(lang, figure)),
        SummaryRow::new(lang.say("分子", "Numerator"), side(lang, &formula.numerator, figure.numerator, asked, organ)),
        SummaryRow::new(lang.say("分母", "Denominator"), side(lang, &formula.denominator, figure.denominator, asked, organ)),
        SummaryRow::new(lang.say("权重", "Weight"), formula.weight.to_string()),
        SummaryRow::new(lang.say("统计时间", "Counted at"), moment(lang, board.at_ms)),
        SummaryRow::new(lang.say("最近修改", "Last set"), changed.unwrap_or_else(|| lang.say("平台默认", "Default of the platform").to_owned())),
    ];
    if let Some(problem) = &figure.problem {
        rows.push(SummaryRow::new(lang.say("没有数值的原因", "Why there is no figure"), problem.as_str()));
    }
    let body = html! {
        (typed.summary(lang))
        (heading(formula.name.get(lang)))
        (SummaryList::new(rows))
        @if may { (form_of(visitor, formula, &typed)) }
    };
    let page = Desk::new(app, visitor, Place::DataBoard, formula.name.get(lang)).below().wrong(typed.has_errors()).show(body);
    Ok((status, page).into_response())
}

/// One side of the line: the expression, its value, and the measures in it with what is behind them.
fn side(lang: Lang, expression: &str, value: Option<f64>, asked: &Asked, organ: Option<&OrganFigures>) -> Markup {
    let named = MEASURES.iter().filter(|measure| expression.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').any(|word| word == measure.word));
    let recorded = |word: &str| organ.and_then(|organ| organ.measures.iter().find(|fact| fact.word == word)).and_then(|fact| fact.recorded.as_ref());
    html! {
        code { (expression) } " = " (value.map_or_else(|| "—".to_owned(), |value| value.to_string()))
        @for measure in named {
            br; a.govuk-link href={ "/workspace/catalogue/board/" (measure.word) "?organ=" (asked.organ) } { (lang.say(measure.zh, measure.en)) }
            @if let Some(recorded) = recorded(measure.word) { " (" (recorded.source) ", " (moment(lang, recorded.at_ms)) ")" }
        }
    }
}

fn form_of(visitor: &Visitor, formula: &Formula, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let sent = !typed.pairs().is_empty();
    let weight = formula.weight.to_string();
    let input = |name: &str, label: &str, value: &str| {
        Input::new(name, label).value(if sent { typed.get(name) } else { value }).error(typed.error(lang, name))
    };
    html! {
        h2.govuk-heading-m { (lang.say("修改公式", "Set the formula")) }
        form method="post" action={ "/workspace/catalogue/formulas/" (formula.slug) } novalidate {
            (hidden(visitor, "formula"))
            (input("name", lang.say("名称", "Name (Chinese)"), &formula.name.zh))
            (input("name_en", lang.say("英文名称", "Name (English)"), &formula.name.en))
            (input("numerator", lang.say("分子", "Numerator"), &formula.numerator).hint(lang.say("指标量和四则运算（FEEL）", "Measures and arithmetic (FEEL)")))
            (input("denominator", lang.say("分母", "Denominator"), &formula.denominator))
            (input("weight", lang.say("权重", "Weight"), &weight).width(5).inputmode("numeric"))
            (Button::submit(lang.say("保存公式", "Save")))
        }
        (measures(lang))
    }
}
