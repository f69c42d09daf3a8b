//! The columns of the departments' tables, by the many names they go by.

use crate::model::narrow;

/// What a column means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Meaning {
    /// 信息资源分类码
    Class,
    /// 类
    Tier,
    /// 项
    Branch,
    /// 目
    Heading,
    /// 细目
    Detail,
    /// 信息资源名称
    Name,
    /// 信息资源代码
    Code,
    /// 信息资源提供方
    Provider,
    /// 信息资源提供方代码
    ProviderCode,
    /// 信息资源摘要
    Summary,
    /// 格式分类
    Format,
    /// 格式类型
    FormatType,
    /// 信息项名称
    ItemTitle,
    /// 字段名
    ItemName,
    /// 数据类型
    DataType,
    /// 数据长度
    Length,
    /// 共享类型
    ShareType,
    /// 共享条件
    ShareCondition,
    /// 共享方式
    ShareMethods,
    /// 是否向社会开放
    Open,
    /// 开放条件
    OpenCondition,
    /// 更新周期
    Period,
    /// 发布日期
    PublishedOn,
    /// 关联资源代码
    SourceCode,
    /// 涉密性
    Secrecy,
    /// 所属系统
    System,
    /// 存储位置
    Place,
    /// 存储总量（MB）
    Size,
    /// 记录总数
    Records,
    /// 系统实有信息项数
    SystemItems,
    /// 服务领域
    Domain,
    /// 法律依据
    Basis,
    /// Running number of the table; means nothing.
    Number,
    /// 备注; read by people alone.
    Remark,
}

use Meaning::{
    Basis, Branch, Class, Code, DataType, Detail, Domain, Format, FormatType, Heading, ItemName, ItemTitle, Length, Name, Number, Open,
    OpenCondition, Period, Place, Provider, ProviderCode, PublishedOn, Records, Remark, Secrecy, ShareCondition, ShareMethods, ShareType, Size,
    SourceCode, Summary, System, SystemItems, Tier,
};

/// The heading under which a column is written, and the names under which it is read.
pub(super) const COLUMNS: &[(Meaning, &str, &[&str])] = &[
    (Class, "信息资源分类码", &["信息资源分类代码", "分类码", "分类代码", "信息资源分类", "资源分类码"]),
    (Tier, "类", &["类（一级）", "一级分类", "资源类"]),
    (Branch, "项", &["项（二级）", "二级分类"]),
    (Heading, "目", &["目（三级）", "三级分类"]),
    (Detail, "细目", &["细目（四级）", "四级分类"]),
    (Name, "信息资源名称", &["资源名称", "目录名称", "政务信息资源名称", "数据资源名称", "信息资源"]),
    (Code, "信息资源代码", &["资源代码", "目录代码", "信息资源编码", "资源编码", "目录编码"]),
    (Provider, "信息资源提供方", &["提供方", "提供单位", "提供部门", "数源单位", "责任部门", "资源提供方", "部门名称"]),
    (ProviderCode, "信息资源提供方代码", &["提供方代码", "提供单位代码", "统一社会信用代码", "资源提供方代码", "提供方统一社会信用代码"]),
    (Summary, "信息资源摘要", &["摘要", "资源摘要", "目录摘要", "资源描述"]),
    (Format, "信息资源格式分类", &["格式分类", "信息资源格式", "资源格式", "资源格式分类"]),
    (FormatType, "信息资源格式类型", &["格式类型", "资源格式类型"]),
    (ItemTitle, "信息项名称", &["信息项", "数据项名称", "数据项", "中文名称", "字段中文名", "字段名称"]),
    (ItemName, "字段名", &["英文名称", "字段英文名", "字段代码", "信息项英文名"]),
    (DataType, "数据类型", &["信息项类型", "字段类型", "类型"]),
    (Length, "数据长度", &["长度", "字段长度", "信息项长度"]),
    (ShareType, "共享类型", &["共享属性", "共享属性类型"]),
    (ShareCondition, "共享条件", &["共享条件说明", "共享条件或依据", "不予共享依据"]),
    (ShareMethods, "共享方式", &["共享方式分类", "共享方式类型"]),
    (Open, "是否向社会开放", &["是否开放", "开放属性", "开放类型", "社会开放属性"]),
    (OpenCondition, "开放条件", &["开放条件说明"]),
    (Period, "更新周期", &["更新频率", "更新频度"]),
    (PublishedOn, "发布日期", &["发布时间"]),
    (SourceCode, "关联资源代码", &["关联信息资源代码", "关联资源编码"]),
    (Secrecy, "涉密性", &["涉密属性", "是否涉密"]),
    (System, "所属信息系统", &["所属系统", "来源系统", "系统名称", "信息系统名称"]),
    (Place, "存储位置", &["数据存储位置"]),
    (Size, "数据存储总量（MB）", &["数据存储总量", "存储总量", "存储量"]),
    (Records, "结构化记录总数", &["记录总数", "记录数", "数据量"]),
    (SystemItems, "系统实有信息项数", &["实有信息项数", "系统字段数"]),
    (Domain, "服务领域", &["应用领域", "所属领域"]),
    (Basis, "法律法规依据", &["法律依据", "采集依据", "依据"]),
    (Number, "序号", &["编号", "No"]),
    (Remark, "备注", &["说明"]),
];

/// Headings that stand above others and mean nothing by themselves.
const GROUPS: [&str; 5] = ["信息资源格式", "信息项信息", "共享属性", "开放属性", "存储情况"];

/// The meaning of a heading: without spaces, stars, numbers and what stands in brackets.
pub(super) fn meaning(heading: &str) -> Option<Meaning> {
    let plain = plain(heading);
    if plain.is_empty() {
        return None;
    }
    let bare = without_brackets(&plain);
    let is = |name: &str| {
        let name = self::plain(name);
        name == plain || name == bare || without_brackets(&name) == bare
    };
    COLUMNS.iter().find(|(_, written, read)| is(written) || read.iter().any(|name| is(name))).map(|(meaning, _, _)| *meaning)
}

/// Whether a heading groups the columns below it.
pub(super) fn is_group(heading: &str) -> bool {
    GROUPS.contains(&without_brackets(&plain(heading)).as_str())
}

fn plain(text: &str) -> String {
    let narrowed: String = text.chars().map(narrow).filter(|c| !c.is_whitespace() && !matches!(c, '*' | '★' | ':' | '_')).collect();
    narrowed.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '、' | ')' | '(')).to_lowercase()
}

fn without_brackets(text: &str) -> String {
    text.split('(').next().unwrap_or(text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::{COLUMNS, Meaning, meaning};

    #[test]
    fn headings_are_known_by_their_many_names() {
        for (heading, expected) in [
            ("*信息资源名称", Meaning::Name),
            ("信息资源 名称（必填）", Meaning::Name),
            ("9.1 共享类型", Meaning::ShareType),
            ("更新频率", Meaning::Period),
            ("数据\n长度", Meaning::Length),
            ("提供方代码（１８位）", Meaning::ProviderCode),
            ("序号", Meaning::Number),
        ] {
            assert_eq!(meaning(heading), Some(expected), "{heading}");
        }
        assert_eq!(meaning("领导批示"), None);
        assert_eq!(meaning(""), None);
    }

    #[test]
    fn every_column_is_read_under_the_heading_it_is_written_with() {
        for (expected, written, _) in COLUMNS {
            assert_eq!(meaning(written), Some(*expected));
        }
    }
}
