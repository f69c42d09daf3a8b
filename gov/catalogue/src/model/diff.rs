//! What changed between two versions of a description, field by field, in words that people read.

use i18n::Text;
use serde::{Deserialize, Serialize};

use super::item::InformationItem;
use super::resource::{Content, LegalBasis};

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The field: `sharing.share_type`, or `items` for an information item.
    pub field: String,
    /// Its name.
    pub label: Text,
    /// Before; empty for something new.
    pub before: Text,
    /// After; empty for something gone.
    pub after: Text,
}

/// All changes, in the order of the metadata.
#[must_use]
pub fn changes(before: &Content, after: &Content) -> Vec<Change> {
    let mut found = Vec::new();
    for ((field, label, old), (_, _, new)) in facts(before).into_iter().zip(facts(after)) {
        if old != new {
            found.push(Change { field: field.to_owned(), label, before: old, after: new });
        }
    }
    item_changes(&before.items, &after.items, &mut found);
    found
}

fn item_changes(before: &[InformationItem], after: &[InformationItem], found: &mut Vec<Change>) {
    let mut push = |title: &str, old: Option<&InformationItem>, new: Option<&InformationItem>| {
        let label = Text::new(format!("信息项 {title}"), format!("Item {title}"));
        let words = |item: Option<&InformationItem>| item.map(item_words).unwrap_or_default();
        found.push(Change { field: "items".into(), label, before: words(old), after: words(new) });
    };
    for old in before {
        match after.iter().find(|new| new.key() == old.key()) {
            None => push(&old.title, Some(old), None),
            Some(new) if new != old => push(&new.title, Some(old), Some(new)),
            Some(_) => {}
        }
    }
    for new in after.iter().filter(|new| before.iter().all(|old| old.key() != new.key())) {
        push(&new.title, None, Some(new));
    }
}

fn item_words(item: &InformationItem) -> Text {
    let kind = item.data_type.name();
    let length = item.length_max.map(|length| format!("({length})")).unwrap_or_default();
    let mut words = Text::new(format!("{} {}{length}", item.name, kind.zh), format!("{} {}{length}", item.name, kind.en));
    if let Some(personal) = item.personal.map(super::Personal::name) {
        words = Text::new(format!("{}，{}", words.zh, personal.zh), format!("{}, {}", words.en, personal.en));
    }
    if let Some(grade) = item.grade.map(super::Grade::name) {
        words = Text::new(format!("{}，{}", words.zh, grade.zh), format!("{}, {}", words.en, grade.en));
    }
    words
}

type Fact = (&'static str, Text, Text);

/// Every fact of a description but its items.
#[must_use]
pub fn facts(content: &Content) -> Vec<Fact> {
    let mut facts = described(content);
    facts.extend(stored(content));
    facts
}

fn described(content: &Content) -> Vec<Fact> {
    let same = |text: &str| Text::same(text);
    let methods = content.sharing.methods.iter().map(|method| method.name());
    let methods = methods.reduce(|all, one| Text::new(format!("{}、{}", all.zh, one.zh), format!("{}, {}", all.en, one.en))).unwrap_or_default();
    vec![
        ("class", Text::new("信息资源分类", "Classification"), same(content.class.as_str())),
        ("name", Text::new("信息资源名称", "Name"), same(&content.name)),
        ("summary", Text::new("信息资源摘要", "Summary"), same(&content.summary)),
        ("secrecy", Text::new("涉密属性", "Secrecy"), content.secrecy.name()),
        ("level", Text::new("层级属性", "Level"), content.level.name()),
        ("format", Text::new("信息资源格式", "Format"), content.format.name()),
        ("format_type", Text::new("格式类型", "Type of format"), same(&content.format_type)),
        ("sharing.share_type", Text::new("共享类型", "Sharing"), content.sharing.share_type.name()),
        ("sharing.condition", Text::new("共享条件", "Conditions of sharing"), same(&content.sharing.condition)),
        ("sharing.methods", Text::new("共享方式", "Ways of sharing"), methods),
        ("opening.open_type", Text::new("开放属性", "Opening"), content.opening.open_type.name()),
        ("opening.condition", Text::new("开放条件", "Conditions of opening"), same(&content.opening.condition)),
        ("period", Text::new("更新周期", "Update period"), content.period.name()),
        ("domain", Text::new("服务领域", "Field of service"), same(&content.domain)),
    ]
}

fn stored(content: &Content) -> Vec<Fact> {
    let (storage, relations) = (&content.storage, &content.relations);
    let number = |figure: Option<i64>| Text::same(figure.map(|figure| figure.to_string()).unwrap_or_default());
    let basis = relations.basis.iter().map(LegalBasis::to_string).collect::<Vec<_>>().join("；");
    vec![
        ("storage.system", Text::new("所属信息系统", "System"), Text::same(&storage.system)),
        ("storage.place", Text::new("存储位置", "Place of storage"), Text::same(&storage.place)),
        ("storage.size_mib", Text::new("数据存储总量（MB）", "Size (MB)"), number(storage.size_mib)),
        ("storage.records", Text::new("记录总数", "Records"), number(storage.records)),
        ("storage.records_shared", Text::new("已共享记录数", "Records shared"), number(storage.records_shared)),
        ("storage.records_opened", Text::new("已开放记录数", "Records opened"), number(storage.records_opened)),
        ("storage.system_items", Text::new("系统实有信息项数", "Fields of the system"), number(storage.system_items)),
        (
            "relations.source_code",
            Text::new("关联资源代码", "Code of the source resource"),
            Text::same(relations.source_code.as_ref().map(ToString::to_string).unwrap_or_default()),
        ),
        ("relations.register", Text::new("登记簿", "Register"), Text::same(relations.register.clone().unwrap_or_default())),
        ("relations.procedures", Text::new("关联事项", "Items"), Text::same(relations.procedures.join("、"))),
        ("relations.basis", Text::new("法律法规依据", "Legal basis"), Text::same(basis)),
    ]
}

impl std::fmt::Display for LegalBasis {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.law, self.article)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::samples::sample;
    use crate::model::{DataType, Grade, Personal, ShareType};

    #[test]
    fn equal_versions_have_no_difference() {
        assert_eq!(changes(&sample(), &sample()), Vec::new());
    }

    #[test]
    fn changed_added_and_removed_things_are_told() {
        let (before, mut after) = (sample(), sample());
        after.sharing.share_type = ShareType::Conditional;
        after.sharing.condition = "用于食品安全监管".into();
        after.items.remove(1);
        after.items[0].personal = Some(Personal::None);
        after.items[0].grade = Some(Grade::General1);
        after.items.push(InformationItem::plain("fddbr", "法定代表人", DataType::Text, Some(50)));
        let told: Vec<_> = changes(&before, &after).into_iter().map(|change| (change.label.zh, change.before.zh, change.after.zh)).collect();
        let expected = [
            ("共享类型", "无条件共享", "有条件共享"),
            ("共享条件", "无条件", "用于食品安全监管"),
            ("信息项 经营者名称", "jyzmc 字符型(200)", "jyzmc 字符型(200)，非个人信息，一般数据1级"),
            ("信息项 许可证编号", "xkzbh 字符型(32)", ""),
            ("信息项 法定代表人", "", "fddbr 字符型(50)"),
        ];
        assert_eq!(told, expected.map(|(label, before, after)| (label.to_owned(), before.to_owned(), after.to_owned())));
    }
}
