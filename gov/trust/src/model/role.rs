//! Roles which are given to accounts, beside the posts which come with one's office.

use serde::{Deserialize, Serialize};

use super::AccountKind;

/// A role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// 系统管理员: runs the installation.
    SystemAdmin,
    /// 安全管理员: accounts, roles, keys.
    SecurityAdmin,
    /// 审计管理员: reads the records of what the others did.
    AuditAdmin,
    /// 规程发布员: publishes procedure packages.
    PackagePublisher,
    /// 主体库管理员: keeps persons, organs and posts.
    PartiesKeeper,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 5] = [Self::SystemAdmin, Self::SecurityAdmin, Self::AuditAdmin, Self::PackagePublisher, Self::PartiesKeeper];

    /// The code, as policies name it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::SystemAdmin => "system-admin",
            Self::SecurityAdmin => "security-admin",
            Self::AuditAdmin => "audit-admin",
            Self::PackagePublisher => "package-publisher",
            Self::PartiesKeeper => "parties-keeper",
        }
    }

    /// The role with this code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// Name in Chinese and English.
    #[must_use]
    pub const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::SystemAdmin => ("系统管理员", "system administrator"),
            Self::SecurityAdmin => ("安全管理员", "security administrator"),
            Self::AuditAdmin => ("审计管理员", "audit administrator"),
            Self::PackagePublisher => ("规程发布员", "package publisher"),
            Self::PartiesKeeper => ("主体库管理员", "keeper of parties"),
        }
    }

    /// Whether it is one of the three which administer the installation.
    #[must_use]
    pub const fn is_administration(self) -> bool {
        match self {
            Self::SystemAdmin | Self::SecurityAdmin | Self::AuditAdmin => true,
            Self::PackagePublisher | Self::PartiesKeeper => false,
        }
    }

    /// Whether one account must not have both (GB/T 22239-2019 8.1.4.2 d, 8.1.5).
    #[must_use]
    pub fn excludes(self, other: Self) -> bool {
        self != other && self.is_administration() && other.is_administration()
    }

    /// Which kind of account may have it.
    #[must_use]
    pub const fn fits(self, kind: AccountKind) -> bool {
        match kind {
            AccountKind::Admin => self.is_administration(),
            AccountKind::Staff => !self.is_administration(),
            AccountKind::Person => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_administrators_exclude_each_other_and_nothing_else_does() {
        for one in Role::ALL {
            for other in Role::ALL {
                assert_eq!(one.excludes(other), one != other && one.is_administration() && other.is_administration());
                assert_eq!(one.excludes(other), other.excludes(one));
            }
        }
    }

    #[test]
    fn codes_are_read_back() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.code()), Some(role));
        }
        assert_eq!(Role::parse("root"), None);
    }

    #[test]
    fn a_person_has_no_role_and_no_account_fits_all() {
        for role in Role::ALL {
            assert!(!role.fits(AccountKind::Person));
            assert_ne!(role.fits(AccountKind::Staff), role.fits(AccountKind::Admin));
        }
    }
}
