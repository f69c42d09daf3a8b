//! `/workspace/quality/{register}/runs/{run}`: what one run found, rule by rule; the places of records for whoever has to correct them.

use axum::extract::{Path, Query, State};
use gate::{App, PageError, StaffMember, Visitor};
use i18n::Lang;
use maud::{Markup, html};
use quality::queries::{self, Declared, Run};
use quality::{Finding, RuleResult};
use registers::{Declaration, Origin, Overview};
use runner::Refusal;
use serde::Deserialize;
use ui::{Cell, SummaryList, SummaryRow, Table};

use super::{href, overview, score};
use crate::frame::{Desk, Place, heading};
use crate::say::{Say, moment};

/// Places shown at once.
const SHOWN_COUNT_MAX: usize = 100;

/// Whose findings are shown.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    rule: String,
}

/// `GET /workspace/quality/{register}/runs/{run}`
pub(super) async fn get(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path((slug, id)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Markup, PageError> {
    let register = overview(&app, &visitor, &slug).await?;
    let may_look = app.may(&visitor, "quality.read-findings", &register.resource());
    let wanted = asked.rule.clone();
    let (run, rules, findings, other) = app
        .read(move |tx| {
            let run = queries::run(tx, &id)?.filter(|run| run.register == slug).ok_or_else(Refusal::not_found)?;
            let findings = if may_look { queries::findings(tx, &id, &wanted)? } else { Vec::new() };
            let rules = queries::rules(tx, &slug)?;
            let other = rules.as_ref().and_then(|rules| rules.set.rule(&wanted)?.check.other());
            let other = other.map(|other| registers::declaration(tx, other)).transpose()?.flatten();
            Ok((run, rules, findings, other))
        })
        .await?;
    let lang = visitor.lang;
    let title = lang.tell(format!("质量检查：{}", register.declaration.title.zh), format!("Run: {}", register.declaration.title.en));
    let body = html! {
        (heading(&title))
        p.govuk-body { a.govuk-link href=(href(&register.declaration.slug)) { (lang.say("返回这个登记的数据质量", "Data quality of this register")) } }
        (facts(&visitor, &register, &run))
        (results(&visitor, &register, &run, rules.as_ref(), may_look))
        @if !findings.is_empty() {
            @let title = title_of(&visitor, rules.as_ref(), &asked.rule);
            (places(&visitor, &register.declaration, other.as_deref(), &title, &findings))
        }
    };
    Ok(Desk::new(&app, &visitor, Place::Quality, title).below().show(body))
}

fn facts(visitor: &Visitor, register: &Overview, run: &Run) -> SummaryList {
    let lang = visitor.lang;
    let mut rows = vec![
        SummaryRow::new(lang.say("检查时间", "When"), moment(lang, run.at_ms)),
        SummaryRow::new(lang.say("检查的记录数", "Records"), i18n::number(run.records)),
    ];
    if register.declaration.origin == Origin::Own {
        rows.push(SummaryRow::new(lang.say("变更流位置", "Place of the change feed"), i18n::number(run.position)));
    }
    rows.push(SummaryRow::new(lang.say("规则版本", "Version of the rules"), run.rules_version.to_string()));
    rows.push(SummaryRow::new(lang.say("得分", "Score"), score(lang, run.score)));
    rows.extend(run.dimensions.iter().map(|(dimension, score)| SummaryRow::new(dimension.label().get(lang).to_owned(), score.to_string())));
    SummaryList::new(rows)
}

fn title_of(visitor: &Visitor, rules: Option<&Declared>, slug: &str) -> String {
    let rule = rules.and_then(|rules| rules.set.rule(slug));
    rule.map_or_else(|| slug.to_owned(), |rule| rule.title.get(visitor.lang).to_owned())
}

fn results(visitor: &Visitor, register: &Overview, run: &Run, rules: Option<&Declared>, may_look: bool) -> Markup {
    let lang = visitor.lang;
    let head = vec![
        Cell::new(lang.say("规则", "Rule")),
        Cell::new(lang.say("维度", "Dimension")),
        Cell::number(lang.say("检查", "Checked")),
        Cell::number(lang.say("问题", "Failed")),
        Cell::number(lang.say("得分", "Score")),
        Cell::new(lang.say("问题记录", "Findings")),
    ];
    let row = |result: &RuleResult| {
        let address = format!("{}/runs/{}?rule={}#findings", href(&register.declaration.slug), run.id, result.rule);
        let title = title_of(visitor, rules, &result.rule);
        let link = html! {
            @if result.failed > 0 && may_look {
                a.govuk-link href=(address) { (lang.say("查看位置", "Places")) span.govuk-visually-hidden { " " (title) } }
            } @else { "—" }
        };
        vec![
            Cell::new(title.clone()),
            Cell::new(result.dimension.label().get(lang).to_owned()),
            Cell::number(i18n::number(result.checked)),
            Cell::number(i18n::number(result.failed)),
            Cell::number(score(lang, result.score())),
            Cell::new(link),
        ]
    };
    let label = lang.say("各规则结果", "Results of the rules");
    html! {
        h2.govuk-heading-m { (label) }
        (Table::new("", head, run.results.iter().map(row).collect()).scrolling(label))
    }
}

/// A place: of a register of the node a way to the record, of another system the number of its row.
fn place(lang: Lang, declaration: &Declaration, position: i64) -> Markup {
    html! {
        @if position == 0 { (lang.say("整个登记", "The register as a whole")) }
        @else if declaration.origin == Origin::Own {
            a.govuk-link href={ "/workspace/registers/" (declaration.slug) "/read?place=" (position) } { "#" (position) }
        } @else { (lang.tell(format!("来源第{position}行"), format!("row {position} of the source"))) }
    }
}

fn places(visitor: &Visitor, declaration: &Declaration, other: Option<&Declaration>, rule: &str, findings: &[Finding]) -> Markup {
    let lang = visitor.lang;
    let head = [lang.say("位置", "Place"), lang.say("有关的另一条记录", "The other record"), lang.say("字段", "Fields")];
    let row = |finding: &Finding| {
        let beside = match (finding.other, other) {
            (Some(position), Some(other)) => html! { (other.title.get(lang)) " " (place(lang, other, position)) },
            (Some(position), None) => place(lang, declaration, position),
            (None, _) => html! { "—" },
        };
        let title = |name: &String| declaration.field(name).map_or_else(|| name.clone(), |field| field.title.get(lang).to_owned());
        let fields: Vec<String> = finding.fields.iter().map(title).collect();
        vec![Cell::new(place(lang, declaration, finding.position)), Cell::new(beside), Cell::new(fields.join(lang.say("、", ", ")))]
    };
    let label = lang.tell(format!("问题记录：{rule}"), format!("Findings: {rule}"));
    let note = if declaration.origin == Origin::Own {
        lang.say(
            "只列记录在变更流中的位置。打开记录须写明用途和依据，当事人会在“数据使用踪迹”中看到。",
            "Only places of the change feed are shown. Opening a record needs purpose and basis, and its subject sees it in the data tracker.",
        )
    } else {
        lang.say(
            "只列来源系统给出时的行号，请在来源系统中核对；来源变动后行号可能不同。",
            "Only the numbers of rows are shown, as the other system gave them; look there. They may differ once it has changed.",
        )
    };
    html! {
        h2.govuk-heading-m #findings { (label) }
        p.govuk-body { (note) }
        @if findings.len() > SHOWN_COUNT_MAX {
            p.govuk-body { (lang.tell(
                format!("保留了{}条，显示前{SHOWN_COUNT_MAX}条。", findings.len()),
                format!("{} are kept, the first {SHOWN_COUNT_MAX} are shown.", findings.len()),
            )) }
        }
        (Table::new("", head.map(Cell::new).to_vec(), findings.iter().take(SHOWN_COUNT_MAX).map(row).collect()).scrolling(&label))
    }
}
