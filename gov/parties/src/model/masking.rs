//! 脱敏: what of a personal value may be shown. Public notices mask by default; the full value is shown only for a
//! logged purpose.

use serde::{Deserialize, Serialize};

/// Surnames of two characters that are still in use.
const COMPOUND_SURNAMES: [&str; 33] = [
    "欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "万俟", "闻人", "夏侯", "诸葛", "尉迟", "公羊", "赫连", "澹台", "皇甫", "宗政",
    "濮阳", "公冶", "太叔", "申屠", "公孙", "慕容", "仲孙", "钟离", "长孙", "宇文", "司徒", "鲜于", "司空", "令狐", "闾丘",
];
/// Where an address may still be shown: the first of these ends the part that stays.
const ADDRESS_ENDS: [char; 3] = ['区', '县', '旗'];
/// Words that end in 区 but are no division.
const NOT_DIVISIONS: [&str; 6] = ["自治区", "小区", "社区", "园区", "开发区", "市辖区"];

/// How much of a name is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameMask {
    /// Public notices (公示): surname and, from three characters on, the last.
    Public,
    /// The counter, where others look over the shoulder: surname only.
    Counter,
}

/// How much of an identity number is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IdentityMask {
    /// Inside an office: six and four.
    Office,
    /// Public: one and one.
    Public,
}

/// What a value is, for masking by the kind that a form names in `x-mask`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MaskKind {
    /// A person's name, as at the counter.
    Name,
    /// A person's name, as in public notices.
    NamePublic,
    /// An identity number, inside an office.
    IdNumber,
    /// An identity number, in public.
    IdNumberPublic,
    /// A mobile number.
    Mobile,
    /// A telephone number with area code.
    Phone,
    /// A bank card number.
    BankCard,
    /// An email address.
    Email,
    /// A postal address.
    Address,
    /// A number plate.
    Plate,
}

impl MaskKind {
    /// Reads the word a form uses.
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "name" => Self::Name,
            "name-public" => Self::NamePublic,
            "id-number" => Self::IdNumber,
            "id-number-public" => Self::IdNumberPublic,
            "mobile" => Self::Mobile,
            "phone" => Self::Phone,
            "bank-card" => Self::BankCard,
            "email" => Self::Email,
            "address" => Self::Address,
            "plate" => Self::Plate,
            _ => return None,
        })
    }

    /// The value masked.
    pub fn mask(self, value: &str) -> String {
        match self {
            Self::Name => mask_name(value, NameMask::Counter),
            Self::NamePublic => mask_name(value, NameMask::Public),
            Self::IdNumber => mask_identity(value, IdentityMask::Office),
            Self::IdNumberPublic => mask_identity(value, IdentityMask::Public),
            Self::Mobile => mask_mobile(value),
            Self::Phone => mask_phone(value),
            Self::BankCard => mask_bank_card(value),
            Self::Email => mask_email(value),
            Self::Address => mask_address(value),
            Self::Plate => mask_plate(value),
        }
    }
}

/// 张三 → 张*; 王小明 → 王*明 (public) or 王** (counter); 欧阳娜娜 → 欧阳**. In names of several words each word keeps its first letter.
pub fn mask_name(name: &str, style: NameMask) -> String {
    let name = name.trim();
    if name.contains(['·', ' ', '•']) {
        return mask_words(name);
    }
    let length = name.chars().count();
    if COMPOUND_SURNAMES.iter().any(|surname| name.starts_with(surname)) && length > 2 {
        return keep(name, 2, 0);
    }
    let last = if style == NameMask::Public && length >= 3 { 1 } else { 0 };
    keep(name, 1, last)
}

/// 11010519491231002X → 110105********002X (office) or 1****************X (public).
pub fn mask_identity(number: &str, style: IdentityMask) -> String {
    match style {
        IdentityMask::Office => keep(number.trim(), 6, 4),
        IdentityMask::Public => keep(number.trim(), 1, 1),
    }
}

/// 13812345678 → 138****5678
pub fn mask_mobile(number: &str) -> String {
    keep(number.trim(), 3, 4)
}

/// 010-62345678 → 010-****5678
pub fn mask_phone(number: &str) -> String {
    let number = number.trim();
    match number.split_once('-') {
        Some((area, local)) => format!("{area}-{}", keep(local, 0, 4)),
        None => keep(number, 0, 4),
    }
}

/// 6228480402564890018 → ***************0018
pub fn mask_bank_card(number: &str) -> String {
    keep(number.trim(), 0, 4)
}

/// abc@x.cn → a**@x.cn
pub fn mask_email(address: &str) -> String {
    match address.trim().rsplit_once('@') {
        Some((user, domain)) => format!("{}@{domain}", keep(user, 1, 0)),
        None => keep(address.trim(), 1, 0),
    }
}

/// 北京市朝阳区××街1号 → 北京市朝阳区****; without a county the city stays, without a city nothing.
pub fn mask_address(address: &str) -> String {
    let address = address.trim();
    let shown = end_of_county(address).or_else(|| address.find('市').map(|at| at + '市'.len_utf8()));
    match shown.and_then(|end| address.get(..end)) {
        Some(kept) => format!("{kept}****"),
        None => "****".to_owned(),
    }
}

/// 京A12345 → 京A***45
pub fn mask_plate(plate: &str) -> String {
    keep(plate.trim(), 2, 2)
}

fn end_of_county(address: &str) -> Option<usize> {
    let ends = address.char_indices().filter(|(_, c)| ADDRESS_ENDS.contains(c)).map(|(at, c)| at + c.len_utf8());
    ends.filter_map(|end| Some((end, address.get(..end)?)))
        .find(|(_, head)| !NOT_DIVISIONS.iter().any(|word| head.ends_with(word)))
        .map(|(end, _)| end)
}

/// Keeps the first and the last characters; everything is masked when that would show the whole value.
fn keep(value: &str, first: usize, last: usize) -> String {
    let length = value.chars().count();
    let (first, last) = if length > first + last { (first, last) } else { (0, 0) };
    value.chars().enumerate().map(|(i, c)| if i < first || i >= length - last { c } else { '*' }).collect()
}

fn mask_words(name: &str) -> String {
    let mut starts_word = true;
    let mut masked = String::with_capacity(name.len());
    for c in name.chars() {
        let separates = matches!(c, '·' | ' ' | '•');
        masked.push(if separates || starts_word { c } else { '*' });
        starts_word = separates;
    }
    masked
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn vectors() {
        let vectors = [
            (MaskKind::Name, "张三", "张*"),
            (MaskKind::NamePublic, "张三", "张*"),
            (MaskKind::NamePublic, "王小明", "王*明"),
            (MaskKind::Name, "王小明", "王**"),
            (MaskKind::Name, "欧阳娜娜", "欧阳**"),
            (MaskKind::NamePublic, "欧阳娜娜", "欧阳**"),
            (MaskKind::Name, "司马", "司*"),
            (MaskKind::Name, "李", "*"),
            (MaskKind::Name, "买买提·吐尔逊", "买**·吐**"),
            (MaskKind::NamePublic, "Mary Ann Smith", "M*** A** S****"),
            (MaskKind::IdNumber, "11010519491231002X", "110105********002X"),
            (MaskKind::IdNumberPublic, "11010519491231002X", "1****************X"),
            (MaskKind::Mobile, "13812345678", "138****5678"),
            (MaskKind::Phone, "010-62345678", "010-****5678"),
            (MaskKind::Phone, "62345678", "****5678"),
            (MaskKind::BankCard, "6228480402564890018", "***************0018"),
            (MaskKind::Email, "abc@x.cn", "a**@x.cn"),
            (MaskKind::Email, "a@x.cn", "*@x.cn"),
            (MaskKind::Plate, "京A12345", "京A***45"),
            (MaskKind::Address, "北京市朝阳区××街1号", "北京市朝阳区****"),
            (MaskKind::Address, "浙江省云州市云溪县城关镇人民路1号", "浙江省云州市云溪县****"),
            (MaskKind::Address, "内蒙古自治区呼和浩特市新城区中山路1号", "内蒙古自治区呼和浩特市新城区****"),
            (MaskKind::Address, "广东省东莞市东城街道幸福小区1栋", "广东省东莞市****"),
            (MaskKind::Address, "幸福小区1栋", "****"),
        ];
        for (kind, value, masked) in vectors {
            assert_eq!(kind.mask(value), masked, "{value}");
        }
    }

    #[test]
    fn words_of_forms() {
        for word in ["name", "name-public", "id-number", "id-number-public", "mobile", "phone", "bank-card", "email", "address", "plate"] {
            let kind = MaskKind::parse(word).map(|kind| serde_json::to_value(kind).ok());
            assert_eq!(kind, Some(Some(serde_json::Value::from(word))));
        }
        assert_eq!(MaskKind::parse("nothing"), None);
    }

    proptest! {
        #[test]
        fn nothing_is_shown_whole(value in "\\PC{1,20}") {
            for kind in [MaskKind::Name, MaskKind::NamePublic, MaskKind::IdNumber, MaskKind::Mobile, MaskKind::BankCard, MaskKind::Plate, MaskKind::Address] {
                let masked = kind.mask(&value);
                prop_assert!(masked.contains('*') || value.trim().chars().count() <= 20);
                prop_assert!(value.trim().is_empty() || value.contains('*') || value.contains(['·', ' ', '•']) || masked != value.trim());
            }
        }
    }
}
