//! What the applicant stated.

use std::collections::BTreeMap;

use cases::commands::PROPOSAL;
use cases::queries::{facts_variables, with_facts};
use i18n::Lang;
use maud::{Markup, html};
use serde_json::Value;
use ui::{SummaryList, SummaryRow, Tag, TagColour};

use super::{Desktop, Dossier, provenance};
use crate::say::Say;

pub(super) fn section(dossier: &Dossier, desk: Desktop<'_>) -> Markup {
    let (file, lang) = (&dossier.view.file, desk.lang);
    let variables = facts_variables(&file.situation, &file.applicant, desk.today);
    let rows = with_facts(&dossier.package, variables, |facts| dossier.package.form.summary(&file.answers, facts, lang));
    let asked = corrections(dossier);
    let row = |row: &forms::Row| {
        let value = if dossier.is_open_to_reader { row.value.clone() } else { row.masked.clone() };
        let value = division(dossier, row, lang).or_else(|| organ(dossier, row, lang)).unwrap_or(value);
        let note = asked.get(row.field.as_str());
        SummaryRow::new(
            row.title.as_str(),
            html! {
                span.zs-preline { (value) }
                (provenance::note(dossier, &row.field, lang))
                @if let Some(says) = note { div { (Tag::new(TagColour::Yellow, lang.say("补正", "Correction"))) " " (says) } }
            },
        )
    };
    html! {
        section #answers aria-labelledby="answers-title" {
            h2.govuk-heading-m #answers-title { (lang.say("申请内容", "Application")) }
            (situation(dossier, desk))
            @if rows.is_empty() { p.govuk-body { (lang.say("本事项没有表单内容。", "This item has no form.")) } }
            @else { (SummaryList::new(rows.iter().map(row).collect())) }
            @if file.slug == PROPOSAL {
                @let words = lang.say("下载规程包差异", "Download the difference of the package");
                p.govuk-body { a.govuk-link href={ "/workspace/cases/" (file.id) "/proposal" } { (words) } }
            }
            @if !dossier.is_open_to_reader { p.govuk-hint { (lang.say(
                "您不是本件当前经办人，个人信息已作遮盖。",
                "You do not handle this case at present; personal data are masked.",
            )) } }
        }
    }
}

/// The name of a division that was answered by its code.
fn division(dossier: &Dossier, row: &forms::Row, lang: Lang) -> Option<String> {
    let field = dossier.package.form.field(&row.field).filter(|field| field.widget == forms::Widget::Division)?;
    let code = dossier.view.file.answers.get(&field.name)?.as_str()?;
    let name = dossier.divisions.get(code)?;
    Some(lang.tell(format!("{}（{code}）", name.zh), format!("{} ({code})", name.en)))
}

/// The name of an organ that the installation wrote down by its identifier.
fn organ(dossier: &Dossier, row: &forms::Row, lang: Lang) -> Option<String> {
    let id = dossier.view.file.answers.get(&row.field)?.as_str()?;
    Some(dossier.organs.get(id)?.get(lang).to_owned())
}

/// The answers to the guide questions.
fn situation(dossier: &Dossier, desk: Desktop<'_>) -> Markup {
    let lang = desk.lang;
    let rows: Vec<SummaryRow> = dossier
        .package
        .item
        .situations
        .iter()
        .filter_map(|situation| {
            let chosen = dossier.view.file.situation.get(&situation.id).and_then(Value::as_str)?;
            let label = situation.options.iter().find(|option| option.value == chosen).map_or(chosen, |option| option.label.get(lang));
            Some(SummaryRow::new(situation.question.get(lang), label))
        })
        .collect();
    html! { @if !rows.is_empty() { (SummaryList::new(rows)) } }
}

/// What the correction notice said about each field.
fn corrections(dossier: &Dossier) -> BTreeMap<&str, &str> {
    let items = dossier.view.file.correction.iter().flat_map(|correction| &correction.items);
    items.map(|item| (item.target.as_str(), item.says.as_str())).collect()
}
