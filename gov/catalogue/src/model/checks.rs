//! What a description must say before it may be registered: the consistency rules of the guide, all of them at once.

use std::collections::HashSet;

use i18n::Text;
use serde::{Deserialize, Serialize};

use super::axes::{Secrecy, ShareType, Tier};
use super::resource::Content;
use super::sharing::Sharing;

/// Longest name, in characters (national interface).
pub const NAME_CHARS_MAX: usize = 128;
/// Longest summary, in characters.
pub const SUMMARY_CHARS_MAX: usize = 2_000;
/// Longest condition, in characters.
pub const CONDITION_CHARS_MAX: usize = 1_000;
/// Longest other text, in characters.
pub const TEXT_CHARS_MAX: usize = 200;
/// Most items of one resource.
pub const ITEMS_MAX: usize = 400;
/// Slugs of the registers that hold base information (基础库).
pub const BASE_REGISTERS: [&str; 6] = ["population", "legal-persons", "addresses", "natural-resources", "certificates", "credit"];
const SHARE_BASIS: &str = "政务数据共享条例（国务院令第809号）";
const GUIDE: &str = "政务信息资源目录编制指南（试行）（发改高技〔2017〕1272号）";

/// One thing that is wrong, with the field it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// `sharing.condition`, `items.3.length`.
    pub field: String,
    /// What is wrong and how it is put right.
    pub sentence: Text,
    /// Where it is written; empty for matters of form.
    pub basis: String,
}

/// How much must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strictness {
    /// A draft may lack things; what is there must have its shape.
    Draft,
    /// Everything, for registration and publication.
    Complete,
}

struct Found(Vec<Trouble>);

impl Found {
    fn require(&mut self, holds: bool, field: &str, zh: impl Into<String>, en: impl Into<String>, basis: &str) {
        if !holds {
            self.0.push(Trouble { field: field.to_owned(), sentence: Text::new(zh, en), basis: basis.to_owned() });
        }
    }

    fn text(&mut self, field: &str, value: &str, chars_max: usize) {
        let fits = value.chars().count() <= chars_max;
        self.require(fits, field, format!("不能超过 {chars_max} 个字。"), format!("At most {chars_max} characters."), "");
        let plain = !value.chars().any(|c| c.is_control() && c != '\n');
        self.require(plain, field, "不能含有控制字符。", "No control characters.", "");
    }

    fn present(&mut self, field: &str, value: &str, zh: &str, en: &str, basis: &str) {
        self.require(!value.trim().is_empty(), field, zh, en, basis);
    }
}

/// Everything that is wrong.
#[must_use]
pub fn troubles(content: &Content, strictness: Strictness) -> Vec<Trouble> {
    let mut found = Found(Vec::new());
    shape(content, &mut found);
    items_shape(content, &mut found);
    if strictness == Strictness::Complete {
        complete(content, &mut found);
        sharing(content, &mut found);
        opening(content, &mut found);
        items_complete(content, &mut found);
    }
    found.0
}

fn shape(content: &Content, found: &mut Found) {
    found.present("name", &content.name, "请填写信息资源名称。", "Give the name of the resource.", GUIDE);
    found.text("name", &content.name, NAME_CHARS_MAX);
    found.text("summary", &content.summary, SUMMARY_CHARS_MAX);
    found.text("sharing.condition", &content.sharing.condition, CONDITION_CHARS_MAX);
    found.text("opening.condition", &content.opening.condition, CONDITION_CHARS_MAX);
    for (field, value) in [
        ("format_type", &content.format_type),
        ("domain", &content.domain),
        ("storage.system", &content.storage.system),
        ("storage.place", &content.storage.place),
    ] {
        found.text(field, value, TEXT_CHARS_MAX);
    }
    let figures = [content.storage.size_mib, content.storage.records, content.storage.records_shared, content.storage.records_opened];
    found.require(figures.iter().flatten().all(|figure| *figure >= 0), "storage", "数量不能为负数。", "Figures cannot be negative.", "");
    let of_all = |part: Option<i64>| part.zip(content.storage.records).is_none_or(|(part, all)| part <= all);
    found.require(
        of_all(content.storage.records_shared),
        "storage.records_shared",
        "已共享记录数不能多于记录总数。",
        "More records shared than there are.",
        "",
    );
    found.require(
        of_all(content.storage.records_opened),
        "storage.records_opened",
        "已开放记录数不能多于记录总数。",
        "More records opened than there are.",
        "",
    );
}

fn items_shape(content: &Content, found: &mut Found) {
    let count = content.items.len();
    found.require(count <= ITEMS_MAX, "items", format!("信息项不能超过 {ITEMS_MAX} 个。"), format!("At most {ITEMS_MAX} items."), "");
    let mut titles = HashSet::new();
    for (at, item) in content.items.iter().enumerate() {
        let field = |part: &str| format!("items.{at}.{part}");
        found.text(&field("title"), &item.title, TEXT_CHARS_MAX);
        found.text(&field("name"), &item.name, TEXT_CHARS_MAX);
        let unnamed = item.title.trim().is_empty() && item.name.trim().is_empty();
        found.require(!unnamed, &field("title"), "请填写信息项名称。", "Give the name of the item.", GUIDE);
        let again = !unnamed && !titles.insert(item.key());
        found.require(
            !again,
            &field("title"),
            format!("信息项“{}”重复。", item.title),
            format!("The item \"{}\" stands there twice.", item.title),
            "",
        );
    }
}

fn complete(content: &Content, found: &mut Found) {
    found.present("summary", &content.summary, "请填写信息资源摘要。", "Give a summary.", GUIDE);
    found.require(!content.items.is_empty(), "items", "至少填写一个信息项。", "There must be at least one item.", GUIDE);
    let fits = !content.format_type.trim().is_empty() && content.format.has_type(&content.format_type);
    let kind = content.format.name();
    found.require(
        fits,
        "format_type",
        format!("格式类型“{}”不属于“{}”。", content.format_type, kind.zh),
        format!("The type \"{}\" does not belong to {}.", content.format_type, kind.en),
        GUIDE,
    );
    let known = content.class.branch().is_some();
    found.require(known, "class", "分类码中的“项”不在分类表中。", "The branch of the classification code is not in the table.", GUIDE);
    let register = content.relations.register.as_deref();
    let reuses_base = content.tier() != Tier::Base && register.is_some_and(|register| BASE_REGISTERS.contains(&register));
    found.require(
        !reuses_base || content.relations.source_code.is_some(),
        "relations.source_code",
        "部门（主题）目录使用基础库数据的，应当填写关联资源代码。",
        "A department's resource that takes its data from a base register must name the source resource.",
        GUIDE,
    );
}

fn sharing(content: &Content, found: &mut Found) {
    let Sharing { share_type, condition, methods } = &content.sharing;
    match share_type {
        ShareType::Unconditional => found.require(
            condition.trim() == Sharing::WITHOUT_CONDITION,
            "sharing.condition",
            "无条件共享的，共享条件应为“无条件”，不得另设条件。",
            "What is shared without conditions must say \"无条件\" and nothing else.",
            SHARE_BASIS,
        ),
        ShareType::Conditional => found.require(
            !condition.trim().is_empty() && condition.trim() != Sharing::WITHOUT_CONDITION,
            "sharing.condition",
            "有条件共享的，应当写明共享范围和使用用途。",
            "What is shared on conditions must say with whom and what for.",
            SHARE_BASIS,
        ),
        ShareType::NotShared => found.present(
            "sharing.condition",
            condition,
            "不予共享的，应当写明法律、行政法规或者国务院决定的依据。",
            "What is not shared must name the law, regulation or decision of the State Council it rests on.",
            SHARE_BASIS,
        ),
    }
    let needs_method = *share_type != ShareType::NotShared;
    found.require(!needs_method || !methods.is_empty(), "sharing.methods", "请选择共享方式。", "Choose how it is shared.", GUIDE);
}

fn opening(content: &Content, found: &mut Found) {
    let opening = &content.opening;
    found.require(
        !opening.open_type.is_open() || content.secrecy == Secrecy::Open,
        "opening.open_type",
        "涉密的信息资源不得向社会开放。",
        "Secret resources are not open to the public.",
        GUIDE,
    );
    let conditional = opening.open_type == super::sharing::OpenType::Conditional;
    found.require(
        !conditional || !opening.condition.trim().is_empty(),
        "opening.condition",
        "有条件开放的，应当写明开放条件。",
        "What is open on conditions must say which.",
        GUIDE,
    );
    let sensitive = content.personal().is_some_and(|personal| personal != super::grade::Personal::None);
    found.require(
        opening.open_type != super::sharing::OpenType::Open || !sensitive,
        "opening.open_type",
        "含有个人信息的，不得无条件开放；脱敏或者取得同意后可以有条件开放。",
        "Personal information is never open without conditions; masked or by consent it may be open on conditions.",
        "个人信息保护法 第二十五条",
    );
}

fn items_complete(content: &Content, found: &mut Found) {
    for (at, item) in content.items.iter().enumerate() {
        let lacks = item.data_type.needs_length() && item.length_max.is_none_or(|length| length == 0);
        let name = item.data_type.name();
        found.require(
            !lacks,
            &format!("items.{at}.length"),
            format!("信息项“{}”是{}，请填写数据长度。", item.title, name.zh),
            format!("The item \"{}\" is {}: give its length.", item.title, name.en),
            GUIDE,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::samples::sample;
    use crate::model::{ClassCode, DataType, FormatKind, InformationItem, OpenType, Personal};

    fn fields(content: &Content) -> Vec<String> {
        troubles(content, Strictness::Complete).into_iter().map(|trouble| trouble.field).collect()
    }

    #[test]
    fn a_complete_description_has_no_trouble() {
        assert_eq!(fields(&sample()), Vec::<String>::new());
    }

    #[test]
    fn each_share_type_asks_for_its_condition() {
        let with = |share_type, condition: &str| {
            let mut content = sample();
            content.sharing = Sharing { share_type, condition: condition.into(), methods: content.sharing.methods };
            fields(&content)
        };
        let wrong = ["sharing.condition".to_owned()];
        assert_eq!(with(ShareType::Unconditional, "经批准"), wrong);
        assert_eq!(with(ShareType::Unconditional, "无条件"), Vec::<String>::new());
        assert_eq!(with(ShareType::Conditional, " "), wrong);
        assert_eq!(with(ShareType::Conditional, "无条件"), wrong);
        assert_eq!(with(ShareType::NotShared, ""), wrong);
        assert_eq!(with(ShareType::NotShared, "统计法 第二十八条"), Vec::<String>::new());
    }

    #[test]
    fn secret_and_personal_data_are_not_open() {
        let mut content = sample();
        content.opening.open_type = OpenType::Open;
        assert_eq!(fields(&content), Vec::<String>::new());
        content.secrecy = Secrecy::Secret;
        assert_eq!(fields(&content), ["opening.open_type"]);
        content.secrecy = Secrecy::Open;
        content.items[0].personal = Some(Personal::Personal);
        assert_eq!(fields(&content), ["opening.open_type"]);
        content.opening.open_type = OpenType::Conditional;
        assert_eq!(fields(&content), ["opening.condition"]);
    }

    #[test]
    fn a_department_that_copies_a_base_register_names_the_source() {
        let mut content = sample();
        content.relations.register = Some("population".into());
        assert_eq!(fields(&content), ["relations.source_code"]);
        content.class = ClassCode::parse("101001").unwrap();
        assert_eq!(fields(&content), Vec::<String>::new());
    }

    #[test]
    fn everything_wrong_is_said_at_once_and_drafts_may_lack_things() {
        let mut content = sample();
        content.name = String::new();
        content.summary = String::new();
        content.format = FormatKind::Image;
        content.sharing.condition = String::new();
        content.sharing.methods.clear();
        content.items =
            vec![InformationItem::plain("xm", "姓名", DataType::Text, None), InformationItem::plain("xm2", "姓　名", DataType::Text, Some(50))];
        let all = ["name", "items.1.title", "summary", "format_type", "sharing.condition", "sharing.methods", "items.0.length"];
        assert_eq!(fields(&content), all);
        let draft: Vec<_> = troubles(&content, Strictness::Draft).into_iter().map(|trouble| trouble.field).collect();
        assert_eq!(draft, ["name", "items.1.title"]);
    }
}
