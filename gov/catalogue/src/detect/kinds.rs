//! What the detector looks for: by which names, by which values, and what follows from it.

use i18n::Text;
use parties::MaskKind;

use super::values;
use crate::model::{Grade, Harm, Personal};

/// Something the detector knows.
#[derive(Clone, Copy)]
pub(super) struct Kind {
    /// Word for programs.
    pub word: &'static str,
    /// Name.
    pub zh: &'static str,
    /// Name.
    pub en: &'static str,
    /// Parts of titles, and of Chinese field names.
    pub titles: &'static [&'static str],
    /// Whole field names, or whole words of them.
    pub names: &'static [&'static str],
    /// Parts of titles that rule it out.
    pub not_titles: &'static [&'static str],
    /// How values are checked; `None` where only names tell.
    pub check: Option<Check>,
    /// What it means.
    pub personal: Personal,
    /// What its disclosure does to persons.
    pub harm: Harm,
    /// How it is masked.
    pub mask: Option<MaskKind>,
}

/// A check of values, and how much a value that passes says.
#[derive(Clone, Copy)]
pub(super) struct Check {
    pub passes: fn(&str) -> bool,
    pub strength_percent: u32,
    /// How many values are enough without a name that fits; `None` where no number is.
    pub alone_min: Option<usize>,
    /// Whether such a value stands somewhere in a longer text; `None` for values that only a column can tell.
    pub in_text: Option<fn(&str) -> bool>,
    /// Of a hundred values of other kinds so many may pass by chance; fewer prove nothing.
    pub chance_percent: u64,
}

impl Kind {
    pub fn name(&self) -> Text {
        Text::new(self.zh, self.en)
    }
}

const fn check(passes: fn(&str) -> bool, strength_percent: u32, alone: bool) -> Option<Check> {
    Some(Check { passes, strength_percent, alone_min: if alone { Some(1) } else { None }, in_text: None, chance_percent: 0 })
}

/// A check of values that are told wherever they stand.
const fn anywhere(passes: fn(&str) -> bool, strength_percent: u32, in_text: fn(&str) -> bool, chance_percent: u64) -> Option<Check> {
    Some(Check { passes, strength_percent, alone_min: Some(1), in_text: Some(in_text), chance_percent })
}

const SENSITIVE: Kind = Kind {
    word: "",
    zh: "",
    en: "",
    titles: &[],
    names: &[],
    not_titles: &[],
    check: None,
    personal: Personal::Sensitive,
    harm: Harm::Serious,
    mask: None,
};
const ORDINARY: Kind = Kind { personal: Personal::Personal, harm: Harm::Ordinary, ..SENSITIVE };
const EXTREME: Kind = Kind { harm: Harm::Extreme, ..SENSITIVE };
const PUBLIC: Kind = Kind { personal: Personal::None, harm: Harm::None, ..SENSITIVE };

/// The table, in the order of the national lists (个人信息保护法 第二十八条; GB/T 35273-2020 appendices; GB/T 45574-2025).
pub(super) const KINDS: &[Kind] = &[
    Kind {
        word: "identity-number",
        zh: "公民身份号码",
        en: "Identity number",
        titles: &["身份号码", "身份证", "证件号码", "证件号"],
        names: &["sfzh", "sfz", "sfzhm", "gmsfhm", "zjhm", "idcard", "id_card", "id_no", "idno", "cert_no"],
        not_titles: &["类型", "名称", "有效期"],
        check: anywhere(values::is_identity_number, 97, values::has_identity_number, 0),
        mask: Some(MaskKind::IdNumber),
        ..SENSITIVE
    },
    Kind {
        word: "bank-card",
        zh: "银行账户",
        en: "Bank account",
        titles: &["银行卡", "银行账号", "银行账户", "银行帐号", "卡号", "收款账号"],
        names: &["yhkh", "bankcard", "bank_card", "card_no", "yhzh", "bank_account"],
        not_titles: &["开户行", "名称"],
        // One in ten numbers of that length ends in the right digit.
        check: anywhere(values::is_bank_card, 92, values::has_bank_card, 30),
        mask: Some(MaskKind::BankCard),
        ..SENSITIVE
    },
    Kind {
        word: "passport",
        zh: "护照号码",
        en: "Passport number",
        titles: &["护照"],
        names: &["hzhm", "passport", "passport_no"],
        check: check(values::is_passport, 60, false),
        ..SENSITIVE
    },
    Kind {
        word: "travel-permit",
        zh: "港澳台通行证号码",
        en: "Travel permit number",
        titles: &["通行证", "台胞证", "回乡证"],
        names: &["txzhm", "permit_no"],
        not_titles: &["车辆"],
        check: check(values::is_travel_permit, 55, false),
        ..SENSITIVE
    },
    Kind {
        word: "biometric",
        zh: "生物识别信息",
        en: "Biometric data",
        titles: &["指纹", "人脸", "虹膜", "声纹", "基因", "DNA", "掌纹", "面部特征"],
        names: &["zw", "fingerprint", "face", "dna", "iris"],
        ..EXTREME
    },
    Kind {
        word: "health",
        zh: "医疗健康信息",
        en: "Health",
        titles: &["病历", "诊断", "疾病", "病史", "健康状况", "残疾", "手术", "用药", "过敏", "体检", "血型", "疫苗", "接种", "孕", "住院"],
        names: &["jkzk", "jbmc", "zd", "diagnosis", "health", "disease", "blood_type"],
        not_titles: &["机构", "残疾人联合会", "健康证编号"],
        ..EXTREME
    },
    Kind {
        word: "religion",
        zh: "宗教信仰",
        en: "Religion",
        titles: &["宗教", "信仰"],
        names: &["zjxy", "religion"],
        not_titles: &["宗教活动场所", "宗教院校"],
        ..SENSITIVE
    },
    Kind {
        word: "specific-identity",
        zh: "特定身份",
        en: "Specific status",
        titles: &["低保对象", "困难类别", "救助对象", "特困", "社区矫正", "吸毒", "服刑", "优抚", "孤儿", "信访人"],
        names: &["tdsf", "knlb"],
        ..SENSITIVE
    },
    Kind {
        word: "criminal",
        zh: "违法犯罪记录",
        en: "Offences",
        titles: &["犯罪", "前科", "违法记录", "刑事", "判决"],
        names: &["fzjl", "qk", "criminal"],
        ..EXTREME
    },
    Kind {
        word: "whereabouts",
        zh: "行踪轨迹",
        en: "Whereabouts",
        titles: &["轨迹", "行踪", "定位", "住宿记录", "出行记录", "经纬度"],
        names: &["xzgj", "track", "gps", "lng", "lat"],
        not_titles: &["设施", "网格", "点位"],
        ..SENSITIVE
    },
    Kind {
        word: "minor",
        zh: "未成年人信息",
        en: "Minors under fourteen",
        titles: &["学生姓名", "儿童", "婴儿", "新生儿", "幼儿", "未成年"],
        names: &["xsxm", "child", "infant"],
        not_titles: &["幼儿园名称", "幼儿园地址", "人数", "数量"],
        ..SENSITIVE
    },
    Kind {
        word: "finance",
        zh: "财产和收入",
        en: "Income and property",
        titles: &["收入", "工资", "存款", "房产", "个人所得", "公积金", "补贴金额", "养老金", "待遇金额"],
        names: &["sr", "gz", "salary", "income"],
        not_titles: &["企业", "营业收入", "财政收入", "预算"],
        ..SENSITIVE
    },
    Kind {
        word: "home-address",
        zh: "住址",
        en: "Home address",
        titles: &["住址", "家庭地址", "户籍地址", "居住地址", "户籍所在地", "现居住地"],
        names: &["zz", "jtzz", "hjdz", "jzdz", "home_address", "residence"],
        check: check(values::is_address, 70, false),
        mask: Some(MaskKind::Address),
        ..SENSITIVE
    },
    Kind {
        word: "mobile",
        zh: "手机号码",
        en: "Mobile number",
        titles: &["手机", "移动电话", "联系电话", "联系方式"],
        names: &["sj", "sjh", "sjhm", "lxdh", "mobile", "phone", "tel", "lxfs"],
        check: anywhere(values::is_mobile, 88, values::has_mobile, 0),
        mask: Some(MaskKind::Mobile),
        ..ORDINARY
    },
    Kind {
        word: "telephone",
        zh: "固定电话",
        en: "Telephone",
        titles: &["固定电话", "座机", "家庭电话"],
        names: &["gddh", "telephone"],
        check: check(values::is_telephone, 70, true),
        mask: Some(MaskKind::Phone),
        ..ORDINARY
    },
    Kind {
        word: "person-name",
        zh: "姓名",
        en: "Name of a person",
        titles: &["姓名", "联系人", "法定代表人", "负责人", "经办人", "申请人", "户主", "监护人", "配偶", "当事人"],
        names: &["xm", "xingming", "lxr", "fddbr", "frdb", "fzr", "contact", "contact_name", "name", "full_name", "person", "applicant"],
        not_titles: &["电话", "证件", "住址", "号码", "名称", "类型", "编号", "关系"],
        // A few words look like names by chance.
        check: Some(Check { passes: values::is_person_name, strength_percent: 70, alone_min: Some(5), in_text: None, chance_percent: 0 }),
        mask: Some(MaskKind::Name),
        ..ORDINARY
    },
    Kind {
        word: "birth",
        zh: "出生日期",
        en: "Date of birth",
        titles: &["出生日期", "出生年月", "生日", "出生时间"],
        names: &["csrq", "birthday", "birth", "birth_date", "csny"],
        not_titles: &["新生儿"],
        check: check(values::is_day, 30, false),
        ..ORDINARY
    },
    Kind {
        word: "ethnicity",
        zh: "民族",
        en: "Ethnicity",
        titles: &["民族"],
        names: &["mz", "nation", "ethnicity"],
        not_titles: &["民族乡", "民族中学"],
        check: check(values::is_ethnicity, 90, true),
        ..ORDINARY
    },
    Kind {
        word: "biography",
        zh: "个人基本资料",
        en: "Personal particulars",
        titles: &["婚姻", "学历", "职业", "政治面貌", "籍贯", "国籍", "性别", "毕业院校", "工作单位"],
        names: &["hyzk", "xl", "zy", "zzmm", "jg", "xb", "sex", "gender", "education", "occupation"],
        ..ORDINARY
    },
    Kind {
        word: "plate",
        zh: "机动车号牌",
        en: "Number plate",
        titles: &["车牌", "号牌号码", "车号"],
        names: &["cph", "hphm", "plate"],
        check: check(values::is_plate, 95, true),
        mask: Some(MaskKind::Plate),
        ..ORDINARY
    },
    Kind {
        word: "email",
        zh: "电子邮箱",
        en: "Email address",
        titles: &["邮箱", "电子邮件"],
        names: &["yx", "dzyx", "email", "mail"],
        check: anywhere(values::is_email, 97, values::has_email, 0),
        mask: Some(MaskKind::Email),
        ..ORDINARY
    },
    Kind {
        word: "device",
        zh: "设备标识",
        en: "Device identifier",
        titles: &["IMEI", "MAC地址", "IP地址", "设备识别码"],
        names: &["imei", "mac", "ip", "ip_address", "device_id"],
        check: check(values::is_device, 85, true),
        ..ORDINARY
    },
    Kind {
        word: "unified-code",
        zh: "统一社会信用代码",
        en: "Unified social credit code",
        titles: &["统一社会信用代码", "信用代码"],
        names: &["tyshxydm", "uscc", "xydm", "credit_code"],
        check: check(values::is_unified_code, 98, true),
        ..PUBLIC
    },
    Kind {
        word: "address",
        zh: "单位地址",
        en: "Address of a body",
        titles: &["经营场所", "注册地址", "单位地址", "办公地址", "企业地址", "机构地址", "地址"],
        names: &["dz", "jycs", "zcdz", "addr", "address"],
        not_titles: &["家庭", "居住", "户籍", "住址", "IP", "MAC", "邮箱"],
        check: check(values::is_address, 55, true),
        ..PUBLIC
    },
];

/// The level that follows from harm to persons.
pub(super) fn grade(kind: &Kind) -> Grade {
    crate::model::grade_of(crate::model::Affected::Persons, kind.harm)
}
