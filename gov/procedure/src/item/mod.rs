//! The implementation list (实施清单) of one service item, fully typed.

mod basic;
mod case_rules;
mod certificate;
mod limits;
mod material;
mod number;
mod situation;
mod validity;

pub use basic::{Basis, Faq, Fee, ItemResult, Step};
pub use case_rules::CaseRules;
pub use certificate::{CertificateSpec, FaceField};
pub use limits::{Duration, Limits, StatutoryLimit};
pub use material::{Material, SIZE_MAX_BYTES_DEFAULT};
pub use number::{NumberPart, NumberPattern, NumberRule};
pub use situation::{Situation, SituationOption, Stop};
pub use validity::Validity;

use i18n::Text;
use parties::BasicCode;
use serde::Serialize;

use crate::codes::{Audience, Channel, Handling, ItemType, Level, LifeEvent, OnlineDepth, PowerSource, Reach, ThemeLegal, ThemePerson};
use crate::finding::Finding;
use crate::reader::{Lines, Reader, Source, is_identifier, is_slug};

/// The format this crate reads: `schema = 1`.
pub const SCHEMA: i64 = 1;

/// Everything `item.toml` says. All texts are complete in both languages; all codes are of the national lists.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Item {
    /// Folder name, `[a-z0-9-]`.
    pub slug: String,
    /// 事项名称.
    pub name: Text,
    /// One plain sentence: who needs it and what they get.
    pub summary: Text,
    /// 基本编码, 12 digits.
    pub basic_code: BasicCode,
    /// 事项类型 (`type`).
    pub item_type: ItemType,
    /// 行使层级.
    pub level: Level,
    /// 权力来源; public services have none.
    pub power_source: Option<PowerSource>,
    /// The duty whose organ implements the item, resolved per division.
    pub duty: String,
    /// 服务对象.
    pub audience: Vec<Audience>,
    /// 办件类型.
    pub handling: Handling,
    /// 办理形式.
    pub channels: Vec<Channel>,
    /// 网上办理深度.
    pub online_depth: OnlineDepth,
    /// 到办事现场次数.
    pub visits_max: u8,
    /// 必须现场办理原因说明; "无" when there is no visit.
    pub visit_reason: Text,
    /// 通办范围.
    pub reach: Option<Reach>,
    /// 数量限制.
    pub quota: Option<Text>,
    /// 面向自然人主题分类.
    pub themes_person: Vec<ThemePerson>,
    /// 面向法人主题分类.
    pub themes_legal: Vec<ThemeLegal>,
    /// Life events under which the portal lists the item.
    pub life_events: Vec<LifeEvent>,
    /// What people type when they look for it.
    pub keywords: Vec<String>,
    /// 受理条件.
    pub conditions: Vec<Text>,
    /// 不予受理的情形.
    pub not_accepted: Vec<Text>,
    /// 设定依据.
    pub basis: Vec<Basis>,
    /// 时限.
    pub limits: Limits,
    /// 收费; empty: free of charge.
    pub fees: Vec<Fee>,
    /// 审批结果.
    pub result: ItemResult,
    /// Certificates the flow may issue.
    pub certificates: Vec<CertificateSpec>,
    /// 申请材料.
    pub materials: Vec<Material>,
    /// Guide questions, asked before the form.
    pub situations: Vec<Situation>,
    /// 办理流程 as published.
    pub steps: Vec<Step>,
    /// 常见问题.
    pub faqs: Vec<Faq>,
    /// What the engine needs to know.
    pub case: CaseRules,
}

impl Item {
    /// The material with this id.
    #[must_use]
    pub fn material(&self, id: &str) -> Option<&Material> {
        self.materials.iter().find(|material| material.id == id)
    }

    /// The certificate with this id.
    #[must_use]
    pub fn certificate(&self, id: &str) -> Option<&CertificateSpec> {
        self.certificates.iter().find(|certificate| certificate.id == id)
    }

    /// The guide question with this id.
    #[must_use]
    pub fn situation(&self, id: &str) -> Option<&Situation> {
        self.situations.iter().find(|situation| situation.id == id)
    }

    /// 实施编码 (31 characters): the organ's 统一社会信用代码, the level, the basic code (ZWFW C0109.1-2018, GB/T 39554.1-2020).
    #[must_use]
    pub fn implementation_code(&self, organ_uscc: &str) -> String {
        use crate::codes::Code;
        format!("{organ_uscc}{}{}", self.level.code(), self.basic_code)
    }

    /// 依申请: whether people can apply for it (as against what organs do of their own duty).
    #[must_use]
    pub fn on_application(&self) -> bool {
        use crate::codes::{ItemType as T, StartedBy};
        let power = matches!(self.item_type, T::Penalty | T::Coercion | T::Levy | T::Inspection);
        !power && self.case.start == StartedBy::Applicant
    }

    /// Whether people and companies are among those it is for; what is for organs alone is no matter of the portal.
    #[must_use]
    pub fn for_the_public(&self) -> bool {
        self.audience.iter().any(|audience| *audience != Audience::Organ)
    }
}

/// Reads `item.toml`: the item (complete only when there is no finding), the findings and the lines of all keys.
pub(crate) fn parse(text: &str) -> (Option<Item>, Vec<Finding>, Lines) {
    Source::read("item.toml", text, read_document)
}

fn read_document(document: &mut Reader<'_, '_>) -> Option<Item> {
    let stand_in = BasicCode::parse(BASIC_CODE_STAND_IN).ok()?;
    let schema: i64 = document.number("schema", 1000);
    if document.has("schema") && schema != SCHEMA {
        let zh = format!("schema = {schema} 不受支持；当前格式为 {SCHEMA}。");
        let en = format!("schema = {schema} is not supported; the current format is {SCHEMA}.");
        document.problem("schema", "schema-unknown", zh, en);
    }
    let mut item = document.table_or_none("item", |reader| read_item(reader, stand_in.clone())).unwrap_or_else(|| {
        document.problem("item", "key-missing", "缺少表 [item]。".to_owned(), "The table [item] is missing.".to_owned());
        blank_item(stand_in)
    });
    item.basis = document.tables("basis", Basis::read);
    item.limits = document.table("limits", Limits::read);
    item.fees = document.tables("fee", Fee::read);
    item.result = document.table("result", ItemResult::read);
    item.certificates = document.tables("certificate", CertificateSpec::read);
    item.materials = document.tables("material", Material::read);
    item.situations = document.tables("situation", Situation::read);
    item.steps = document.tables("step", Step::read);
    item.faqs = document.tables("faq", Faq::read);
    item.case = document.table("case", CaseRules::read);
    Some(item)
}

/// Stands in for a basic code that cannot be read, so that the rest is read all the same; a finding keeps it from leaving.
const BASIC_CODE_STAND_IN: &str = "002000000000";

fn read_item(reader: &mut Reader<'_, '_>, stand_in: BasicCode) -> Item {
    let slug = reader.text("slug");
    if !slug.is_empty() && !is_slug(&slug) {
        let zh = format!("item.slug“{slug}”只能用小写字母、数字和连字符。");
        let en = format!("item.slug \"{slug}\" may only use lower-case letters, digits and hyphens.");
        reader.problem("slug", "slug-wrong", zh, en);
    }
    let duty = reader.text("duty");
    if !duty.is_empty() && !is_slug(&duty) && !is_identifier(&duty) {
        let zh = format!("item.duty“{duty}”只能用小写字母、数字和连字符。");
        let en = format!("item.duty \"{duty}\" may only use lower-case letters, digits and hyphens.");
        reader.problem("duty", "duty-wrong", zh, en);
    }
    Item {
        slug,
        duty,
        name: reader.bilingual("name"),
        summary: reader.bilingual("summary"),
        basic_code: read_basic_code(reader).unwrap_or_else(|| stand_in.clone()),
        item_type: reader.code("type", ItemType::PublicService),
        level: reader.code("level", Level::County),
        power_source: reader.code_or_none("power_source"),
        audience: reader.codes_some("audience"),
        handling: reader.code("handling", Handling::Promised),
        channels: reader.codes_some("channels"),
        online_depth: reader.code("online_depth", OnlineDepth::Information),
        visits_max: reader.number("visits_max", 9),
        visit_reason: reader.bilingual("visit_reason"),
        reach: reader.code_or_none("reach"),
        quota: reader.bilingual_or_none("quota"),
        themes_person: reader.codes("themes_person"),
        themes_legal: reader.codes("themes_legal"),
        life_events: reader.codes("life_events"),
        keywords: reader.texts("keywords"),
        conditions: reader.bilinguals("conditions"),
        not_accepted: reader.bilinguals("not_accepted"),
        ..blank_item(stand_in)
    }
}

fn read_basic_code(reader: &mut Reader<'_, '_>) -> Option<BasicCode> {
    let text = reader.text("basic_code");
    match BasicCode::parse(&text) {
        Ok(code) => Some(code),
        Err(_) if text.is_empty() => None,
        Err(problem) => {
            let (zh, en) = (format!("“{text}”：{}。", problem.sentence.zh), format!("\"{text}\": {}.", problem.sentence.en));
            reader.problem("basic_code", "basic-code-wrong", zh, en);
            None
        }
    }
}

/// What stands in for a part that could not be read; never leaves [`parse`] without a finding.
fn blank_item(basic_code: BasicCode) -> Item {
    let blank = || Text { zh: String::new(), en: String::new() };
    Item {
        slug: String::new(),
        name: blank(),
        summary: blank(),
        basic_code,
        item_type: ItemType::PublicService,
        level: Level::County,
        power_source: None,
        duty: String::new(),
        audience: Vec::new(),
        handling: Handling::Promised,
        channels: Vec::new(),
        online_depth: OnlineDepth::Information,
        visits_max: 0,
        visit_reason: blank(),
        reach: None,
        quota: None,
        themes_person: Vec::new(),
        themes_legal: Vec::new(),
        life_events: Vec::new(),
        keywords: Vec::new(),
        conditions: Vec::new(),
        not_accepted: Vec::new(),
        basis: Vec::new(),
        limits: Limits::default(),
        fees: Vec::new(),
        result: ItemResult::default(),
        certificates: Vec::new(),
        materials: Vec::new(),
        situations: Vec::new(),
        steps: Vec::new(),
        faqs: Vec::new(),
        case: CaseRules::default(),
    }
}

#[cfg(test)]
mod tests;
