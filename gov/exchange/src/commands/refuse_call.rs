//! 记录被拒绝的请求

use runner::{Command, Cx, Halt};
use serde::Serialize;

use super::answer_call::AnswerCall;
use super::compose::{error_response, request_of};
use super::pass::{Answered, Arrived, log_response, resource};
use crate::model::code::Code;
use crate::ports::Ports;
use crate::store::directory;

/// Logs a call that could not be answered, with the response that says so. Its sender is known: what nobody signed is not logged, so that
/// a stranger can neither fill the log nor use up somebody's identifiers.
#[derive(Debug, Clone, Serialize)]
pub struct RefuseCall {
    /// The call.
    pub call: AnswerCall,
    /// Why.
    pub code: Code,
}

impl Command for RefuseCall {
    type Outcome = Answered;
    const ACTION: &'static str = "exchange.call";

    fn run(&self, cx: &mut Cx<'_>) -> Result<Answered, Halt> {
        let ports = cx.service::<Ports>()?;
        let arrived = match &self.call {
            AnswerCall::Arrived(arrived) => arrived.clone(),
            AnswerCall::Asked(asking) => {
                let message = cx.ids().next_text("msg");
                let request = request_of(asking, &message, cx.now_ms())?;
                Arrived { request, signed: None, arrived_us: ports.clock.now().as_microsecond() }
            }
        };
        let head = arrived.request.head()?;
        let organ = directory::find_member(cx.tx(), &head.client)?.and_then(|member| member.organ);
        cx.authorise(&resource(organ, &arrived.request.path))?;
        let id = cx.ids().next_text("call");
        let response = error_response(&arrived.request, Some(&head), &id, self.code, cx.now_ms());
        log_response(cx, &ports, &arrived, &head, &id, None, ports.settings.kept_days, self.code, response)
    }
}
