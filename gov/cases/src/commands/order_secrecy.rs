//! The head of the organ orders that readings under a case are shown to the person concerned later.

use runner::{Command, Cx, Halt, Refusal};
use serde::{Deserialize, Serialize};

use crate::queries::case_resource;

/// Orders lawful secrecy for the readings under a case.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OrderSecrecy {
    /// The case.
    pub case: String,
    /// The article that demands secrecy.
    pub basis: String,
    /// Why it applies here.
    pub reason: String,
    /// For how many days from now, at most [`tracker::SECRECY_DAYS_MAX`].
    pub days: i64,
}

impl Command for OrderSecrecy {
    type Outcome = String;
    const ACTION: &'static str = "case.order-secrecy";

    fn run(&self, cx: &mut Cx<'_>) -> Result<String, Halt> {
        let actor = cx.actor().clone();
        let resource = case_resource(cx.tx(), &actor, &self.case)?.ok_or_else(Refusal::not_found)?;
        if !cx.may("case.read", &resource) {
            return Err(Refusal::not_found().into());
        }
        cx.authorise(&resource)?;
        let organ = resource.organ.unwrap_or_default();
        tracker::order_secrecy(cx, &self.case, &organ, &self.basis, &self.reason, self.days)
    }
}
