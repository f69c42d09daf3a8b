//! 发出请求

use runner::{Command, Cx, Halt};
use seal::FieldKeys;
use serde::{Deserialize, Serialize};

use super::compose::request_of;
use super::pass::{Asking, check_own_keys, length, resource};
use crate::events::{CallSent, CallSummary};
use crate::model::code::Code;
use crate::model::log::{LogSide, LoggedCall, LoggedText};
use crate::model::message::RequestMessage;
use crate::model::service::Standing;
use crate::ports::Ports;
use crate::store::directory;

const DAY_MS: i64 = 86_400_000;

/// Logs a request to another node before it leaves.
#[derive(Debug, Clone, Serialize)]
pub struct SendCall {
    /// What is asked.
    pub asking: Asking,
}

/// Where a call goes.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Outgoing {
    /// To a service of this node.
    Here,
    /// To another node.
    There(Box<Sent>),
}

/// A request that was logged and may leave once it is signed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Sent {
    /// The call in the message log.
    pub call: String,
    /// Address of the other node.
    pub address: String,
    /// The request, unsigned.
    pub request: RequestMessage,
}

impl Command for SendCall {
    type Outcome = Outgoing;
    const ACTION: &'static str = "exchange.call";

    fn run(&self, cx: &mut Cx<'_>) -> Result<Outgoing, Halt> {
        let client = directory::find_member(cx.tx(), &self.asking.client)?.filter(|member| member.standing == Standing::Active);
        let client = client.filter(|member| member.organ.is_some()).ok_or(Code::ClientUnknown)?;
        cx.authorise(&resource(client.organ, &self.asking.service.to_string()))?;
        check_own_keys(cx, &self.asking.client)?;
        let provider = directory::find_member(cx.tx(), self.asking.service.subsystem())?;
        let provider = provider.filter(|member| member.standing == Standing::Active).ok_or(Code::ServiceUnknown)?;
        if provider.organ.is_some() {
            return Ok(Outgoing::Here);
        }
        let ports = cx.service::<Ports>()?;
        let keys = cx.service::<FieldKeys>()?;
        let (id, message) = (cx.ids().next_text("call"), cx.ids().next_text("msg"));
        let request = request_of(&self.asking, &message, cx.now_ms())?;
        let text = LoggedText::of_request(&keys, &id, &request, None, cx.entropy()).map_err(Halt::fault)?;
        let call = LoggedCall {
            id: id.clone(),
            side: LogSide::Client,
            message,
            client: self.asking.client.clone(),
            service: self.asking.service.clone(),
            endpoint: self.asking.endpoint.clone(),
            case: self.asking.case.clone(),
            purpose: self.asking.purpose.clone(),
            grant: None,
            // Until something comes back, nothing has.
            code: Code::ProviderDown,
            at_ms: cx.now_ms(),
            client_at_ms: cx.now_ms(),
            duration_us: 0,
            request_bytes: length(&request.body),
            response_bytes: 0,
            request: text,
            response: None,
            kept_until_ms: cx.now_ms().saturating_add(i64::from(ports.settings.kept_days).saturating_mul(DAY_MS)),
        };
        cx.loaded_version(&id, 0);
        cx.record(&id, &CallSent { summary: CallSummary::of(&call), call })?;
        Ok(Outgoing::There(Box::new(Sent { call: id, address: provider.address, request })))
    }
}
