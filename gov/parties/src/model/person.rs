//! Persons and legal persons.

use super::division::DivisionCode;
use super::identity::{IdentityNumber, Sex, age_on};
use super::masking::{IdentityMask, NameMask, mask_mobile, mask_name};
use super::party::{LegalPersonId, PersonId};
use super::problem::Problem;
use super::unified::{BodyClass, UnifiedCode};
use clock::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// 自然人, opened. `Debug` masks what is personal.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Identifier.
    pub id: PersonId,
    /// 姓名
    pub name: String,
    /// 公民身份号码
    pub identity_number: IdentityNumber,
    /// 出生日期
    pub birth: Date,
    /// 性别
    pub sex: Sex,
    /// Where the person lives: division.
    pub division: DivisionCode,
    /// Where the person lives: address.
    pub address: String,
    /// 手机号码
    pub mobile: Option<String>,
    /// Version of the stream in the journal.
    pub version: i64,
}

impl Person {
    /// 周岁 on a day.
    pub fn age(&self, on: Date) -> u16 {
        age_on(self.birth, on)
    }

    /// Whether the person is of age on a day (民法典 第十七条).
    pub fn is_adult(&self, on: Date) -> bool {
        self.age(on) >= ADULT_AGE_YEARS
    }
}

/// 民法典 第十七条
pub const ADULT_AGE_YEARS: u16 = 18;

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Person")
            .field("id", &self.id)
            .field("name", &mask_name(&self.name, NameMask::Counter))
            .field("identity_number", &self.identity_number.masked(IdentityMask::Public))
            .field("mobile", &self.mobile.as_deref().map(mask_mobile))
            .finish_non_exhaustive()
    }
}

/// A person as stored: personal fields sealed under a key of the person's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedPerson {
    /// Identifier.
    pub id: PersonId,
    /// Sealed name.
    pub name: String,
    /// Sealed identity number.
    pub identity_number: String,
    /// Sealed address.
    pub address: String,
    /// Sealed mobile number.
    pub mobile: Option<String>,
    /// 性别, for statistics.
    pub sex: Sex,
    /// Division, for statistics and responsibility.
    pub division: DivisionCode,
    /// Version of the stream in the journal.
    pub version: i64,
}

/// Reads a mobile number of the mainland: eleven digits beginning with 13 to 19; spaces and dashes are dropped.
pub fn parse_mobile(text: &str) -> Result<String, Problem> {
    let number: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    let starts_right = number.starts_with('1') && number.as_bytes().get(1).is_some_and(|second| (b'3'..=b'9').contains(second));
    if number.len() == 11 && number.bytes().all(|b| b.is_ascii_digit()) && starts_right {
        return Ok(number);
    }
    Err(Problem::new("mobile-shape", "手机号码应为以 13 至 19 开头的 11 位数字", "A mobile number has eleven digits and begins with 13 to 19"))
}

/// What has become of a legal person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LegalPersonStatus {
    /// 存续
    Active,
    /// 歇业 (市场主体登记管理条例 第三十条)
    Dormant,
    /// 吊销
    Revoked,
    /// 注销
    Deregistered,
}

impl LegalPersonStatus {
    /// All states.
    pub const ALL: [Self; 4] = [Self::Active, Self::Dormant, Self::Revoked, Self::Deregistered];

    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Dormant => "dormant",
            Self::Revoked => "revoked",
            Self::Deregistered => "deregistered",
        }
    }

    /// Reads the stored word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }

    /// Whether the state can become another. What is revoked can only be deregistered, and that is the end.
    pub fn may_become(self, next: Self) -> bool {
        match self {
            Self::Active | Self::Dormant => next != self,
            Self::Revoked => next == Self::Deregistered,
            Self::Deregistered => false,
        }
    }

    /// Whether others may act for it: a body that has ended has no agents (民法典 第一百七十三条).
    pub fn can_be_represented(self) -> bool {
        match self {
            Self::Active | Self::Dormant | Self::Revoked => true,
            Self::Deregistered => false,
        }
    }
}

/// 法人和非法人组织. Its registered facts are public (企业信息公示).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegalPerson {
    /// Identifier.
    pub id: LegalPersonId,
    /// 统一社会信用代码
    pub code: UnifiedCode,
    /// 名称
    pub name: String,
    /// 法定代表人、负责人或经营者: name.
    pub representative_name: String,
    /// The same as a person of the node, when known.
    pub representative: Option<PersonId>,
    /// Division of its seat.
    pub division: DivisionCode,
    /// 住所
    pub address: String,
    /// What has become of it.
    pub status: LegalPersonStatus,
    /// Version of the stream in the journal.
    pub version: i64,
}

impl LegalPerson {
    /// What kind of body it is, by its code.
    pub fn class(&self) -> Option<&'static BodyClass> {
        self.code.class()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn mobile_numbers() {
        assert_eq!(parse_mobile("138 1234-5678").unwrap(), "13812345678");
        for text in ["", "12812345678", "1381234567", "138123456789", "+8613812345678", "1381234567a"] {
            assert_eq!(parse_mobile(text).unwrap_err().code, "mobile-shape", "{text}");
        }
    }

    #[test]
    fn what_has_ended_stays_ended() {
        for next in LegalPersonStatus::ALL {
            assert!(!LegalPersonStatus::Deregistered.may_become(next));
            assert_eq!(LegalPersonStatus::Revoked.may_become(next), next == LegalPersonStatus::Deregistered);
            assert_eq!(LegalPersonStatus::Active.may_become(next), next != LegalPersonStatus::Active);
            assert_eq!(LegalPersonStatus::parse(next.as_str()), Some(next));
        }
        assert_eq!(LegalPersonStatus::parse("asleep"), None);
    }
}
