//! 登记签名

use runner::{Command, Cx, Halt, Resource};
use serde::Serialize;

use crate::events::{MessagesSigned, SignedMessage};

/// Keeps the node's own signatures with their calls, many at once: they are made after the commit, outside of the queue of writers.
#[derive(Debug, Clone, Serialize)]
pub struct KeepSignatures {
    /// The signatures.
    pub signed: Vec<SignedMessage>,
}

impl Command for KeepSignatures {
    type Outcome = ();
    const ACTION: &'static str = "exchange.maintain";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        cx.authorise(&Resource::of("exchange-log"))?;
        let id = cx.ids().next_text("signing");
        cx.record(&id, &MessagesSigned { signed: self.signed.clone() }).map(drop)
    }
}
