//! Finds personal and sensitive fields from names and samples. Pure: samples come in, findings go out, no sample is kept.

mod kinds;
mod surnames;
mod values;
mod watch;

use i18n::Text;
use parties::MaskKind;
use serde::{Deserialize, Serialize};

use crate::model::{Affected, Grade, Harm, Personal, grade_of, narrow};
use kinds::{KINDS, Kind};

pub use watch::{Sighting, Watch, stray_in};

/// Samples of one column that are looked at.
pub const SAMPLES_MAX: usize = 200;
/// Records of persons from which the duties for important data apply (网络数据安全管理条例 第二十八条).
pub const PERSONS_AS_IMPORTANT: i64 = 10_000_000;
const NAME_TITLE_PERCENT: u32 = 78;
const NAME_FIELD_PERCENT: u32 = 62;
/// From here on values prove a kind, whatever the column is called.
const PROVEN_PERCENT_MIN: u32 = 80;
const CONFIDENCE_PERCENT_MIN: u32 = 25;
/// A name with one of these counts people or things, and says nothing of a single one.
const COUNTED: [&str; 8] = ["人数", "户数", "件数", "数量", "总数", "平均", "占比", "比例"];
/// At or above, the finding makes the suggestion.
pub const SUGGEST_PERCENT_MIN: u32 = 50;

/// What is known of a field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column<'a> {
    /// 字段名
    pub name: &'a str,
    /// 信息项名称
    pub title: &'a str,
    /// Values, at most [`SAMPLES_MAX`] are looked at.
    pub samples: &'a [String],
}

/// One thing that a field may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Likeness {
    /// What: `identity-number`.
    pub kind: String,
    /// Its name.
    pub name: Text,
    /// Whether that is personal.
    pub personal: Personal,
    /// How sure, 0 to 100.
    pub confidence_percent: u32,
    /// Why.
    pub why: Text,
}

/// What the detector says about a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What it may be, the surest first.
    pub likely: Vec<Likeness>,
    /// Suggested: personal or not.
    pub personal: Personal,
    /// Suggested level.
    pub grade: Grade,
    /// Suggested mask.
    pub mask: Option<MaskKind>,
    /// How sure of the suggestion, 0 to 100.
    pub confidence_percent: u32,
    /// How many values were looked at.
    pub samples_seen: u32,
    /// What the resource as a whole adds to the judgement.
    pub notes: Vec<Text>,
}

/// Looks at one field.
#[must_use]
pub fn detect(column: &Column<'_>) -> Finding {
    let samples: Vec<String> = column.samples.iter().take(SAMPLES_MAX).map(|value| value.chars().map(narrow).collect::<String>()).collect();
    let samples: Vec<&str> = samples.iter().map(|value| value.trim()).filter(|value| !value.is_empty()).collect();
    let mut likely: Vec<(Likeness, &Kind)> = KINDS
        .iter()
        .filter_map(|kind| {
            let hits = kind.check.map(|check| samples.iter().filter(|value| (check.passes)(value)).count());
            Some((likeness(kind, column, samples.len(), hits.unwrap_or(0))?, kind))
        })
        .collect();
    likely.sort_by(|(a, _), (b, _)| b.confidence_percent.cmp(&a.confidence_percent).then(b.personal.cmp(&a.personal)));
    let best = likely.first().filter(|(first, _)| first.confidence_percent >= SUGGEST_PERCENT_MIN);
    let (personal, grade, mask, confidence_percent) = match best {
        Some((first, kind)) => (kind.personal, kinds::grade(kind), kind.mask, first.confidence_percent),
        None => (Personal::None, Grade::General1, None, unsuspicious_percent(&likely, samples.len())),
    };
    Finding {
        likely: likely.into_iter().map(|(likeness, _)| likeness).take(3).collect(),
        personal,
        grade,
        mask,
        confidence_percent,
        samples_seen: u32::try_from(samples.len()).unwrap_or(u32::MAX),
        notes: Vec::new(),
    }
}

/// Looks at all fields of a resource together: several ordinary personal items may together be sensitive (GB/T 45574-2025), and very many
/// persons raise the level.
#[must_use]
pub fn detect_all(columns: &[Column<'_>], records: Option<i64>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = columns.iter().map(detect).collect();
    let kinds_of_person = |finding: &Finding| finding.personal == Personal::Personal;
    let ordinary = findings.iter().filter(|finding| kinds_of_person(finding)).count();
    let many = records.is_some_and(|records| records >= PERSONS_AS_IMPORTANT);
    for finding in findings.iter_mut().filter(|finding| finding.personal != Personal::None) {
        if ordinary >= 4 && finding.personal == Personal::Personal {
            finding.notes.push(Text::new(
                format!("本资源汇聚了 {ordinary} 类一般个人信息，汇聚后可能属于敏感个人信息（GB/T 45574-2025），请一并判断。"),
                format!("The resource gathers {ordinary} ordinary personal items; together they may be sensitive (GB/T 45574-2025)."),
            ));
        }
        if many {
            finding.grade = finding.grade.max(grade_of(Affected::PublicInterest, Harm::Serious));
            finding.notes.push(Text::new(
                "涉及1000万人以上个人信息，应当按照重要数据处理者履行义务（网络数据安全管理条例 第二十八条）。",
                "Personal information of ten million persons or more: the duties for important data apply (网络数据安全管理条例 第二十八条).",
            ));
        }
    }
    findings
}

/// How sure the detector is that nothing is there: values that fit nothing are better than none.
fn unsuspicious_percent(likely: &[(Likeness, &Kind)], samples: usize) -> u32 {
    let seen = match samples {
        0 => 40,
        1..=9 => 60,
        _ => 80,
    };
    seen - likely.first().map_or(0, |(first, _)| first.confidence_percent.min(30))
}

/// How like a kind a field is, of whose values so many were seen and so many passed the check.
fn likeness(kind: &Kind, column: &Column<'_>, seen: usize, hits: usize) -> Option<Likeness> {
    let (by_name, name_why) = named(kind, column);
    let check = kind.check.filter(|_| seen > 0);
    let hits_percent = percent_of(hits, seen);
    let alone = check.and_then(|check| check.alone_min).is_some_and(|min| seen >= min);
    let by_value = check.filter(|_| by_name > 0 || alone).map_or(0, |check| hits_percent * check.strength_percent / 100);
    // Values that contradict the name weigh more than the name.
    let by_name = if check.is_some() && hits_percent < 20 { by_name / 3 } else { by_name };
    let confidence_percent = 100 - (100 - by_name) * (100 - by_value) / 100;
    // A name that speaks against a kind does not count where the values themselves prove it: identity numbers in the wrong column.
    let proven = alone && kind.personal == Personal::Sensitive && by_value >= PROVEN_PERCENT_MIN;
    if confidence_percent < CONFIDENCE_PERCENT_MIN || (ruled_out(kind, column) && !proven) {
        return None;
    }
    let values_why =
        check.map(|_| Text::new(format!("{seen} 个样本值中 {hits} 个符合格式和校验规则"), format!("{hits} of {seen} values pass the check")));
    let why = match (name_why, values_why) {
        (Some(name), Some(values)) => Text::new(format!("{}；{}", name.zh, values.zh), format!("{}; {}", name.en, values.en)),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => Text::default(),
    };
    Some(Likeness { kind: kind.word.to_owned(), name: kind.name(), personal: kind.personal, confidence_percent, why })
}

fn ruled_out(kind: &Kind, column: &Column<'_>) -> bool {
    let says = |part: &&str| column.title.contains(*part) || column.name.contains(*part);
    COUNTED.iter().any(says) || kind.not_titles.iter().any(says)
}

/// How much the names say, and which did.
fn named(kind: &Kind, column: &Column<'_>) -> (u32, Option<Text>) {
    if ruled_out(kind, column) {
        return (0, None);
    }
    let title = kind.titles.iter().find(|part| column.title.contains(*part) || column.name.contains(*part));
    if let Some(part) = title {
        return (NAME_TITLE_PERCENT, Some(Text::new(format!("名称含“{part}”"), format!("the name contains \"{part}\""))));
    }
    let name = column.name.trim().to_lowercase();
    if kind.names.iter().any(|known| *known == name) {
        // A Chinese title that says nothing of the kind speaks against the abbreviation.
        let percent = if column.title.is_empty() { NAME_FIELD_PERCENT } else { NAME_FIELD_PERCENT / 2 };
        return (percent, Some(Text::new(format!("字段名为“{name}”"), format!("the field is called \"{name}\""))));
    }
    (0, None)
}

fn percent_of(part: usize, all: usize) -> u32 {
    u32::try_from(part * 100 / all.max(1)).unwrap_or(100)
}

#[cfg(test)]
mod tests;
