//! 信息资源分类: 类 (1 digit), 项 (2), 目 (3), 细目 (any length). The official digits of the departments' branch were never published in
//! one table, so a county extends ours by its own.

use std::fmt;

use i18n::Text;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::axes::Tier;

const CODE_CHARS_MIN: usize = 6;
/// Longest classification code.
pub const CLASS_CODE_CHARS_MAX: usize = 24;

/// 信息资源分类码: `307013000`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClassCode(String);

/// 项: the second level of the classification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Branch {
    /// 类
    pub tier: Tier,
    /// The two digits.
    pub digits: &'static str,
    /// Chinese name.
    pub zh: &'static str,
    /// English name.
    pub en: &'static str,
}

const fn base(digits: &'static str, zh: &'static str, en: &'static str) -> Branch {
    Branch { tier: Tier::Base, digits, zh, en }
}

const fn theme(digits: &'static str, zh: &'static str, en: &'static str) -> Branch {
    Branch { tier: Tier::Theme, digits, zh, en }
}

const fn of_department(digits: &'static str, zh: &'static str, en: &'static str) -> Branch {
    Branch { tier: Tier::Department, digits, zh, en }
}

/// The branches: five of base and twelve of theme information by name of the guide, and those of departments by kind of body.
pub const BRANCHES: &[Branch] = &[
    base("01", "国家人口基础信息资源", "Population"),
    base("02", "法人单位基础信息资源", "Legal persons"),
    base("03", "自然资源和空间地理基础信息资源", "Natural resources and geography"),
    base("04", "社会信用基础信息资源", "Social credit"),
    base("05", "电子证照基础信息资源", "Electronic certificates"),
    theme("01", "公共服务", "Public services"),
    theme("02", "健康保障", "Health"),
    theme("03", "社会保障", "Social security"),
    theme("04", "食品药品安全", "Food and drugs"),
    theme("05", "安全生产", "Work safety"),
    theme("06", "价格监管", "Prices"),
    theme("07", "能源安全", "Energy"),
    theme("08", "信用体系", "Credit"),
    theme("09", "城乡建设", "Construction"),
    theme("10", "社区治理", "Communities"),
    theme("11", "生态环保", "Environment"),
    theme("12", "应急维稳", "Emergencies"),
    of_department("01", "党委部门", "Party committees"),
    of_department("02", "人大机关", "People's congress"),
    of_department("03", "政府部门", "Government departments"),
    of_department("04", "政协机关", "Consultative conference"),
    of_department("05", "人民法院", "Courts"),
    of_department("06", "人民检察院", "Procuratorates"),
    of_department("07", "乡镇人民政府（街道办事处）", "Towns and subdistricts"),
];

impl ClassCode {
    /// Reads a code: 类 1 to 3, five more digits, then digits and letters.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let length_fits = (CODE_CHARS_MIN..=CLASS_CODE_CHARS_MAX).contains(&text.len());
        let head_fits = text.bytes().take(CODE_CHARS_MIN).all(|b| b.is_ascii_digit()) && text.starts_with(['1', '2', '3']);
        let rest_fits = text.bytes().skip(CODE_CHARS_MIN).all(|b| b.is_ascii_alphanumeric());
        (length_fits && head_fits && rest_fits).then(|| Self(text.to_ascii_uppercase()))
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// 类
    #[must_use]
    pub fn tier(&self) -> Tier {
        match self.0.as_bytes().first() {
            Some(b'1') => Tier::Base,
            Some(b'2') => Tier::Theme,
            Some(_) | None => Tier::Department,
        }
    }

    /// 类 and 项: the first three digits.
    #[must_use]
    pub fn branch_digits(&self) -> &str {
        self.0.get(..3).unwrap_or_default()
    }

    /// 项, when it is one of the table.
    #[must_use]
    pub fn branch(&self) -> Option<&'static Branch> {
        let digits = self.0.get(1..3)?;
        BRANCHES.iter().find(|branch| branch.tier == self.tier() && branch.digits == digits)
    }

    /// The names of 类 and 项.
    #[must_use]
    pub fn name(&self) -> Text {
        let tier = self.tier().name();
        match self.branch() {
            Some(branch) => Text::new(format!("{} › {}", tier.zh, branch.zh), format!("{} › {}", tier.en, branch.en)),
            None => tier,
        }
    }

    /// The full code of a resource: `307013000/000012`.
    #[must_use]
    pub fn with_serial(&self, serial: i64) -> ResourceCode {
        ResourceCode { class: self.clone(), serial }
    }
}

impl Branch {
    /// 类 and 项 as three digits.
    #[must_use]
    pub fn code(&self) -> String {
        format!("{}{}", self.tier.code(), self.digits)
    }

    /// Name in both languages.
    #[must_use]
    pub fn name(&self) -> Text {
        Text::new(self.zh, self.en)
    }
}

/// 信息资源代码: classification code, `/`, serial number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResourceCode {
    class: ClassCode,
    serial: i64,
}

impl ResourceCode {
    /// Reads a code by `^[123]\d{2}\d{3}[0-9A-Za-z]*\/\d+$`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (class, serial) = text.split_once('/')?;
        let digits_only = !serial.is_empty() && serial.len() <= 12 && serial.bytes().all(|b| b.is_ascii_digit());
        let serial = digits_only.then(|| serial.parse().ok()).flatten()?;
        Some(Self { class: ClassCode::parse(class)?, serial })
    }

    /// 信息资源分类码
    #[must_use]
    pub const fn class(&self) -> &ClassCode {
        &self.class
    }

    /// 信息资源顺序码
    #[must_use]
    pub const fn serial(&self) -> i64 {
        self.serial
    }
}

impl fmt::Display for ClassCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for ResourceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{:06}", self.class, self.serial)
    }
}

macro_rules! as_text {
    ($name:ident, $wanted:literal) => {
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::parse(&text).ok_or_else(|| serde::de::Error::custom($wanted))
            }
        }
    };
}

as_text!(ClassCode, "expected a classification code such as 307013000");
as_text!(ResourceCode, "expected a resource code such as 307013000/000012");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_the_guide_are_read_and_written() {
        for text in ["101001/000001", "307013000/000012"] {
            assert_eq!(ResourceCode::parse(text).unwrap().to_string(), text);
        }
        let code = ResourceCode::parse("101001a/7").unwrap();
        assert_eq!((code.class().as_str(), code.serial(), code.to_string().as_str()), ("101001A", 7, "101001A/000007"));
    }

    #[test]
    fn other_texts_are_no_codes() {
        for text in ["", "101001", "/1", "101001/", "401001/1", "10100/1", "10a001/1", "101001-/1", "101001/1a", "１０１００１/1"] {
            assert_eq!(ResourceCode::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_guide_names_five_base_and_twelve_theme_branches() {
        let count = |tier| BRANCHES.iter().filter(|branch| branch.tier == tier).count();
        assert_eq!((count(Tier::Base), count(Tier::Theme)), (5, 12));
        assert_eq!(ClassCode::parse("212001").unwrap().name().zh, "主题信息资源 › 应急维稳");
        assert_eq!(ClassCode::parse("399001").unwrap().name().zh, "部门信息资源");
    }
}
