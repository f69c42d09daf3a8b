//! Lists of words: themes, licences, periods, ways of opening.

use i18n::Text;
use serde::{Deserialize, Serialize};

/// A word of a list, with its name and its address among linked data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Code.
    pub code: &'static str,
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
    /// Address in the list that others use.
    pub uri: &'static str,
}

impl Word {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> Text {
        Text::new(self.zh, self.en)
    }
}

const fn word(code: &'static str, zh: &'static str, en: &'static str, uri: &'static str) -> Word {
    Word { code, zh, en, uri }
}

macro_rules! theme {
    ($code:literal) => {
        concat!("http://publications.europa.eu/resource/authority/data-theme/", $code)
    };
}

macro_rules! period {
    ($code:literal) => {
        concat!("http://publications.europa.eu/resource/authority/frequency/", $code)
    };
}

/// Themes, after those of DCAT-AP. They are the groups of the Action API.
pub const THEMES: [Word; 13] = [
    word("agri", "农林牧渔", "Agriculture, fisheries, forestry and food", theme!("AGRI")),
    word("econ", "经济建设", "Economy and finance", theme!("ECON")),
    word("educ", "教育文化体育", "Education, culture and sport", theme!("EDUC")),
    word("ener", "能源", "Energy", theme!("ENER")),
    word("envi", "生态环境", "Environment", theme!("ENVI")),
    word("gove", "政府和公共部门", "Government and public sector", theme!("GOVE")),
    word("heal", "卫生健康", "Health", theme!("HEAL")),
    word("intr", "对外事务", "International issues", theme!("INTR")),
    word("just", "法治与公共安全", "Justice, legal system and public safety", theme!("JUST")),
    word("regi", "城乡建设", "Regions and cities", theme!("REGI")),
    word("soci", "社会民生", "Population and society", theme!("SOCI")),
    word("tech", "科技创新", "Science and technology", theme!("TECH")),
    word("tran", "交通运输", "Transport", theme!("TRAN")),
];

/// Licences.
pub const LICENCES: [Word; 4] = [
    word(
        "open",
        "政府数据开放许可（注明来源即可自由使用）",
        "Open government data licence (free use, name the source)",
        "https://creativecommons.org/licenses/by/4.0/",
    ),
    word("cc-by", "知识共享 署名 4.0", "Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    word("cc-zero", "知识共享 公共领域贡献 1.0", "Creative Commons Zero 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    word("conditional", "有条件开放（按使用要求）", "Conditional (as the terms of use say)", "https://creativecommons.org/licenses/by-nc/4.0/"),
];

/// How often data are renewed.
pub const PERIODS: [Word; 9] = [
    word("realtime", "实时", "Continuously", period!("CONT")),
    word("daily", "每日", "Daily", period!("DAILY")),
    word("weekly", "每周", "Weekly", period!("WEEKLY")),
    word("monthly", "每月", "Monthly", period!("MONTHLY")),
    word("quarterly", "每季度", "Quarterly", period!("QUARTERLY")),
    word("half-yearly", "每半年", "Twice a year", period!("ANNUAL_2")),
    word("yearly", "每年", "Yearly", period!("ANNUAL")),
    word("irregular", "不定期", "As needed", period!("IRREG")),
    word("never", "不更新", "Not renewed", period!("NEVER")),
];

/// The word with a code.
#[must_use]
pub fn find<'w>(words: &'w [Word], code: &str) -> Option<&'w Word> {
    words.iter().find(|word| word.code == code)
}

/// 开放属性. What may not be opened has no dataset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Opening {
    /// 无条件开放
    #[default]
    Unconditional,
    /// 有条件开放: with terms of use.
    Conditional,
}

impl Opening {
    /// In words.
    #[must_use]
    pub fn name(self) -> Text {
        match self {
            Self::Unconditional => Text::new("无条件开放", "Open without conditions"),
            Self::Conditional => Text::new("有条件开放", "Open under conditions"),
        }
    }

    /// Its code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unconditional => "unconditional",
            Self::Conditional => "conditional",
        }
    }
}
