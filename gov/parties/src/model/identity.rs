use super::checks::identity_check;
use super::division::DivisionCode;
use super::masking::{IdentityMask, mask_identity};
use super::problem::Problem;
use clock::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// First two digits that can begin an identity number. The rest of the address code is not judged: codes of abolished
/// counties stay on cards for life.
const REGIONS: [&str; 35] = [
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44", "45", "46", "50", "51", "52",
    "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83",
];
/// Permanent residents from abroad: 9, then the region of application.
const FOREIGN: char = '9';

/// 公民身份号码 (GB 11643): six digits of address code, birth date, three digits of sequence, check character.
/// Comparing and printing never shows the number: `Debug` masks it, and there is no `Display`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdentityNumber(String);

/// 性别, as the sequence number tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sex {
    /// 女
    Female,
    /// 男
    Male,
}

impl Sex {
    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Female => "female",
            Self::Male => "male",
        }
    }

    /// Reads the stored word.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "female" => Some(Self::Female),
            "male" => Some(Self::Male),
            _ => None,
        }
    }
}

/// Which card carries the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IdentityKind {
    /// 居民身份证
    Citizen,
    /// 港澳台居民居住证
    HongKongMacaoTaiwanResident,
    /// 外国人永久居留身份证
    PermanentForeigner,
}

impl IdentityNumber {
    /// Reads a number of 18 characters; a small x is written large. Numbers of the first generation are refused, see
    /// [`Self::from_first_generation`]. Whether the birth date lies in the future is judged by [`Self::parse_on`].
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let number = text.trim().to_ascii_uppercase();
        if is_first_generation(&number) {
            return Err(Problem::new(
                "identity-first-generation",
                "15 位的第一代身份证号码自 2013 年起不再有效，请填写 18 位公民身份号码",
                "Identity numbers with 15 digits are no longer valid since 2013; give the one with 18 characters",
            ));
        }
        if !has_shape(&number) {
            return Err(Problem::new(
                "identity-shape",
                "公民身份号码应为 18 位：前 17 位为数字，最后一位为数字或 X，中间不加空格或横线",
                "An identity number has 17 digits and then a digit or X, without spaces or dashes",
            ));
        }
        if !is_known_region(&number) {
            return Err(Problem::new(
                "identity-region",
                "公民身份号码的前两位不是已有的省级代码",
                "The first two digits of the identity number name no province",
            ));
        }
        if date_of(&number).is_none() {
            return Err(Problem::new(
                "identity-birth-date",
                "公民身份号码第 7 至 14 位不是存在的出生日期",
                "Digits 7 to 14 of the identity number are not a date that exists",
            ));
        }
        if number.get(..17).and_then(identity_check) != number.chars().last() {
            return Err(Problem::new(
                "identity-check-digit",
                "公民身份号码的校验位不正确，请核对是否输错",
                "The check character of the identity number is wrong; look for a mistyped digit",
            ));
        }
        Ok(Self(number))
    }

    /// Like [`Self::parse`], and refuses a birth date after `on`.
    pub fn parse_on(text: &str, on: Date) -> Result<Self, Problem> {
        let number = Self::parse(text)?;
        if number.birth_date() > on {
            return Err(Problem::new(
                "identity-birth-future",
                "公民身份号码中的出生日期晚于今天",
                "The birth date in the identity number lies in the future",
            ));
        }
        Ok(number)
    }

    /// The number of 18 characters for one of the first generation (15 digits), for matching old archives only.
    pub fn from_first_generation(text: &str) -> Result<Self, Problem> {
        let old = text.trim();
        let parts = is_first_generation(old).then(|| old.split_at_checked(6)).flatten();
        let Some((address, rest)) = parts else {
            return Err(Problem::new("identity-shape", "第一代身份证号码应为 15 位数字", "An identity number of the first generation has 15 digits"));
        };
        let body = format!("{address}19{rest}");
        let check = identity_check(&body).unwrap_or_default();
        Self::parse(&format!("{body}{check}"))
    }

    /// Builds a number from its parts, with its check character. An odd `sequence` (0 to 999) is male.
    pub fn compose(address: &str, birth: Date, sequence: u16) -> Result<Self, Problem> {
        let body = format!("{address}{:04}{:02}{:02}{sequence:03}", birth.year(), birth.month(), birth.day());
        let check = identity_check(&body).unwrap_or_default();
        Self::parse(&format!("{body}{check}"))
    }

    /// The number in full. Ask for it only where the full number must be seen, stored sealed or compared.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number masked for the counter or for the public.
    pub fn masked(&self, style: IdentityMask) -> String {
        mask_identity(&self.0, style)
    }

    /// Which card carries the number.
    pub fn kind(&self) -> IdentityKind {
        match self.0.get(..2) {
            Some("81" | "82" | "83") => IdentityKind::HongKongMacaoTaiwanResident,
            _ if self.0.starts_with(FOREIGN) => IdentityKind::PermanentForeigner,
            _ => IdentityKind::Citizen,
        }
    }

    /// The address code of the first registration, a hint only; `None` for foreigners and for codes that are no division.
    pub fn first_division(&self) -> Option<DivisionCode> {
        if self.kind() == IdentityKind::PermanentForeigner {
            return None;
        }
        self.0.get(..6).and_then(|digits| DivisionCode::parse(digits).ok())
    }

    /// 出生日期
    pub fn birth_date(&self) -> Date {
        date_of(&self.0).unwrap_or(Date::ZERO)
    }

    /// 性别
    pub fn sex(&self) -> Sex {
        let sequence = self.0.as_bytes().get(16).copied().unwrap_or_default();
        if sequence % 2 == 1 { Sex::Male } else { Sex::Female }
    }

    /// 周岁 on a day: full years since birth, 0 before it.
    pub fn age(&self, on: Date) -> u16 {
        age_on(self.birth_date(), on)
    }
}

/// 周岁: the difference of the years, one less until the birthday has come. Somebody born on 29 February is a year
/// older on 1 March in common years.
pub fn age_on(birth: Date, on: Date) -> u16 {
    let before_birthday = (on.month(), on.day()) < (birth.month(), birth.day());
    let years = on.year().saturating_sub(birth.year()).saturating_sub(i16::from(before_birthday));
    u16::try_from(years).unwrap_or(0)
}

fn is_first_generation(text: &str) -> bool {
    text.len() == 15 && text.bytes().all(|b| b.is_ascii_digit())
}

fn has_shape(number: &str) -> bool {
    let Some((body, check)) = number.split_at_checked(17) else {
        return false;
    };
    let is_check = |b: u8| b.is_ascii_digit() || b == b'X';
    body.bytes().all(|b| b.is_ascii_digit()) && check.len() == 1 && check.bytes().all(is_check)
}

fn is_known_region(number: &str) -> bool {
    let known = |from: usize| number.get(from..from.saturating_add(2)).is_some_and(|region| REGIONS.contains(&region));
    // 91 is listed for foreigners whatever follows; the others carry the region of application after the 9.
    known(0) || number.starts_with("91") || (number.starts_with(FOREIGN) && known(1))
}

fn date_of(number: &str) -> Option<Date> {
    let year = number.get(6..10)?.parse().ok()?;
    let month = number.get(10..12)?.parse().ok()?;
    let day = number.get(12..14)?.parse().ok()?;
    Date::new(year, month, day).ok().filter(|date| date.year() >= 1800)
}

impl fmt::Debug for IdentityNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IdentityNumber({})", self.masked(IdentityMask::Public))
    }
}

impl Serialize for IdentityNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for IdentityNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn refusal(text: &str) -> &'static str {
        IdentityNumber::parse(text).unwrap_err().code
    }

    #[test]
    fn valid_numbers() {
        let vectors = [
            ("11010519491231002X", Sex::Female, "1949-12-31", "110105"),
            ("440524188001010014", Sex::Male, "1880-01-01", "440524"),
            ("110101199003070011", Sex::Male, "1990-03-07", "110101"),
            ("330102198506151238", Sex::Male, "1985-06-15", "330102"),
            ("110101199003077475", Sex::Male, "1990-03-07", "110101"),
        ];
        for (text, sex, birth, division) in vectors {
            let number = IdentityNumber::parse(text).unwrap();
            assert_eq!(number.as_str(), text);
            assert_eq!((number.sex(), number.birth_date()), (sex, day(birth)), "{text}");
            assert_eq!(number.first_division().unwrap().as_str(), division);
            assert_eq!(number.kind(), IdentityKind::Citizen);
        }
    }

    #[test]
    fn invalid_numbers() {
        let vectors = [
            ("110105194912310021", "identity-check-digit"),
            ("11010519490231002X", "identity-birth-date"),
            ("110105-19491231-002X", "identity-shape"),
            ("110105 19491231002X", "identity-shape"),
            ("11010519491231002A", "identity-shape"),
            ("1101051949123100X2", "identity-shape"),
            ("11010519491231002", "identity-shape"),
            ("11010519491231002X0", "identity-shape"),
            ("", "identity-shape"),
            ("１１０１０５１９４９１２３１００２Ｘ", "identity-shape"),
            ("110105194913310021", "identity-birth-date"),
            ("160105194912310021", "identity-region"),
            ("990105194912310021", "identity-region"),
            ("110105491231002", "identity-first-generation"),
        ];
        for (text, code) in vectors {
            assert_eq!(refusal(text), code, "{text}");
        }
    }

    #[test]
    fn a_small_x_is_written_large() {
        assert_eq!(IdentityNumber::parse(" 11010519491231002x ").unwrap().as_str(), "11010519491231002X");
    }

    #[test]
    fn nobody_is_born_tomorrow() {
        let number = IdentityNumber::compose("339921", day("2026-03-02"), 1).unwrap();
        assert_eq!(IdentityNumber::parse_on(number.as_str(), day("2026-03-01")).unwrap_err().code, "identity-birth-future");
        assert!(IdentityNumber::parse_on(number.as_str(), day("2026-03-02")).is_ok());
    }

    #[test]
    fn fifteen_digits_become_eighteen() {
        assert_eq!(IdentityNumber::from_first_generation("110105491231002").unwrap().as_str(), "11010519491231002X");
        assert_eq!(IdentityNumber::from_first_generation("11010549123100X").unwrap_err().code, "identity-shape");
        assert_eq!(IdentityNumber::from_first_generation("110105491331002").unwrap_err().code, "identity-birth-date");
    }

    #[test]
    fn cards_for_people_from_elsewhere() {
        let birth = day("1990-03-07");
        for (address, kind) in [
            ("810000", IdentityKind::HongKongMacaoTaiwanResident),
            ("820000", IdentityKind::HongKongMacaoTaiwanResident),
            ("830000", IdentityKind::HongKongMacaoTaiwanResident),
            ("911124", IdentityKind::PermanentForeigner),
            ("933840", IdentityKind::PermanentForeigner),
        ] {
            let number = IdentityNumber::compose(address, birth, 12).unwrap();
            assert_eq!((number.kind(), number.sex()), (kind, Sex::Female), "{address}");
        }
        assert_eq!(IdentityNumber::compose("911124", birth, 12).unwrap().first_division(), None);
        assert_eq!(IdentityNumber::compose("999124", birth, 12).unwrap_err().code, "identity-region");
    }

    #[test]
    fn age_grows_on_the_birthday() {
        let number = IdentityNumber::parse("330102198506151238").unwrap();
        for (on, age) in [("2026-06-14", 40), ("2026-06-15", 41), ("1985-06-15", 0), ("1980-01-01", 0)] {
            assert_eq!(number.age(day(on)), age, "{on}");
        }
        assert_eq!(age_on(day("2008-02-29"), day("2026-02-28")), 17);
        assert_eq!(age_on(day("2008-02-29"), day("2026-03-01")), 18);
    }

    #[test]
    fn the_number_is_not_printed() {
        let number = IdentityNumber::parse("11010519491231002X").unwrap();
        assert_eq!(format!("{number:?}"), "IdentityNumber(1****************X)");
        assert!(!IdentityNumber::parse("110105194912310021").unwrap_err().to_string().contains("110105"));
    }

    proptest! {
        #[test]
        fn composed_numbers_are_valid(days in 0_i64..73_000, sequence in 0_u16..1_000) {
            let birth = day("1850-01-01").checked_add(jiff::ToSpan::days(days)).unwrap();
            let number = IdentityNumber::compose("339921", birth, sequence).unwrap();
            prop_assert_eq!(IdentityNumber::parse(number.as_str()).unwrap(), number.clone());
            prop_assert_eq!(number.birth_date(), birth);
            prop_assert_eq!(number.sex() == Sex::Male, sequence % 2 == 1);
        }

        #[test]
        fn any_text_is_answered(text in "\\PC{0,24}") {
            let _ = IdentityNumber::parse(&text);
            let _ = IdentityNumber::from_first_generation(&text);
        }
    }
}
