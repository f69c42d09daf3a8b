//! Ending a session from outside: a lost phone, a forgotten window computer.

use runner::{Command, Cx, Halt, Refusal};
use serde::{Deserialize, Serialize};

use super::{account_resource, load_session};
use crate::{
    events::SessionClosed,
    model::{CloseReason, SessionId},
    refusals,
};

/// The owner or the security administrator ends a session.
#[derive(Debug, Serialize, Deserialize)]
pub struct RevokeSession {
    /// Which.
    pub session: SessionId,
}

impl Command for RevokeSession {
    type Outcome = ();
    const ACTION: &'static str = "session.revoke";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let (session, account) = load_session(cx, &self.session)?;
        let resource = account_resource(&account.id);
        if !cx.may(Self::ACTION, &resource) {
            // Sessions of others do not exist for who may not end them.
            return Err(Refusal::not_found().into());
        }
        cx.authorise(&resource)?;
        if session.closed.is_some() {
            return Err(refusals::session_over().into());
        }
        let event = SessionClosed { account: account.id.clone(), session: session.id, reason: CloseReason::Revoked };
        cx.record(account.id.as_str(), &event).map(drop)
    }
}
