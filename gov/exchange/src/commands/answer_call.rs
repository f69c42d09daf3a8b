//! 答复请求

use runner::{Command, Cx, Halt};
use serde::Serialize;

use super::pass::{Answered, Arrived, Asking, ask, pass, resource};
use crate::ports::Ports;
use crate::store::directory;

/// Answers a request: one from outside whose signature was verified, or one of this node's own organs.
#[derive(Debug, Clone, Serialize)]
pub enum AnswerCall {
    /// From outside.
    Arrived(Arrived),
    /// From a page of the client's own staff.
    Asked(Asking),
}

impl Command for AnswerCall {
    type Outcome = Answered;
    const ACTION: &'static str = "exchange.call";

    fn run(&self, cx: &mut Cx<'_>) -> Result<Answered, Halt> {
        match self {
            Self::Arrived(arrived) => {
                cx.authorise(&resource(None, &arrived.request.path))?;
                let ports = cx.service::<Ports>()?;
                pass(cx, &ports, arrived, None)
            }
            Self::Asked(asking) => {
                let organ = directory::find_member(cx.tx(), &asking.client)?.and_then(|member| member.organ);
                cx.authorise(&resource(organ, &asking.service.to_string()))?;
                ask(cx, asking)
            }
        }
    }
}
