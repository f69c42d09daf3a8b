//! Words of the catalogue, as tags and cells.

use ::catalogue::queries::ResourceRow;
use ::catalogue::{Freshness, Grade, Personal, ShareType, Status};
use i18n::Lang;
use maud::{Markup, html};
use ui::{Cell, SelectItem, SortColumn, SortableTable, Tag, TagColour};

use super::address;
use crate::say::Say;

pub(super) fn status(lang: Lang, status: Status) -> Tag {
    let colour = match status {
        Status::Draft | Status::Withdrawn => TagColour::Grey,
        Status::Returned => TagColour::Yellow,
        Status::RegistrationRefused | Status::PublicationRefused => TagColour::Red,
        Status::RegistrationReview | Status::PublicationReview => TagColour::Turquoise,
        Status::Registered => TagColour::Blue,
        Status::Published => TagColour::Green,
    };
    Tag::new(colour, status.name().get(lang))
}

pub(super) fn share_type(lang: Lang, share_type: ShareType) -> Tag {
    let colour = match share_type {
        ShareType::Unconditional => TagColour::Green,
        ShareType::Conditional => TagColour::Yellow,
        ShareType::NotShared => TagColour::Grey,
    };
    Tag::new(colour, share_type.name().get(lang))
}

pub(super) fn freshness(lang: Lang, freshness: Freshness) -> Tag {
    let (colour, text) = match freshness {
        Freshness::NoPeriod => (TagColour::Grey, lang.say("不定期", "No period")),
        Freshness::NeverUpdated => (TagColour::Red, lang.say("从未更新", "Never updated")),
        Freshness::Fresh => (TagColour::Green, lang.say("按期", "In time")),
        Freshness::DueSoon => (TagColour::Orange, lang.say("即将到期", "Due soon")),
        Freshness::Overdue => (TagColour::Red, lang.say("已超期", "Overdue")),
    };
    Tag::new(colour, text)
}

pub(super) fn grade(lang: Lang, grade: Option<Grade>) -> String {
    grade.map_or_else(|| lang.say("未定级", "Not graded").to_owned(), |grade| grade.name().get(lang).to_owned())
}

pub(super) fn personal(lang: Lang, personal: Option<Personal>) -> Markup {
    match personal {
        None => html! { (lang.say("未认定", "Not decided")) },
        Some(Personal::None) => html! { (Personal::None.name().get(lang)) },
        Some(Personal::Personal) => html! { (Tag::new(TagColour::Yellow, Personal::Personal.name().get(lang))) },
        Some(Personal::Sensitive) => html! { (Tag::new(TagColour::Red, Personal::Sensitive.name().get(lang))) },
    }
}

/// A day; a dash without one.
pub(super) fn day(lang: Lang, day: Option<clock::Date>) -> String {
    day.map_or_else(|| "—".to_owned(), |day| i18n::date(lang, day))
}

/// The options of a value domain, with an empty one in front.
macro_rules! options {
    ($domain:ty, $lang:expr, $empty:expr) => {{
        let lang: i18n::Lang = $lang;
        let all = <$domain>::ALL.iter().map(|value| ui::SelectItem::new(value.as_str(), value.name().get(lang)));
        std::iter::once(ui::SelectItem::new("", $empty)).chain(all).collect::<Vec<ui::SelectItem>>()
    }};
}
pub(super) use options;

/// An empty option in front of others.
pub(super) fn with_any(any: &str, others: impl Iterator<Item = (String, String)>) -> Vec<SelectItem> {
    let others = others.map(|(value, text)| SelectItem::new(value, text));
    std::iter::once(SelectItem::new("", any)).chain(others).collect()
}

/// The table that most pages show.
pub(super) fn table(lang: Lang, caption: &str, rows: &[ResourceRow], empty: &str) -> SortableTable {
    let columns = [
        lang.say("信息资源名称", "Resource"),
        lang.say("代码", "Code"),
        lang.say("提供方", "Provider"),
        lang.say("共享", "Sharing"),
        lang.say("级别", "Level"),
        lang.say("更新周期", "Period"),
        lang.say("状态", "State"),
    ];
    SortableTable {
        caption: caption.to_owned(),
        columns: columns.map(SortColumn::fixed).to_vec(),
        rows: rows.iter().map(|row| cells(lang, row)).collect(),
        empty: empty.into(),
    }
}

/// The link to a resource.
pub(super) fn link(row: &ResourceRow) -> Markup {
    html! { a.govuk-link href=(address(&row.id)) { (row.name) } }
}

fn cells(lang: Lang, row: &ResourceRow) -> Vec<Cell> {
    vec![
        Cell::new(link(row)),
        Cell::new(html! { code.zs-break { (row.code) } }),
        Cell::new(row.organ_name.as_str()),
        Cell::new(html! { (share_type(lang, row.share_type)) }),
        Cell::new(grade(lang, row.grade)),
        Cell::new(row.period.name().get(lang)),
        Cell::new(html! { (status(lang, row.status)) }),
    ]
}
