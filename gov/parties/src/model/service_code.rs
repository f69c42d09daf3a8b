//! Codes of government service items (GB/T 39554.1): 基本编码, 实施编码, 业务办理项编码.

use super::problem::Problem;
use super::unified::UnifiedCode;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// 基本编码, 12 digits: region (00 for the whole country), item type, department, main item, sub-item (000 for none).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BasicCode(String);

/// 实施编码, 31 characters: the implementing organ, the level of exercise, the basic code.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ImplementationCode {
    text: String,
    organ: UnifiedCode,
    basic: BasicCode,
}

/// 业务办理项编码, 33 characters: an implementation code and two digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HandleItemCode {
    text: String,
    implementation: ImplementationCode,
}

impl BasicCode {
    /// Reads twelve digits whose third and fourth name an item type: 01 to 19 powers, 20 and more services.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let code = text.trim();
        if code.len() != 12 || !code.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Problem::new("basic-code-shape", "事项基本编码应为 12 位数字", "A basic code has 12 digits"));
        }
        if !code.get(2..4).and_then(|kind| kind.parse().ok()).is_some_and(|kind: u8| kind <= 39) {
            return Err(Problem::new(
                "basic-code-type",
                "事项基本编码第 3、4 位不是事项类型代码",
                "The third and fourth digit of the basic code name no item type",
            ));
        }
        Ok(Self(code.to_owned()))
    }

    /// The twelve digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// First two digits of the division whose catalogue defines the item; `00` for the whole country.
    pub fn region(&self) -> &str {
        self.0.get(..2).unwrap_or_default()
    }

    /// 事项类型 (GB/T 39046 A.1)
    pub fn item_type(&self) -> &str {
        self.0.get(2..4).unwrap_or_default()
    }

    /// 行业或部门代码
    pub fn department(&self) -> &str {
        self.0.get(4..6).unwrap_or_default()
    }

    /// 主项
    pub fn main_item(&self) -> &str {
        self.0.get(6..9).unwrap_or_default()
    }

    /// 子项; `None` when the main item has none.
    pub fn sub_item(&self) -> Option<&str> {
        self.0.get(9..12).filter(|sub| *sub != "000")
    }
}

impl ImplementationCode {
    /// Reads 31 characters.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let code = text.trim().to_ascii_uppercase();
        let parts = code.split_at_checked(18).and_then(|(organ, rest)| Some((organ, rest.split_at_checked(1)?)));
        let Some((organ, (level, basic))) = parts.filter(|_| code.len() == 31) else {
            return Err(Problem::new("implementation-code-length", "事项实施编码应为 31 位", "An implementation code has 31 characters"));
        };
        Self::from_parts(UnifiedCode::parse(organ)?, level.parse().unwrap_or(0), BasicCode::parse(basic)?)
    }

    /// Builds the code from the organ, the level of exercise (行使层级, 1 national to 6 village) and the basic code.
    pub fn compose(organ: &UnifiedCode, level: u8, basic: &BasicCode) -> Result<Self, Problem> {
        Self::from_parts(organ.clone(), level, basic.clone())
    }

    fn from_parts(organ: UnifiedCode, level: u8, basic: BasicCode) -> Result<Self, Problem> {
        if !(1..=6).contains(&level) {
            return Err(Problem::new(
                "implementation-code-level",
                "事项实施编码第 19 位应为 1 至 6 的行使层级",
                "Character 19 of the implementation code is the level of exercise, 1 to 6",
            ));
        }
        Ok(Self { text: format!("{organ}{level}{}", basic.as_str()), organ, basic })
    }

    /// The 31 characters.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// 实施主体
    pub fn organ(&self) -> &UnifiedCode {
        &self.organ
    }

    /// 行使层级, 1 to 6.
    pub fn level(&self) -> u8 {
        self.text.get(18..19).and_then(|level| level.parse().ok()).unwrap_or(0)
    }

    /// 基本编码
    pub fn basic(&self) -> &BasicCode {
        &self.basic
    }
}

impl HandleItemCode {
    /// Reads 33 characters.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let code = text.trim();
        let parts = code.split_at_checked(31).filter(|(_, serial)| serial.len() == 2);
        let number = parts.and_then(|(_, serial)| serial.bytes().all(|b| b.is_ascii_digit()).then(|| serial.parse().ok()).flatten());
        let (Some((implementation, _)), Some(number)) = (parts, number) else {
            return Err(Problem::new(
                "handle-item-code-shape",
                "业务办理项编码应为 31 位实施编码加 2 位数字",
                "A handling-item code is an implementation code of 31 characters and two digits",
            ));
        };
        Self::compose(&ImplementationCode::parse(implementation)?, number)
    }

    /// Builds the code from the implementation code and a serial number, 0 to 99.
    pub fn compose(implementation: &ImplementationCode, serial: u8) -> Result<Self, Problem> {
        if serial > 99 {
            return Err(Problem::new("handle-item-code-shape", "业务办理项序号应为 00 至 99", "The serial number of a handling item is 00 to 99"));
        }
        Ok(Self { text: format!("{}{serial:02}", implementation.as_str()), implementation: implementation.clone() })
    }

    /// The 33 characters.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// 实施编码
    pub fn implementation(&self) -> &ImplementationCode {
        &self.implementation
    }
}

macro_rules! written_as_text {
    ($($name:ident)+) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
            }
        }
    )+};
}

written_as_text! { BasicCode ImplementationCode HandleItemCode }

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_implementation_code_has_three_parts() {
        let code = ImplementationCode::parse("11370800MB285591843370117002011").unwrap();
        assert_eq!(code.organ().as_str(), "11370800MB28559184");
        assert_eq!((code.level(), code.basic().as_str()), (3, "370117002011"));
        let basic = code.basic();
        let parts = (basic.region(), basic.item_type(), basic.department(), basic.main_item(), basic.sub_item());
        assert_eq!(parts, ("37", "01", "17", "002", Some("011")));
        assert_eq!(ImplementationCode::compose(code.organ(), 3, basic).unwrap(), code);
    }

    #[test]
    fn the_second_sample_is_valid_too() {
        let code = ImplementationCode::parse("12441500196720244T3442199806003").unwrap();
        assert_eq!((code.basic().region(), code.basic().item_type()), ("44", "21"));
    }

    #[test]
    fn a_handling_item_adds_two_digits() {
        let code = HandleItemCode::parse("11370800MB28559184337011700201101").unwrap();
        assert_eq!(code.implementation().as_str(), "11370800MB285591843370117002011");
        assert_eq!(code.as_str().len(), 33);
        assert_eq!(HandleItemCode::compose(code.implementation(), 1).unwrap(), code);
    }

    #[test]
    fn a_main_item_without_sub_items_ends_in_three_zeros() {
        assert_eq!(BasicCode::parse("000125001000").unwrap().sub_item(), None);
    }

    #[test]
    fn nonsense_is_refused() {
        for (text, code) in [
            ("", "implementation-code-length"),
            ("11370800MB28559184337011700201", "implementation-code-length"),
            ("11370800MB285591853370117002011", "uscc-check-character"),
            ("11370800MB285591840370117002011", "implementation-code-level"),
            ("11370800MB285591847370117002011", "implementation-code-level"),
            ("11370800MB28559184A370117002011", "implementation-code-level"),
            ("11370800MB28559184337011700201X", "basic-code-shape"),
            ("11370800MB285591843379917002011", "basic-code-type"),
        ] {
            assert_eq!(ImplementationCode::parse(text).unwrap_err().code, code, "{text}");
        }
        for text in ["11370800MB285591843370117002011", "11370800MB2855918433701170020110A", "11370800MB285591843370117002011+1"] {
            assert_eq!(HandleItemCode::parse(text).unwrap_err().code, "handle-item-code-shape", "{text}");
        }
        assert!(HandleItemCode::compose(&ImplementationCode::parse("11370800MB285591843370117002011").unwrap(), 100).is_err());
    }
}
