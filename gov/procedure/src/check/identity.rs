//! Codes, audience, words and legal basis of the item.

use crate::check::report::Report;
use crate::codes::{Audience, Code, ItemType, Level, StartedBy};
use crate::item::{Basis, Item};

pub(crate) fn check(item: &Item, report: &mut Report<'_>) {
    check_codes(item, report);
    check_themes(item, report);
    check_words(item, report);
    if item.basis.is_empty() {
        report.item("basis", "basis-missing", "至少要有一条设定依据（[[basis]]）。", "At least one legal basis ([[basis]]) is needed.");
    }
    for (index, basis) in item.basis.iter().enumerate() {
        check_basis(index, basis, report);
        if item.basis.iter().take(index).any(|earlier| earlier.law == basis.law && earlier.article == basis.article) {
            let zh = format!("设定依据{}重复。", basis.citation());
            let en = format!("The basis {} is given twice.", basis.citation());
            report.item(&format!("basis[{index}]"), "basis-repeated", zh, en);
        }
    }
}

fn check_codes(item: &Item, report: &mut Report<'_>) {
    if item.basic_code.item_type() != item.item_type.code() {
        let zh = format!("基本编码 {} 第 3、4 位应为事项类型 {}。", item.basic_code, item.item_type.code());
        let en = format!("Digits 3 and 4 of the basic code {} must be the item type {}.", item.basic_code, item.item_type.code());
        report.item("item.basic_code", "basic-code-type", zh, en);
    }
    if item.level == Level::Graded {
        let zh = "行使层级“7 分级管理”不能写入实施编码；实施清单须写明本级。";
        report.item("item.level", "level-graded", zh, "Level 7 cannot stand in an implementation code; name the level that implements the item.");
    }
    let service = matches!(item.item_type, ItemType::PublicService | ItemType::PublicServiceExtended);
    if item.power_source.is_none() && !service {
        let zh = format!("{}事项必须写明权力来源 power_source。", item.item_type.label().zh);
        report.item("item.type", "power-source-missing", zh, "An item of power must name its power_source.");
    }
}

fn check_themes(item: &Item, report: &mut Report<'_>) {
    if item.case.start == StartedBy::System {
        return;
    }
    if item.audience.contains(&Audience::Person) && item.themes_person.is_empty() {
        let zh = "服务对象含自然人，但没有自然人主题分类，门户中将找不到。";
        report.item_warning(
            "item.audience",
            "theme-missing",
            zh,
            "Natural persons are served, but no themes_person is given; the portal cannot list it.",
        );
    }
    let legal = item.audience.iter().any(|audience| !matches!(audience, Audience::Person | Audience::Organ));
    if legal && item.themes_legal.is_empty() {
        let zh = "服务对象含法人，但没有法人主题分类，门户中将找不到。";
        report.item_warning(
            "item.audience",
            "theme-missing",
            zh,
            "Legal persons are served, but no themes_legal is given; the portal cannot list it.",
        );
    }
}

fn check_words(item: &Item, report: &mut Report<'_>) {
    if item.case.start == StartedBy::System {
        return;
    }
    if item.keywords.is_empty() {
        report.item(
            "item.keywords",
            "keywords-missing",
            "至少写一个群众会搜索的词（keywords）。",
            "Give at least one word that people search for (keywords).",
        );
    }
    for (index, word) in item.keywords.iter().enumerate() {
        if word.trim().is_empty() || item.keywords.iter().take(index).any(|earlier| earlier == word) {
            report.item(
                "item.keywords",
                "keyword-useless",
                format!("搜索词“{word}”为空或重复。"),
                format!("The keyword \"{word}\" is blank or repeated."),
            );
        }
    }
    if item.conditions.is_empty() {
        report.item(
            "item.conditions",
            "conditions-missing",
            "至少写一条受理条件（conditions）。",
            "Give at least one condition of acceptance (conditions).",
        );
    }
    if item.steps.is_empty() {
        report.item_warning("step", "steps-missing", "没有公布办理流程（[[step]]）。", "The procedure is not published ([[step]]).");
    }
    if item.faqs.is_empty() {
        report.item_warning("faq", "faq-missing", "没有常见问题（[[faq]]）。", "There is no common question ([[faq]]).");
    }
}

fn check_basis(index: usize, basis: &Basis, report: &mut Report<'_>) {
    if basis.law.contains(['《', '》']) {
        let zh = format!("法律名称“{}”不要带书名号。", basis.law);
        report.item(&format!("basis[{index}].law"), "basis-law", zh, format!("The name of the law \"{}\" must not carry brackets.", basis.law));
    }
    if !is_article(&basis.article) {
        let zh = format!("条款“{}”应写作“第…条”，可带款、项，例如“第十一条第二款”。", basis.article);
        let en = format!("The article \"{}\" must be written 第…条, with 款 and 项 where needed, for example 第十一条第二款.", basis.article);
        report.item(&format!("basis[{index}].article"), "basis-article", zh, en);
    }
    if !basis.url.is_empty() && !basis.url.starts_with("https://") && !basis.url.starts_with("http://") {
        let zh = format!("网址“{}”应以 http:// 或 https:// 开头。", basis.url);
        report.item(&format!("basis[{index}].url"), "basis-url", zh, format!("The address \"{}\" must start with http:// or https://.", basis.url));
    }
}

/// 第…条, with Chinese or Arabic numerals; several may be joined.
pub(crate) fn is_article(text: &str) -> bool {
    let numeral = |c: char| "零〇一二三四五六七八九十百千".contains(c) || c.is_ascii_digit();
    text.split('第').skip(1).any(|rest| {
        let after = rest.trim_start_matches(numeral);
        after.len() < rest.len() && after.starts_with('条')
    })
}
