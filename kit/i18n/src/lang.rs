use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The language a page, a notice or a sentence is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub enum Lang {
    /// Simplified Chinese, the language of record.
    #[default]
    #[serde(rename = "zh-CN")]
    ZhHans,
    /// English.
    #[serde(rename = "en")]
    En,
}

/// A language code that names none of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownLang(pub String);

impl fmt::Display for UnknownLang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected the language zh-CN or en, but got {:?}", self.0)
    }
}

impl std::error::Error for UnknownLang {}

impl Lang {
    /// All languages, the language of record first.
    pub const ALL: [Lang; 2] = [Lang::ZhHans, Lang::En];

    /// The BCP 47 code, as in the `lang` attribute of a page.
    pub fn code(self) -> &'static str {
        match self {
            Lang::ZhHans => "zh-CN",
            Lang::En => "en",
        }
    }

    /// The name of the language in itself, for the language switch.
    pub fn own_name(self) -> &'static str {
        match self {
            Lang::ZhHans => "中文",
            Lang::En => "English",
        }
    }

    /// The language that the switch offers on a page in this one.
    pub fn other(self) -> Lang {
        match self {
            Lang::ZhHans => Lang::En,
            Lang::En => Lang::ZhHans,
        }
    }

    /// The language of an explicit code (`zh`, `zh-CN`, `zh-Hans`, `en-GB`…), by its primary subtag.
    pub fn from_code(code: &str) -> Option<Lang> {
        let primary = code.trim().split(['-', '_']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("zh") {
            Some(Lang::ZhHans)
        } else if primary.eq_ignore_ascii_case("en") {
            Some(Lang::En)
        } else {
            None
        }
    }

    /// The best language for an `Accept-Language` header (RFC 9110, 12.5.4); Chinese where it names none of ours.
    pub fn from_accept_language(header: &str) -> Lang {
        let mut best = (Lang::default(), 0.0_f32);
        for part in header.split(',').take(32) {
            let mut pieces = part.split(';');
            let Some(lang) = pieces.next().and_then(Lang::from_code) else { continue };
            let weight = pieces.find_map(|p| p.trim().strip_prefix("q=")).map_or(1.0, |q| q.trim().parse().unwrap_or(0.0));
            if weight > best.1 {
                best = (lang, weight);
            }
        }
        best.0
    }

    /// The language of a request: the explicit choice if it names one, otherwise the header.
    pub fn choose(explicit: Option<&str>, accept_language: Option<&str>) -> Lang {
        explicit.and_then(Lang::from_code).unwrap_or_else(|| accept_language.map_or(Lang::default(), Lang::from_accept_language))
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Lang {
    type Err = UnknownLang;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Lang::from_code(code).ok_or_else(|| UnknownLang(code.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn the_header_decides_by_weight_and_chinese_is_the_default() {
        for (header, lang) in [
            ("", Lang::ZhHans),
            ("fr, de;q=0.9", Lang::ZhHans),
            ("en", Lang::En),
            ("en-GB,en;q=0.9,zh-CN;q=0.8", Lang::En),
            ("fr,zh-TW;q=0.9,en;q=0.8", Lang::ZhHans),
            ("en;q=0.1, zh;q=0.2", Lang::ZhHans),
            ("en;q=0", Lang::ZhHans),
            ("en;q=nonsense,zh;q=0.1", Lang::ZhHans),
            (";;;,,,q=", Lang::ZhHans),
        ] {
            assert_eq!(Lang::from_accept_language(header), lang, "{header}");
        }
    }

    #[test]
    fn an_explicit_choice_wins_and_an_unknown_one_is_ignored() {
        assert_eq!(Lang::choose(Some("en"), Some("zh-CN")), Lang::En);
        assert_eq!(Lang::choose(Some("xx"), Some("en")), Lang::En);
        assert_eq!(Lang::choose(None, None), Lang::ZhHans);
        assert!("klingon".parse::<Lang>().is_err());
    }

    #[test]
    fn codes_survive_serde() {
        for lang in Lang::ALL {
            assert_eq!(lang.code().parse::<Lang>().unwrap(), lang);
            assert_eq!(serde_json::to_string(&lang).unwrap(), format!("\"{lang}\""));
            assert_eq!(lang.other().other(), lang);
        }
    }
}
