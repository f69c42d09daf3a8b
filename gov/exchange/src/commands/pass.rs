//! What every call goes through, with HTTP or without.

use runner::{Cx, Fault, Halt, Resource};
use seal::FieldKeys;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tracker::Manner;

use super::compose::{self, request_of};
use super::metadata;
use super::receive_batch::receive;
use super::take_rows::{Taking, take};
use crate::events::{CallAnswered, CallSummary};
use crate::model::answer::shape;
use crate::model::code::Code;
use crate::model::feed::{INBOX, TAKE};
use crate::model::identifier::{ServiceId, SubsystemId};
use crate::model::log::{LogSide, LoggedCall, LoggedText};
use crate::model::message::{RequestHead, RequestMessage, ResponseMessage};
use crate::model::question::Question;
use crate::model::rights::{Call, Passage, Permit};
use crate::model::service::{MemberKey, Service, Standing};
use crate::ports::Ports;
use crate::store::{directory, messages, usage};

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 86_400_000;

/// A request at the gateway of the node that provides.
#[derive(Clone, Debug, Serialize)]
pub struct Arrived {
    /// The request.
    pub request: RequestMessage,
    /// Its signature and the key it was verified with; `None` for a call inside of this node.
    pub signed: Option<(String, String)>,
    /// When it arrived, in microseconds since 1970.
    pub arrived_us: i64,
}

/// What leaves, still to be signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// The call in the message log.
    pub call: String,
    /// How it ended.
    pub code: Code,
    /// The response.
    pub response: ResponseMessage,
    /// The request, for a call inside of this node, whose signature is this node's as well.
    pub own_request: Option<RequestMessage>,
}

/// A fault of a provider, apart from faults of the exchange itself.
#[derive(Debug, thiserror::Error)]
#[error("the provider failed")]
pub struct ProviderFault(#[source] pub Box<dyn std::error::Error + Send + Sync>);

/// A call from inside of this node: of a page of the client's own staff, or of a step of a case.
#[derive(Clone, Debug, Serialize)]
pub struct Asking {
    /// The client's subsystem.
    pub client: SubsystemId,
    /// The service.
    pub service: ServiceId,
    /// The endpoint: `read`, `search`, `verify`, `aggregate`; empty for a metadata service, which is asked by GET.
    pub endpoint: String,
    /// The body for it.
    pub body: Value,
    /// Who asks, as the provider will see it.
    pub user: Option<String>,
    /// Number of the case.
    pub case: Option<String>,
    /// Purpose.
    pub purpose: Option<String>,
    /// Whom the call is for, where it is made for somebody else.
    pub represented: Option<String>,
    /// What stands behind the address of a metadata service: `serviceCode=person`.
    pub query: Option<String>,
}

/// Asks a service of this node from inside of a command, in its transaction.
///
/// # Errors
/// The refusal with the code of the call: the caller's command is then undone, and the refusal is in the journal.
pub fn ask(cx: &mut Cx<'_>, asking: &Asking) -> Result<Answered, Halt> {
    ask_with(cx, asking, None)
}

/// Asks a service of this node from inside of a command, under a right that the caller's command has established itself: a step of a case whose
/// published package declares the fields. Everything else is looked at and logged as always; quotas, which bound grants, are not counted.
///
/// # Errors
/// As [`ask`].
pub fn ask_under(cx: &mut Cx<'_>, asking: &Asking, permit: &Permit) -> Result<Answered, Halt> {
    ask_with(cx, asking, Some(permit))
}

fn ask_with(cx: &mut Cx<'_>, asking: &Asking, given: Option<&Permit>) -> Result<Answered, Halt> {
    let ports = cx.service::<Ports>()?;
    let id = cx.ids().next_text("msg");
    let request = request_of(asking, &id, cx.now_ms()).map_err(Halt::from)?;
    let arrived = Arrived { request, signed: None, arrived_us: ports.clock.now().as_microsecond() };
    pass(cx, &ports, &arrived, given)
}

/// Lets a call pass: looks at it, asks for the right unless it is given, lets the provider answer, cuts the answer, logs.
pub(super) fn pass(cx: &mut Cx<'_>, ports: &Ports, arrived: &Arrived, given: Option<&Permit>) -> Result<Answered, Halt> {
    let head = arrived.request.head()?;
    check_client(cx, ports, arrived, &head)?;
    if messages::known(cx.tx(), LogSide::Provider, &head.client.to_string(), &head.id)? {
        return Err(Code::Replayed.into());
    }
    let id = cx.ids().next_text("call");
    if let Some(body) = metadata::answer(cx, &head, arrived.request.query.as_deref())? {
        return log(cx, ports, arrived, &head, &id, None, ports.settings.kept_days, &body);
    }
    let service = service_of(cx, &head, &arrived.request)?;
    if head.endpoint == TAKE {
        let body = take(cx, &Taking { service: &service, client: &head.client, message: &id }, &arrived.request.body)?;
        return log(cx, ports, arrived, &head, &id, None, service.kept_days, &body);
    }
    let (permit, body) = match service.register.starts_with(INBOX) {
        true => take_in(cx, ports, &arrived.request, &head, &service)?,
        false => {
            let question = Question::parse(&arrived.request.method, &head.endpoint, &arrived.request.body)?;
            answer(cx, ports, &head, &service, &question, &id, given)?
        }
    };
    log(cx, ports, arrived, &head, &id, Some(&permit), service.kept_days, &body)
}

/// The client takes part, its key holds at this moment, and its clock is right enough.
fn check_client(cx: &mut Cx<'_>, ports: &Ports, arrived: &Arrived, head: &RequestHead) -> Result<(), Halt> {
    check_time(head.at_ms, cx.now_ms(), ports.settings.clock_differs_ms_max)?;
    let member = directory::find_member(cx.tx(), &head.client)?.filter(|member| member.standing == Standing::Active);
    let member = member.ok_or(Code::ClientUnknown)?;
    let Some((_, key)) = &arrived.signed else {
        return if member.organ.is_some() { check_own_keys(cx, &head.client) } else { Err(Code::SignatureMissing.into()) };
    };
    let now_ms = cx.now_ms();
    let key = directory::find_key(cx.tx(), &head.client, key)?.ok_or(Code::KeyUnknown)?;
    if key.valid_at(head.at_ms) && key.valid_at(now_ms) { Ok(()) } else { Err(Code::KeyRevoked.into()) }
}

/// The node signs for its own members: for one whose every key was revoked it signs no more. A new member's key is enrolled within a minute.
pub(super) fn check_own_keys(cx: &mut Cx<'_>, client: &SubsystemId) -> Result<(), Halt> {
    let (keys, now_ms) = (directory::keys_of(cx.tx(), client)?, cx.now_ms());
    let revoked = |key: &MemberKey| key.revoked_ms.is_some_and(|revoked_ms| revoked_ms <= now_ms);
    if !keys.is_empty() && keys.iter().all(revoked) { Err(Code::KeyRevoked.into()) } else { Ok(()) }
}

/// Whether a message was signed about now.
pub(crate) const fn check_time(signed_ms: i64, now_ms: i64, differs_ms_max: i64) -> Result<(), Code> {
    if signed_ms < now_ms.saturating_sub(differs_ms_max) {
        return Err(Code::TimeExpired);
    }
    if signed_ms > now_ms.saturating_add(differs_ms_max) { Err(Code::TimeAhead) } else { Ok(()) }
}

fn service_of(cx: &mut Cx<'_>, head: &RequestHead, request: &RequestMessage) -> Result<Service, Halt> {
    let provider = directory::find_member(cx.tx(), head.service.subsystem())?;
    if provider.is_none_or(|provider| provider.organ.is_none() || provider.standing != Standing::Active) {
        return Err(Code::ServiceElsewhere.into());
    }
    let service = directory::find_service(cx.tx(), &head.service)?;
    let has = |service: &Service| match service.register.starts_with(INBOX) && head.endpoint == TAKE {
        true => true,
        false => service.standing == Standing::Active && service.endpoints.contains(&head.endpoint),
    };
    let service = service.filter(has);
    let service = service.ok_or(Code::ServiceUnknown)?;
    let bytes_max = usize::try_from(service.body_bytes_max).unwrap_or(usize::MAX);
    if request.body.len() > bytes_max { Err(Code::TooLarge.into()) } else { Ok(service) }
}

fn answer(
    cx: &mut Cx<'_>,
    ports: &Ports,
    head: &RequestHead,
    service: &Service,
    question: &Question,
    id: &str,
    given: Option<&Permit>,
) -> Result<(Permit, Value), Halt> {
    let (fields, now_ms) = (question.fields(), cx.now_ms());
    let organ = directory::find_member(cx.tx(), &head.client)?.and_then(|member| member.organ);
    let passage = Passage {
        client: &head.client,
        organ: organ.as_deref(),
        service: &head.service,
        register: &service.register,
        fields: &fields,
        manner: question.manner(),
        case: head.issue.as_deref(),
        purpose: head.purpose.as_deref(),
        now_ms,
    };
    let permit = match given {
        Some(given) => given.clone(),
        None => ports.rights.permit(cx.tx(), &passage)?,
    };
    let manner = permit.manner_of(question);
    permit.covers(&fields, manner)?;
    // A right may be older than the description of the service, which has been narrowed since.
    if fields.iter().any(|field| service.field(field).is_none()) {
        return Err(Code::FieldNotGranted.into());
    }
    if given.is_none() {
        count(cx, head, &permit)?;
    }
    let client = head.client.to_string();
    let organ = organ.as_deref().unwrap_or(&client);
    let call = Call { service, question, permit: &permit, organ, manner, message: id };
    let found = ports.provider.answer(cx, &call).map_err(|halt| match halt {
        Halt::Fault(fault) => Halt::fault(ProviderFault(fault.0)),
        refused @ Halt::Refused(_) => refused,
    })?;
    let body = shape(service, question, &permit, found)?;
    Ok((permit, body))
}

/// Takes in what belongs to a batch; the right covers all fields of the service.
fn take_in(cx: &mut Cx<'_>, ports: &Ports, request: &RequestMessage, head: &RequestHead, service: &Service) -> Result<(Permit, Value), Halt> {
    let fields = service.fields.iter().map(|field| field.name.clone()).collect();
    let organ = directory::find_member(cx.tx(), &head.client)?.and_then(|member| member.organ);
    let passage = Passage {
        client: &head.client,
        organ: organ.as_deref(),
        service: &head.service,
        register: &service.register,
        fields: &fields,
        manner: Manner::Full,
        case: head.issue.as_deref(),
        purpose: head.purpose.as_deref(),
        now_ms: cx.now_ms(),
    };
    let permit = ports.rights.permit(cx.tx(), &passage)?;
    permit.covers(&fields, Manner::Full)?;
    // Of whom the rows of a batch are is not known here, so nobody's consent can be looked at.
    if permit.consent.is_some() {
        return Err(Code::ConsentNotInForce.into());
    }
    count(cx, head, &permit)?;
    let body = receive(cx, &permit, &head.service.to_string(), &head.client.to_string(), &head.endpoint, &request.body)?;
    Ok((permit, body))
}

/// Counts only calls that pass, since the count of a refused one is undone with it.
fn count(cx: &mut Cx<'_>, head: &RequestHead, permit: &Permit) -> Result<(), Halt> {
    let (client, service, now_ms) = (head.client.to_string(), head.service.to_string(), cx.now_ms());
    if usage::count(cx.tx(), &client, &service, MINUTE_MS, now_ms)? > i64::from(permit.calls_per_minute_max) {
        return Err(Code::RateExceeded.into());
    }
    if usage::count(cx.tx(), &client, &service, DAY_MS, now_ms)? > i64::from(permit.calls_per_day_max) {
        return Err(Code::QuotaExceeded.into());
    }
    Ok(())
}

#[expect(clippy::too_many_arguments, reason = "all of them stand in one row of the log")]
fn log(
    cx: &mut Cx<'_>,
    ports: &Ports,
    arrived: &Arrived,
    head: &RequestHead,
    id: &str,
    permit: Option<&Permit>,
    kept_days: u32,
    body: &Value,
) -> Result<Answered, Halt> {
    let response = compose::answer_response(&arrived.request, head, id, body, cx.now_ms());
    let grant = permit.map(|permit| permit.grant.clone());
    log_response(cx, ports, arrived, head, id, grant, kept_days, Code::Answered, response)
}

#[expect(clippy::too_many_arguments, reason = "all of them stand in one row of the log")]
pub(super) fn log_response(
    cx: &mut Cx<'_>,
    ports: &Ports,
    arrived: &Arrived,
    head: &RequestHead,
    id: &str,
    grant: Option<String>,
    kept_days: u32,
    code: Code,
    response: ResponseMessage,
) -> Result<Answered, Halt> {
    let keys = cx.service::<FieldKeys>()?;
    let signature = arrived.signed.as_ref().map(|(signature, _)| signature.clone());
    let request = LoggedText::of_request(&keys, id, &arrived.request, signature, cx.entropy()).map_err(Halt::fault)?;
    let answer = LoggedText::of_response(&keys, id, &response, None, cx.entropy()).map_err(Halt::fault)?;
    let now_us = ports.clock.now().as_microsecond();
    let call = LoggedCall {
        id: id.to_owned(),
        side: LogSide::Provider,
        message: head.id.clone(),
        client: head.client.clone(),
        service: head.service.clone(),
        endpoint: head.endpoint.clone(),
        case: head.issue.clone(),
        purpose: head.purpose.clone(),
        grant,
        code,
        at_ms: cx.now_ms(),
        client_at_ms: head.at_ms,
        duration_us: now_us.saturating_sub(arrived.arrived_us).max(0),
        request_bytes: length(&arrived.request.body),
        response_bytes: length(&response.body),
        request,
        response: Some(answer),
        kept_until_ms: cx.now_ms().saturating_add(i64::from(kept_days).saturating_mul(DAY_MS)),
    };
    cx.loaded_version(id, 0);
    match cx.record(id, &CallAnswered { summary: CallSummary::of(&call), call }) {
        Err(Halt::Fault(fault)) if is_taken(&fault) => return Err(Code::Replayed.into()),
        other => other?,
    };
    let own_request = arrived.signed.is_none().then(|| arrived.request.clone());
    Ok(Answered { call: id.to_owned(), code, response, own_request })
}

/// Of two messages with one identifier at the same moment the constraint lets one pass.
fn is_taken(fault: &Fault) -> bool {
    matches!(fault.0.downcast_ref(), Some(store::StoreError::Constraint { name }) if name == "uq_exchange_message__side__client__message_id")
}

pub(super) fn length(body: &[u8]) -> i64 {
    i64::try_from(body.len()).unwrap_or(i64::MAX)
}

/// What an exchange command works on, for the authority.
pub(super) fn resource(organ: Option<String>, id: &str) -> Resource {
    Resource { organ, id: id.to_owned(), ..Resource::of("exchange-call") }
}
