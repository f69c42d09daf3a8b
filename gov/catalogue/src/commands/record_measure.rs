//! 记录指标量

use parties::OrganId;
use runner::{Command, Cx, Halt, Refusal, Resource};
use serde::Serialize;

use super::loading::organ;
use crate::events::MeasureRecorded;
use crate::model::{MEASURES, MeasureSource};
use crate::refusals;

/// Records a measure that the catalogue cannot count itself: requests, answers, quality. With its source, so that it can be traced.
#[derive(Clone, Debug, Serialize)]
pub struct RecordMeasure {
    /// The organ.
    pub organ: OrganId,
    /// Word of the measure.
    pub measure: String,
    /// Its value; not negative.
    pub value: i64,
    /// Where it comes from.
    pub source: String,
}

impl Command for RecordMeasure {
    type Outcome = ();
    const ACTION: &'static str = "catalogue.record-measure";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let organ = organ(cx, &self.organ)?;
        cx.authorise(&Resource { organ: Some(organ.id.to_string()), sensitivity: 1, ..Resource::of("indicator") })?;
        let known = MEASURES.iter().any(|measure| measure.word == self.measure && measure.source == MeasureSource::Recorded);
        if !known {
            return Err(refusals::measure_unknown().into());
        }
        if self.value < 0 || self.source.trim().is_empty() {
            let refusal =
                Refusal::new("measure-wrong", "数值不能为负，并应注明来源。", "The value is not negative and has a source.", "请核对。", "Check it.");
            return Err(refusal.into());
        }
        let stream = format!("measure:{}:{}", organ.id, self.measure);
        let source = self.source.trim().to_owned();
        cx.record(&stream, &MeasureRecorded { organ: organ.id.to_string(), measure: self.measure.clone(), value: self.value, source })?;
        Ok(())
    }
}
