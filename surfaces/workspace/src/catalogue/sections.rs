//! Parts of the page of a resource.

use ::catalogue::queries::{Neighbour, ResourceRow, Version};
use ::catalogue::{Change, Content, InformationItem, NegativeEntry, NegativeState, Resource, facts};
use i18n::Lang;
use maud::{Markup, html};
use ui::{Cell, SummaryList, SummaryRow, Table, Tag, TagColour};

use super::{address, words};
use crate::people::People;
use crate::say::{Say, moment};

/// What stands over everything: state, code, provider, updates.
pub(super) fn standing(lang: Lang, resource: &Resource) -> Markup {
    let dash = || "—".to_owned();
    let published = resource.published_on.map_or_else(dash, |day| i18n::date(lang, day));
    let rows = vec![
        SummaryRow::new(lang.say("目录状态", "State"), html! { (words::status(lang, resource.status)) }),
        SummaryRow::new(lang.say("信息资源代码", "Code"), html! { code.zs-break { (resource.code) } }),
        SummaryRow::new(lang.say("信息资源提供方", "Provider"), resource.organ_name.as_str()),
        SummaryRow::new(lang.say("提供方代码", "Unified code of the provider"), html! { code.zs-break { (resource.organ_code) } }),
        SummaryRow::new(lang.say("发布日期", "Published on"), published),
        SummaryRow::new(lang.say("挂接", "Mounted"), if resource.mounted { lang.say("已挂接", "Yes") } else { lang.say("未挂接", "No") }),
        SummaryRow::new(lang.say("最近更新", "Last update of the data"), words::day(lang, resource.updated_on)),
        SummaryRow::new(lang.say("下次更新期限", "Next update due"), words::day(lang, resource.update_due_on)),
    ];
    html! { (SummaryList::new(rows)) }
}

/// The national metadata.
pub(super) fn metadata(lang: Lang, content: &Content) -> Markup {
    let rows = facts(content).into_iter().filter(|(_, _, value)| !value.zh.is_empty()).map(|(field, label, value)| {
        let shown = match field {
            "class" => html! { code { (content.class) } " " (content.class.name().get(lang)) },
            "relations.procedures" => html! {
                @for slug in &content.relations.procedures { a.govuk-link href={ "/workspace/packages/" (slug) } { (slug) } " " }
            },
            _ => html! { (value.get(lang)) },
        };
        SummaryRow::new(label.get(lang), shown)
    });
    html! {
        h2.govuk-heading-m { (lang.say("元数据", "Metadata")) }
        (SummaryList::new(rows.collect()))
    }
}

/// The items with level and mask.
pub(super) fn items(lang: Lang, items: &[InformationItem]) -> Markup {
    let head = [
        lang.say("信息项", "Item"),
        lang.say("字段名", "Field"),
        lang.say("数据类型", "Type"),
        lang.say("长度", "Length"),
        lang.say("个人信息", "Personal"),
        lang.say("级别", "Level"),
        lang.say("脱敏示例", "Masked"),
    ];
    let row = |item: &InformationItem| {
        vec![
            Cell::new(item.title.as_str()),
            Cell::new(html! { code { (item.name) } }),
            Cell::new(lang.tell(format!("{} {}", item.data_type.name().zh, item.data_type.code()), item.data_type.name().en)),
            Cell::number(item.length_max.map_or_else(|| "—".to_owned(), |length| length.to_string())),
            Cell::new(words::personal(lang, item.personal)),
            Cell::new(words::grade(lang, item.grade)),
            Cell::new(item.mask.map_or_else(|| "—".to_owned(), masked)),
        ]
    };
    let label = lang.say("信息项", "Items");
    html! {
        h2.govuk-heading-m { (label) " (" (items.len()) ")" }
        @if items.is_empty() { p.govuk-body { (lang.say("还没有信息项。", "There are no items yet.")) } }
        @else { (Table::new("", head.map(Cell::new).to_vec(), items.iter().map(row).collect()).scrolling(label)) }
    }
}

/// A value that belongs to nobody, masked.
fn masked(mask: parties::MaskKind) -> String {
    use parties::MaskKind::{Address, BankCard, Email, IdNumber, IdNumberPublic, Mobile, Name, NamePublic, Phone, Plate};
    let sample = match mask {
        Name | NamePublic => "王小明",
        IdNumber | IdNumberPublic => "11010519491231002X",
        Mobile => "13800000000",
        Phone => "010-60000000",
        BankCard => "6228480402564890018",
        Email => "abc@example.cn",
        Address => "云溪县城关镇人民路3号",
        Plate => "京A12345",
    };
    mask.mask(sample)
}

/// All versions; each leads to its difference from the one before.
pub(super) fn versions(lang: Lang, resource: &Resource, versions: &[Version], people: &People) -> Markup {
    let head = [lang.say("版本", "Version"), lang.say("时间", "When"), lang.say("经办人", "By"), lang.say("说明", "Note")];
    let rows = versions.iter().enumerate().map(|(nth, version)| {
        let before = versions.get(nth + 1).map(|before| before.number);
        let href = before.map(|before| format!("{}?from={before}&to={}#changes", address(&resource.id), version.number));
        let number = lang.tell(format!("第 {} 版", version.number), format!("version {}", version.number));
        vec![
            Cell::new(number),
            Cell::new(moment(lang, version.at_ms)),
            Cell::new(people.name(&version.actor, lang)),
            Cell::new(html! {
                @if resource.published_version == Some(version.number) { (Tag::new(TagColour::Green, lang.say("已发布", "Published"))) " " }
                @match href {
                    Some(href) => { a.govuk-link href=(href) { (lang.say("与上一版比较", "Compare with the one before")) } }
                    None => { (lang.say("首次编制", "First")) }
                }
            }),
        ]
    });
    let label = lang.say("版本", "Versions");
    html! {
        h2.govuk-heading-m { (label) }
        (Table::new("", head.map(Cell::new).to_vec(), rows.collect()).scrolling(label))
    }
}

/// What changed between two versions.
pub(super) fn changes(lang: Lang, between: Option<(i64, i64)>, changes: &[Change]) -> Markup {
    let Some((from, to)) = between else { return Markup::default() };
    let head = [lang.say("元数据", "Field"), lang.say("变更前", "Before"), lang.say("变更后", "After")];
    let word = |text: &i18n::Text| if text.zh.is_empty() { "—".to_owned() } else { text.get(lang).to_owned() };
    let row = |change: &Change| vec![Cell::new(change.label.get(lang)), Cell::new(word(&change.before)), Cell::new(word(&change.after))];
    let title = lang.tell(format!("第 {from} 版与第 {to} 版的差异"), format!("From version {from} to version {to}"));
    html! {
        h2 #changes .govuk-heading-m { (title) }
        @if changes.is_empty() { p.govuk-body { (lang.say("没有差异。", "They are the same.")) } }
        @else { (Table::new("", head.map(Cell::new).to_vec(), changes.iter().map(row).collect()).scrolling(&title)) }
    }
}

/// Sources and copies.
pub(super) fn neighbours(lang: Lang, neighbours: &[(Neighbour, ResourceRow)]) -> Markup {
    let word = |neighbour: &Neighbour| match neighbour {
        Neighbour::Source => lang.say("数据来源", "Source"),
        Neighbour::Copy => lang.say("使用本资源", "Uses this one"),
    };
    html! {
        @if !neighbours.is_empty() {
            h2.govuk-heading-m { (lang.say("关联资源", "Related resources")) }
            ul.govuk-list.govuk-list--bullet {
                @for (neighbour, row) in neighbours { li { (word(neighbour)) "： " (words::link(row)) " · " (row.organ_name) " · " code { (row.code) } } }
            }
        }
    }
}

/// Entries of the negative list about it.
pub(super) fn negative(lang: Lang, entries: &[NegativeEntry]) -> Markup {
    html! {
        @if !entries.is_empty() {
            h2.govuk-heading-m { (lang.say("负面清单", "Negative list")) }
            ul.govuk-list.govuk-list--bullet {
                @for entry in entries {
                    li { a.govuk-link href={ "/workspace/catalogue/negative/" (entry.id) } { (entry.kind.name().get(lang)) "：" (entry.basis) } " "
                        (state(lang, entry.state)) }
                }
            }
        }
    }
}

/// The state of an entry.
pub(super) fn state(lang: Lang, state: NegativeState) -> Tag {
    let colour = match state {
        NegativeState::Proposed => TagColour::Turquoise,
        NegativeState::Approved => TagColour::Green,
        NegativeState::Refused => TagColour::Red,
        NegativeState::Removed => TagColour::Grey,
    };
    Tag::new(colour, state.name().get(lang))
}

#[cfg(test)]
pub(super) mod samples {
    use ::catalogue::{
        ClassCode, Content, DataType, FormatKind, Grade, InformationItem, LegalBasis, Level, OpenType, Opening, Personal, Relations, ResourceCode,
        Secrecy, ShareMethod, ShareType, Sharing, Storage, UpdatePeriod,
    };

    /// A description in which everything is filled in.
    pub(in crate::catalogue) fn content() -> Content {
        let mut name = InformationItem::plain("xm", "姓名", DataType::Text, Some(50));
        (name.personal, name.grade) = (Some(Personal::Personal), Some(Grade::General2));
        Content {
            class: ClassCode::parse("303013").expect("a class"),
            name: "从业人员信息".into(),
            summary: "摘要".into(),
            secrecy: Secrecy::Open,
            level: Level::Department,
            format: FormatKind::Database,
            format_type: "mysql".into(),
            items: vec![name, InformationItem::plain("djrq", "登记日期", DataType::Date, None)],
            sharing: Sharing {
                share_type: ShareType::Conditional,
                condition: "用于监管".into(),
                methods: vec![ShareMethod::Table, ShareMethod::File],
            },
            opening: Opening { open_type: OpenType::Closed, condition: String::new() },
            period: UpdatePeriod::Weekly,
            domain: "市场监管".into(),
            storage: Storage { system: "系统".into(), place: "政务云".into(), records: Some(12), system_items: Some(3), ..Storage::default() },
            relations: Relations {
                source_code: ResourceCode::parse("101001/000001"),
                register: Some("population".into()),
                procedures: vec!["a".into(), "b".into()],
                basis: vec![LegalBasis { law: "食品安全法".into(), article: "第三十五条".into() }],
            },
        }
    }
}
