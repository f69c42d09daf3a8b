//! Identifiers, and who a party is.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

ids::id_type! {
    /// 机构
    OrganId, "organ";
    /// 岗位
    PostId, "post";
    /// 工作人员
    StaffId, "staff";
    /// 自然人
    PersonId, "person";
    /// 法人和非法人组织
    LegalPersonId, "legal";
    /// 授权
    DelegationId, "delegation";
}

/// A person or a legal person. Written as its identifier, whose prefix tells which.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Party {
    /// 自然人
    Person(PersonId),
    /// 法人和非法人组织
    Legal(LegalPersonId),
}

impl Party {
    /// Reads an identifier of either kind.
    pub fn parse(text: &str) -> Option<Self> {
        let person = || PersonId::parse(text).ok().map(Self::Person);
        let legal = || LegalPersonId::parse(text).ok().map(Self::Legal);
        person().or_else(legal)
    }

    /// The identifier.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Person(id) => id.as_str(),
            Self::Legal(id) => id.as_str(),
        }
    }
}

impl fmt::Display for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Party {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Party {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("expected the identifier of a person or a legal person"))
    }
}
