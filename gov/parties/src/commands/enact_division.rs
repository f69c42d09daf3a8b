//! 启用行政区划

use super::checks::{Checks, MANAGE, NAME_CHARS_MAX, resource};
use crate::events::{DivisionEnacted, division_stream};
use crate::model::division::DivisionCode;
use crate::model::organ::LocalDivision;
use crate::store as tables;
use clock::Date;
use i18n::Text;
use runner::{Command, Cx, Halt, Refusal};
use serde::Serialize;

/// Brings a division into use from a day on.
#[derive(Debug, Clone, Serialize)]
pub struct EnactDivision {
    /// Its code.
    pub code: DivisionCode,
    /// Its name, without the names of those above it.
    pub name: Text,
    /// First day.
    pub valid_from: Date,
}

impl Command for EnactDivision {
    type Outcome = ();
    const ACTION: &'static str = MANAGE;

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        cx.authorise(&resource("division", self.code.as_str()))?;
        let mut checks = Checks::new();
        let name = checks.bilingual("name", &self.name, NAME_CHARS_MAX);
        checks.finish()?;
        if tables::divisions::find(cx.tx(), self.code.as_str())?.is_some() {
            return Err(already_known(&self.code).into());
        }
        let division = LocalDivision { code: self.code, name, valid_from: self.valid_from, valid_until: None, successor: None };
        cx.record(&division_stream(&self.code), &DivisionEnacted { division })?;
        Ok(())
    }
}

fn already_known(code: &DivisionCode) -> Refusal {
    Refusal::new(
        "division-known",
        format!("行政区划 {code} 已经启用；区划代码一经使用不再重复赋予。"),
        format!("Division {code} is already known; a code is never given twice."),
        "请核对代码，或先终止原区划并使用新代码。",
        "Check the code, or end the old division and use a new code.",
    )
    .under("GB/T 2260")
}
