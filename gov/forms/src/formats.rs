use std::collections::BTreeMap;

use i18n::Text;
use jiff::civil::Date;

/// What a format checker says: nothing, or a sentence that replaces the general one.
type Checker = fn(&str) -> Result<(), Option<Text>>;

/// Names of formats that a form may use.
pub(crate) const KNOWN: [&str; 7] = ["cn-id-number", "cn-uscc", "cn-mobile", "cn-phone", "cn-division", "date", "email"];

/// The checkers of formats by name. Shapes are built in; check digits and registers are added by the caller.
#[derive(Clone)]
pub struct Formats {
    checkers: BTreeMap<&'static str, Checker>,
}

impl std::fmt::Debug for Formats {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.checkers.keys()).finish()
    }
}

impl Default for Formats {
    fn default() -> Formats {
        Formats::standard()
    }
}

impl Formats {
    /// The built-in checkers.
    pub fn standard() -> Formats {
        let checkers: [(&'static str, Checker); 7] = [
            ("cn-id-number", |text| plain(is_id_number(text))),
            ("cn-uscc", |text| plain(is_uscc(text))),
            ("cn-mobile", |text| plain(is_mobile(text))),
            ("cn-phone", |text| plain(is_phone(text))),
            ("cn-division", |text| plain(is_division(text))),
            ("date", |text| plain(is_date(text))),
            ("email", |text| plain(is_email(text))),
        ];
        Formats { checkers: checkers.into_iter().collect() }
    }

    /// Replaces the checker of one format.
    pub fn with(mut self, format: &'static str, checker: Checker) -> Formats {
        self.checkers.insert(format, checker);
        self
    }

    /// Checks a value. A format without a checker accepts everything; parsing refuses such formats.
    pub fn check(&self, format: &str, value: &str) -> Result<(), Option<Text>> {
        self.checkers.get(format).map_or(Ok(()), |checker| checker(value))
    }
}

fn plain(right: bool) -> Result<(), Option<Text>> {
    if right { Ok(()) } else { Err(None) }
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// GB 11643: 17 digits and a digit or X. The check digit is for the caller's checker.
fn is_id_number(text: &str) -> bool {
    match text.len() {
        18 if text.is_ascii() => {
            let (body, check) = text.split_at(17);
            digits(body) && (digits(check) || check == "X")
        }
        _ => false,
    }
}

/// GB 32100: 18 digits and capitals without I, O, S, V, Z.
fn is_uscc(text: &str) -> bool {
    text.len() == 18 && text.bytes().all(|b| b.is_ascii_digit() || (b.is_ascii_uppercase() && !b"IOSVZ".contains(&b)))
}

fn is_mobile(text: &str) -> bool {
    text.len() == 11 && digits(text) && text.starts_with('1') && !matches!(text.as_bytes().get(1), Some(b'0' | b'1' | b'2') | None)
}

/// A mobile number, or a fixed one with area code, with or without an extension: `0571-12345678-12`.
fn is_phone(text: &str) -> bool {
    if is_mobile(text) {
        return true;
    }
    let parts: Vec<&str> = text.split('-').collect();
    let (area, number, extension) = match parts.as_slice() {
        [area, number] => (*area, *number, "1"),
        [area, number, extension] => (*area, *number, *extension),
        _ => return false,
    };
    let area_fits = matches!(area.len(), 3 | 4) && area.starts_with('0') && digits(area);
    area_fits && matches!(number.len(), 7 | 8) && digits(number) && extension.len() <= 6 && digits(extension)
}

/// 6 digits for a county, 9 for a township, 12 for a village.
fn is_division(text: &str) -> bool {
    matches!(text.len(), 6 | 9 | 12) && digits(text) && !text.starts_with('0')
}

fn is_date(text: &str) -> bool {
    text.len() == 10 && text.parse::<Date>().is_ok()
}

fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let fits = |part: &str| !part.is_empty() && !part.chars().any(|c| c.is_whitespace() || c.is_control() || "@<>,;:\"()[]\\".contains(c));
    let labels = domain.split('.').all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'));
    text.len() <= 254 && local.len() <= 64 && fits(local) && fits(domain) && domain.contains('.') && labels
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(format: &str, right: &[&str], wrong: &[&str]) {
        for text in right {
            assert!(Formats::standard().check(format, text).is_ok(), "{format} {text}");
        }
        for text in wrong {
            assert!(Formats::standard().check(format, text).is_err(), "{format} {text}");
        }
    }

    #[test]
    fn shapes_are_checked() {
        check("cn-id-number", &["33992119900101001X"], &["", "33992119900101001x", "339921199001010", "3399211990010100中"]);
        check("cn-uscc", &["91339921MA2XXXXX0A"], &["", "91339921MA2XXXXX0I", "91339921"]);
        check("cn-mobile", &["13800000000"], &["12800000000", "1380000000", "+8613800000000"]);
        check("cn-phone", &["13800000000", "0571-12345678", "0571-1234567-12"], &["12345678", "571-12345678", "0571-12345678-1-1"]);
        check("cn-division", &["339921", "339921100", "339921100200"], &["33992", "039921"]);
        check("date", &["2026-02-28"], &["2026-02-29", "2026-2-28", "20260228", "2026-01-01T00:00:00"]);
        check("email", &["a.b@example.org"], &["a@b", "a b@example.org", "@example.org", "a@.org", "a@@b.org"]);
    }

    #[test]
    fn a_checker_may_be_replaced_and_may_speak() {
        let formats = Formats::standard().with("cn-uscc", |_| Err(Some(Text::new("校验码不对", "The check character is wrong"))));
        assert_eq!(formats.check("cn-uscc", "x"), Err(Some(Text::new("校验码不对", "The check character is wrong"))));
    }
}
