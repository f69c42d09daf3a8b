//! 收到答复

use runner::{Command, Cx, Halt};
use seal::FieldKeys;
use serde::Serialize;

use super::pass::{length, resource};
use crate::events::CallReturned;
use crate::model::code::Code;
use crate::model::log::LoggedText;
use crate::model::message::{ResponseMessage, header};

/// Logs what came back to a call, also when it was held back: then it is evidence against whoever sent it.
#[derive(Debug, Clone, Serialize)]
pub struct ReturnCall {
    /// The call in the message log.
    pub call: String,
    /// How it ended.
    pub code: Code,
    /// How long it took, in microseconds.
    pub duration_us: i64,
    /// What came, if anything did.
    pub response: Option<ResponseMessage>,
}

impl Command for ReturnCall {
    type Outcome = ();
    const ACTION: &'static str = "exchange.call";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        cx.authorise(&resource(None, &self.call))?;
        let keys = cx.service::<FieldKeys>()?;
        let signature = self.response.as_ref().and_then(|response| response.header(header::SIGNATURE)).map(str::to_owned);
        let logged = match &self.response {
            Some(response) => Some(LoggedText::of_response(&keys, &self.call, response, signature, cx.entropy()).map_err(Halt::fault)?),
            None => None,
        };
        let event = CallReturned {
            code: self.code,
            duration_us: self.duration_us,
            response_head_sm3: logged.as_ref().map(|text| text.head_sm3.clone()),
            response_body_sm3: logged.as_ref().map(|text| text.body_sm3.clone()),
            bytes: self.response.as_ref().map_or(0, |response| length(&response.body)),
            response: logged,
        };
        cx.record(&self.call, &event).map(drop)
    }
}
