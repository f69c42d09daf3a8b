//! Resources of the example county, for scenarios and tests without a catalogue; they say the same as the catalogue of that county. A node
//! takes its resources from its catalogue.

use i18n::Text;

use crate::model::{Method, ResourceFacts, ResourceField, ResourceTable, ShareType};

const COUNTY: &str = "339921";

struct Sample {
    duty: &'static str,
    code: &'static str,
    title: (&'static str, &'static str),
    /// Empty where no register of the node holds the data.
    register: &'static str,
    share: ShareType,
    condition: (&'static str, &'static str),
    basis: &'static str,
    fields: &'static [(&'static str, &'static str, &'static str, u8)],
    methods: &'static [Method],
}

const NONE: (&str, &str) = ("", "");

const SAMPLES: [Sample; 10] = [
    Sample {
        duty: "public-security",
        code: "101001/000001",
        title: ("常住人口基本信息", "Residents, basic data"),
        register: "population",
        share: ShareType::Conditional,
        condition: ("办理具体办件时核对身份、年龄、住所的部门", "Organs that check identity, age or residence in open cases"),
        basis: "",
        fields: &[
            ("name", "姓名", "Name", 2),
            ("id_number", "公民身份号码", "Identity number", 3),
            ("birth_date", "出生日期", "Birth date", 2),
            ("sex", "性别", "Sex", 2),
            ("mobile", "手机号码", "Mobile number", 2),
            ("address", "住址", "Address", 3),
            ("division", "所在区划", "Division of residence", 2),
        ],
        methods: &[Method::Interface],
    },
    Sample {
        duty: "market-supervision",
        code: "102001/000001",
        title: ("企业登记基本信息", "Enterprises, basic data"),
        register: "legal-persons",
        share: ShareType::Unconditional,
        condition: NONE,
        basis: "",
        fields: &[
            ("name", "名称", "Name", 1),
            ("id_number", "统一社会信用代码", "Unified social credit code", 1),
            ("representative", "法定代表人、负责人或经营者", "Representative", 2),
            ("address", "住所", "Seat", 1),
            ("division", "登记区划", "Division of the seat", 1),
            ("status", "登记状态", "Status", 1),
        ],
        methods: &[Method::Interface, Method::Batch],
    },
    Sample {
        duty: "civil-affairs",
        code: "303011/000001",
        title: ("婚姻登记信息", "Registrations of marriage"),
        register: "",
        share: ShareType::Conditional,
        condition: ("办理不动产、住房保障、户籍办件时核验婚姻状况的部门", "Organs that verify marital status in open cases"),
        basis: "",
        fields: &[
            ("husband_name", "男方姓名", "Husband", 3),
            ("husband_number", "男方公民身份号码", "Identity number of the husband", 4),
            ("wife_name", "女方姓名", "Wife", 3),
            ("wife_number", "女方公民身份号码", "Identity number of the wife", 4),
            ("kind", "登记类型", "Kind", 2),
            ("registered_on", "登记日期", "Date of registration", 3),
            ("registered_by", "登记机关", "Registered by", 1),
        ],
        methods: &[Method::Interface, Method::Batch],
    },
    Sample {
        duty: "civil-affairs",
        code: "203002/000001",
        title: ("高龄津贴发放信息", "Allowances for the very old"),
        register: "",
        share: ShareType::Conditional,
        condition: ("社会救助、医疗保障、审计部门", "Social assistance, medical insurance and audit"),
        basis: "",
        fields: &[
            ("name", "姓名", "Name", 3),
            ("id_number", "公民身份号码", "Identity number", 4),
            ("address", "居住地址", "Address", 3),
            ("rate", "津贴标准", "Rate", 2),
            ("account", "银行账号", "Bank account", 4),
            ("paid_on", "发放日期", "Paid on", 2),
            ("amount", "发放金额", "Amount", 3),
        ],
        methods: &[Method::Interface, Method::Batch],
    },
    Sample {
        duty: "natural-resources",
        code: "103001/000001",
        title: ("不动产登记信息", "Registrations of real estate"),
        register: "",
        share: ShareType::Conditional,
        condition: ("登记、征收、住房保障、司法协助部门", "Registration, levy, housing and judicial assistance"),
        basis: "",
        fields: &[
            ("unit_number", "不动产单元号", "Unit number", 2),
            ("certificate_number", "不动产权证号", "Number of the certificate", 2),
            ("owner_name", "权利人姓名", "Owner", 3),
            ("owner_number", "公民身份号码", "Owner's number", 4),
            ("address", "坐落", "Address", 2),
            ("area_m2", "面积", "Area", 2),
            ("usage", "用途", "Use", 1),
            ("right_kind", "权利类型", "Kind of right", 2),
            ("registered_on", "登记日期", "Registered on", 2),
        ],
        methods: &[Method::Interface, Method::Batch],
    },
    Sample {
        duty: "human-resources",
        code: "203003/000001",
        title: ("城乡居民养老保险参保信息", "Old-age insurance of residents"),
        register: "",
        share: ShareType::Conditional,
        condition: ("社会救助、住房保障、就业和高龄津贴管理部门", "Social assistance, housing, employment and allowances"),
        basis: "",
        fields: &[
            ("name", "姓名", "Name", 3),
            ("id_number", "公民身份号码", "Identity number", 4),
            ("insured_since", "参保日期", "Insured since", 2),
            ("contribution_level", "缴费档次", "Level of contributions", 2),
            ("amount", "缴费金额", "Amount", 3),
            ("months", "缴费月数", "Months paid", 3),
            ("status", "参保状态", "Status", 2),
            ("address", "户籍地址", "Address", 3),
        ],
        methods: &[Method::Interface, Method::Batch],
    },
    Sample {
        duty: "market-supervision",
        code: "204001/000001",
        title: ("食品经营许可信息", "Food business permits"),
        register: "",
        share: ShareType::Unconditional,
        condition: NONE,
        basis: "",
        fields: &[
            ("holder", "经营者名称", "Holder", 1),
            ("holder_code", "统一社会信用代码", "Unified social credit code", 1),
            ("licence_number", "许可证编号", "Number", 1),
            ("address", "经营场所", "Premises", 1),
            ("business_form", "主体业态", "Form of business", 1),
            ("business_items", "经营项目", "Items of business", 1),
            ("issued_on", "发证日期", "Issued on", 1),
            ("valid_until", "有效期至", "Valid until", 1),
            ("representative", "法定代表人", "Representative", 2),
        ],
        methods: &[Method::Interface, Method::Batch],
    },
    Sample {
        duty: "emergency-management",
        code: "212001/000003",
        title: ("灾情统计信息", "Damage of disasters"),
        register: "",
        share: ShareType::Unconditional,
        condition: NONE,
        basis: "",
        fields: &[
            ("kind", "灾害种类", "Kind", 1),
            ("happened_at", "发生时间", "Happened at", 1),
            ("area", "受灾区域", "Area", 1),
            ("people", "受灾人口", "People", 1),
            ("people_moved", "转移安置人口", "People moved", 1),
            ("crops_area", "农作物受灾面积", "Area of crops", 1),
            ("loss", "直接经济损失", "Loss", 1),
        ],
        methods: &[Method::Interface, Method::Batch],
    },
    Sample {
        duty: "hotline-12345",
        code: "303026/000001",
        title: ("来信来访登记信息", "Letters and visits"),
        register: "",
        share: ShareType::NotShared,
        condition: NONE,
        basis: "信访工作条例 第三十条第三款",
        fields: &[
            ("reporter", "信访人姓名", "Reporter", 4),
            ("id_number", "公民身份号码", "Identity number", 4),
            ("content", "反映事项", "Content", 4),
            ("about", "被反映单位", "About whom", 4),
            ("registered_on", "登记日期", "Registered on", 2),
            ("result", "办理结果", "Result", 2),
        ],
        methods: &[],
    },
    Sample {
        duty: "taxation",
        code: "303022/000004",
        title: ("个人所得税申报信息", "Returns of income tax"),
        register: "",
        share: ShareType::NotShared,
        condition: NONE,
        basis: "税收征收管理法 第八条第二款",
        fields: &[
            ("name", "姓名", "Name", 4),
            ("id_number", "公民身份号码", "Identity number", 4),
            ("income_kind", "收入类型", "Kind of income", 3),
            ("amount", "收入金额", "Amount", 4),
            ("tax", "应纳税额", "Tax", 4),
            ("declared_on", "申报日期", "Declared on", 2),
            ("withholder", "扣缴义务人", "Withheld by", 3),
        ],
        methods: &[],
    },
];

/// The resources of 云溪县 (339921).
#[must_use]
pub fn resources() -> ResourceTable {
    SAMPLES.iter().fold(ResourceTable::of(COUNTY), |table, sample| table.with(sample.duty, facts(sample)))
}

fn facts(sample: &Sample) -> ResourceFacts {
    let field = |(name, zh, en, grade): &(&str, &str, &str, u8)| ResourceField {
        name: (*name).to_owned(),
        title: Text::new(*zh, *en),
        grade: *grade,
        mask: mask_of(name).map(str::to_owned),
    };
    ResourceFacts {
        code: sample.code.to_owned(),
        title: Text::new(sample.title.0, sample.title.1),
        register: if sample.register.is_empty() { sample.code } else { sample.register }.to_owned(),
        provider: String::new(),
        share: sample.share,
        condition: Text::new(sample.condition.0, sample.condition.1),
        basis: sample.basis.to_owned(),
        fields: sample.fields.iter().map(field).collect(),
        methods: sample.methods.to_vec(),
    }
}

fn mask_of(field: &str) -> Option<&'static str> {
    match field {
        "name" | "representative" | "owner_name" | "husband_name" | "wife_name" => Some("name"),
        "id_number" | "owner_number" | "husband_number" | "wife_number" => Some("id-number"),
        "address" => Some("address"),
        _ => None,
    }
}
