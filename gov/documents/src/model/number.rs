//! Numbers of documents and certificates, made from a serial number that was drawn in the same transaction.

use parties::{DivisionCode, OrganizationCode, UnifiedCode};

use crate::model::{DocumentKind, NumberRule};

/// Longest pattern and longest number.
const NUMBER_CHARS_MAX: usize = 40;
/// Characters of GB 32100 for the serial part of a unified code.
const CODE_CHARACTERS: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// A pattern that no number can be made from.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the certificate number cannot be made by `{rule}`: {problem}")]
pub struct NumberProblem {
    /// The pattern.
    pub rule: String,
    /// What is wrong.
    pub problem: String,
}

/// The series of an organ's documents of a kind: `云市监许受`, `云民办复`.
pub fn series(abbreviation: &str, kind: DocumentKind, permit: bool) -> String {
    format!("{abbreviation}{}{}", if permit { '许' } else { '办' }, kind.series_word())
}

/// The document number (发文字号): `云市监许受〔2026〕1号`, without zeros (GB/T 9704 7.2.5).
pub fn document_number(series: &str, year: i16, serial: i64) -> String {
    format!("{series}〔{year}〕{serial}号")
}

/// The number of a certificate. In a pattern `{division}` is the six-digit division, `{year}` the year, `{serial:N}` the serial number in
/// N digits and a last `{check}` the ISO 7064 MOD 11,10 digit over all digits before it; anything else stands for itself.
pub fn certificate_number(rule: &NumberRule, year: i16, serial: i64) -> Result<String, NumberProblem> {
    match rule {
        NumberRule::Given(number) => within_length(number, number.clone()),
        NumberRule::UnifiedCode { division } => unified_code(division, serial),
        NumberRule::Pattern { pattern, division } => within_length(pattern, fill(pattern, division, year, serial)?),
    }
}

/// The key of the sequence that a rule draws from; nothing when it needs no serial number.
pub(crate) fn sequence_of(rule: &NumberRule, type_code: &str) -> Option<String> {
    match rule {
        NumberRule::Given(_) => None,
        NumberRule::UnifiedCode { division } => Some(format!("uscc-{division}")),
        NumberRule::Pattern { division, .. } => Some(format!("{type_code}-{division}")),
    }
}

/// 92 (个体工商户) + division + organisation code MA……
fn unified_code(division: &str, serial: i64) -> Result<String, NumberProblem> {
    let wrong = |problem: String| NumberProblem { rule: "uscc".to_owned(), problem };
    let code = DivisionCode::parse(division).map_err(|e| wrong(e.sentence.en.to_string()))?;
    let mut rest = u32::try_from(serial).map_err(|_| wrong("the serial number is out of range".to_owned()))?;
    let mut tail = [b'0'; 6];
    for place in tail.iter_mut().rev() {
        let base = u32::try_from(CODE_CHARACTERS.len()).unwrap_or(1);
        let index = usize::try_from(rest % base).unwrap_or_default();
        *place = CODE_CHARACTERS.get(index).copied().unwrap_or(b'0');
        rest /= base;
    }
    let body = format!("MA{}", String::from_utf8_lossy(&tail));
    let organization = OrganizationCode::compose(&body).map_err(|e| wrong(e.sentence.en.to_string()))?;
    let unified = UnifiedCode::compose('9', '2', &code, organization.as_str()).map_err(|e| wrong(e.sentence.en.to_string()))?;
    Ok(unified.as_str().to_owned())
}

fn fill(pattern: &str, division: &str, year: i16, serial: i64) -> Result<String, NumberProblem> {
    let wrong = |problem: &str| NumberProblem { rule: pattern.to_owned(), problem: problem.to_owned() };
    let mut number = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        let (field, next) = after.split_once('}').ok_or_else(|| wrong("a brace is not closed"))?;
        number.push_str(before);
        rest = next;
        match field.split_once(':') {
            None if field == "division" => number.push_str(division),
            None if field == "year" => number.push_str(&year.to_string()),
            None if field == "check" && next.is_empty() => number.push(mod_11_10(&number)),
            None if field == "check" => return Err(wrong("the check digit must come last")),
            Some(("serial", digits)) => {
                let width = digits.parse().ok().filter(|n| (1..=12).contains(n)).ok_or_else(|| wrong("serial needs 1 to 12 digits"))?;
                let text = format!("{serial:0width$}");
                if text.len() > width {
                    return Err(wrong("the serial numbers are used up"));
                }
                number.push_str(&text);
            }
            _ => return Err(wrong("a field is unknown: division, year, serial:N and check are known")),
        }
    }
    number.push_str(rest);
    Ok(number)
}

fn within_length(rule: &str, number: String) -> Result<String, NumberProblem> {
    let length = number.chars().count();
    if (1..=NUMBER_CHARS_MAX).contains(&length) {
        return Ok(number);
    }
    Err(NumberProblem { rule: rule.to_owned(), problem: format!("expected 1 to {NUMBER_CHARS_MAX} characters, but there are {length}") })
}

/// ISO/IEC 7064 MOD 11,10 over the digits of the text (GB/T 17710), as food licences carry it.
fn mod_11_10(text: &str) -> char {
    let mut product = 10;
    for digit in text.chars().filter_map(|c| c.to_digit(10)) {
        let sum = (product + digit) % 10;
        product = if sum == 0 { 10 } else { sum } * 2 % 11;
    }
    char::from_digit((11 - product) % 10, 10).unwrap_or('0')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn pattern(pattern: &str) -> Result<String, NumberProblem> {
        certificate_number(&NumberRule::Pattern { pattern: pattern.to_owned(), division: "339921".to_owned() }, 2026, 42)
    }

    #[test]
    fn document_numbers_follow_gbt_9704() {
        let series = series("云市监", DocumentKind::AcceptanceNotice, true);
        assert_eq!(document_number(&series, 2026, 1), "云市监许受〔2026〕1号");
    }

    #[test]
    fn patterns_are_filled_with_a_check_digit() {
        assert_eq!(mod_11_10("0794"), '5', "the vector of the standard");
        let number = pattern("JY2{division}{serial:6}{check}").unwrap();
        assert!(number.starts_with("JY2339921000042") && number.len() == 16, "{number}");
        assert_eq!(pattern("云高龄〔{year}〕{serial:4}号").unwrap(), "云高龄〔2026〕0042号");
    }

    #[test]
    fn bad_patterns_are_refused() {
        for bad in ["{serial}", "{serial:0}", "{serial:1}", "{check}1", "{name}", "{division", ""] {
            assert!(pattern(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn unified_codes_are_valid_and_differ() {
        let make = |serial| certificate_number(&NumberRule::UnifiedCode { division: "339921".to_owned() }, 2026, serial).unwrap();
        let codes = [1, 2, 31, 1000, 887_503_680].map(make);
        for code in &codes {
            assert!(UnifiedCode::parse(code).is_ok(), "{code}");
            assert!(code.starts_with("92339921MA"));
        }
        assert_eq!(codes.iter().collect::<std::collections::BTreeSet<_>>().len(), codes.len());
    }
}
