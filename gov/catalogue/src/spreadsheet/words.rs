//! Values as departments write them, read as the guide's.

use crate::model::{ClassCode, DataType, FormatKind, OpenType, Secrecy, ShareMethod, ShareType, Tier, UpdatePeriod, narrow};

/// Narrowed and trimmed; says whether that changed more than blanks at the ends.
pub(super) fn clean(text: &str) -> (String, bool) {
    let narrowed: String = text.chars().map(narrow).map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }).collect();
    let cleaned = narrowed.trim().to_owned();
    let changed = text.chars().any(|c| matches!(c, '\u{FF10}'..='\u{FF19}' | '\u{FF21}'..='\u{FF3A}' | '\u{FF41}'..='\u{FF5A}'));
    (cleaned, changed)
}

/// For sentences: blanks at the ends go, full-width signs stay.
pub(super) fn clean_sentence(text: &str) -> String {
    let kept = |c: char| match c {
        '\u{FF10}'..='\u{FF19}' | '\u{FF21}'..='\u{FF3A}' | '\u{FF41}'..='\u{FF5A}' => narrow(c),
        '\r' | '\t' | '\u{3000}' => ' ',
        _ => c,
    };
    text.chars().map(kept).filter(|c| !c.is_control() || *c == '\n').collect::<String>().trim().to_owned()
}

pub(super) fn share_type(text: &str) -> Option<ShareType> {
    ShareType::read(text).or(match text {
        "无条件" | "普遍共享" | "完全共享" => Some(ShareType::Unconditional),
        "有条件" | "授权共享" | "依申请共享" | "受限共享" => Some(ShareType::Conditional),
        "不共享" | "不予" | "非共享" | "禁止共享" => Some(ShareType::NotShared),
        _ => None,
    })
}

pub(super) fn open_type(text: &str) -> Option<OpenType> {
    OpenType::read(text).or(match text {
        "是" | "开放" | "无条件" | "Y" | "y" => Some(OpenType::Open),
        "有条件" | "依申请开放" => Some(OpenType::Conditional),
        "否" | "不开放" | "非开放" | "N" | "n" | "不予" => Some(OpenType::Closed),
        _ => None,
    })
}

pub(super) fn period(text: &str) -> Option<UpdatePeriod> {
    UpdatePeriod::read(text).or(match text {
        "实时更新" | "即时" => Some(UpdatePeriod::Live),
        "日" | "每天" | "天" | "按日" | "1天" | "日更新" | "工作日" => Some(UpdatePeriod::Daily),
        "周" | "按周" | "每星期" | "7天" => Some(UpdatePeriod::Weekly),
        "月" | "按月" | "月度" | "1个月" => Some(UpdatePeriod::Monthly),
        "季" | "季度" | "每季" | "按季" | "3个月" => Some(UpdatePeriod::Quarterly),
        "年" | "年度" | "按年" | "1年" | "一年" => Some(UpdatePeriod::Yearly),
        "其他" | "其它" | "不定时" | "按需" | "静态" | "不更新" => Some(UpdatePeriod::Irregular),
        _ => None,
    })
}

pub(super) fn secrecy(text: &str) -> Option<Secrecy> {
    Secrecy::read(text).or(match text {
        "否" | "非涉密" | "不涉密" | "公开" => Some(Secrecy::Open),
        "是" | "涉密" => Some(Secrecy::Secret),
        _ => None,
    })
}

/// The kind of format; a type in its place gives its kind.
pub(super) fn format(text: &str) -> Option<(FormatKind, Option<String>)> {
    if let Some(kind) = FormatKind::read(text) {
        return Some((kind, None));
    }
    match text {
        "接口" | "API" | "api" | "webservice" => return Some((FormatKind::Interface, None)),
        "库表" | "数据库表" => return Some((FormatKind::Database, None)),
        "文件" | "文档" => return Some((FormatKind::Document, None)),
        "表格" => return Some((FormatKind::Spreadsheet, None)),
        _ => {}
    }
    let name = text.trim_start_matches('.').to_lowercase();
    FormatKind::of_type(&name).map(|kind| (kind, Some(name)))
}

/// The data type, with the length that some write into it: `varchar(50)`.
pub(super) fn data_type(text: &str) -> Option<(DataType, Option<u32>)> {
    let upper = text.to_uppercase();
    let word = upper.split('(').next().unwrap_or(&upper).trim().to_owned();
    let length = upper.split_once('(').and_then(|(_, rest)| length(rest.trim_end_matches(')')));
    let trimmed = word.trim_end_matches(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit());
    let known = DataType::read(&word).or_else(|| DataType::read(trimmed)).or(match word.as_str() {
        "VARCHAR" | "VARCHAR2" | "NVARCHAR" | "CHAR" | "STRING" | "字符串" | "字符" | "文本" | "文本型" => Some(DataType::Text),
        "NUMBER" | "NUMERIC" | "DECIMAL" | "数字" | "数值" | "数字型" => Some(DataType::Number),
        "MONEY" | "金额" | "货币" => Some(DataType::Money),
        "日期" | "DATE" => Some(DataType::Date),
        "DATETIME" | "TIMESTAMP" | "时间" | "日期时间" | "时间型" => Some(DataType::Moment),
        "BOOLEAN" | "BOOL" | "BIT" | "布尔" | "布尔型" | "逻辑" => Some(DataType::Logical),
        "TEXT" | "CLOB" | "LONGTEXT" | "备注" => Some(DataType::Memo),
        "BLOB" | "OBJECT" | "通用" | "二进制" => Some(DataType::General),
        "DOUBLE" | "双精度" => Some(DataType::Double),
        "INT" | "INTEGER" | "BIGINT" | "SMALLINT" | "TINYINT" | "整数" => Some(DataType::Integer),
        "FLOAT" | "REAL" | "浮点" => Some(DataType::Float),
        _ => None,
    });
    known.map(|known| (known, length))
}

/// The whole places of a length: `50`, `50位`, `20,2`.
pub(super) fn length(text: &str) -> Option<u32> {
    let digits: String = text.trim().chars().take_while(char::is_ascii_digit).collect();
    let rest = text.trim().get(digits.len()..).unwrap_or_default();
    let fits = rest.is_empty() || rest.starts_with([',', '.', '，']) || ["位", "字", "个字符", "字符", "字节"].contains(&rest);
    if fits { digits.parse().ok() } else { None }
}

/// Several methods in one cell.
pub(super) fn share_methods(text: &str) -> Result<Vec<ShareMethod>, String> {
    let mut found = Vec::new();
    for part in text.split(['、', ',', '，', ';', '；', '/', '|', '\n', ' ']).map(str::trim).filter(|part| !part.is_empty()) {
        let known = ShareMethod::read(part).or(match part {
            "接口" | "服务接口" | "接口/服务" | "服务" | "共享平台方式" | "共享平台" | "平台" => Some(ShareMethod::Interface),
            "库表" | "数据库" | "库表交换" => Some(ShareMethod::Table),
            "文件" | "文件下载" | "文件交换" => Some(ShareMethod::File),
            "光盘" | "U盘" | "硬盘" => Some(ShareMethod::Medium),
            "纸质" | "纸质报表" | "电子文档" => Some(ShareMethod::Paper),
            _ => None,
        });
        match known {
            Some(method) if !found.contains(&method) => found.push(method),
            Some(_) => {}
            None => return Err(part.to_owned()),
        }
    }
    Ok(found)
}

/// A whole number with separators and a unit behind.
pub(super) fn quantity(text: &str) -> Option<i64> {
    let plain: String = text.chars().filter(|c| !matches!(c, ',' | '，' | ' ')).collect();
    let (number, factor) = match plain.strip_suffix('万').or_else(|| plain.strip_suffix("万条")) {
        Some(number) => (number.to_owned(), 10_000.0),
        None => (plain.trim_end_matches(['条', '个', '项']).trim_end_matches("MB").trim_end_matches("mb").to_owned(), 1.0),
    };
    let value: f64 = number.parse().ok()?;
    let value = (value * factor).round();
    if value.is_finite() && (0.0..9.0e15).contains(&value) { format!("{value:.0}").parse().ok() } else { None }
}

/// The classification from the names of 类 and 项, where nobody gave the code; 目 then is 001.
pub(super) fn class_from_names(tier: &str, branch: &str, heading: &str) -> Option<ClassCode> {
    let tier_known = Tier::ALL
        .iter()
        .find(|known| !tier.is_empty() && (known.name().zh.contains(tier) || tier.contains(known.name().zh.trim_end_matches("信息资源"))));
    let digits = |text: &str, count: usize| text.chars().all(|c| c.is_ascii_digit()) && text.len() == count;
    let tier_known = tier_known.or_else(|| Tier::ALL.iter().find(|known| known.code() == tier))?;
    let named = crate::model::BRANCHES.iter().filter(|known| known.tier == *tier_known);
    let branch_digits = if digits(branch, 2) {
        branch.to_owned()
    } else {
        named.clone().find(|known| !branch.is_empty() && (known.zh.contains(branch) || branch.contains(known.zh)))?.digits.to_owned()
    };
    let heading_digits = if digits(heading, 3) { heading } else { "001" };
    ClassCode::parse(&format!("{}{branch_digits}{heading_digits}", tier_known.code()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_departments_write_them() {
        assert_eq!(share_type("有条件"), Some(ShareType::Conditional));
        assert_eq!(share_type("2"), Some(ShareType::Conditional));
        assert_eq!(share_type("部分共享"), None);
        assert_eq!(period("每天"), Some(UpdatePeriod::Daily));
        assert_eq!(open_type("否"), Some(OpenType::Closed));
        assert_eq!(data_type("varchar(50)"), Some((DataType::Text, Some(50))));
        assert_eq!(data_type("字符型C"), Some((DataType::Text, None)));
        assert_eq!(data_type("图形"), None);
        assert_eq!((length("20,2"), length("50位"), length("五十"), length("")), (Some(20), Some(50), None, None));
        assert_eq!(format("xls"), Some((FormatKind::Spreadsheet, Some("xls".into()))));
        assert_eq!(share_methods("接口、库表；接口"), Ok(vec![ShareMethod::Interface, ShareMethod::Table]));
        assert_eq!(share_methods("接口、信鸽"), Err("信鸽".into()));
        assert_eq!((quantity("1,234"), quantity("3.5万"), quantity("约100")), (Some(1234), Some(35_000), None));
    }

    #[test]
    fn a_classification_is_found_by_its_names() {
        let code = |tier: &str, branch: &str, heading: &str| class_from_names(tier, branch, heading).map(|code| code.to_string());
        assert_eq!(code("部门类", "政府部门", "013").as_deref(), Some("303013"));
        assert_eq!(code("部门信息资源", "政府部门", "013").as_deref(), Some("303013"));
        assert_eq!(code("部门", "03", "").as_deref(), Some("303001"));
        assert_eq!(code("基础", "人口", "").as_deref(), Some("101001"));
        assert_eq!(code("", "人口", ""), None);
    }

    #[test]
    fn full_width_digits_are_noticed() {
        assert_eq!(clean(" １８ "), ("18".into(), true));
        assert_eq!(clean(" 18 "), ("18".into(), false));
        assert_eq!(clean_sentence("　用于“监管”，见第３条。"), "用于“监管”,见第3条。".replace(',', "，"));
    }
}
