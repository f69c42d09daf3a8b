//! Facts of the fictional county 云溪县 for tests, for checking templates of packages, and for the guide.

use jiff::civil::{Date, date};
use serde_json::json;

use crate::model::{Applicant, Basis, Case, CaseFacts, Content, Correction, DocumentKind, FaceLine, Item, LimitWords, Organ, PartyKind, Remedies};
use crate::render::{CertificateFacts, Draft, title};

/// An application for a food licence.
pub fn case_facts() -> CaseFacts {
    CaseFacts {
        item: Item {
            name: "食品经营许可（新办）".to_owned(),
            code: "000131010000".to_owned(),
            item_type: "01".to_owned(),
            limits: LimitWords { statutory: Some("20个工作日".to_owned()), promised: Some("10个工作日".to_owned()) },
        },
        organ: Organ {
            id: "organ_00000000000000000000000001".to_owned(),
            name: "云溪县市场监督管理局".to_owned(),
            code: "11339921MB1990026L".to_owned(),
            abbreviation: "云市监".to_owned(),
            phone: Some("0579-00001234".to_owned()),
            address: Some("云溪县云溪镇人民路1号".to_owned()),
            seal_purpose: None,
        },
        case: Case {
            id: "case_00000000000000000000000001".to_owned(),
            number: "11339921MB1990026L4000131010000202603020001".to_owned(),
            submitted_on: date(2026, 3, 2),
            accepted_on: Some(date(2026, 3, 4)),
            due_on: Some(date(2026, 3, 18)),
            query_code: Some("7K3M9P".to_owned()),
            channel: Some("web".to_owned()),
        },
        applicant: Applicant {
            kind: PartyKind::LegalPerson,
            name: "云溪县清风餐饮管理有限公司".to_owned(),
            id_number: Some("91339921MA00000153".to_owned()),
        },
        answers: json!({ "premises": "rented" }),
    }
}

/// A food licence.
pub fn certificate() -> CertificateFacts {
    let line = |label: &str, value: &str| FaceLine { label: label.to_owned(), value: value.to_owned() };
    CertificateFacts {
        name: "食品经营许可证".to_owned(),
        number: "JY23399210000428".to_owned(),
        identifier: "1.2.156.3005.2.11100000MB0143028R042.11339921MB1990026L.20260000042.001.K".to_owned(),
        version: 1,
        issued_on: date(2026, 3, 16),
        valid_from: date(2026, 3, 16),
        valid_until: Some(date(2031, 3, 15)),
        face: vec![
            line("经营者名称", "云溪县清风餐饮管理有限公司"),
            line("社会信用代码", "91339921MA00000153"),
            line("法定代表人", "张三"),
            line("经营场所", "云溪县云溪镇人民路88号一层"),
            line("主体业态", "餐饮服务经营者（小型餐馆）"),
            line("经营项目", "热食类食品制售；自制饮品制售"),
            line("有效期至", "2031年3月15日"),
        ],
        holder_kind: PartyKind::LegalPerson,
        holder_name: "云溪县清风餐饮管理有限公司".to_owned(),
        holder_code: "91339921MA00000153".to_owned(),
    }
}

/// Content of each kind.
pub fn content(kind: DocumentKind) -> Content {
    let basis = |law: &str, article: &str| vec![Basis { law: law.to_owned(), article: article.to_owned() }];
    let remedies = || Remedies::statutory("云溪县人民政府", "云溪县人民法院");
    let on = |day: i8| date(2026, 3, day);
    match kind {
        DocumentKind::AcceptanceNotice => Content::AcceptanceNotice {
            deemed: false,
            materials: vec!["食品经营许可申请书".to_owned(), "经营场所使用证明".to_owned(), "食品安全管理制度".to_owned()],
            basis: Vec::new(),
        },
        DocumentKind::CorrectionNotice => Content::CorrectionNotice {
            items: vec![
                correction("经营场所使用证明", "租赁合同缺少出租人签字，请补充签字页"),
                correction("设备布局平面图", "未标明操作间的面积和流向，请重新绘制并标注"),
            ],
            answer_by: on(23),
            basis: Vec::new(),
        },
        DocumentKind::RefusalNotice => Content::RefusalNotice {
            reasons: vec!["申请事项属于云州市市场监督管理局的职权范围，请向该局申请。".to_owned()],
            basis: basis("中华人民共和国行政许可法", "第三十二条第一款第二项"),
            remedies: remedies(),
        },
        DocumentKind::Decision => Content::Decision {
            text: vec!["许可内容：餐饮服务经营者（小型餐馆），热食类食品制售、自制饮品制售。".to_owned()],
            valid_from: Some(on(16)),
            valid_until: Some(date(2031, 3, 15)),
            basis: Vec::new(),
        },
        DocumentKind::Rejection => Content::Rejection {
            reasons: vec![
                "经现场核查，操作间与卫生间相邻且未设置有效隔断，不符合食品经营场所的卫生要求。".to_owned(),
                "未配备与经营项目相适应的消毒、冷藏设施，经两次整改仍未达到要求。".to_owned(),
            ],
            basis: basis("中华人民共和国食品安全法", "第三十三条第一款第一项、第二项"),
            remedies: remedies(),
        },
        DocumentKind::ExtensionNotice => Content::ExtensionNotice {
            reasons: vec!["申请涉及两处经营场所，现场核查工作量较大。".to_owned()],
            workdays: 10,
            due_on: date(2026, 4, 1),
            basis: Vec::new(),
        },
        DocumentKind::SuspensionNotice => Content::SuspensionNotice {
            procedure: "检验".to_owned(),
            from: on(9),
            workdays: 15,
            text: vec!["检验机构：云州市食品药品检验研究院。".to_owned()],
            basis: Vec::new(),
        },
        DocumentKind::Reply => Content::Reply {
            text: vec![
                "关于人民路88号路灯不亮的问题，我局于2026年3月3日派员到现场检修，已更换损坏的灯具和线路，当晚恢复照明。".to_owned(),
                "我局将把该路段列入每周巡查范围。".to_owned(),
            ],
            basis: Vec::new(),
        },
        DocumentKind::Termination => {
            Content::Termination { reasons: vec!["申请人未在规定期限内补正申请材料。".to_owned()], basis: Vec::new() }
        }
        DocumentKind::Withdrawal => Content::Withdrawal { withdrawn_on: on(6), reason: Some("经营计划调整".to_owned()) },
        DocumentKind::Certificate => Content::Certificate {},
    }
}

/// A complete draft of each kind.
pub fn draft(kind: DocumentKind) -> Draft {
    let facts = case_facts();
    let certificate = match kind {
        DocumentKind::Certificate | DocumentKind::Decision => Some(certificate()),
        _ => None,
    };
    Draft {
        title: title(kind, facts.is_permit(), certificate.as_ref()),
        number: crate::model::document_number(&crate::model::series("云市监", kind, facts.is_permit()), 2026, 42),
        dated: dated(),
        code: "7K3M9PQRSTVW".to_owned(),
        content: content(kind),
        template: None,
        facts,
        certificate,
    }
}

fn dated() -> Date {
    date(2026, 3, 16)
}

fn correction(name: &str, problem: &str) -> Correction {
    Correction { name: name.to_owned(), problem: problem.to_owned() }
}
