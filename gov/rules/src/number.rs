//! Numbers between JSON and FEEL, without rounding where JSON allows.

use std::str::FromStr;

use dsntk_feel::FeelNumber;
use serde_json::Number;

pub(crate) fn from_json(number: &Number) -> Option<FeelNumber> {
    if let Some(n) = number.as_i64() {
        return Some(FeelNumber::from(n));
    }
    FeelNumber::from_str(&number.to_string()).ok()
}

pub(crate) fn to_json(number: &FeelNumber) -> Option<Number> {
    let text = number.to_string();
    let text = match text.split_once('.') {
        Some((whole, fraction)) if fraction.chars().all(|c| c == '0') => whole.to_owned(),
        _ => text,
    };
    if let Ok(n) = text.parse::<i64>() {
        return Some(Number::from(n));
    }
    if let Ok(n) = text.parse::<u64>() {
        return Some(Number::from(n));
    }
    text.parse::<f64>().ok().and_then(Number::from_f64)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn numbers_survive_the_way_there_and_back() {
        for text in ["0", "-1", "9007199254740993", "18446744073709551615", "0.1", "-2.5", "1e21", "123456789.125"] {
            let number: Number = serde_json::from_str(text).unwrap();
            let back = to_json(&from_json(&number).unwrap()).unwrap();
            assert_eq!(back.to_string().parse::<f64>().unwrap(), text.parse::<f64>().unwrap(), "{text}");
        }
        assert_eq!(to_json(&FeelNumber::from_str("2.00").unwrap()).unwrap().to_string(), "2");
    }
}
