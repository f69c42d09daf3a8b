use runner::{Command, Cx, Halt};
use serde::Serialize;

use super::asking::authorised;
use crate::model::asking::{Asked, Figures};
use crate::reading;

/// Counts records by a field; small cells are kept back.
#[derive(Clone, Debug, Serialize)]
pub struct CountRecords {
    /// What for and under which law.
    pub asked: Asked,
    /// The field to count by.
    pub field: String,
}

impl Command for CountRecords {
    type Outcome = Figures;
    const ACTION: &'static str = "register.count";

    fn run(&self, cx: &mut Cx<'_>) -> Result<Figures, Halt> {
        let asked = authorised(cx, &self.asked)?;
        reading::aggregate(cx, &asked, &self.field)
    }
}
