//! An answered request is taken up again, once.

use flow::Input;
use runner::{Command, Cx, Halt};
use serde::{Deserialize, Serialize};
use serde_json::{Map, json};

use super::{bounded, own_case};
use crate::events::Happened;
use crate::model::{CaseStatus, Outcome, refusals};

/// Asks for an answered request to be handled again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReopenCase {
    /// The case.
    pub case: String,
    /// What is still not solved.
    pub reason: String,
}

impl Command for ReopenCase {
    type Outcome = ();
    const ACTION: &'static str = "case.reopen";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let mut work = own_case(cx, &self.case, None)?;
        let answered = work.file.status == CaseStatus::Closed && work.file.outcome == Some(Outcome::Resolved);
        if !answered || work.file.reopened {
            return Err(refusals::not_reopenable().into());
        }
        if self.reason.trim().is_empty() {
            return Err(refusals::reasons_missing().into());
        }
        bounded("reason", &self.reason)?;
        let reason_sm3 = work.mark_of(&self.reason)?;
        work.record(&Happened::CaseReopened { reason_sm3 })?;
        work.file.reopened = true;
        work.file.status = CaseStatus::Accepted;
        work.file.outcome = None;
        work.file.closed_ms = None;
        work.file.decision = None;
        let today = work.today();
        work.start_clock(today);
        let reopening = Map::from_iter([("reopening".to_owned(), json!({ "reason": self.reason }))]);
        work.file.instance = flow::Instance::new(reopening);
        work.advance(Input::Start)?;
        work.finish().map(drop)
    }
}
