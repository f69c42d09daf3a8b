//! The grant: a signed right to data, limited in fields, rows, purpose and time.

use std::collections::BTreeSet;

use clock::Date;
use i18n::Text;
use serde::{Deserialize, Serialize};
use tracker::Manner;

/// Where a grant stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GrantState {
    /// 已授权: calls pass within its limits.
    Granted,
    /// 已停用: nothing passes until it is resumed.
    Suspended,
    /// 已到期: its last day is over.
    Expired,
    /// 已撤销: by the provider, or given up by the user.
    Withdrawn,
}

impl GrantState {
    /// All.
    pub const ALL: [Self; 4] = [Self::Granted, Self::Suspended, Self::Expired, Self::Withdrawn];

    /// As stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Suspended => "suspended",
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads [`GrantState::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// In words.
    #[must_use]
    pub fn label(self) -> Text {
        match self {
            Self::Granted => Text::new("使用中", "In use"),
            Self::Suspended => Text::new("已停用", "Suspended"),
            Self::Expired => Text::new("已到期", "Expired"),
            Self::Withdrawn => Text::new("已撤销", "Withdrawn"),
        }
    }

    /// Whether it may still come into use again.
    #[must_use]
    pub const fn is_open(self) -> bool {
        match self {
            Self::Granted | Self::Suspended => true,
            Self::Expired | Self::Withdrawn => false,
        }
    }

    /// Misuse was found: only what is in use is suspended.
    #[must_use]
    pub const fn suspended(self) -> Option<Self> {
        match self {
            Self::Granted => Some(Self::Suspended),
            Self::Suspended | Self::Expired | Self::Withdrawn => None,
        }
    }

    /// In use again.
    #[must_use]
    pub const fn resumed(self) -> Option<Self> {
        match self {
            Self::Suspended => Some(Self::Granted),
            Self::Granted | Self::Expired | Self::Withdrawn => None,
        }
    }
}

/// How the data come, 共享方式.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// 服务接口: one call at a time.
    Interface,
    /// 批量交换.
    Batch,
    /// 文件下载.
    File,
}

impl Method {
    /// All.
    pub const ALL: [Self; 3] = [Self::Interface, Self::Batch, Self::File];

    /// As stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Interface => "interface",
            Self::Batch => "batch",
            Self::File => "file",
        }
    }

    /// Reads [`Method::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.code() == code)
    }

    /// In words.
    #[must_use]
    pub fn label(self) -> Text {
        match self {
            Self::Interface => Text::new("服务接口", "Interface"),
            Self::Batch => Text::new("批量交换", "Batch exchange"),
            Self::File => Text::new("文件下载", "File"),
        }
    }
}

/// Which rows: none named means all of the resource.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowScope {
    /// Only rows of this division and those below it.
    #[serde(default)]
    pub division: Option<String>,
    /// Only rows that meet this condition, in words of the resource: `age >= 80`.
    #[serde(default)]
    pub filter: Option<String>,
}

/// An item that may use the data, and which of the fields it declares.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ItemUse {
    /// Slug of the procedure package.
    pub item: String,
    /// Fields of the grant that the item may read.
    pub fields: BTreeSet<String>,
}

/// What a call has to stand on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ground {
    /// An open case of one of these items.
    Cases(Vec<ItemUse>),
    /// A standing duty, in words, recorded as such: no case is asked for.
    StandingDuty(String),
    /// The consent of the person concerned, by the name under which the grantee asks for it (个人信息保护法 第十三条第一款第一项): only who has
    /// given it, and has not taken it back, is read about.
    Consent(String),
}

/// What is granted to whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Code of the resource in the catalogue.
    pub resource: String,
    /// Slug of the register behind it.
    pub register: String,
    /// The organ that may use the data.
    pub grantee: String,
    /// The organ that provides them.
    pub provider: String,
    /// Names of the fields.
    pub fields: BTreeSet<String>,
    /// Which rows.
    #[serde(default)]
    pub rows: RowScope,
    /// What for, 使用场景.
    pub purpose: String,
    /// Under which law, 使用依据.
    pub basis: String,
    /// How much of a value is shown.
    pub manner: Manner,
    /// What a call has to stand on.
    pub ground: Ground,
    /// How the data come.
    pub method: Method,
    /// First day.
    pub valid_from: Date,
    /// Last day.
    pub valid_until: Date,
    /// Calls a day.
    pub quota_per_day: u32,
    /// Calls a minute.
    pub rate_per_minute: u32,
}

/// A grant as it stands in the register of grants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// Identifier; also its stream in the journal.
    pub id: String,
    /// Counts the signed texts: 1, and one more for each extension.
    pub issue: u32,
    /// What is granted.
    pub terms: Terms,
    /// Where it stands.
    pub state: GrantState,
    /// Why it was suspended or withdrawn, and under which law; empty otherwise.
    pub reason: String,
    /// The organ that suspended or withdrew it.
    pub stopped_by: Option<String>,
    /// The case of the request it came from.
    pub case: Option<String>,
    /// The canonical text with the signatures of the provider, a signed note.
    pub note: String,
    /// SM3 of the canonical text, hexadecimal.
    pub terms_sm3: String,
    /// Made at, milliseconds since 1970.
    pub made_ms: i64,
    /// Version of its stream.
    pub version: i64,
}

impl Grant {
    /// The state on a day: what is past its last day is expired, whether or not the job came round.
    #[must_use]
    pub fn state_on(&self, day: Date) -> GrantState {
        match self.state {
            GrantState::Granted | GrantState::Suspended if day > self.terms.valid_until => GrantState::Expired,
            state => state,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_back_and_what_has_ended_stays_ended() {
        for state in GrantState::ALL {
            assert_eq!(GrantState::parse(state.code()), Some(state));
            if !state.is_open() {
                assert_eq!((state.suspended(), state.resumed()), (None, None), "{state:?}");
            }
        }
        for method in Method::ALL {
            assert_eq!(Method::parse(method.code()), Some(method));
        }
    }
}

#[cfg(test)]
pub(super) mod tests_support {
    use super::*;

    pub fn terms() -> Terms {
        let fields: BTreeSet<String> = ["address", "name"].map(str::to_owned).into();
        Terms {
            resource: "101001/000001".into(),
            register: "population".into(),
            grantee: "organ_market".into(),
            provider: "organ_police".into(),
            fields: fields.clone(),
            rows: RowScope::default(),
            purpose: "核对经营者身份".into(),
            basis: "市场主体登记管理条例 第十九条".into(),
            manner: Manner::YesNo,
            ground: Ground::Cases(vec![ItemUse { item: "geti-shangpu-dengji".into(), fields }]),
            method: Method::Interface,
            valid_from: jiff_date(2026, 1, 1),
            valid_until: jiff_date(2026, 12, 31),
            quota_per_day: 200,
            rate_per_minute: 20,
        }
    }

    fn jiff_date(year: i16, month: i8, day: i8) -> Date {
        Date::constant(year, month, day)
    }
}
