//! `/workspace/quality/{register}`: its rules with what the last run found, its runs, and the cases that followed.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with};
use maud::{Markup, html};
use quality::commands::RequestRun;
use quality::queries::{self, CorrectionStanding, Declared, Run};
use quality::{Rule, RuleResult};
use registers::Overview;
use ui::{Button, Cell, InsetText, SummaryList, SummaryRow, Table};

use super::{corrections, href, is_whole, kept_elsewhere, least, overview, score};
use crate::frame::{Desk, Place, heading, hidden};
use crate::people::organ_text;
use crate::say::{Say, moment};

/// `GET /workspace/quality/{register}`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember, Path(slug): Path<String>) -> Result<Response, PageError> {
    let register = overview(&app, &visitor, &slug).await?;
    let (rules, runs, cases) =
        app.read(move |tx| Ok((queries::rules(tx, &slug)?, queries::runs(tx, &slug)?, queries::corrections(tx, &slug)?))).await?;
    let lang = visitor.lang;
    let title = lang.tell(format!("数据质量：{}", register.declaration.title.zh), format!("Data quality: {}", register.declaration.title.en));
    let resource = register.resource();
    let may_look = app.may(&visitor, "quality.read-findings", &resource);
    let body = html! {
        (heading(&title))
        (acts(&app, &visitor, &register, rules.is_some()))
        (facts(&visitor, &register, rules.as_ref(), runs.first()))
        @if let Some(words) = kept_elsewhere(&register.declaration) { (InsetText::new(words.get(lang))) }
        @match &rules {
            None => (InsetText::new(lang.say("这个登记还没有质量规则。", "This register has no rules of quality yet."))),
            Some(rules) => (rule_table(&visitor, rules, runs.first())),
        }
        (run_table(&visitor, &register, &runs))
        (cases_of(&visitor, &cases, may_look, rules.as_ref()))
    };
    Ok(Desk::new(&app, &visitor, Place::Quality, title).below().show(body).into_response())
}

/// `POST /workspace/quality/{register}`: has it examined now.
pub(super) async fn post(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path(slug): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let register = overview(&app, &visitor, &slug).await?;
    if !app.may(&visitor, "quality.run", &register.resource()) {
        return Err(PageError::NotFound);
    }
    app.execute(&visitor, form.key(), RequestRun { register: slug.clone() }).await?;
    let flash = Flash::success("已安排检查，完成后结果显示在本页。", "The examination is arranged; its result will stand on this page.");
    Ok(see_other_with(&app, &href(&slug), &flash))
}

fn acts(app: &App, visitor: &Visitor, register: &Overview, has_rules: bool) -> Markup {
    let lang = visitor.lang;
    let (resource, base) = (register.resource(), href(&register.declaration.slug));
    let whole = is_whole(&register.declaration);
    html! {
        div.govuk-button-group {
            @if whole && has_rules && app.may(visitor, "quality.run", &resource) {
                form method="post" { (hidden(visitor, "run")) (Button::submit(lang.say("立即检查", "Examine now"))) }
            }
            @if whole && app.may(visitor, "quality.declare", &resource) {
                (Button::link(lang.say("修改规则", "Change the rules"), format!("{base}/rules")).secondary())
            }
            (Button::link(lang.say("登记信息", "The register"), format!("/workspace/registers/{}", register.declaration.slug)).secondary())
        }
    }
}

fn facts(visitor: &Visitor, register: &Overview, rules: Option<&Declared>, run: Option<&Run>) -> SummaryList {
    let lang = visitor.lang;
    let owner = register.owner.as_ref().map(|organ| organ_text(organ).get(lang).to_owned());
    let mut rows = vec![SummaryRow::new(lang.say("主管单位", "Kept by"), owner.unwrap_or_else(|| lang.say("未落实", "Nobody yet").to_owned()))];
    if let Some(rules) = rules {
        let version = lang.tell(
            format!("第{}版，{}条", rules.version, rules.set.rules.len()),
            format!("version {}, {} rules", rules.version, rules.set.rules.len()),
        );
        rows.push(SummaryRow::new(lang.say("质量规则", "Rules"), version));
        rows.push(SummaryRow::new(lang.say("检查周期", "Examined"), rules.set.every.label().get(lang).to_owned()));
    }
    rows.push(SummaryRow::new(lang.say("最近得分", "Last score"), score(lang, run.and_then(|run| run.score))));
    SummaryList::new(rows)
}

fn rule_table(visitor: &Visitor, rules: &Declared, run: Option<&Run>) -> Markup {
    let lang = visitor.lang;
    let head = vec![
        Cell::new(lang.say("规则", "Rule")),
        Cell::new(lang.say("维度", "Dimension")),
        Cell::number(lang.say("最低合格率", "Least")),
        Cell::number(lang.say("检查", "Checked")),
        Cell::number(lang.say("问题", "Failed")),
        Cell::number(lang.say("得分", "Score")),
    ];
    let row = |rule: &Rule| {
        let result: Option<&RuleResult> = run.and_then(|run| run.results.iter().find(|result| result.rule == rule.slug));
        let count = |of: fn(&RuleResult) -> i64| result.map_or_else(|| "—".to_owned(), |result| i18n::number(of(result)));
        vec![
            Cell::new(rule.title.get(lang).to_owned()),
            Cell::new(rule.dimension.label().get(lang).to_owned()),
            Cell::number(least(rule)),
            Cell::number(count(|result| result.checked)),
            Cell::number(count(|result| result.failed)),
            Cell::number(score(lang, result.and_then(RuleResult::score))),
        ]
    };
    let label = lang.say("质量规则和最近结果", "Rules and their last results");
    html! {
        h2.govuk-heading-m { (label) }
        (Table::new("", head, rules.set.rules.iter().map(row).collect()).scrolling(label))
    }
}

fn run_table(visitor: &Visitor, register: &Overview, runs: &[Run]) -> Markup {
    let lang = visitor.lang;
    let head = vec![
        Cell::new(lang.say("检查时间", "When")),
        Cell::number(lang.say("记录数", "Records")),
        Cell::number(lang.say("规则版本", "Rules")),
        Cell::number(lang.say("得分", "Score")),
        Cell::new(lang.say("详情", "Detail")),
    ];
    let row = |run: &Run| {
        let address = format!("{}/runs/{}", href(&register.declaration.slug), run.id);
        vec![
            Cell::new(moment(lang, run.at_ms)),
            Cell::number(i18n::number(run.records)),
            Cell::number(run.rules_version.to_string()),
            Cell::number(score(lang, run.score)),
            Cell::new(
                html! { a.govuk-link href=(address) { (lang.say("查看", "View")) span.govuk-visually-hidden { " " (moment(lang, run.at_ms)) } } },
            ),
        ]
    };
    let label = lang.say("检查记录", "Runs");
    html! {
        h2.govuk-heading-m { (label) }
        @if runs.is_empty() { p.govuk-body { (lang.say("还没有检查过。", "It has not been examined yet.")) } }
        @else { (Table::new("", head, runs.iter().map(row).collect()).scrolling(label)) }
    }
}

fn cases_of(visitor: &Visitor, cases: &[CorrectionStanding], may_look: bool, rules: Option<&Declared>) -> Markup {
    let lang = visitor.lang;
    corrections(lang, cases, may_look, |slug| {
        let title = rules.and_then(|rules| rules.set.rule(slug)).map(|rule| rule.title.get(lang).to_owned());
        title.unwrap_or_else(|| if slug.is_empty() { lang.say("交叉比对", "Comparison").to_owned() } else { slug.to_owned() })
    })
}
