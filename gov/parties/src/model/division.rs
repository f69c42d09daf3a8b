use super::problem::Problem;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// First two digits in use (GB/T 2260); 10 stands for the whole country, as in the codes of central organs.
const PREFIXES: [&str; 35] = [
    "10", "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44", "45", "46", "50", "51",
    "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82",
];

/// The code of an administrative division: six digits down to counties (GB/T 2260), nine for townships, twelve for
/// villages (统计用区划代码). Written in its shortest form: `330106000000` is read as `330106`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DivisionCode {
    digits: [u8; 12],
    length: u8,
}

/// On which level a division lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DivisionLevel {
    /// 国家
    Nation,
    /// 省级
    Province,
    /// 地级
    City,
    /// 县级
    County,
    /// 乡级
    Township,
    /// 村级
    Village,
}

/// What kind of township or village a code names, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DivisionKind {
    /// 街道
    Subdistrict,
    /// 镇
    Town,
    /// 乡
    Township,
    /// 类似乡级单位
    LikeTownship,
    /// 居民委员会
    ResidentsCommittee,
    /// 村民委员会
    VillagersCommittee,
    /// 类似居民委员会
    LikeResidentsCommittee,
    /// 类似村民委员会
    LikeVillagersCommittee,
}

impl DivisionCode {
    /// The whole country.
    pub const NATION: Self = Self { digits: *b"100000\0\0\0\0\0\0", length: 6 };

    /// Reads 6, 9 or 12 digits. Unknown codes are accepted, since codes change every year; unknown provinces are not.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        if !matches!(text.len(), 6 | 9 | 12) || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Problem::new("division-shape", "行政区划代码应为 6 位、9 位或 12 位数字", "A division code has 6, 9 or 12 digits"));
        }
        let known = text.get(..2).is_some_and(|prefix| PREFIXES.contains(&prefix));
        let has_gap = text.get(2..4) == Some("00") && text.get(4..6) != Some("00");
        let is_short = |from: usize| text.get(from..).is_some_and(|rest| rest.bytes().all(|b| b == b'0'));
        if !known || has_gap || (text.len() == 12 && is_short(6) != (text.get(6..9) == Some("000"))) {
            return Err(Problem::new(
                "division-unknown",
                "行政区划代码的层级或省级代码不存在",
                "The province or the levels of this division code do not exist",
            ));
        }
        let length = if is_short(6) {
            6
        } else if is_short(9) {
            9
        } else {
            12
        };
        let mut digits = [0_u8; 12];
        for (to, from) in digits.iter_mut().zip(text.bytes().take(usize::from(length))) {
            *to = from;
        }
        Ok(Self { digits, length })
    }

    /// The code in its shortest form, 6, 9 or 12 digits.
    pub fn as_str(&self) -> &str {
        let digits = self.digits.get(..usize::from(self.length)).unwrap_or(&self.digits);
        std::str::from_utf8(digits).unwrap_or_default()
    }

    /// The code with twelve digits.
    pub fn twelve_digits(&self) -> String {
        format!("{:0<12}", self.as_str())
    }

    /// The six digits of the county, city or province in which the division lies.
    pub fn six_digits(&self) -> &str {
        self.as_str().get(..6).unwrap_or_default()
    }

    /// On which level the division lies.
    pub fn level(&self) -> DivisionLevel {
        match (self.length, self.part(0), self.part(2), self.part(4)) {
            (12, ..) => DivisionLevel::Village,
            (9, ..) => DivisionLevel::Township,
            (_, "10", "00", "00") => DivisionLevel::Nation,
            (_, _, "00", _) => DivisionLevel::Province,
            (_, _, _, "00") => DivisionLevel::City,
            _ => DivisionLevel::County,
        }
    }

    /// The division above by the code alone. The parent of a township in a city without counties is the city.
    pub fn parent(&self) -> Option<Self> {
        let text = self.as_str();
        let above = match self.level() {
            DivisionLevel::Nation => return None,
            DivisionLevel::Province => return Some(Self::NATION),
            DivisionLevel::City => format!("{}0000", text.get(..2)?),
            DivisionLevel::County => format!("{}00", text.get(..4)?),
            DivisionLevel::Township => text.get(..6)?.to_owned(),
            DivisionLevel::Village => text.get(..9)?.to_owned(),
        };
        Self::parse(&above).ok()
    }

    /// The division itself and those above it, the nation last.
    pub fn with_ancestors(&self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(*self), Self::parent)
    }

    /// Whether `other` is this division or lies in it.
    pub fn contains(&self, other: &Self) -> bool {
        other.as_str().starts_with(self.prefix())
    }

    /// The digits that this division and all divisions in it begin with; empty for the nation.
    pub fn prefix(&self) -> &str {
        let text = self.as_str();
        match self.level() {
            DivisionLevel::Nation => "",
            DivisionLevel::Province => text.get(..2).unwrap_or(text),
            DivisionLevel::City => text.get(..4).unwrap_or(text),
            DivisionLevel::County | DivisionLevel::Township | DivisionLevel::Village => text,
        }
    }

    /// What kind of township or village this is, by its number; `None` above townships and for numbers without meaning.
    pub fn kind(&self) -> Option<DivisionKind> {
        let number: u16 = self.as_str().get(usize::from(self.length).checked_sub(3)?..)?.parse().ok()?;
        match (self.level(), number) {
            (DivisionLevel::Township, 1..=99) => Some(DivisionKind::Subdistrict),
            (DivisionLevel::Township, 100..=199) => Some(DivisionKind::Town),
            (DivisionLevel::Township, 200..=399) => Some(DivisionKind::Township),
            (DivisionLevel::Township, 400..=599) => Some(DivisionKind::LikeTownship),
            (DivisionLevel::Village, 1..=199) => Some(DivisionKind::ResidentsCommittee),
            (DivisionLevel::Village, 200..=399) => Some(DivisionKind::VillagersCommittee),
            (DivisionLevel::Village, 400..=499) => Some(DivisionKind::LikeResidentsCommittee),
            (DivisionLevel::Village, 500..=599) => Some(DivisionKind::LikeVillagersCommittee),
            _ => None,
        }
    }

    fn part(&self, from: usize) -> &str {
        self.as_str().get(from..from.saturating_add(2)).unwrap_or_default()
    }
}

impl fmt::Display for DivisionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for DivisionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for DivisionCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for DivisionCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn code(text: &str) -> DivisionCode {
        DivisionCode::parse(text).unwrap()
    }

    #[test]
    fn levels_and_parents() {
        let vectors = [
            ("100000", DivisionLevel::Nation, None),
            ("110000", DivisionLevel::Province, Some("100000")),
            ("110100", DivisionLevel::City, Some("110000")),
            ("110105", DivisionLevel::County, Some("110100")),
            ("659001", DivisionLevel::County, Some("659000")),
            ("441900", DivisionLevel::City, Some("440000")),
            ("441900003", DivisionLevel::Township, Some("441900")),
            ("330106005", DivisionLevel::Township, Some("330106")),
            ("110101001001", DivisionLevel::Village, Some("110101001")),
            ("339921", DivisionLevel::County, Some("339900")),
        ];
        for (text, level, parent) in vectors {
            assert_eq!(code(text).level(), level, "{text}");
            assert_eq!(code(text).parent(), parent.map(code), "{text}");
        }
        let up: Vec<String> = code("110101001001").with_ancestors().map(|c| c.to_string()).collect();
        assert_eq!(up, ["110101001001", "110101001", "110101", "110100", "110000", "100000"]);
    }

    #[test]
    fn long_forms_are_shortened() {
        assert_eq!(code("330106000000"), code("330106"));
        assert_eq!(code("330106005000"), code("330106005"));
        assert_eq!(code("330106000"), code("330106"));
        assert_eq!(code("330106").twelve_digits(), "330106000000");
        assert_eq!(code("330106005").six_digits(), "330106");
        assert!(code("330106") < code("330106005") && code("330106005") < code("330107"));
    }

    #[test]
    fn a_division_contains_what_lies_in_it() {
        assert!(code("330000").contains(&code("339921100")));
        assert!(code("100000").contains(&code("110105")));
        assert!(code("441900").contains(&code("441900003")));
        assert!(code("330106").contains(&code("330106")));
        assert!(!code("330106").contains(&code("330100")));
        assert!(!code("330106").contains(&code("360103")));
    }

    #[test]
    fn numbers_tell_the_kind() {
        assert_eq!(code("110101001").kind(), Some(DivisionKind::Subdistrict));
        assert_eq!(code("339921100").kind(), Some(DivisionKind::Town));
        assert_eq!(code("339921200").kind(), Some(DivisionKind::Township));
        assert_eq!(code("110101001001").kind(), Some(DivisionKind::ResidentsCommittee));
        assert_eq!(code("339921100200").kind(), Some(DivisionKind::VillagersCommittee));
        assert_eq!(code("110105").kind(), None);
        assert_eq!(code("339921700").kind(), None);
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", "11010", "1101011", "11010a", "１１０１０１", "110101-001"] {
            assert_eq!(DivisionCode::parse(text).unwrap_err().code, "division-shape", "{text}");
        }
        for text in ["000000", "990101", "160000", "110005", "330106000001"] {
            assert_eq!(DivisionCode::parse(text).unwrap_err().code, "division-unknown", "{text}");
        }
    }

    #[test]
    fn the_written_form_goes_round() {
        let json = serde_json::to_string(&code("339921100")).unwrap();
        assert_eq!(json, "\"339921100\"");
        assert_eq!(serde_json::from_str::<DivisionCode>(&json).unwrap(), code("339921100"));
        assert!(serde_json::from_str::<DivisionCode>("\"1\"").is_err());
    }
}
