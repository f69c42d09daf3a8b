//! Checks of single values. Values come in narrowed (full-width digits are digits) and trimmed.

use parties::{IdentityNumber, UnifiedCode};

use super::surnames::is_surname;

const PROVINCES_OF_PLATES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
const ETHNICITIES: &str = "汉族 蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 傣族 黎族 傈僳族 佤族 \
    畲族 高山族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 阿昌族 普米族 塔吉克族 怒族 \
    乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族 京族 塔塔尔族 独龙族 鄂伦春族 赫哲族 门巴族 珞巴族 基诺族";

fn digits(text: &str) -> Option<Vec<u32>> {
    text.chars().map(|c| c.to_digit(10)).collect()
}

/// 公民身份号码: 18 characters with a date and a check character.
pub(super) fn is_identity_number(text: &str) -> bool {
    text.chars().count() == 18 && IdentityNumber::parse(text).is_ok()
}

pub(super) fn is_unified_code(text: &str) -> bool {
    text.len() == 18 && UnifiedCode::parse(text).is_ok()
}

pub(super) fn is_mobile(text: &str) -> bool {
    let text = text.strip_prefix("+86").unwrap_or(text).trim();
    let plain: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    digits(&plain).is_some_and(|digits| digits.len() == 11 && digits.first() == Some(&1) && digits.get(1).is_some_and(|second| *second >= 3))
}

pub(super) fn is_telephone(text: &str) -> bool {
    let plain: String = text.chars().filter(|c| !matches!(c, '-' | '(' | ')' | ' ')).collect();
    digits(&plain).is_some_and(|digits| (10..=12).contains(&digits.len()) && digits.first() == Some(&0) && digits.get(1).is_some_and(|d| *d != 0))
}

/// 16 to 19 digits, Luhn, of a Chinese or international issuer.
pub(super) fn is_bank_card(text: &str) -> bool {
    let plain: String = text.chars().filter(|c| *c != ' ').collect();
    (16..=19).contains(&plain.len()) && plain.starts_with(['4', '5', '6']) && luhn(&plain)
}

pub(super) fn luhn(text: &str) -> bool {
    let Some(digits) = digits(text) else { return false };
    let weigh = |(place, digit): (usize, &u32)| match (place % 2, *digit) {
        (0, digit) => digit,
        (_, digit) if digit > 4 => digit * 2 - 9,
        (_, digit) => digit * 2,
    };
    !digits.is_empty() && digits.iter().rev().enumerate().map(weigh).sum::<u32>() % 10 == 0
}

pub(super) fn is_passport(text: &str) -> bool {
    let mut chars = text.chars();
    let first = chars.next().is_some_and(|c| "EeGgDdSsPpHh".contains(c));
    let rest: Vec<char> = chars.collect();
    first && rest.len() == 8 && rest.iter().all(char::is_ascii_alphanumeric) && rest.iter().filter(|c| c.is_ascii_digit()).count() >= 7
}

pub(super) fn is_travel_permit(text: &str) -> bool {
    let body = text.strip_prefix(['H', 'M', 'h', 'm']);
    match body {
        Some(body) => (8..=10).contains(&body.len()) && digits(body).is_some(),
        None => text.len() == 8 && digits(text).is_some() && !is_day(text),
    }
}

pub(super) fn is_plate(text: &str) -> bool {
    let plain: Vec<char> = text.chars().filter(|c| !matches!(c, '·' | ' ' | '-')).collect();
    let rest = plain.get(2..).unwrap_or_default();
    plain.first().is_some_and(|c| PROVINCES_OF_PLATES.contains(*c))
        && plain.get(1).is_some_and(char::is_ascii_uppercase)
        && (5..=6).contains(&rest.len())
        && rest.iter().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase() || "警学挂港澳".contains(*c))
}

/// A mailbox, except one of an office.
pub(super) fn is_email(text: &str) -> bool {
    let Some((user, host)) = text.split_once('@') else { return false };
    let fine = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "._+-".contains(c));
    fine(user) && fine(host) && host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && !host.ends_with(".gov.cn")
}

fn runs(text: &str, belongs: fn(char) -> bool) -> impl Iterator<Item = &str> {
    text.split(move |c| !belongs(c)).filter(|run| !run.is_empty())
}

pub(super) fn has_identity_number(text: &str) -> bool {
    runs(text, |c| c.is_ascii_digit() || matches!(c, 'X' | 'x')).any(is_identity_number)
}

pub(super) fn has_mobile(text: &str) -> bool {
    runs(text, |c| c.is_ascii_digit()).any(is_mobile)
}

pub(super) fn has_bank_card(text: &str) -> bool {
    runs(text, |c| c.is_ascii_digit()).any(is_bank_card)
}

pub(super) fn has_email(text: &str) -> bool {
    runs(text, |c| c.is_ascii_alphanumeric() || "@._+-".contains(c)).any(|run| is_email(run.trim_end_matches('.')))
}

/// IPv4 address, MAC address or IMEI.
pub(super) fn is_device(text: &str) -> bool {
    let ip = text.split('.').count() == 4 && text.split('.').all(|part| !part.is_empty() && part.parse::<u8>().is_ok());
    let pair = |part: &str| part.len() == 2 && part.chars().all(|c| c.is_ascii_hexdigit());
    let mac = [':', '-'].iter().any(|sign| text.split(*sign).count() == 6 && text.split(*sign).all(pair));
    let imei = text.len() == 15 && luhn(text);
    ip || mac || imei
}

/// A surname and one to three more Han characters.
pub(super) fn is_person_name(text: &str) -> bool {
    let chars: Vec<char> = text.chars().filter(|c| *c != '·').collect();
    let han = chars.iter().all(|c| matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'));
    (2..=4).contains(&chars.len())
        && han
        && is_surname(text)
        && !text.ends_with(['局', '县', '市', '镇', '村', '店', '司', '路', '街', '族', '证', '号', '类', '表', '费'])
}

/// An address with a part of a division and a part of a street.
pub(super) fn is_address(text: &str) -> bool {
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    text.chars().count() >= 6
        && has(&["省", "市", "县", "区", "镇", "乡", "街道", "村", "社区"])
        && has(&["路", "街", "巷", "弄", "号", "室", "幢", "组", "栋", "单元"])
}

pub(super) fn is_day(text: &str) -> bool {
    let plain: String = text.chars().filter(char::is_ascii_digit).collect();
    let signs = text.chars().filter(|c| !c.is_ascii_digit()).all(|c| "-/.年月日 :T".contains(c));
    let iso = match (plain.get(..4), plain.get(4..6), plain.get(6..8)) {
        (Some(year), Some(month), Some(day)) => format!("{year}-{month}-{day}"),
        _ => return false,
    };
    signs && plain.len() == 8 && iso.parse::<clock::Date>().is_ok_and(|day| (1880..=2100).contains(&day.year()))
}

pub(super) fn is_ethnicity(text: &str) -> bool {
    ETHNICITIES.split_whitespace().any(|known| known == text || known.strip_suffix('族') == Some(text)) && text.chars().count() > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values that a check takes, and values that it must not take.
    fn vectors(check: fn(&str) -> bool, taken: &[&str], refused: &[&str]) {
        for value in taken {
            assert!(check(value), "{value} should pass");
        }
        for value in refused {
            assert!(!check(value), "{value} should not pass");
        }
    }

    #[test]
    fn identity_numbers_and_codes_have_check_characters() {
        vectors(is_identity_number, &["11010519491231002X"], &["110105194912310021", "11010519491331002X", "11010519491231002", ""]);
        vectors(is_unified_code, &["91350100M000100Y43", "11100000000013338W"], &["91350100M000100Y44", "913501", ""]);
    }

    #[test]
    fn cards_obey_luhn() {
        vectors(is_bank_card, &["6228480402564890018", "4111111111111111"], &["6222021234567890", "622848040256489001", "1234567890123452"]);
        vectors(is_device, &["490154203237518", "10.1.2.3", "00:1A:2B:3C:4D:5E"], &["490154203237519", "10.1.2.256", "1.2.3", "00:1A:2B:3C:4D"]);
    }

    #[test]
    fn telephones_plates_and_mail() {
        vectors(is_mobile, &["13812345678", "+8613812345678", "138 1234 5678"], &["12812345678", "1381234567", "23812345678"]);
        vectors(is_telephone, &["0570-6000001", "01062345678"], &["13812345678", "6000001", "00106234567"]);
        vectors(is_plate, &["京A12345", "浙AD12345", "浙A·1234警"], &["某A12345", "京a12345", "京A123", "京A1234567"]);
        vectors(is_email, &["abc@x.cn", "a.b+c@mail.example.com"], &["abc@x", "@x.cn", "abc", "a b@x.cn", "a@yunxi.gov.cn"]);
    }

    #[test]
    fn what_proves_itself_is_found_inside_of_texts() {
        vectors(has_identity_number, &["x 11010519491231002X y", "号码：11010519491231002x。"], &["1110105194912310021", "110105194912310021"]);
        vectors(has_mobile, &["电话13812345678"], &["订单138123456789", "13812"]);
        vectors(has_bank_card, &["卡号6228480402564890018"], &["6228480402564890019", "99622848040256489001899"]);
        vectors(has_email, &["邮箱：x@example.com。", "<a.b@mail.cn>, 其他"], &["a@yunxi.gov.cn", "公园@入口"]);
    }

    #[test]
    fn documents_of_travellers() {
        vectors(is_passport, &["E12345678", "EA1234567"], &["A12345678", "E1234567", "EABCDEFGH"]);
        vectors(is_travel_permit, &["H12345678", "M1234567890", "12345678"], &["20200101", "H1234", "1234567"]);
    }

    #[test]
    fn names_addresses_days_and_ethnicities() {
        vectors(is_person_name, &["张三", "王小明", "欧阳娜娜"], &["食品", "云溪县", "张", "张三丰李四五", "Zhang San", "许可证"]);
        vectors(is_address, &["云溪县城关镇人民路3号", "溪口街道滨溪路8号2单元"], &["人民路3号", "云溪县", "办理食品经营许可"]);
        vectors(is_day, &["1990-01-31", "19900131", "1990年01月31日"], &["1990-02-31", "12345678", "1990", "张三"]);
        vectors(is_ethnicity, &["汉族", "汉", "土家族"], &["汉族人", "族", ""]);
    }
}
