//! `[case]`: what the engine needs to know about cases of the item.

use i18n::Text;
use serde::Serialize;

use crate::codes::{ClockStarts, StartedBy, Withdraw};
use crate::reader::Reader;

/// How cases of an item behave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CaseRules {
    /// Start of the case number; empty: the implementation code.
    pub number_prefix: String,
    /// The form field whose answer tells one case from another in the applicant's list.
    pub named_by: Option<String>,
    /// Account level needed to submit.
    pub assurance_min: u8,
    /// 好差评 after the end.
    pub rating: bool,
    /// Accepted by default when no notice went out within the limit, 行政许可法 第三十二条.
    pub deemed_acceptance: bool,
    /// Until when the applicant may withdraw.
    pub withdraw: Withdraw,
    /// Whether a relative or agent may act.
    pub agent: bool,
    /// The moment from which the limit runs.
    pub clock_starts: ClockStarts,
    /// Who opens the case.
    pub start: StartedBy,
    /// The declaration shown before submitting.
    pub promise: Option<Text>,
    /// Shown before the form.
    pub notice: Option<Text>,
}

impl Default for CaseRules {
    fn default() -> Self {
        Self {
            number_prefix: String::new(),
            named_by: None,
            assurance_min: 2,
            rating: true,
            deemed_acceptance: true,
            withdraw: Withdraw::BeforeDecision,
            agent: true,
            clock_starts: ClockStarts::Accepted,
            start: StartedBy::Applicant,
            promise: None,
            notice: None,
        }
    }
}

impl CaseRules {
    pub(crate) fn read(reader: &mut Reader<'_, '_>) -> Self {
        let default = Self::default();
        Self {
            number_prefix: reader.text_or_empty("number_prefix"),
            named_by: reader.text_or_none("named_by"),
            assurance_min: reader.number_or("assurance_min", default.assurance_min, 4),
            rating: reader.flag_or("rating", default.rating),
            deemed_acceptance: reader.flag_or("deemed_acceptance", default.deemed_acceptance),
            withdraw: reader.code_or_none("withdraw").unwrap_or(default.withdraw),
            agent: reader.flag_or("agent", default.agent),
            clock_starts: reader.code_or_none("clock_starts").unwrap_or(default.clock_starts),
            start: reader.code_or_none("start").unwrap_or(default.start),
            promise: reader.bilingual_or_blank("promise"),
            notice: reader.bilingual_or_blank("notice"),
        }
    }
}
