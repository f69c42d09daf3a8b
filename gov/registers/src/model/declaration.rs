//! What a register is: declared in one file, checked as a whole.

use i18n::Text;
use parties::MaskKind;
use serde::{Deserialize, Serialize};

/// 基础信息库的登记: fields, key, owner and rules of a register, as its file says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declaration {
    /// Name in addresses and programs: `population`.
    pub slug: String,
    /// Name for people.
    pub title: Text,
    /// What it holds and what it is for, in a sentence.
    pub summary: Text,
    /// The duty of the organ that keeps it (牵头收集部门), as organs have duties: `public-security`.
    pub owner_duty: String,
    /// The law under which it is kept.
    pub basis: String,
    /// Field or fields by which a record is found; unique at every moment.
    pub key: Vec<String>,
    /// The field with the identity number or unified code of whom a record is about; absent when it is about nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// How often the owner brings it up to date.
    pub update_period: UpdatePeriod,
    /// Where its records are: in the node, or with somebody else who is asked live.
    #[serde(default, skip_serializing_if = "Origin::is_own")]
    pub origin: Origin,
    /// Documents that nobody need show because a record says the same (免交).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaces: Vec<Replaced>,
    /// Fields, in the order in which they are shown.
    pub fields: Vec<Field>,
}

/// A document that a record stands in for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Replaced {
    /// What people call it: `居民身份证`. A material is this document when its Chinese name contains the Chinese one.
    pub document: Text,
    /// The fields that say what it would prove.
    pub fields: Vec<String>,
}

/// One field of a register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Name in programs: `birth_date`.
    pub name: String,
    /// Name for people; also accepted as the head of a column in a file.
    pub title: Text,
    /// What forms call it besides, in Chinese: whoever asks for it under such a name asks for what is held here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// What its values are.
    pub kind: FieldKind,
    /// Personal information: sealed at rest.
    #[serde(default)]
    pub personal: bool,
    /// Sensitive personal information (个人信息保护法 第二十八条).
    #[serde(default)]
    pub sensitive: bool,
    /// Personal, but coarse and kept in the clear beside a key nobody can read, for counting and for finding who is responsible.
    #[serde(default)]
    pub statistic: bool,
    /// Whether records can be searched by it.
    #[serde(default)]
    pub indexed: bool,
    /// Grade of the data (GB/T 43697-2024).
    pub grade: Grade,
    /// How its values are shown masked; a personal field without a mask is then not shown at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mask: Option<MaskKind>,
    /// Whether every record must have it.
    #[serde(default)]
    pub required: bool,
    /// The values of a field of kind `code`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<Code>,
    /// What its values must satisfy besides their kind.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Check>,
}

/// A value of a field of kind `code`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// As stored.
    pub code: String,
    /// As shown; also accepted in files.
    pub title: Text,
}

/// What values of a field are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldKind {
    /// Any text of one line.
    Text,
    /// 公民身份号码
    IdentityNumber,
    /// 统一社会信用代码
    UnifiedCode,
    /// Either of the two, where persons and legal persons stand beside each other.
    PartyNumber,
    /// A mobile number.
    Mobile,
    /// 行政区划代码
    Division,
    /// A day, `2026-03-02`.
    Date,
    /// A whole number.
    Integer,
    /// A decimal number, kept as it is written.
    Decimal,
    /// Money in fen.
    AmountFen,
    /// Yes or no.
    Boolean,
    /// One of the listed codes.
    Code,
}

impl FieldKind {
    /// Whether ranges of it can be searched.
    #[must_use]
    pub const fn is_ordered(self) -> bool {
        matches!(self, Self::Date | Self::Integer | Self::AmountFen)
    }

    /// In words.
    #[must_use]
    pub fn label(self) -> Text {
        match self {
            Self::Text => Text::new("文本", "Text"),
            Self::IdentityNumber => Text::new("公民身份号码", "Identity number"),
            Self::UnifiedCode => Text::new("统一社会信用代码", "Unified social credit code"),
            Self::PartyNumber => Text::new("公民身份号码或统一社会信用代码", "Identity number or unified code"),
            Self::Mobile => Text::new("手机号码", "Mobile number"),
            Self::Division => Text::new("行政区划代码", "Division code"),
            Self::Date => Text::new("日期", "Date"),
            Self::Integer => Text::new("整数", "Whole number"),
            Self::Decimal => Text::new("小数", "Decimal number"),
            Self::AmountFen => Text::new("金额（分）", "Amount in fen"),
            Self::Boolean => Text::new("是或否", "Yes or no"),
            Self::Code => Text::new("代码", "Code"),
        }
    }
}

/// Grade of data by GB/T 43697-2024; general data in four steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    /// 一般数据 1 级: harms nobody.
    #[serde(rename = "general-1")]
    General1,
    /// 一般数据 2 级: slight harm.
    #[serde(rename = "general-2")]
    General2,
    /// 一般数据 3 级: serious harm to persons or organisations.
    #[serde(rename = "general-3")]
    General3,
    /// 一般数据 4 级: very serious harm to persons or organisations.
    #[serde(rename = "general-4")]
    General4,
    /// 重要数据
    Important,
    /// 核心数据
    Core,
}

impl Grade {
    /// In words.
    #[must_use]
    pub fn label(self) -> Text {
        match self {
            Self::General1 => Text::new("一般数据（1级）", "General data, level 1"),
            Self::General2 => Text::new("一般数据（2级）", "General data, level 2"),
            Self::General3 => Text::new("一般数据（3级）", "General data, level 3"),
            Self::General4 => Text::new("一般数据（4级）", "General data, level 4"),
            Self::Important => Text::new("重要数据", "Important data"),
            Self::Core => Text::new("核心数据", "Core data"),
        }
    }
}

/// 更新周期 (政务信息资源目录编制指南).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UpdatePeriod {
    /// 实时
    RealTime,
    /// 每日
    Daily,
    /// 每周
    Weekly,
    /// 每月
    Monthly,
    /// 每季度
    Quarterly,
    /// 每年
    Yearly,
    /// 不定期
    Irregular,
}

impl UpdatePeriod {
    /// Code of the national catalogue; `7` for the irregular one.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::RealTime => 1,
            Self::Daily => 2,
            Self::Weekly => 3,
            Self::Monthly => 4,
            Self::Quarterly => 5,
            Self::Yearly => 6,
            Self::Irregular => 7,
        }
    }

    /// Days after which the register is out of date; `None` where nothing was promised.
    #[must_use]
    pub const fn days_max(self) -> Option<i64> {
        match self {
            Self::RealTime | Self::Daily => Some(1),
            Self::Weekly => Some(7),
            Self::Monthly => Some(31),
            Self::Quarterly => Some(92),
            Self::Yearly => Some(366),
            Self::Irregular => None,
        }
    }

    /// In words.
    #[must_use]
    pub fn label(self) -> Text {
        match self {
            Self::RealTime => Text::new("实时", "Real time"),
            Self::Daily => Text::new("每日", "Daily"),
            Self::Weekly => Text::new("每周", "Weekly"),
            Self::Monthly => Text::new("每月", "Monthly"),
            Self::Quarterly => Text::new("每季度", "Quarterly"),
            Self::Yearly => Text::new("每年", "Yearly"),
            Self::Irregular => Text::new("不定期", "Irregular"),
        }
    }
}

/// What a value must satisfy besides its kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Check {
    /// So many characters at most.
    LengthMax {
        /// Characters.
        characters: usize,
    },
    /// A number not below.
    AtLeast {
        /// The least.
        number: i64,
    },
    /// A number not above.
    AtMost {
        /// The most.
        number: i64,
    },
    /// A day that is not in the future.
    NotAfterToday,
    /// A day not before that of another field.
    NotBefore {
        /// The other field.
        field: String,
    },
    /// What an identity number in another field says of it: birth date or sex.
    AgreesWith {
        /// The field with the identity number.
        field: String,
    },
}

/// Where the records of a register are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Origin {
    /// In the node's own tables.
    #[default]
    Own,
    /// With somebody else, who is asked live; nothing is copied. `connection` is a name in the node's site file.
    Asked {
        /// Name of the connection in the node's site file.
        connection: String,
    },
    /// With an organ of another node, which is asked through the exchange by steps of cases; nothing is copied.
    Exchange {
        /// The service that gives its rows: `instance/class/member/subsystem/service`.
        service: String,
    },
}

impl Origin {
    fn is_own(&self) -> bool {
        *self == Self::Own
    }
}

impl Declaration {
    /// Reads a declaration; what its file has wrong comes with [`Declaration::problems`].
    ///
    /// # Errors
    /// Where the text is not a declaration at all, in the words of its format.
    pub fn read(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|fault| fault.to_string())
    }

    /// The field with this name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The document among those it replaces that a material of this Chinese name is.
    #[must_use]
    pub fn replaces(&self, material: &str) -> Option<&Replaced> {
        self.replaces.iter().find(|replaced| material.contains(replaced.document.zh.as_str()))
    }

    /// Names of all fields.
    #[must_use]
    pub fn field_names(&self) -> Vec<String> {
        self.fields.iter().map(|field| field.name.clone()).collect()
    }

    /// Whether the key itself must not be read from the tables.
    #[must_use]
    pub fn key_is_personal(&self) -> bool {
        self.key.iter().any(|name| self.field(name).is_none_or(|field| field.personal))
    }

    /// Whether the key names the subject, so that asking by it says who is meant even when nothing is found.
    #[must_use]
    pub fn key_is_subject(&self) -> bool {
        self.key.len() == 1 && self.key.first() == self.subject.as_ref()
    }

    /// How it is named to the subject and in the tracker.
    #[must_use]
    pub fn source(&self) -> tracker::Source {
        tracker::Source { kind: tracker::SourceKind::Register, name: self.slug.clone(), title: self.title.clone() }
    }
}
