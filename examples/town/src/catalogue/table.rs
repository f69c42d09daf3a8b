//! The table, and one line of it as a resource.

use catalogue::detect::{Column, detect};
use catalogue::{
    Adopted, AdoptedEntry, ClassCode, Content, FormatKind, InformationItem, LegalBasis, Level, OpenType, Opening, Personal, Relations, ResourceCode,
    Secrecy, ShareMethod, ShareType, Sharing, Status, Storage, Tier, UpdatePeriod,
};
use clock::Date;
use parties::OrganId;

use super::fields::{item, of_register};
use crate::pace::day_after;

const TABLE: &str = include_str!("resources.txt");

/// Lines with their numbers, without comments.
pub(super) fn lines() -> impl Iterator<Item = (usize, &'static str)> {
    (1..).zip(TABLE.lines()).filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty())
}

/// One line, read.
pub(super) struct Spec {
    pub organ: &'static str,
    class: ClassCode,
    name: &'static str,
    share_type: ShareType,
    open_type: OpenType,
    period: UpdatePeriod,
    status: Status,
    updated_days_ago: Option<i64>,
    mounted: bool,
    register: Option<String>,
    source: Option<ResourceCode>,
    procedures: Vec<String>,
    system_items: i64,
    records: i64,
    items: &'static str,
    summary: &'static str,
    law: Option<&'static str>,
}

fn some(text: &'static str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

impl Spec {
    /// Name of the resource.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Whether others see it.
    pub fn is_published(&self) -> bool {
        self.status == Status::Published
    }

    /// How many days ago its data were updated, and whether they are mounted.
    pub const fn freshness(&self) -> Option<(i64, bool)> {
        match self.updated_days_ago {
            Some(days) => Some((days, self.mounted)),
            None => None,
        }
    }

    pub fn read(line: &'static str) -> Option<Self> {
        let parts: Vec<&'static str> = line.split('|').collect();
        let part = |nth: usize| parts.get(nth).copied().unwrap_or_default();
        Some(Self {
            organ: part(0),
            class: ClassCode::parse(part(1))?,
            name: part(2),
            share_type: ShareType::read(part(3))?,
            open_type: OpenType::read(part(4))?,
            period: UpdatePeriod::read(part(5))?,
            status: Status::read(part(6))?,
            updated_days_ago: part(7).parse().ok(),
            mounted: part(8) == "1",
            register: some(part(9)),
            source: ResourceCode::parse(part(10)),
            procedures: some(part(11)).into_iter().collect(),
            system_items: part(12).parse().ok()?,
            records: part(13).parse().ok()?,
            items: part(14),
            summary: part(15),
            law: parts.get(16).copied().filter(|law| !law.is_empty()),
        })
    }

    /// The resource as it stands on a day; what is kept back by law is looked at again on another.
    pub fn adopted(&self, organ: &OrganId, today: Date, review_on: Date) -> Option<Adopted> {
        let published = self.status == Status::Published;
        let remark = match self.status {
            Status::Returned => "请补充共享条件中的使用范围。",
            Status::RegistrationRefused => "与已注册目录重复，请确认数据来源。",
            Status::PublicationRefused => "更新周期与实际不符，请核实。",
            Status::Withdrawn => "抽检系统升级，暂停发布。",
            Status::Draft | Status::RegistrationReview | Status::Registered | Status::PublicationReview | Status::Published => "",
        };
        let negative = match self.law {
            Some(law) if published => Some(entry(law, today, review_on)?),
            Some(_) | None => None,
        };
        Some(Adopted {
            organ: organ.clone(),
            code: None,
            content: self.content()?,
            status: self.status,
            published_on: published.then(|| day_after(today, -300)),
            mounted: self.mounted,
            updated_on: self.updated_days_ago.map(|days| day_after(today, -days)),
            remark: remark.to_owned(),
            negative,
        })
    }

    fn content(&self) -> Option<Content> {
        // What is young in the catalogue nobody has graded yet.
        let graded = self.status.is_registered();
        let mut items = self.source_of().map(of_register).unwrap_or_default();
        let titles = self.items.split('、').filter(|title| !title.is_empty());
        items.extend((1..).zip(titles).map(|(nth, title)| with_grade(item(nth, title), graded)));
        let tier = self.class.tier();
        let summary = if self.summary.is_empty() {
            format!("{}，由业务系统在履行职责过程中形成。", self.name)
        } else {
            self.summary.to_owned()
        };
        Some(Content {
            class: self.class.clone(),
            name: self.name.to_owned(),
            summary,
            secrecy: Secrecy::Open,
            level: if tier == Tier::Department { Level::Department } else { Level::Local },
            format: FormatKind::Database,
            format_type: "mysql".to_owned(),
            opening: self.opening(&items),
            items,
            sharing: self.sharing()?,
            period: self.period,
            domain: self.class.branch().map(|branch| branch.zh.to_owned()).unwrap_or_default(),
            storage: Storage {
                system: format!("{}管理系统", self.name.trim_end_matches("信息").trim_end_matches("登记")),
                place: "县政务云".to_owned(),
                size_mib: Some(self.records / 900 + 1),
                records: Some(self.records),
                records_shared: self.mounted.then_some(self.records),
                records_opened: None,
                system_items: Some(self.system_items),
            },
            relations: Relations {
                source_code: self.source.clone(),
                register: self.register.clone(),
                procedures: self.procedures.clone(),
                basis: Vec::new(),
            },
        })
    }

    /// The register whose records this resource is; of a copy none.
    fn source_of(&self) -> Option<&str> {
        self.register.as_deref().filter(|_| self.source.is_none())
    }

    fn sharing(&self) -> Option<Sharing> {
        let (condition, methods) = match self.share_type {
            ShareType::Unconditional => (Sharing::WITHOUT_CONDITION.to_owned(), vec![ShareMethod::Interface, ShareMethod::Table]),
            ShareType::Conditional => {
                let condition = "共享范围：本县行政机关和法律法规授权的组织。使用用途：依法履行职责中的身份核对和资格审核，不得转交第三方。";
                // A register is asked about one person at a time; what stands in a system of its own can be had as a table too.
                let methods =
                    if self.source_of().is_some() { vec![ShareMethod::Interface] } else { vec![ShareMethod::Interface, ShareMethod::Table] };
                (condition.to_owned(), methods)
            }
            ShareType::NotShared => {
                let mut parts = self.law?.split('#');
                (format!("{} {}", parts.next()?, parts.next()?), Vec::new())
            }
        };
        Some(Sharing { share_type: self.share_type, condition, methods })
    }

    /// What names persons is open masked, on conditions.
    fn opening(&self, items: &[InformationItem]) -> Opening {
        let personal = items.iter().any(|item| looks_personal(item));
        match (self.open_type, personal) {
            (OpenType::Open, true) | (OpenType::Conditional, _) => {
                Opening { open_type: OpenType::Conditional, condition: "个人信息脱敏后开放；使用方实名申请。".to_owned() }
            }
            (OpenType::Open, false) => Opening { open_type: OpenType::Open, condition: String::new() },
            (OpenType::Closed, _) => Opening { open_type: OpenType::Closed, condition: String::new() },
        }
    }
}

fn looks_personal(item: &InformationItem) -> bool {
    detect(&Column { name: &item.name, title: &item.title, samples: &[] }).personal != Personal::None
}

fn with_grade(mut item: InformationItem, graded: bool) -> InformationItem {
    if graded {
        let found = detect(&Column { name: &item.name, title: &item.title, samples: &[] });
        (item.personal, item.grade, item.mask) = (Some(found.personal), Some(found.grade), found.mask);
    }
    item
}

/// `law#article#words#reason`
fn entry(text: &'static str, today: Date, review_on: Date) -> Option<AdoptedEntry> {
    let parts: Vec<&str> = text.split('#').collect();
    let part = |nth: usize| parts.get(nth).map(|part| (*part).to_owned());
    Some(AdoptedEntry {
        basis: LegalBasis { law: part(0)?, article: part(1)? },
        quote: part(2)?,
        reason: part(3)?,
        approval: "云数〔2026〕8号".to_owned(),
        approved_on: day_after(today, -310),
        review_on,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use catalogue::{Strictness, troubles};

    #[test]
    fn every_line_is_a_resource_that_its_state_allows() {
        let mut statuses = Vec::new();
        for (number, line) in lines() {
            let spec = Spec::read(line).unwrap_or_else(|| panic!("line {number} cannot be read"));
            let content = spec.content().unwrap_or_else(|| panic!("line {number} has no law"));
            assert_eq!(troubles(&content, Strictness::Complete), [], "line {number}");
            statuses.push(spec.status);
        }
        assert!(statuses.len() >= 118, "{}", statuses.len());
        for status in Status::ALL {
            assert!(statuses.contains(status), "nothing is {status:?}");
        }
    }
}
