//! 分类分级 by GB/T 43697-2024.

use super::domain::domain;

domain! {
    /// 数据级别. 一般数据 has four levels (appendix of the standard); the order of the variants is the order of protection.
    Grade {
        /// 一般数据1级
        General1 = ("general-1", "1", "一般数据1级", "General data, level 1"),
        /// 一般数据2级
        General2 = ("general-2", "2", "一般数据2级", "General data, level 2"),
        /// 一般数据3级
        General3 = ("general-3", "3", "一般数据3级", "General data, level 3"),
        /// 一般数据4级
        General4 = ("general-4", "4", "一般数据4级", "General data, level 4"),
        /// 重要数据
        Important = ("important", "5", "重要数据", "Important data"),
        /// 核心数据
        Core = ("core", "6", "核心数据", "Core data"),
    }
}

domain! {
    /// 影响对象
    Affected {
        /// 国家安全
        NationalSecurity = ("national-security", "", "国家安全", "National security"),
        /// 经济运行
        Economy = ("economy", "", "经济运行", "The economy"),
        /// 社会秩序
        SocialOrder = ("social-order", "", "社会秩序", "Social order"),
        /// 公共利益
        PublicInterest = ("public-interest", "", "公共利益", "The public interest"),
        /// 组织权益
        Organisations = ("organisations", "", "组织权益", "Rights of organisations"),
        /// 个人权益
        Persons = ("persons", "", "个人权益", "Rights of persons"),
    }
}

domain! {
    /// 影响程度
    Harm {
        /// 无影响
        None = ("none", "", "无影响", "None"),
        /// 一般危害
        Ordinary = ("ordinary", "", "一般危害", "Ordinary harm"),
        /// 严重危害
        Serious = ("serious", "", "严重危害", "Serious harm"),
        /// 特别严重危害
        Extreme = ("extreme", "", "特别严重危害", "Extremely serious harm"),
    }
}

domain! {
    /// Whether data are about persons (个人信息保护法 第四条、第二十八条).
    Personal {
        /// Not about persons.
        None = ("none", "0", "非个人信息", "Not personal"),
        /// 个人信息
        Personal = ("personal", "1", "个人信息", "Personal information"),
        /// 敏感个人信息
        Sensitive = ("sensitive", "2", "敏感个人信息", "Sensitive personal information"),
    }
}

/// The level by object and degree of harm (GB/T 43697-2024, table of 6.5). Harm to organisations and persons stays 一般数据, whose four levels
/// follow the degree.
#[must_use]
pub fn grade_of(affected: Affected, harm: Harm) -> Grade {
    match (affected, harm) {
        (_, Harm::None) => Grade::General1,
        (Affected::NationalSecurity, Harm::Extreme | Harm::Serious) => Grade::Core,
        (Affected::NationalSecurity, Harm::Ordinary) => Grade::Important,
        (Affected::Economy | Affected::SocialOrder | Affected::PublicInterest, Harm::Extreme) => Grade::Core,
        (Affected::Economy | Affected::SocialOrder | Affected::PublicInterest, Harm::Serious) => Grade::Important,
        (Affected::Economy | Affected::SocialOrder | Affected::PublicInterest, Harm::Ordinary) => Grade::General2,
        (Affected::Organisations | Affected::Persons, Harm::Extreme) => Grade::General4,
        (Affected::Organisations | Affected::Persons, Harm::Serious) => Grade::General3,
        (Affected::Organisations | Affected::Persons, Harm::Ordinary) => Grade::General2,
    }
}

/// The level of several judgements: the highest.
#[must_use]
pub fn highest(judgements: &[(Affected, Harm)]) -> Grade {
    judgements.iter().map(|(affected, harm)| grade_of(*affected, *harm)).max().unwrap_or(Grade::General1)
}

impl Grade {
    /// Whether it is above 一般数据: yearly risk assessment and a responsible person are due (网络数据安全管理条例 第三十条、第三十三条).
    #[must_use]
    pub const fn is_above_general(self) -> bool {
        match self {
            Self::Important | Self::Core => true,
            Self::General1 | Self::General2 | Self::General3 | Self::General4 => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_matrix_is_that_of_the_standard() {
        use Affected::{Economy, NationalSecurity, Organisations, Persons, PublicInterest, SocialOrder};
        for (affected, expected) in [
            (NationalSecurity, [Grade::Core, Grade::Core, Grade::Important]),
            (Economy, [Grade::Core, Grade::Important, Grade::General2]),
            (SocialOrder, [Grade::Core, Grade::Important, Grade::General2]),
            (PublicInterest, [Grade::Core, Grade::Important, Grade::General2]),
            (Organisations, [Grade::General4, Grade::General3, Grade::General2]),
            (Persons, [Grade::General4, Grade::General3, Grade::General2]),
        ] {
            assert_eq!([Harm::Extreme, Harm::Serious, Harm::Ordinary].map(|harm| grade_of(affected, harm)), expected, "{affected:?}");
            assert_eq!(grade_of(affected, Harm::None), Grade::General1);
        }
    }

    #[test]
    fn of_several_objects_the_highest_decides() {
        assert_eq!(highest(&[(Affected::Persons, Harm::Extreme), (Affected::SocialOrder, Harm::Serious)]), Grade::Important);
        assert_eq!(highest(&[]), Grade::General1);
        assert!(Grade::Core > Grade::Important && Grade::Important > Grade::General4);
    }
}
