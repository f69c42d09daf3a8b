use jiff::civil::Date;
use runner::Refusal;
use serde::{Deserialize, Serialize};

use crate::model::DocumentKind;

/// One article that a document rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// Full title of the law, without 《》.
    pub law: String,
    /// `第三十八条第一款`.
    pub article: String,
}

/// Where and until when a decision can be contested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remedies {
    /// The body that reconsiders: `云溪县人民政府`.
    pub reconsideration: String,
    /// The court.
    pub court: String,
    /// Days to apply for reconsideration (行政复议法 第二十条: 60).
    pub reconsideration_days: u32,
    /// Months to go to court (行政诉讼法 第四十六条: 6).
    pub suit_months: u32,
}

impl Remedies {
    /// The statutory terms: 60 days and 6 months.
    pub fn statutory(reconsideration: impl Into<String>, court: impl Into<String>) -> Remedies {
        Remedies { reconsideration: reconsideration.into(), court: court.into(), reconsideration_days: 60, suit_months: 6 }
    }
}

/// One thing to correct.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The material or field.
    pub name: String,
    /// What is wrong, and what is wanted.
    pub problem: String,
}

/// What a document says; `decision` in templates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Content {
    /// 受理.
    AcceptanceNotice {
        /// Accepted because no notice came in time (行政许可法 第三十二条第一款第四项).
        #[serde(default)]
        deemed: bool,
        /// Names of the materials received.
        #[serde(default)]
        materials: Vec<String>,
        /// Articles; for permits the usual one when empty.
        #[serde(default)]
        basis: Vec<Basis>,
    },
    /// 补正: all at once.
    CorrectionNotice {
        /// Everything to correct.
        items: Vec<Correction>,
        /// Last day.
        answer_by: Date,
        /// Articles; for permits the usual one when empty.
        #[serde(default)]
        basis: Vec<Basis>,
    },
    /// 不予受理.
    RefusalNotice {
        /// Reasons.
        reasons: Vec<String>,
        /// Articles.
        basis: Vec<Basis>,
        /// Appeal rights.
        remedies: Remedies,
    },
    /// 准予.
    Decision {
        /// What is granted, paragraph by paragraph.
        #[serde(default)]
        text: Vec<String>,
        /// First day of validity.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        valid_from: Option<Date>,
        /// Last day of validity.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        valid_until: Option<Date>,
        /// Articles; for permits the usual one when empty.
        #[serde(default)]
        basis: Vec<Basis>,
    },
    /// 不予许可.
    Rejection {
        /// Reasons.
        reasons: Vec<String>,
        /// Articles.
        basis: Vec<Basis>,
        /// Appeal rights.
        remedies: Remedies,
    },
    /// 延长期限, once.
    ExtensionNotice {
        /// Reasons.
        reasons: Vec<String>,
        /// By how many working days.
        workdays: u32,
        /// The new last day.
        due_on: Date,
        /// Articles; for permits the usual one when empty.
        #[serde(default)]
        basis: Vec<Basis>,
    },
    /// 特别程序.
    SuspensionNotice {
        /// 听证, 检验, 专家评审, …
        procedure: String,
        /// First day.
        from: Date,
        /// How many working days it is expected to take.
        workdays: u32,
        /// Further paragraphs.
        #[serde(default)]
        text: Vec<String>,
        /// Articles; for permits the usual one when empty.
        #[serde(default)]
        basis: Vec<Basis>,
    },
    /// 答复.
    Reply {
        /// The reply, paragraph by paragraph.
        text: Vec<String>,
        /// Articles.
        #[serde(default)]
        basis: Vec<Basis>,
    },
    /// 终止.
    Termination {
        /// Reasons.
        reasons: Vec<String>,
        /// Articles.
        #[serde(default)]
        basis: Vec<Basis>,
    },
    /// 撤回.
    Withdrawal {
        /// The day on which the applicant withdrew.
        withdrawn_on: Date,
        /// Why, if the applicant said so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// 证照; the face is in `certificate`.
    Certificate {},
}

impl Content {
    /// The kind of the document.
    pub fn kind(&self) -> DocumentKind {
        match self {
            Content::AcceptanceNotice { .. } => DocumentKind::AcceptanceNotice,
            Content::CorrectionNotice { .. } => DocumentKind::CorrectionNotice,
            Content::RefusalNotice { .. } => DocumentKind::RefusalNotice,
            Content::Decision { .. } => DocumentKind::Decision,
            Content::Rejection { .. } => DocumentKind::Rejection,
            Content::ExtensionNotice { .. } => DocumentKind::ExtensionNotice,
            Content::SuspensionNotice { .. } => DocumentKind::SuspensionNotice,
            Content::Reply { .. } => DocumentKind::Reply,
            Content::Termination { .. } => DocumentKind::Termination,
            Content::Withdrawal { .. } => DocumentKind::Withdrawal,
            Content::Certificate {} => DocumentKind::Certificate,
        }
    }

    /// Whether the kind needs the day of acceptance among the facts of the case.
    pub fn needs_acceptance(&self) -> bool {
        match self {
            Content::AcceptanceNotice { .. }
            | Content::Decision { .. }
            | Content::Rejection { .. }
            | Content::ExtensionNotice { .. }
            | Content::SuspensionNotice { .. } => true,
            Content::CorrectionNotice { .. }
            | Content::RefusalNotice { .. }
            | Content::Reply { .. }
            | Content::Termination { .. }
            | Content::Withdrawal { .. }
            | Content::Certificate {} => false,
        }
    }

    /// Refuses content which the law does not let stand: a rejection without reasons, basis or appeal rights
    /// (行政许可法 第三十八条第二款), a correction notice without corrections, a reply without text.
    pub fn check(&self) -> Result<(), Refusal> {
        match self {
            Content::RefusalNotice { reasons, basis, remedies } | Content::Rejection { reasons, basis, remedies } => {
                present("reasons", reasons.iter().map(String::as_str))?;
                present("basis", basis.iter().map(|b| if b.article.trim().is_empty() { "" } else { b.law.as_str() }))?;
                present("remedies", [remedies.reconsideration.as_str(), remedies.court.as_str()].into_iter())
            }
            Content::CorrectionNotice { items, .. } => {
                present("items", items.iter().map(|i| if i.problem.trim().is_empty() { "" } else { i.name.as_str() }))
            }
            Content::ExtensionNotice { reasons, .. } | Content::Termination { reasons, .. } => present("reasons", reasons.iter().map(String::as_str)),
            Content::Reply { text, .. } => present("text", text.iter().map(String::as_str)),
            Content::SuspensionNotice { procedure, .. } => present("procedure", [procedure.as_str()].into_iter()),
            Content::AcceptanceNotice { .. } | Content::Decision { .. } | Content::Withdrawal { .. } | Content::Certificate {} => Ok(()),
        }
    }
}

/// There is at least one value, and none is blank.
fn present<'a>(field: &'static str, mut values: impl Iterator<Item = &'a str> + Clone) -> Result<(), Refusal> {
    let empty = values.clone().next().is_none();
    if !empty && values.all(|value| !value.trim().is_empty()) {
        return Ok(());
    }
    let (zh, en) = words(field);
    let refusal = Refusal::new(
        "document-incomplete",
        format!("文书缺少{zh}。"),
        format!("The document lacks {en}."),
        format!("请填写{zh}后再出具文书。"),
        format!("State {en}, then make the document."),
    );
    Err(refusal.under("行政许可法 第三十八条").with_field(field, format!("请填写{zh}"), format!("State {en}")))
}

fn words(field: &str) -> (&'static str, &'static str) {
    match field {
        "reasons" => ("理由", "the reasons"),
        "basis" => ("法律依据", "the legal basis"),
        "remedies" => ("复议机关和管辖法院", "the body of reconsideration and the court"),
        "items" => ("需要补正的内容", "what is to be corrected"),
        "procedure" => ("特别程序的种类", "the special procedure"),
        _ => ("正文", "the text"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rejection(reasons: &[&str], basis: &[(&str, &str)], court: &str) -> Content {
        Content::Rejection {
            reasons: reasons.iter().map(|r| (*r).to_owned()).collect(),
            basis: basis.iter().map(|(law, article)| Basis { law: (*law).to_owned(), article: (*article).to_owned() }).collect(),
            remedies: Remedies::statutory("云溪县人民政府", court),
        }
    }

    #[test]
    fn a_rejection_needs_reasons_basis_and_appeal_rights() {
        let law: &[(&str, &str)] = &[("食品安全法", "第三十三条")];
        assert!(rejection(&["场所不符合要求"], law, "云溪县人民法院").check().is_ok());
        for (content, field) in [
            (rejection(&[], law, "云溪县人民法院"), "reasons"),
            (rejection(&["  "], law, "云溪县人民法院"), "reasons"),
            (rejection(&["x"], &[], "云溪县人民法院"), "basis"),
            (rejection(&["x"], &[("食品安全法", "")], "云溪县人民法院"), "basis"),
            (rejection(&["x"], law, ""), "remedies"),
        ] {
            let refusal = content.check().err();
            assert_eq!(refusal.map(|r| (r.code.into_owned(), r.fields[0].field.clone())), Some(("document-incomplete".into(), field.into())));
        }
    }

    #[test]
    fn every_kind_has_a_name_that_parses_and_a_template() {
        for kind in DocumentKind::ALL {
            assert_eq!(DocumentKind::parse(kind.as_str()), Some(kind));
            assert!(kind.template().starts_with("#import \"/zs.typ\": *"));
        }
    }
}
