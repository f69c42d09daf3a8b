//! Resources of the example county, for scenarios, tests and the demonstration. A node of a real place takes its resources from its
//! catalogue.

use i18n::Text;

use crate::model::{Method, ResourceFacts, ResourceField, ResourceTable, ShareType};

const COUNTY: &str = "339921";

struct Sample {
    duty: &'static str,
    code: &'static str,
    title: (&'static str, &'static str),
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
        code: "339921-population-basic",
        title: ("人口基本信息", "Population, basic data"),
        register: "population",
        share: ShareType::Conditional,
        condition: ("办理具体办件时核对身份、年龄、住所的部门", "Organs that check identity, age or residence in open cases"),
        basis: "",
        fields: &[
            ("name", "姓名", "Name", 3),
            ("id_number", "公民身份号码", "Identity number", 4),
            ("sex", "性别", "Sex", 2),
            ("birth_date", "出生日期", "Date of birth", 3),
            ("address", "住址", "Address", 3),
            ("division", "户籍区划", "Division of registration", 2),
        ],
        methods: &[Method::Interface],
    },
    Sample {
        duty: "market-supervision",
        code: "339921-legal-persons",
        title: ("法人和非法人组织基本信息", "Legal persons, basic data"),
        register: "legal-persons",
        share: ShareType::Unconditional,
        condition: NONE,
        basis: "",
        fields: &[
            ("name", "名称", "Name", 1),
            ("code", "统一社会信用代码", "Unified code", 1),
            ("address", "住所", "Address", 1),
            ("status", "登记状态", "Status", 1),
            ("representative", "法定代表人", "Representative", 2),
        ],
        methods: &[Method::Interface, Method::Batch, Method::File],
    },
    Sample {
        duty: "civil-affairs",
        code: "339921-marriage",
        title: ("婚姻登记信息", "Registrations of marriage"),
        register: "marriage",
        share: ShareType::Conditional,
        condition: ("办理不动产、住房保障、户籍办件时核验婚姻状况的部门", "Organs that verify marital status in open cases"),
        basis: "",
        fields: &[
            ("name", "姓名", "Name", 3),
            ("id_number", "公民身份号码", "Identity number", 4),
            ("status", "婚姻状况", "Marital status", 3),
            ("registered_on", "登记日期", "Date of registration", 3),
        ],
        methods: &[Method::Interface],
    },
    Sample {
        duty: "civil-affairs",
        code: "339921-elder-allowance",
        title: ("高龄津贴发放信息", "Allowances for the very old"),
        register: "elder-allowance",
        share: ShareType::Conditional,
        condition: ("社会救助、医疗保障、审计部门", "Social assistance, medical insurance and audit"),
        basis: "",
        fields: &[
            ("id_number", "公民身份号码", "Identity number", 4),
            ("kind", "津贴类别", "Kind", 2),
            ("amount", "月发放额", "Monthly amount", 3),
            ("since", "起发月份", "First month", 2),
        ],
        methods: &[Method::Interface, Method::Batch],
    },
    Sample {
        duty: "natural-resources",
        code: "339921-real-estate",
        title: ("不动产登记信息", "Registrations of real estate"),
        register: "real-estate",
        share: ShareType::Conditional,
        condition: ("登记、征收、住房保障、司法协助部门", "Registration, levy, housing and judicial assistance"),
        basis: "",
        fields: &[
            ("unit_number", "不动产单元号", "Unit number", 2),
            ("owner_code", "权利人证件号码", "Owner's number", 4),
            ("address", "坐落", "Address", 2),
            ("area_m2", "面积", "Area", 2),
            ("usage", "用途", "Use", 1),
        ],
        methods: &[Method::Interface],
    },
    Sample {
        duty: "human-resources",
        code: "339921-social-insurance",
        title: ("社会保险参保信息", "Social insurance"),
        register: "social-insurance",
        share: ShareType::Conditional,
        condition: ("社会救助、住房保障、就业和高龄津贴管理部门", "Social assistance, housing, employment and allowances"),
        basis: "",
        fields: &[
            ("name", "姓名", "Name", 3),
            ("id_number", "公民身份号码", "Identity number", 4),
            ("status", "参保状态", "Status", 2),
            ("months", "缴费月数", "Months paid", 3),
        ],
        methods: &[Method::Interface, Method::Batch],
    },
    Sample {
        duty: "market-supervision",
        code: "339921-food-permits",
        title: ("食品经营许可信息", "Food business permits"),
        register: "food-permits",
        share: ShareType::Unconditional,
        condition: NONE,
        basis: "",
        fields: &[
            ("licence_number", "许可证编号", "Number", 1),
            ("holder", "经营者名称", "Holder", 1),
            ("address", "经营场所", "Premises", 1),
            ("valid_until", "有效期至", "Valid until", 1),
        ],
        methods: &[Method::Interface, Method::Batch, Method::File],
    },
    Sample {
        duty: "emergency-management",
        code: "339921-warnings",
        title: ("灾害预警信息", "Warnings of disasters"),
        register: "warnings",
        share: ShareType::Unconditional,
        condition: NONE,
        basis: "",
        fields: &[
            ("kind", "灾种", "Kind", 1),
            ("level", "级别", "Level", 1),
            ("division", "区划", "Division", 1),
            ("issued_at", "发布时间", "Issued", 1),
        ],
        methods: &[Method::Interface, Method::File],
    },
    Sample {
        duty: "hotline-12345",
        code: "339921-hotline-reports",
        title: ("举报人身份信息", "Identity of those who report"),
        register: "hotline-reports",
        share: ShareType::NotShared,
        condition: NONE,
        basis: "信访工作条例 第三十条第三款",
        fields: &[("reporter", "举报人", "Reporter", 4), ("content", "举报内容", "Content", 4)],
        methods: &[],
    },
    Sample {
        duty: "taxation",
        code: "339921-tax-returns",
        title: ("纳税申报明细", "Tax returns"),
        register: "tax-returns",
        share: ShareType::NotShared,
        condition: NONE,
        basis: "税收征收管理法 第八条第二款",
        fields: &[("taxpayer", "纳税人", "Taxpayer", 4), ("amount", "申报金额", "Amount", 4)],
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
        register: sample.register.to_owned(),
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
        "name" | "representative" => Some("name"),
        "id_number" | "owner_code" => Some("id-number"),
        "address" => Some("address"),
        _ => None,
    }
}
