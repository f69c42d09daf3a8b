//! Values that are about somebody. One function behind everything: [`personal_data_in`].

use i18n::Text;
use parties::{IdentityNumber, parse_mobile};
use serde::{Deserialize, Serialize};

/// Kinds of personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Personal {
    /// 公民身份号码, with its check digit.
    IdentityNumber,
    /// 手机号
    Mobile,
    /// 银行卡号, by Luhn's digit and the beginning of the number.
    BankCard,
    /// 电子邮箱
    Email,
    /// 护照号
    Passport,
    /// 姓名
    Name,
    /// 住址, with the number of a house.
    Address,
}

impl Personal {
    /// All kinds.
    pub const ALL: [Self; 7] = [Self::IdentityNumber, Self::Mobile, Self::BankCard, Self::Email, Self::Passport, Self::Name, Self::Address];
    /// Those that can be told without knowing the column.
    pub const IN_TEXT: [Self; 4] = [Self::IdentityNumber, Self::Mobile, Self::BankCard, Self::Email];

    /// In words.
    #[must_use]
    pub fn name(self) -> Text {
        match self {
            Self::IdentityNumber => Text::new("公民身份号码", "identity numbers"),
            Self::Mobile => Text::new("手机号码", "mobile numbers"),
            Self::BankCard => Text::new("银行卡号", "bank cards"),
            Self::Email => Text::new("电子邮箱", "e-mail addresses"),
            Self::Passport => Text::new("护照号码", "passport numbers"),
            Self::Name => Text::new("个人姓名", "names of persons"),
            Self::Address => Text::new("住址", "home addresses"),
        }
    }

    /// Whether no law makes it public.
    #[must_use]
    pub const fn is_always_forbidden(self) -> bool {
        match self {
            Self::IdentityNumber | Self::BankCard | Self::Passport => true,
            Self::Mobile | Self::Email | Self::Name | Self::Address => false,
        }
    }
}

const SURNAMES: [&str; 4] = [
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐",
    "费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁",
    "杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房裘缪解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程邢滑裴",
    "陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶黎",
];
const NAME_COLUMNS: [&str; 12] =
    ["姓名", "申请人", "联系人", "负责人", "法定代表人", "经办人", "户主", "当事人", "name_of_person", "person", "contact_name", "full_name"];
const ADDRESS_COLUMNS: [&str; 8] = ["住址", "家庭住址", "户籍地址", "居住地", "home_address", "residence", "address_of_person", "通讯地址"];
const PASSPORT_COLUMNS: [&str; 3] = ["护照", "passport", "证件号码"];
/// A column of other texts holds some that look like names: one in so many is chance.
const NAMES_PERCENT_MIN: u64 = 60;

/// Which kinds of personal data stand in a text that somebody typed.
#[must_use]
pub fn personal_data_in(text: &str) -> Vec<Personal> {
    Personal::IN_TEXT.into_iter().filter(|kind| in_text(*kind, text)).collect()
}

/// Whether a cell of a column holds personal data of a kind.
pub(super) fn in_cell(kind: Personal, column: &str, value: &str) -> bool {
    match kind {
        Personal::IdentityNumber | Personal::Mobile | Personal::BankCard | Personal::Email => in_text(kind, value),
        Personal::Passport => is_column(column, &PASSPORT_COLUMNS) && is_passport(value),
        Personal::Name => is_name(value),
        Personal::Address => is_column(column, &ADDRESS_COLUMNS) && value.chars().any(|c| matches!(c, '号' | '室' | '栋' | '幢')),
    }
}

/// Whether so many rows are more than chance.
pub(super) fn is_enough(kind: Personal, column: &str, rows: u64, values: u64) -> bool {
    match kind {
        Personal::Name => is_column(column, &NAME_COLUMNS) || (rows >= 5 && rows.saturating_mul(100) >= values.saturating_mul(NAMES_PERCENT_MIN)),
        // One in ten numbers of a bank card's length ends in the right digit.
        Personal::BankCard => rows.saturating_mul(100) >= values.saturating_mul(30),
        Personal::IdentityNumber | Personal::Mobile | Personal::Email | Personal::Passport | Personal::Address => true,
    }
}

fn is_column(column: &str, known: &[&str]) -> bool {
    let column = column.to_lowercase();
    known.iter().any(|name| column.contains(name))
}

pub(super) fn in_text(kind: Personal, text: &str) -> bool {
    match kind {
        Personal::IdentityNumber => {
            runs(text, |c| c.is_ascii_digit() || c == 'X' || c == 'x').any(|run| matches!(run.len(), 15 | 18) && IdentityNumber::parse(run).is_ok())
        }
        Personal::Mobile => runs(text, |c| c.is_ascii_digit()).any(|run| run.len() == 11 && run.starts_with('1') && parse_mobile(run).is_ok()),
        Personal::BankCard => runs(text, |c| c.is_ascii_digit()).any(is_bank_card),
        Personal::Email => text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '<' | '>' | '"' | '，' | '；')).any(is_email),
        Personal::Passport | Personal::Name | Personal::Address => false,
    }
}

fn runs<'t>(text: &'t str, belongs: impl Fn(char) -> bool + 't) -> impl Iterator<Item = &'t str> {
    text.split(move |c| !belongs(c)).filter(|run| !run.is_empty())
}

/// 16 to 19 digits, begun as cards of China UnionPay, Visa, Mastercard are, with Luhn's digit (ISO/IEC 7812-1).
fn is_bank_card(run: &str) -> bool {
    if !(16..=19).contains(&run.len()) || !["62", "4", "51", "52", "53", "54", "55"].iter().any(|start| run.starts_with(start)) {
        return false;
    }
    let digits = run.bytes().rev().map(|byte| u32::from(byte - b'0'));
    let sum: u32 = digits.enumerate().map(|(at, digit)| if at % 2 == 1 { if digit > 4 { digit * 2 - 9 } else { digit * 2 } } else { digit }).sum();
    sum.is_multiple_of(10)
}

fn is_email(text: &str) -> bool {
    let Some((user, host)) = text.split_once('@') else { return false };
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
    !user.is_empty() && user.chars().all(plain) && host.contains('.') && host.chars().all(plain) && !host.ends_with(".gov.cn")
}

fn is_passport(value: &str) -> bool {
    let letters = value.bytes().take_while(u8::is_ascii_uppercase).count();
    (1..=2).contains(&letters) && value.len() == 9 && value.bytes().skip(letters).all(|byte| byte.is_ascii_digit())
}

/// Two or three Han characters that begin with a usual surname.
fn is_name(value: &str) -> bool {
    let mut chars = value.chars();
    let first = chars.next();
    let rest = chars.count();
    first.is_some_and(|c| SURNAMES.iter().any(|names| names.contains(c)))
        && (1..=2).contains(&rest)
        && value.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}
