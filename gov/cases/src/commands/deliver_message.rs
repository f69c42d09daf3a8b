//! The applicant reports something the flow waits for, for example that defects were put right.

use flow::Input;
use runner::{Command, Cx, Halt};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{bounded_fields, own_case};
use crate::events::Happened;
use crate::model::{CaseStatus, refusals};

/// Delivers a message that the flow of the case awaits.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DeliverMessage {
    /// The case.
    pub case: String,
    /// Name of the message.
    pub message: String,
    /// What it says.
    #[serde(default)]
    pub fields: Map<String, Value>,
}

impl Command for DeliverMessage {
    type Outcome = ();
    const ACTION: &'static str = "case.deliver-message";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let mut work = own_case(cx, &self.case, None)?;
        let awaited = work.file.instance.awaited().any(|awaited| awaited.message == self.message);
        let in_hand = match work.file.status {
            CaseStatus::Submitted | CaseStatus::Accepted => true,
            CaseStatus::Correcting | CaseStatus::Suspended | CaseStatus::Closed => false,
        };
        if !in_hand || !awaited {
            return Err(refusals::message_unexpected().into());
        }
        bounded_fields(&self.fields)?;
        let fields_sm3 = work.mark_of(&serde_json::to_string(&self.fields)?)?;
        work.record(&Happened::MessageReceived { message: self.message.clone(), fields_sm3 })?;
        work.advance(Input::Deliver { message: self.message.clone(), variables: self.fields.clone() })?;
        work.finish().map(drop)
    }
}
