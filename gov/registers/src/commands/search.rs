use runner::{Command, Cx, Halt};
use serde::Serialize;

use super::asking::authorised;
use crate::model::asking::{Asked, Filter, Page};
use crate::reading;

/// Reads the records that meet all conditions, page by page; each of their subjects sees who did.
#[derive(Clone, Debug, Serialize)]
pub struct SearchRecords {
    /// What is asked, what for and under which law.
    pub asked: Asked,
    /// The conditions.
    pub filters: Vec<Filter>,
    /// The end of the page before.
    pub after: Option<String>,
    /// Longest page.
    pub count_max: u32,
}

impl Command for SearchRecords {
    type Outcome = Page;
    const ACTION: &'static str = "register.search";

    fn run(&self, cx: &mut Cx<'_>) -> Result<Page, Halt> {
        let asked = authorised(cx, &self.asked)?;
        reading::read_by_filter(cx, &asked, &self.filters, self.after.as_deref(), self.count_max)
    }
}
