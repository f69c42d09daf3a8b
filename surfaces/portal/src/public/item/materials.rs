//! 申请材料.

use i18n::{Lang, Text};
use maud::{Markup, html};
use procedure::codes::{Code, MaterialNeed};
use procedure::item::{Material, Situation};
use procedure::{Applies, Package};
use serde_json::{Map, json};
use ui::{Cell, Details, Table, Tag, TagColour};

use crate::public::texts::{fill, joined, t};

pub(super) fn section(lang: Lang, package: &Package) -> Markup {
    let materials = &package.item.materials;
    let heads = ["p.material.name", "p.material.need", "p.material.source", "p.material.form"].map(|key| Cell::new(t(lang, key)));
    let guide = Guide::of(package);
    let rows = materials.iter().map(|material| row(lang, &guide, material)).collect();
    html! {
        @if materials.is_empty() { p.govuk-body { (t(lang, "p.material.none")) } } @else {
            p.govuk-body { (summary(lang, materials)) }
            (Table { classes: "zs-materials".to_owned(), ..Table::new("", heads.to_vec(), rows).first_cell_is_header() }
                .stacking()
                .scrolling(t(lang, "p.material.table")))
        }
    }
}

/// How many materials there are, and how many need not be handed in.
fn summary(lang: Lang, materials: &[Material]) -> String {
    let waived = materials.iter().filter(|material| material.waived_by.is_some()).count();
    fill(lang, "p.material.summary", &[("all", &materials.len().to_string()), ("waived", &waived.to_string())])
}

fn row(lang: Lang, guide: &Guide<'_>, material: &Material) -> Vec<Cell> {
    vec![Cell::new(name(lang, guide, material)), Cell::new(need(lang, material)), Cell::new(source(lang, material)), Cell::new(form(lang, material))]
}

fn source(lang: Lang, material: &Material) -> Markup {
    html! {
        (material.source.label().get(lang))
        @if let Some(note) = &material.source_note { p.zs-note { (note.get(lang)) } }
    }
}

fn name(lang: Lang, guide: &Guide<'_>, material: &Material) -> Markup {
    html! {
        (material.name.get(lang))
        @if material.when.is_some() { p.zs-note { (guide.condition(lang, &material.id)) } }
        @if !material.basis.is_empty() { p.zs-note { (t(lang, "p.item.basis-of")) span lang="zh-CN" { (material.basis) } } }
        @if let Some(guide) = &material.guide {
            (Details { classes: "zs-material__guide".to_owned(), ..Details::new(t(lang, "p.material.guide"), guide.get(lang)) })
        }
    }
}

fn need(lang: Lang, material: &Material) -> Markup {
    let colour = match material.need {
        MaterialNeed::Required => TagColour::Blue,
        MaterialNeed::Optional => TagColour::Grey,
        MaterialNeed::Later => TagColour::Turquoise,
    };
    html! {
        @if material.waived_by.is_some() { (Tag::new(TagColour::Green, t(lang, "p.material.waived"))) p.zs-note { (t(lang, "p.material.waived-note")) } }
        @else { (Tag::new(colour, material.need.label().get(lang))) }
    }
}

fn form(lang: Lang, material: &Material) -> Markup {
    let types = joined(lang, material.accept.iter().map(|kind| kind.to_uppercase()));
    html! {
        (material.form.label().get(lang))
        @if material.waived_by.is_none() && !material.accept.is_empty() {
            p.zs-note { (fill(lang, "p.material.file", &[("types", &types), ("size", &i18n::size(material.size_max_bytes))])) }
        }
    }
}

/// What each answer to each guide question alone says about the materials: computed once for all rows.
struct Guide<'a>(Vec<(&'a Situation, Vec<(&'a Text, Vec<(&'a str, Applies)>)>)>);

impl<'a> Guide<'a> {
    fn of(package: &'a Package) -> Self {
        let asked = |situation: &Situation, value: &str| {
            let variables = Map::from_iter([("situation".to_owned(), json!({ situation.id.as_str(): value }))]);
            package.materials_for(&variables).into_iter().map(|found| (found.material.id.as_str(), found.applies)).collect::<Vec<_>>()
        };
        let options = |situation: &'a Situation| situation.options.iter().map(|option| (&option.label, asked(situation, &option.value))).collect();
        Self(package.item.situations.iter().map(|situation| (situation, options(situation))).collect())
    }

    /// The question that decides about a material, and the answers that ask for it.
    fn deciding(&self, material: &str) -> Option<(&'a Situation, Vec<&'a Text>)> {
        self.0.iter().find_map(|(situation, options)| {
            let applies = |asked: &[(&str, Applies)]| asked.iter().find(|(id, _)| *id == material).map(|(_, applies)| *applies);
            if options.iter().any(|(_, asked)| applies(asked) == Some(Applies::Perhaps)) {
                return None;
            }
            let asking: Vec<&Text> = options.iter().filter(|(_, asked)| applies(asked).is_some()).map(|(label, _)| *label).collect();
            (!asking.is_empty() && asking.len() < options.len()).then_some((*situation, asking))
        })
    }

    /// When a material is asked, in the words of the guide question that decides it.
    fn condition(&self, lang: Lang, material: &str) -> String {
        match self.deciding(material) {
            Some((situation, options)) => {
                let options = joined(lang, options.into_iter().map(|label| format!("“{}”", label.get(lang))));
                fill(lang, "p.material.when", &[("question", situation.question.get(lang)), ("options", &options)])
            }
            None => t(lang, "p.material.sometimes").to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::public::samples::catalogue;

    #[test]
    fn a_condition_is_told_in_the_words_of_its_question() {
        let catalogue = catalogue();
        let package = catalogue.find("geti-shangpu-dengji").unwrap();
        let guide = Guide::of(package);
        assert_eq!(guide.condition(Lang::ZhHans, "premises_lease"), "“在哪里经营？”选择“租的店面、摊位、办公室”时需要。");
        assert!(guide.condition(Lang::En, "premises_title").contains("“A shop or workshop I own”, “My home (a dwelling)”"));
    }

    #[test]
    fn materials_from_registers_are_marked() {
        let catalogue = catalogue();
        let html = section(Lang::ZhHans, catalogue.find("geti-shangpu-dengji").unwrap()).0;
        assert!(html.contains("免提交") && html.contains("共6种材料，其中1种由系统核验、不用提交"), "{html}");
        assert!(!html.contains("situation."), "no expression is shown");
    }
}
