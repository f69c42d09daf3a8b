//! 情形引导: questions before the form.

use i18n::Text;
use serde::Serialize;

use crate::reader::Reader;

/// A guide question; its answer is the variable `situation.<id>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Situation {
    /// Identifier within the package.
    pub id: String,
    /// The question.
    pub question: Text,
    /// The answers to choose from.
    pub options: Vec<SituationOption>,
    /// The answer that ends the guide, with what to do instead.
    pub stop: Option<Stop>,
}

/// One answer of a guide question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SituationOption {
    /// The value of the variable.
    pub value: String,
    /// What is shown.
    pub label: Text,
    /// Advice after choosing it.
    pub advice: Option<Text>,
}

/// The answer with which the item is not the right one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stop {
    /// The answer.
    pub value: String,
    /// What to do instead.
    pub say: Text,
}

impl Situation {
    pub(crate) fn read(reader: &mut Reader<'_, '_>) -> Self {
        Self {
            id: reader.identifier("id"),
            question: reader.bilingual("question"),
            options: reader.tables("options", |option| SituationOption {
                value: option.text("value"),
                label: option.bilingual("label"),
                advice: option.bilingual_or_blank("advice"),
            }),
            stop: reader.table_or_none("stop", |stop| Stop { value: stop.text("value"), say: stop.bilingual("say") }),
        }
    }
}
