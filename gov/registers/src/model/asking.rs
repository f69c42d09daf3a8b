//! Questions to a register, and answers that are no records.

use std::collections::BTreeMap;

use clock::Date;
use i18n::Text;
use runner::{Halt, Refusal};
use serde::{Deserialize, Serialize};
use tracker::{CaseRef, Manner};

use super::declaration::{Declaration, Field, FieldKind};

/// Who may see what is asked for and why; becomes the reading that the subject sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Slug of the register.
    pub register: String,
    /// The fields that are needed, no more.
    pub fields: Vec<String>,
    /// How much is disclosed.
    pub manner: Manner,
    /// The day for which it is asked; `None` for today.
    pub as_of: Option<Date>,
    /// As it was known at that moment, in milliseconds since 1970; `None` for what is known now.
    pub known_at_ms: Option<i64>,
    /// Organ that reads; `None` for the installation itself.
    pub organ: Option<String>,
    /// What for.
    pub purpose: Text,
    /// Under which law.
    pub basis: String,
    /// The case it belongs to.
    pub case: Option<CaseRef>,
    /// The grant under which the exchange let it pass.
    pub grant: Option<String>,
    /// The message of the exchange that carries it.
    pub message: Option<String>,
    /// Milliseconds since 1970 before which the subject is not shown it (依法保密), with the approval that says so.
    pub secret_until: Option<(i64, String)>,
    /// The consent of the subject under which it is read; it is looked at when the reading is recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<ConsentOf>,
}

/// Which consent of the subject is meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConsentOf {
    /// The one with this identifier.
    Id(String),
    /// Whichever she gave the organ under this name.
    Name(String),
}

impl Asked {
    /// A question about today, of nobody in particular; the rest is set by whoever knows it.
    #[must_use]
    pub fn new(register: &str, fields: &[&str], manner: Manner, purpose: Text, basis: &str) -> Self {
        Self {
            register: register.to_owned(),
            fields: fields.iter().map(|field| (*field).to_owned()).collect(),
            manner,
            as_of: None,
            known_at_ms: None,
            organ: None,
            purpose,
            basis: basis.to_owned(),
            case: None,
            grant: None,
            message: None,
            secret_until: None,
            consent: None,
        }
    }

    /// The declared fields that are asked for.
    ///
    /// # Errors
    /// Refusals: no purpose or basis, no field, a field that the register does not have.
    pub fn fields_of<'d>(&self, declaration: &'d Declaration) -> Result<Vec<&'d Field>, Halt> {
        if self.purpose.is_incomplete() || self.basis.trim().is_empty() {
            return Err(refusals::purpose_missing().into());
        }
        if self.fields.is_empty() {
            return Err(refusals::fields_missing().into());
        }
        self.fields.iter().map(|name| declaration.field(name).ok_or_else(|| refusals::field_unknown(name).into())).collect()
    }
}

/// A condition on a field; all conditions must hold. Personal fields can be compared as a whole only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// The field; it must be declared `indexed`.
    pub field: String,
    /// The condition.
    #[serde(flatten)]
    pub is: Condition,
}

/// What a field must be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Condition {
    /// This value.
    Equal {
        /// The value.
        value: String,
    },
    /// This division or one inside it.
    Within {
        /// The beginning of a division code.
        division: String,
    },
    /// From this value to that one, both included; days, numbers and amounts.
    Between {
        /// The least.
        from: String,
        /// The greatest.
        to: String,
    },
}

impl Filter {
    /// The field must have this value.
    #[must_use]
    pub fn equal(field: &str, value: &str) -> Self {
        Self { field: field.to_owned(), is: Condition::Equal { value: value.to_owned() } }
    }

    /// The field must be this division or one inside it.
    #[must_use]
    pub fn within(field: &str, division: &str) -> Self {
        Self { field: field.to_owned(), is: Condition::Within { division: division.to_owned() } }
    }

    /// The field must lie between two values.
    #[must_use]
    pub fn between(field: &str, from: &str, to: &str) -> Self {
        Self { field: field.to_owned(), is: Condition::Between { from: from.to_owned(), to: to.to_owned() } }
    }

    /// The field, where it can be searched in this way.
    ///
    /// # Errors
    /// Refusals: no such field, not indexed, not with this condition.
    pub fn field_of<'d>(&self, declaration: &'d Declaration) -> Result<&'d Field, Halt> {
        let field = declaration.field(&self.field).ok_or_else(|| refusals::field_unknown(&self.field))?;
        let in_the_clear = !field.personal || field.statistic;
        let fits = match self.is {
            Condition::Equal { .. } => true,
            Condition::Within { .. } => field.kind == FieldKind::Division && in_the_clear,
            Condition::Between { .. } => field.kind.is_ordered() && in_the_clear,
        };
        if field.indexed && fits { Ok(field) } else { Err(refusals::filter_unfit(&self.field).into()) }
    }
}

/// One page of records.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// The records.
    pub records: Vec<super::record::Record>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<String>,
}

/// The answer of a verification (核验): yes or no, never a value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verified {
    /// Whether there is a record under the key.
    pub found: bool,
    /// For each stated field, whether it agrees.
    pub matches: BTreeMap<String, bool>,
    /// Whether there is a record and all agree.
    pub all_match: bool,
}

/// How many records have each value of a field; small cells are kept back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// The field counted by.
    pub field: String,
    /// Cells, by value; `count` is `None` where the cell is kept back.
    pub cells: Vec<Cell>,
    /// All records; `None` where it would tell what was kept back.
    pub total: Option<i64>,
    /// How many cells were kept back because they are small.
    pub suppressed_small: usize,
    /// How many more were kept back so that the small ones cannot be computed.
    pub suppressed_complementary: usize,
}

/// One cell of a figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The value.
    pub value: String,
    /// How many; `None` where it is kept back.
    pub count: Option<i64>,
}

/// Cells of fewer than so many are kept back: k-anonymity with k = 5.
pub const CELL_COUNT_MIN: i64 = 5;

impl Figures {
    /// Keeps small cells back, and one more where a small one could be computed as the rest of the total.
    #[must_use]
    pub fn protected(field: &str, counts: Vec<(String, i64)>) -> Self {
        let total: i64 = counts.iter().map(|(_, count)| count).sum();
        let small = |count: i64| count < CELL_COUNT_MIN;
        let suppressed_small = counts.iter().filter(|(_, count)| small(*count)).count();
        let hidden: i64 = counts.iter().map(|(_, count)| *count).filter(|count| small(*count)).sum();
        let must_hide_more = suppressed_small == 1 || (suppressed_small > 0 && hidden < CELL_COUNT_MIN);
        let smallest_shown = counts.iter().filter(|(_, count)| !small(*count)).min_by_key(|(_, count)| *count).map(|(value, _)| value.clone());
        let complement = smallest_shown.filter(|_| must_hide_more);
        // With nothing left to hide behind, the total itself would tell the small cell.
        let shown_total = (!must_hide_more || complement.is_some()).then_some(total);
        let shown = |(value, count): (String, i64)| {
            let kept_back = small(count) || complement.as_ref() == Some(&value);
            Cell { value, count: (!kept_back).then_some(count) }
        };
        let suppressed_complementary = usize::from(complement.is_some());
        let cells = counts.into_iter().map(shown).collect();
        Self { field: field.to_owned(), cells, total: shown_total, suppressed_small, suppressed_complementary }
    }
}

/// What questions are refused with.
pub mod refusals {
    use super::Refusal;

    pub fn register_unknown(slug: &str) -> Refusal {
        Refusal::new(
            "register-unknown",
            format!("没有名为“{slug}”的登记。"),
            format!("There is no register {slug}."),
            "请从登记列表中选择。",
            "Choose one from the list of registers.",
        )
    }

    pub fn field_unknown(field: &str) -> Refusal {
        Refusal::new(
            "field-unknown",
            format!("登记中没有字段“{field}”。"),
            format!("The register has no field {field}."),
            "请核对登记的字段表。",
            "Look at the fields of the register.",
        )
    }

    pub fn fields_missing() -> Refusal {
        Refusal::new(
            "fields-missing",
            "没有说明需要哪些字段。",
            "It was not said which fields are needed.",
            "请只选择办理所必需的字段。",
            "Choose the fields that are needed, and no others.",
        )
        .under("个人信息保护法 第六条")
    }

    pub fn purpose_missing() -> Refusal {
        Refusal::new(
            "purpose-missing",
            "查询须说明用途和法律依据。",
            "A reading needs its purpose and its legal basis.",
            "请填写用途（中英文）和所依据的条文。",
            "Give the purpose in both languages and the article it rests on.",
        )
        .under("个人信息保护法 第三十四条")
    }

    pub fn filter_unfit(field: &str) -> Refusal {
        Refusal::new(
            "filter-unfit",
            format!("不能按字段“{field}”这样检索。"),
            format!("The register cannot be searched by {field} in this way."),
            "请使用可检索的字段；个人信息字段只能整值相等比较。",
            "Use a field that can be searched; personal fields are compared as a whole only.",
        )
    }

    pub fn key_unfit() -> Refusal {
        Refusal::new(
            "key-unfit",
            "主键的格式不正确。",
            "This cannot be a key of the register.",
            "请核对号码；组合主键的各部分用“/”连接。",
            "Check the number; the parts of a key of several fields are joined by a slash.",
        )
    }

    pub fn manner_unfit() -> Refusal {
        Refusal::new(
            "manner-unfit",
            "核验和统计不返回记录。",
            "Verifications and figures give no records.",
            "请使用核验或统计接口。",
            "Ask for a verification or a figure instead.",
        )
    }

    pub fn asked_elsewhere() -> Refusal {
        Refusal::new(
            "register-kept-elsewhere",
            "该登记的数据保存在其他单位，须实时查询。",
            "The records of this register are kept by somebody else, who is asked live.",
            "请使用实时查询。",
            "Use the live look-up.",
        )
    }

    pub fn asked_by_steps() -> Refusal {
        Refusal::new(
            "register-kept-elsewhere",
            "该登记的数据保存在其他节点，只在办件的环节中经数据交换核对。",
            "The records of this register are on another node, which is asked by steps of cases through the exchange.",
            "请在办件中查看核对结果；个案确需查询的，请向保存数据的单位提出。",
            "Look at the result in the case; for anything else ask the organ that keeps the records.",
        )
    }
}
