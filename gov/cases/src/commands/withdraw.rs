//! The applicant takes the application back.

use flow::Input;
use procedure::codes::Withdraw;
use runner::{Command, Cx, Halt};
use serde::{Deserialize, Serialize};

use super::own_case;
use crate::model::{CaseStatus, Outcome, refusals};

/// Withdraws a case before it is decided.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WithdrawCase {
    /// The case.
    pub case: String,
    /// The version of the case the actor saw.
    #[serde(default)]
    pub seen: Option<i64>,
}

impl Command for WithdrawCase {
    type Outcome = ();
    const ACTION: &'static str = "case.withdraw";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let mut work = own_case(cx, &self.case, self.seen)?;
        let allowed = work.package.item.case.withdraw == Withdraw::BeforeDecision;
        if !allowed || work.file.is_decided() || work.file.status == CaseStatus::Closed {
            return Err(refusals::not_withdrawable().into());
        }
        work.close(Outcome::Withdrawn)?;
        if work.file.instance.started() && work.file.instance.ended().is_none() {
            work.advance(Input::Cancel)?;
        }
        work.finish().map(drop)
    }
}
