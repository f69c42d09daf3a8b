use super::checks::{CREDIT_CODE, credit_code_check, organization_code_check, registration_check};
use super::division::DivisionCode;
use super::problem::Problem;
use i18n::Text;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// 统一社会信用代码 (GB 32100): department, class, six digits of division, organisation code, check character.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnifiedCode(String);

/// 组织机构代码 (GB 11714): eight characters and a check character.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OrganizationCode(String);

/// 原工商注册号: fifteen digits, still found in archives.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RegistrationNumber(String);

/// What kind of body a code names: department and class of the registration, with their names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct BodyClass {
    /// Department and class, for example `92`.
    pub code: &'static str,
    /// 登记管理部门
    pub department: &'static str,
    /// 机构类别
    pub zh: &'static str,
    /// The class in English.
    pub en: &'static str,
}

macro_rules! classes {
    ($($code:literal $department:literal $zh:literal $en:literal;)+) => {
        /// Departments and classes of GB 32100.
        const CLASSES: &[BodyClass] = &[$(BodyClass { code: $code, department: $department, zh: $zh, en: $en }),+];
    };
}

classes! {
    "11" "机构编制" "机关" "state organ";
    "12" "机构编制" "事业单位" "public institution";
    "13" "机构编制" "编办直接管理机构编制的群众团体" "mass organisation";
    "19" "机构编制" "其他" "other body of the state establishment";
    "21" "外交" "外国常驻新闻机构" "resident foreign news organisation";
    "29" "外交" "其他" "other body registered by foreign affairs";
    "31" "司法行政" "律师执业机构" "law firm";
    "32" "司法行政" "公证处" "notary office";
    "33" "司法行政" "基层法律服务所" "grassroots legal service office";
    "34" "司法行政" "司法鉴定机构" "forensic institution";
    "35" "司法行政" "仲裁委员会" "arbitration commission";
    "39" "司法行政" "其他" "other body registered by justice";
    "41" "文化" "外国在华文化中心" "foreign cultural centre";
    "49" "文化" "其他" "other body registered by culture";
    "51" "民政" "社会团体" "social organisation";
    "52" "民政" "民办非企业单位" "private non-enterprise unit";
    "53" "民政" "基金会" "foundation";
    "59" "民政" "其他" "other body registered by civil affairs";
    "61" "旅游" "外国旅游部门常驻代表机构" "representative office of a foreign tourism department";
    "62" "旅游" "港澳台地区旅游部门常驻内地（大陆）代表机构" "representative office of a Hong Kong, Macao or Taiwan tourism department";
    "69" "旅游" "其他" "other body registered by tourism";
    "71" "宗教" "宗教活动场所" "place of religious activity";
    "72" "宗教" "宗教院校" "religious school";
    "79" "宗教" "其他" "other body registered by religious affairs";
    "81" "工会" "基层工会" "grassroots trade union";
    "89" "工会" "其他" "other trade union body";
    "91" "市场监管" "企业" "enterprise";
    "92" "市场监管" "个体工商户" "individual business";
    "93" "市场监管" "农民专业合作社" "farmers' cooperative";
    "99" "市场监管" "其他" "other market entity";
    "A1" "中央军委改革和编制办公室" "军队事业单位" "military institution";
    "A9" "中央军委改革和编制办公室" "其他" "other military body";
    "N1" "农业" "组级集体经济组织" "collective economic organisation of a villagers' group";
    "N2" "农业" "村级集体经济组织" "collective economic organisation of a village";
    "N3" "农业" "乡镇级集体经济组织" "collective economic organisation of a township";
    "N9" "农业" "其他" "other rural body";
    "Y1" "其他" "其他" "other body";
}

impl BodyClass {
    /// All classes of the standard.
    pub fn all() -> &'static [Self] {
        CLASSES
    }

    /// The name of the class in both languages.
    pub fn name(&self) -> Text {
        Text::new(self.zh, self.en)
    }
}

impl UnifiedCode {
    /// Reads 18 characters; small letters are written large.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let code = text.trim().to_ascii_uppercase();
        if code.len() != 18 || !code.is_ascii() {
            return Err(Problem::new("uscc-length", "统一社会信用代码应为 18 位", "A unified social credit code has 18 characters"));
        }
        if !code.bytes().all(|b| CREDIT_CODE.contains(&b)) {
            return Err(Problem::new(
                "uscc-alphabet",
                "统一社会信用代码只含数字和大写字母，且不使用 I、O、Z、S、V",
                "A unified social credit code has digits and letters only, and never I, O, Z, S or V",
            ));
        }
        if !code.get(2..8).is_some_and(|division| division.bytes().all(|b| b.is_ascii_digit())) {
            return Err(Problem::new(
                "uscc-division",
                "统一社会信用代码第 3 至 8 位应为 6 位数字的行政区划代码",
                "Characters 3 to 8 of a unified social credit code are the six digits of a division",
            ));
        }
        if code.get(..17).and_then(credit_code_check) != code.chars().last() {
            return Err(Problem::new(
                "uscc-check-character",
                "统一社会信用代码的校验位不正确，请核对是否输错",
                "The check character of the unified social credit code is wrong; look for a mistyped character",
            ));
        }
        Ok(Self(code))
    }

    /// Builds a code from department, class, the six digits of the registering division and a nine-character
    /// organisation code, with its check character.
    pub fn compose(department: char, class: char, division: &DivisionCode, body9: &str) -> Result<Self, Problem> {
        let body = format!("{department}{class}{}{body9}", division.six_digits());
        let check = credit_code_check(&body).unwrap_or('0');
        Self::parse(&format!("{body}{check}"))
    }

    /// The code number `serial` of a registry, with an organisation code beginning with MA, as registries have given
    /// out since 2015. Serial numbers from 31^6 on are refused.
    pub fn from_serial(department: char, class: char, division: &DivisionCode, serial: u32) -> Result<Self, Problem> {
        let mut body = String::new();
        let mut rest = usize::try_from(serial).unwrap_or(usize::MAX);
        for _ in 0..6 {
            body.insert(0, CREDIT_CODE.get(rest % 31).copied().map_or('0', char::from));
            rest /= 31;
        }
        if rest > 0 {
            return Err(Problem::new("uscc-serial", "登记机关的顺序号已用尽", "The registry has no serial numbers left"));
        }
        let organization = OrganizationCode::compose(&format!("MA{body}"))?;
        Self::compose(department, class, division, organization.as_str())
    }

    /// The 18 characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What kind of body it names; `None` for a class that the standard does not list.
    pub fn class(&self) -> Option<&'static BodyClass> {
        let prefix = self.0.get(..2)?;
        CLASSES.iter().find(|class| class.code == prefix)
    }

    /// The division whose registry gave the code.
    pub fn division(&self) -> Option<DivisionCode> {
        self.0.get(2..8).and_then(|digits| DivisionCode::parse(digits).ok())
    }

    /// The nine characters of the organisation code inside.
    pub fn organization_code(&self) -> &str {
        self.0.get(8..17).unwrap_or_default()
    }

    /// A warning when the organisation code inside fails its own check. Real codes do, so this is no reason to refuse.
    pub fn warning(&self) -> Option<Problem> {
        OrganizationCode::parse(self.organization_code()).err()
    }
}

impl OrganizationCode {
    /// Reads nine characters, also written with a dash before the last.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let code = text.trim().to_ascii_uppercase();
        let code = match code.split_once('-') {
            Some((body, check)) if body.len() == 8 && check.len() == 1 => format!("{body}{check}"),
            Some(_) | None => code,
        };
        let check = code.split_at_checked(8).and_then(|(body, check)| Some((organization_code_check(body)?, check)));
        match check {
            Some((expected, given)) if given.chars().eq([expected]) => Ok(Self(code)),
            Some((_, given)) if given.len() == 1 => {
                Err(Problem::new("organization-code-check", "组织机构代码的校验位不正确", "The check character of the organisation code is wrong"))
            }
            Some(_) | None => {
                Err(Problem::new("organization-code-shape", "组织机构代码应为 9 位数字或大写字母", "An organisation code has nine digits or letters"))
            }
        }
    }

    /// Builds a code from its first eight characters.
    pub fn compose(body8: &str) -> Result<Self, Problem> {
        let check = organization_code_check(body8).map(String::from).unwrap_or_default();
        Self::parse(&format!("{body8}{check}"))
    }

    /// The nine characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl RegistrationNumber {
    /// Reads fifteen digits.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let number = text.trim();
        if number.len() != 15 || !number.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Problem::new("registration-number-shape", "工商注册号应为 15 位数字", "A registration number has 15 digits"));
        }
        if number.get(..14).and_then(registration_check) != number.chars().last() {
            return Err(Problem::new("registration-number-check", "工商注册号的校验位不正确", "The check digit of the registration number is wrong"));
        }
        Ok(Self(number.to_owned()))
    }

    /// Builds a number from its first fourteen digits.
    pub fn compose(body14: &str) -> Result<Self, Problem> {
        let check = registration_check(body14).map(String::from).unwrap_or_default();
        Self::parse(&format!("{body14}{check}"))
    }

    /// The fifteen digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnifiedCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for UnifiedCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for UnifiedCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for UnifiedCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    const VALID: [(&str, &str); 10] = [
        ("91350100M000100Y43", "企业"),
        ("91110108MA01YBNX62", "企业"),
        ("9144030071526726XG", "企业"),
        ("91330100799655058B", "企业"),
        ("11100000000013338W", "机关"),
        ("11100000000013661B", "机关"),
        ("11100000MB0341032Y", "机关"),
        ("113700000045030270", "机关"),
        ("12441500196720244T", "事业单位"),
        ("52100000500000784G", "民办非企业单位"),
    ];

    #[test]
    fn valid_codes() {
        for (text, class) in VALID {
            let code = UnifiedCode::parse(text).unwrap();
            assert_eq!(code.class().unwrap().zh, class, "{text}");
        }
        assert_eq!(UnifiedCode::parse(VALID[4].0).unwrap().division(), Some(DivisionCode::NATION));
        assert_eq!(UnifiedCode::parse(" 91350100m000100y43").unwrap().as_str(), VALID[0].0);
    }

    #[test]
    fn any_other_last_character_is_refused() {
        for (text, _) in VALID {
            for last in CREDIT_CODE {
                let other = format!("{}{}", text.get(..17).unwrap(), char::from(*last));
                assert_eq!(UnifiedCode::parse(&other).is_ok(), other == text, "{other}");
            }
        }
    }

    #[test]
    fn invalid_codes() {
        for (text, code) in [
            ("", "uscc-length"),
            ("91350100M000100Y4", "uscc-length"),
            ("91350100M000100Y430", "uscc-length"),
            ("９１３５０１", "uscc-length"),
            ("91350100I000100Y43", "uscc-alphabet"),
            ("91350100O000100Y43", "uscc-alphabet"),
            ("91350100Z000100Y43", "uscc-alphabet"),
            ("91350100S000100Y43", "uscc-alphabet"),
            ("91350100V000100Y43", "uscc-alphabet"),
            ("9135-100M000100Y43", "uscc-alphabet"),
            ("9135A100M000100Y43", "uscc-division"),
            ("91350100M000100Y44", "uscc-check-character"),
        ] {
            assert_eq!(UnifiedCode::parse(text).unwrap_err().code, code, "{text}");
        }
    }

    #[test]
    fn prefixes_name_the_class() {
        let class = |prefix: &str| CLASSES.iter().find(|class| class.code == prefix).map(|class| class.zh);
        for (prefix, zh) in [("11", "机关"), ("12", "事业单位"), ("51", "社会团体"), ("53", "基金会"), ("92", "个体工商户"), ("93", "农民专业合作社")]
        {
            assert_eq!(class(prefix), Some(zh));
        }
        assert!(["N1", "N2", "N3"].iter().all(|prefix| class(prefix).unwrap().ends_with("集体经济组织")));
    }

    #[test]
    fn organization_codes() {
        for text in ["D2143569X", "D2143569-X", "71526726X", "MB0341032", "708461136", "000013338"] {
            assert!(OrganizationCode::parse(text).is_ok(), "{text}");
        }
        assert_eq!(OrganizationCode::parse("500000784").unwrap_err().code, "organization-code-check");
        assert_eq!(OrganizationCode::parse("50000078").unwrap_err().code, "organization-code-shape");
        assert_eq!(OrganizationCode::parse("5000-0784").unwrap_err().code, "organization-code-shape");
        assert_eq!(OrganizationCode::compose("D2143569").unwrap().as_str(), "D2143569X");
    }

    #[test]
    fn a_wrong_organization_code_inside_is_only_a_warning() {
        let odd = UnifiedCode::parse("52100000500000784G").unwrap();
        assert_eq!(odd.warning().unwrap().code, "organization-code-check");
        assert_eq!(UnifiedCode::parse("11100000000013338W").unwrap().warning(), None);
    }

    #[test]
    fn registration_numbers() {
        let number = RegistrationNumber::compose("33992160000001").unwrap();
        assert_eq!(RegistrationNumber::parse(number.as_str()).unwrap(), number);
        let wrong = format!("33992160000002{}", number.as_str().get(14..).unwrap());
        assert_eq!(RegistrationNumber::parse(&wrong).unwrap_err().code, "registration-number-check");
        assert_eq!(RegistrationNumber::parse("3399216").unwrap_err().code, "registration-number-shape");
    }

    #[test]
    fn serial_numbers_give_different_valid_codes() {
        let county = DivisionCode::parse("339921").unwrap();
        let codes: std::collections::BTreeSet<_> = (0..2_000).map(|n| UnifiedCode::from_serial('9', '2', &county, n).unwrap()).collect();
        assert_eq!(codes.len(), 2_000);
        assert!(codes.iter().all(|code| code.class().unwrap().zh == "个体工商户" && code.warning().is_none()));
        assert_eq!(UnifiedCode::from_serial('9', '2', &county, u32::MAX).unwrap_err().code, "uscc-serial");
    }

    proptest! {
        #[test]
        fn composed_codes_are_valid(class in prop::sample::select(CLASSES.to_vec()), body in "[0-9A-HJ-NPQRTUWXY]{8}") {
            let county = DivisionCode::parse("339921").unwrap();
            let (department, kind) = (class.code.chars().next().unwrap(), class.code.chars().nth(1).unwrap());
            let body9 = OrganizationCode::compose(&body).unwrap();
            let code = UnifiedCode::compose(department, kind, &county, body9.as_str()).unwrap();
            prop_assert_eq!(code.class(), Some(&class));
            prop_assert_eq!(code.division(), Some(county));
            prop_assert_eq!(code.warning(), None);
        }

        #[test]
        fn any_text_is_answered(text in "\\PC{0,24}") {
            let _ = UnifiedCode::parse(&text);
            let _ = OrganizationCode::parse(&text);
            let _ = RegistrationNumber::parse(&text);
        }
    }
}
