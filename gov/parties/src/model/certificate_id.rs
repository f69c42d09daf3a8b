use super::checks::mod_37_36;
use super::problem::Problem;
use super::unified::UnifiedCode;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// 电子证照根代码
const ROOT: &str = "1.2.156.3005.2.";
const TYPE_LENGTH_MAX: usize = 21;
const ISSUER_LENGTH_MAX: usize = 18;
const SERIAL_LENGTH_MAX: usize = 32;
const VERSION_LENGTH: usize = 3;

/// 电子证照标识 (GB/T 36904): type, issuer, serial number, version and check character, joined by dots under the root
/// `1.2.156.3005.2`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CertificateId {
    type_code: String,
    issuer: String,
    serial: String,
    version: u16,
    check: char,
}

impl CertificateId {
    /// Builds the identifier with its check character. `type_code` is the 21 characters of the certificate type,
    /// `serial` up to 32 digits or capital letters, `version` 1 to 999.
    pub fn compose(type_code: &str, issuer: &UnifiedCode, serial: &str, version: u16) -> Result<Self, Problem> {
        check_type_code(type_code)?;
        Self::from_parts(type_code, issuer.as_str(), serial, version)
    }

    /// Reads the identifier, with or without the root. Shorter type and issuer codes of older certificates are accepted.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        let text = text.strip_prefix(ROOT).unwrap_or(text);
        let parts: Vec<&str> = text.split('.').collect();
        let [type_code, issuer, serial, version, check] = parts.as_slice() else {
            return Err(shape());
        };
        let is_version = version.len() == VERSION_LENGTH && version.bytes().all(|b| b.is_ascii_digit());
        let number = version.parse().ok().filter(|_| is_version).ok_or_else(shape)?;
        let id = Self::from_parts(type_code, issuer, serial, number)?;
        if !check.chars().eq([id.check]) {
            return Err(Problem::new(
                "certificate-id-check",
                "电子证照标识的校验位不正确",
                "The check character of the certificate identifier is wrong",
            ));
        }
        Ok(id)
    }

    /// The same certificate in its next version (变更), or `None` after the last one.
    pub fn next_version(&self) -> Option<Self> {
        Self::from_parts(&self.type_code, &self.issuer, &self.serial, self.version.checked_add(1)?).ok()
    }

    /// 证照类型代码
    pub fn type_code(&self) -> &str {
        &self.type_code
    }

    /// 颁发机构代码
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// 流水号
    pub fn serial(&self) -> &str {
        &self.serial
    }

    /// 版本号
    pub fn version(&self) -> u16 {
        self.version
    }

    /// 校验位
    pub fn check(&self) -> char {
        self.check
    }

    fn from_parts(type_code: &str, issuer: &str, serial: &str, version: u16) -> Result<Self, Problem> {
        let fits = is_segment(type_code, TYPE_LENGTH_MAX) && is_segment(issuer, ISSUER_LENGTH_MAX) && is_segment(serial, SERIAL_LENGTH_MAX);
        if !fits || !(1..=999).contains(&version) {
            return Err(shape());
        }
        let check = mod_37_36(&format!("{type_code}{issuer}{serial}{version:03}")).ok_or_else(shape)?;
        let [type_code, issuer, serial] = [type_code, issuer, serial].map(str::to_owned);
        Ok(Self { type_code, issuer, serial, version, check })
    }
}

/// Checks a 证照类型代码: the unified code of the body that defines the type, and three digits.
pub fn check_type_code(text: &str) -> Result<(), Problem> {
    let parts = text.split_at_checked(18).filter(|(_, serial)| serial.len() == 3 && serial.bytes().all(|b| b.is_ascii_digit()));
    match parts {
        Some((body, _)) => UnifiedCode::parse(body).map(|_| ()),
        None => Err(Problem::new(
            "certificate-type-code",
            "证照类型代码应为 18 位统一社会信用代码加 3 位数字",
            "A certificate type code is a unified social credit code and three digits",
        )),
    }
}

fn is_segment(text: &str, length_max: usize) -> bool {
    (1..=length_max).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
}

fn shape() -> Problem {
    Problem::new(
        "certificate-id-shape",
        "电子证照标识应由证照类型代码、颁发机构代码、流水号、三位版本号和校验位以点号连接组成",
        "A certificate identifier is type code, issuer code, serial number, three-digit version and check character, joined by dots",
    )
}

impl fmt::Display for CertificateId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{ROOT}{}.{}.{}.{:03}.{}", self.type_code, self.issuer, self.serial, self.version, self.check)
    }
}

impl fmt::Debug for CertificateId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for CertificateId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CertificateId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const FULL: &str = "1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0";

    #[test]
    fn the_full_form_goes_round() {
        let id = CertificateId::parse(FULL).unwrap();
        assert_eq!(id.to_string(), FULL);
        assert_eq!(
            (id.type_code(), id.issuer(), id.serial(), id.version(), id.check()),
            ("11100000000013338W009", "11330105002500287C", "2025052201", 2, '0')
        );
        assert_eq!(serde_json::from_str::<CertificateId>(&serde_json::to_string(&id).unwrap()).unwrap(), id);
    }

    #[test]
    fn composing_finds_the_check_character() {
        let issuer = UnifiedCode::parse("11430000006122244L").unwrap();
        let id = CertificateId::compose("11100000000013338W011", &issuer, "20230000403", 1).unwrap();
        assert_eq!(id.check(), 'U');
        let next = id.next_version().unwrap();
        assert_eq!(next.version(), 2);
        assert_eq!(CertificateId::parse(&next.to_string()).unwrap(), next);
    }

    #[test]
    fn older_shorter_codes_are_read() {
        assert!(CertificateId::parse("11100000MB03271699022.340100.000000016.001.9").is_ok());
        assert!(CertificateId::parse("062301.1101101102.0624001.001.U").is_ok());
    }

    #[test]
    fn nonsense_is_refused() {
        for (text, code) in [
            (FULL.replace(".002.0", ".002.1"), "certificate-id-check"),
            (FULL.replace(".002.0", ".002.00"), "certificate-id-check"),
            (FULL.replace("2025052201", "2025052202"), "certificate-id-check"),
            (FULL.replace(".002.", ".2."), "certificate-id-shape"),
            (FULL.replace(".002.", ".000."), "certificate-id-shape"),
            (FULL.replace("2025052201", ""), "certificate-id-shape"),
            (FULL.replace("2025052201", "2025a"), "certificate-id-shape"),
            (String::new(), "certificate-id-shape"),
        ] {
            assert_eq!(CertificateId::parse(&text).unwrap_err().code, code, "{text}");
        }
        let issuer = UnifiedCode::parse("11430000006122244L").unwrap();
        assert_eq!(CertificateId::compose("0623", &issuer, "1", 1).unwrap_err().code, "certificate-type-code");
        assert_eq!(CertificateId::compose("11100000000013338W011", &issuer, "1", 0).unwrap_err().code, "certificate-id-shape");
    }

    #[test]
    fn the_last_version_has_no_next() {
        let issuer = UnifiedCode::parse("11430000006122244L").unwrap();
        assert_eq!(CertificateId::compose("11100000000013338W011", &issuer, "1", 999).unwrap().next_version(), None);
    }
}
