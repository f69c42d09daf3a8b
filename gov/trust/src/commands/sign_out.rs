//! Signing out.

use runner::{Command, Cx, Halt};
use serde::{Deserialize, Serialize};

use super::{account_resource, load_session};
use crate::{
    events::SessionClosed,
    model::{CloseReason, SessionId},
};

/// The owner ends the session. Ending it twice does no harm.
#[derive(Debug, Serialize, Deserialize)]
pub struct SignOut {
    /// Which.
    pub session: SessionId,
}

impl Command for SignOut {
    type Outcome = ();
    const ACTION: &'static str = "session.close";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let (session, account) = load_session(cx, &self.session)?;
        cx.authorise(&account_resource(&account.id))?;
        if session.closed.is_some() {
            return Ok(());
        }
        let event = SessionClosed { account: account.id.clone(), session: session.id, reason: CloseReason::SignedOut };
        cx.record(account.id.as_str(), &event).map(drop)
    }
}
