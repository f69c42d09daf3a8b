//! Names, types and lengths of items from their titles.

use catalogue::{DataType, Grade, InformationItem, Personal};
use registers::{Declaration, Field, FieldKind, SHIPPED};

/// The fields of a register that ships, as its owner describes them.
pub(super) fn of_register(slug: &str) -> Vec<InformationItem> {
    let text = SHIPPED.iter().find(|(shipped, _)| *shipped == slug).map(|(_, text)| text);
    let declaration = text.and_then(|text| Declaration::read(text).ok());
    declaration.map(|declaration| declaration.fields.iter().map(of_field).collect()).unwrap_or_default()
}

fn of_field(field: &Field) -> InformationItem {
    let (data_type, length_max) = match field.kind {
        FieldKind::Date => (DataType::Date, None),
        FieldKind::Integer => (DataType::Integer, None),
        FieldKind::Decimal => (DataType::Number, Some(18)),
        FieldKind::AmountFen => (DataType::Money, Some(18)),
        FieldKind::Boolean => (DataType::Logical, None),
        FieldKind::IdentityNumber | FieldKind::UnifiedCode | FieldKind::PartyNumber => (DataType::Text, Some(18)),
        FieldKind::Mobile | FieldKind::Division => (DataType::Text, Some(12)),
        FieldKind::Text | FieldKind::Code => (DataType::Text, Some(200)),
    };
    let personal = match (field.sensitive, field.personal) {
        (true, _) => Personal::Sensitive,
        (false, true) => Personal::Personal,
        (false, false) => Personal::None,
    };
    let grade = match field.grade {
        registers::Grade::General1 => Grade::General1,
        registers::Grade::General2 => Grade::General2,
        registers::Grade::General3 => Grade::General3,
        registers::Grade::General4 => Grade::General4,
        registers::Grade::Important => Grade::Important,
        registers::Grade::Core => Grade::Core,
    };
    let plain = InformationItem::plain(&field.name, &field.title.zh, data_type, length_max);
    InformationItem { personal: Some(personal), grade: Some(grade), mask: field.mask, ..plain }
}

/// The item with a title, or a title and a name with `=` between; `nth` from 1 makes names unique within a resource.
pub(super) fn item(nth: u32, text: &str) -> InformationItem {
    let (title, name) = text.split_once('=').unwrap_or((text, ""));
    let (data_type, length_max) = kind(title);
    if !name.is_empty() {
        return InformationItem::plain(name, title, data_type, length_max);
    }
    let known = KNOWN.iter().find(|(known, _)| *known == title).map(|(_, name)| (*name).to_owned());
    InformationItem::plain(known.unwrap_or_else(|| format!("zd{nth:02}")), title, data_type, length_max)
}

fn kind(title: &str) -> (DataType, Option<u32>) {
    let ends = |endings: &[&str]| endings.iter().any(|ending| title.ends_with(ending));
    if ends(&["日期", "有效期至"]) {
        (DataType::Date, None)
    } else if ends(&["时间"]) {
        (DataType::Moment, None)
    } else if ends(&["金额", "标准", "损失", "余额", "总额", "收入", "资本", "基数", "税额", "票价"]) {
        (DataType::Money, Some(18))
    } else if ends(&["数量", "人数", "人口", "户数", "面积", "套数", "数值", "指数", "率", "经度", "纬度", "质量"]) {
        (DataType::Number, Some(18))
    } else if ends(&["内容", "事实", "范围", "情况", "事项", "说明"]) {
        (DataType::Memo, None)
    } else if ends(&["公民身份号码", "信用代码"]) {
        (DataType::Text, Some(18))
    } else if ends(&["姓名", "法定代表人", "负责人", "电话"]) {
        (DataType::Text, Some(50))
    } else {
        (DataType::Text, Some(200))
    }
}

/// Names that systems of departments give these fields.
const KNOWN: &[(&str, &str)] = &[
    ("姓名", "xm"),
    ("公民身份号码", "gmsfhm"),
    ("性别", "xb"),
    ("民族", "mz"),
    ("出生日期", "csrq"),
    ("户籍地址", "hjdz"),
    ("居住地址", "jzdz"),
    ("婚姻状况", "hyzk"),
    ("学历", "xl"),
    ("联系电话", "lxdh"),
    ("企业名称", "qymc"),
    ("单位名称", "dwmc"),
    ("机构名称", "jgmc"),
    ("经营者名称", "jyzmc"),
    ("统一社会信用代码", "tyshxydm"),
    ("法定代表人", "fddbr"),
    ("负责人", "fzr"),
    ("许可证编号", "xkzbh"),
    ("证书编号", "zsbh"),
    ("经营场所", "jycs"),
    ("注册地址", "zcdz"),
    ("经营范围", "jyfw"),
    ("成立日期", "clrq"),
    ("登记日期", "djrq"),
    ("发证日期", "fzrq"),
    ("有效期至", "yxqz"),
    ("号牌号码", "hphm"),
    ("银行账号", "yhzh"),
    ("发放日期", "ffrq"),
    ("项目名称", "xmmc"),
    ("办理结果", "bljg"),
    ("受理日期", "slrq"),
    ("受理时间", "slsj"),
    ("办结时间", "bjsj"),
];
