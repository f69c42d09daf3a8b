use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::model::{Organ, PartyKind};

/// The registered status of a certificate version. Expiry is not registered: it follows from the last day of validity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CertificateStatus {
    /// 有效.
    Valid,
    /// 暂停.
    Suspended,
    /// 变更: a newer version took its place.
    Superseded,
    /// 注销, for example when the business ended.
    Cancelled,
    /// 撤销, because it should not have been granted (行政许可法 第六十九条).
    Revoked,
    /// 作废: made by mistake.
    Void,
}

/// What can be done to a certificate version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CertificateAct {
    /// 暂停.
    Suspend,
    /// 恢复.
    Reinstate,
    /// 变更.
    Supersede,
    /// 注销.
    Cancel,
    /// 撤销.
    Revoke,
    /// 作废.
    Void,
}

impl CertificateStatus {
    /// All statuses.
    pub const ALL: [CertificateStatus; 6] = [
        CertificateStatus::Valid,
        CertificateStatus::Suspended,
        CertificateStatus::Superseded,
        CertificateStatus::Cancelled,
        CertificateStatus::Revoked,
        CertificateStatus::Void,
    ];

    /// The name in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            CertificateStatus::Valid => "valid",
            CertificateStatus::Suspended => "suspended",
            CertificateStatus::Superseded => "superseded",
            CertificateStatus::Cancelled => "cancelled",
            CertificateStatus::Revoked => "revoked",
            CertificateStatus::Void => "void",
        }
    }

    /// The status with this name.
    pub fn parse(name: &str) -> Option<CertificateStatus> {
        CertificateStatus::ALL.into_iter().find(|status| status.as_str() == name)
    }

    /// The status after an act; nothing when the act is not possible. Four statuses are final.
    pub fn after(self, act: CertificateAct) -> Option<CertificateStatus> {
        match (self, act) {
            (CertificateStatus::Valid, CertificateAct::Suspend) => Some(CertificateStatus::Suspended),
            (CertificateStatus::Suspended, CertificateAct::Reinstate) => Some(CertificateStatus::Valid),
            (CertificateStatus::Valid, CertificateAct::Supersede) => Some(CertificateStatus::Superseded),
            (CertificateStatus::Valid | CertificateStatus::Suspended, CertificateAct::Cancel) => Some(CertificateStatus::Cancelled),
            (CertificateStatus::Valid | CertificateStatus::Suspended, CertificateAct::Revoke) => Some(CertificateStatus::Revoked),
            (CertificateStatus::Valid | CertificateStatus::Suspended, CertificateAct::Void) => Some(CertificateStatus::Void),
            (CertificateStatus::Valid, CertificateAct::Reinstate)
            | (CertificateStatus::Suspended, CertificateAct::Suspend | CertificateAct::Supersede)
            | (
                CertificateStatus::Superseded | CertificateStatus::Cancelled | CertificateStatus::Revoked | CertificateStatus::Void,
                CertificateAct::Suspend
                | CertificateAct::Reinstate
                | CertificateAct::Supersede
                | CertificateAct::Cancel
                | CertificateAct::Revoke
                | CertificateAct::Void,
            ) => None,
        }
    }

    /// What the status means on a day.
    pub fn standing(self, valid_from: Date, valid_until: Option<Date>, on: Date) -> Standing {
        match self {
            CertificateStatus::Valid if on < valid_from => Standing::NotYetValid,
            CertificateStatus::Valid if valid_until.is_some_and(|last| on > last) => Standing::Expired,
            CertificateStatus::Valid => Standing::Valid,
            CertificateStatus::Suspended => Standing::Suspended,
            CertificateStatus::Superseded => Standing::Superseded,
            CertificateStatus::Cancelled => Standing::Cancelled,
            CertificateStatus::Revoked => Standing::Revoked,
            CertificateStatus::Void => Standing::Void,
        }
    }
}

/// What a certificate is worth on a day, as shown to the public.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// 有效.
    Valid,
    /// 尚未生效.
    NotYetValid,
    /// 过期.
    Expired,
    /// 暂停.
    Suspended,
    /// 变更, 旧版失效.
    Superseded,
    /// 注销.
    Cancelled,
    /// 撤销.
    Revoked,
    /// 作废.
    Void,
}

/// One line of the face (照面信息).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaceLine {
    /// Label.
    pub label: String,
    /// Value.
    pub value: String,
}

/// Whose certificate it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Person or body.
    pub kind: PartyKind,
    /// Name.
    pub name: String,
    /// Identity number or 统一社会信用代码.
    pub code: String,
    /// The party's identifier, by which the wallet finds it; empty when the holder has none.
    #[serde(default)]
    pub party: String,
}

/// How the number of a certificate comes about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NumberRule {
    /// It is given.
    Given(String),
    /// A new 统一社会信用代码 of an individual business (92…), in the division with this code (6 digits).
    UnifiedCode {
        /// 6-digit division code.
        division: String,
    },
    /// A pattern of a package: `JY2{division}{serial:7}{check}`; see `model::number`.
    Pattern {
        /// The pattern.
        pattern: String,
        /// 6-digit division code.
        division: String,
    },
}

/// A certificate to be issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewCertificate {
    /// 证照类型代码, 21 characters.
    pub type_code: String,
    /// 证照名称: `食品经营许可证`.
    pub name: String,
    /// How its number comes about.
    pub number: NumberRule,
    /// The organ that issues it.
    pub organ: Organ,
    /// Whose it is.
    pub holder: Holder,
    /// First day of validity.
    pub valid_from: Date,
    /// Last day; nothing for 长期.
    pub valid_until: Option<Date>,
    /// The face; `{number}` in a value becomes the number.
    pub face: Vec<FaceLine>,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const ACTS: [CertificateAct; 6] = [
        CertificateAct::Suspend,
        CertificateAct::Reinstate,
        CertificateAct::Supersede,
        CertificateAct::Cancel,
        CertificateAct::Revoke,
        CertificateAct::Void,
    ];

    #[test]
    fn four_statuses_are_final() {
        for status in CertificateStatus::ALL {
            let ways = ACTS.into_iter().filter(|act| status.after(*act).is_some()).count();
            let expected = match status {
                CertificateStatus::Valid => 5,
                CertificateStatus::Suspended => 4,
                _ => 0,
            };
            assert_eq!(ways, expected, "{status:?}");
            assert_eq!(CertificateStatus::parse(status.as_str()), Some(status));
        }
    }

    #[test]
    fn the_last_day_is_still_valid_and_a_revoked_one_never_expires() {
        let (from, until) = ("2026-03-02".parse().unwrap(), Some("2031-03-01".parse().unwrap()));
        let on = |day: &str, status: CertificateStatus| status.standing(from, until, day.parse().unwrap());
        assert_eq!(on("2026-03-01", CertificateStatus::Valid), Standing::NotYetValid);
        assert_eq!(on("2031-03-01", CertificateStatus::Valid), Standing::Valid);
        assert_eq!(on("2031-03-02", CertificateStatus::Valid), Standing::Expired);
        assert_eq!(on("2031-03-02", CertificateStatus::Revoked), Standing::Revoked);
        assert_eq!(CertificateStatus::Valid.standing(from, None, "2099-01-01".parse().unwrap()), Standing::Valid);
    }
}
