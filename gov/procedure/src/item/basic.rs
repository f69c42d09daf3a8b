//! Legal basis, fees, result, published steps and questions of an item.

use i18n::Text;
use serde::Serialize;

use crate::codes::{Delivery, ResultKind};
use crate::reader::Reader;

/// 设定依据: a citation of the law.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Basis {
    /// Name of the law without brackets.
    pub law: String,
    /// 条款, for example 第十九条.
    pub article: String,
    /// What the article says.
    pub text: String,
    /// Where the law is published; may be empty.
    pub url: String,
}

impl Basis {
    pub(crate) fn read(reader: &mut Reader<'_, '_>) -> Self {
        Self { law: reader.text("law"), article: reader.text("article"), text: reader.text("text"), url: reader.text_or_empty("url") }
    }

    /// 《law》article.
    #[must_use]
    pub fn citation(&self) -> String {
        format!("《{}》{}", self.law, self.article)
    }
}

/// 收费项目.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fee {
    /// 收费项目名称.
    pub name: Text,
    /// Amount in fen (1/100 yuan).
    pub amount_fen: i64,
    /// 收费依据.
    pub basis: String,
}

impl Fee {
    pub(crate) fn read(reader: &mut Reader<'_, '_>) -> Self {
        Self { name: reader.bilingual("name"), amount_fen: reader.number("amount_fen", 100_000_000_000), basis: reader.text_or_empty("basis") }
    }
}

/// 审批结果.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ItemResult {
    /// 结果类型.
    pub kind: ResultKind,
    /// 结果名称.
    pub name: Text,
    /// 送达方式.
    pub delivery: Vec<Delivery>,
}

impl Default for ItemResult {
    fn default() -> Self {
        Self { kind: ResultKind::Other, name: Text { zh: String::new(), en: String::new() }, delivery: Vec::new() }
    }
}

impl ItemResult {
    pub(crate) fn read(reader: &mut Reader<'_, '_>) -> Self {
        Self { kind: reader.code("kind", ResultKind::Other), name: reader.bilingual("name"), delivery: reader.codes_some("delivery") }
    }
}

/// One step of 办理流程 as published; the flow drives, this explains.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// 环节.
    pub name: Text,
    /// 办理人员.
    pub post: Text,
    /// 办理时限.
    pub limit: Text,
    /// 审查标准.
    pub standard: Text,
    /// 办理结果.
    pub result: Text,
}

impl Step {
    pub(crate) fn read(reader: &mut Reader<'_, '_>) -> Self {
        Self {
            name: reader.bilingual("name"),
            post: reader.bilingual("post"),
            limit: reader.bilingual("limit"),
            standard: reader.bilingual("standard"),
            result: reader.bilingual("result"),
        }
    }
}

/// 常见问题.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Faq {
    /// 问题.
    pub question: Text,
    /// 解答.
    pub answer: Text,
}

impl Faq {
    pub(crate) fn read(reader: &mut Reader<'_, '_>) -> Self {
        Self { question: reader.bilingual("question"), answer: reader.bilingual("answer") }
    }
}
