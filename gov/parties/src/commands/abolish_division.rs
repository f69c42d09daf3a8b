//! 终止行政区划

use super::checks::{Checks, MANAGE, resource};
use crate::events::{DivisionAbolished, division_stream};
use crate::model::division::DivisionCode;
use crate::store as tables;
use clock::Date;
use runner::{Command, Cx, Halt, Refusal};
use serde::Serialize;

/// Ends a division after a day. Its code is kept for ever, with the division that took its place.
#[derive(Debug, Clone, Serialize)]
pub struct AbolishDivision {
    /// Its code.
    pub code: DivisionCode,
    /// Last day.
    pub valid_until: Date,
    /// The division that takes its place.
    pub successor: Option<DivisionCode>,
}

impl Command for AbolishDivision {
    type Outcome = ();
    const ACTION: &'static str = MANAGE;

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        cx.authorise(&resource("division", self.code.as_str()))?;
        let division = tables::divisions::find(cx.tx(), self.code.as_str())?.ok_or_else(Refusal::not_found)?;
        let successor = match &self.successor {
            Some(code) => tables::divisions::find(cx.tx(), code.as_str())?,
            None => None,
        };
        let mut checks = Checks::new();
        checks.require(division.valid_until.is_none(), "code", "该区划已经终止", "The division has already ended");
        checks.require(self.valid_until >= division.valid_from, "valid_until", "终止日期早于启用日期", "It cannot end before it came into use");
        checks.require(self.successor != Some(self.code), "successor", "区划不能由自己承继", "A division cannot succeed itself");
        checks.require(self.successor.is_none() || successor.is_some(), "successor", "承继的区划尚未启用", "The successor is not in use");
        checks.finish()?;
        let event = DivisionAbolished { code: self.code, valid_until: self.valid_until, successor: self.successor };
        cx.record(&division_stream(&self.code), &event)?;
        Ok(())
    }
}
