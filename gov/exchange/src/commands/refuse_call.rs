//! 记录被拒绝的请求

use runner::{Command, Cx, Halt};
use serde::Serialize;

use super::compose::error_response;
use super::pass::{Answered, Arrived, log_response, resource};
use crate::model::code::Code;
use crate::ports::Ports;

/// Logs a call that could not be answered, with the response that says so. Its sender is known: what nobody signed is not logged, so that
/// a stranger can neither fill the log nor use up somebody's identifiers.
#[derive(Debug, Clone, Serialize)]
pub struct RefuseCall {
    /// The request.
    pub arrived: Arrived,
    /// Why.
    pub code: Code,
}

impl Command for RefuseCall {
    type Outcome = Answered;
    const ACTION: &'static str = "exchange.call";

    fn run(&self, cx: &mut Cx<'_>) -> Result<Answered, Halt> {
        cx.authorise(&resource(None, &self.arrived.request.path))?;
        let ports = cx.service::<Ports>()?;
        let head = self.arrived.request.head()?;
        let id = cx.ids().next_text("call");
        let response = error_response(&self.arrived.request, Some(&head), &id, self.code, cx.now_ms());
        log_response(cx, &ports, &self.arrived, &head, &id, None, ports.settings.kept_days, self.code, response)
    }
}
