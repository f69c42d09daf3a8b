//! The gateway: verifies what arrives, signs what leaves, calls other nodes. It knows no HTTP; a surface brings and carries messages.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use ids::Entropy;
use runner::{Actor, ActorKind, Halt, Request, Runner};
use seal::{Algorithm, BatchQueue, KeyRing, PublicKey, Purpose, SealError};
use serde_json::Value;
use store::StoreError;

use crate::commands::{
    AnswerCall, Answered, Arrived, Asking, CutFeed, EndDelivery, EnrolKey, EraseTexts, KeepSignatures, Outgoing, ProviderFault, RefuseCall,
    ReturnCall, SendCall, Sent, check_time, error_response,
};
use crate::events::SignedMessage;
use crate::model::batch::{Manifest, PART_BYTES_MAX, Part, cut};
use crate::model::circuit::{Circuit, pause_before};
use crate::model::code::Code;
use crate::model::envelope::{Envelope, key_id};
use crate::model::feed::{ChangeSource, FEED_ROWS_MAX, FeedState};
use crate::model::identifier::{ServiceId, SubsystemId};
use crate::model::log::{LogSide, LoggedCall};
use crate::model::message::{RequestHead, RequestMessage, ResponseMessage, Side, header, signed_text, value_of};
use crate::model::service::{Member, MemberKey, Standing};
use crate::ports::Ports;
use crate::store::{batches, directory, messages};

const CHECKED_COUNT_MAX: usize = 4_096;
const KEPT_AT_ONCE_MAX: usize = 256;
const SWEEP_COUNT_MAX: u32 = 500;
/// How long the node's own key holds for a member.
const OWN_KEY_DAYS: u32 = 3 * 366;
/// A close that finds parts missing is followed by so many rounds: the receiver tells at most a thousand at once.
const PUSH_ROUNDS_MAX: u32 = 12;
/// Signatures are written down within moments; what has none after this was interrupted.
const SWEEP_AFTER_MS: i64 = 60_000;

/// Who carries a request to another node.
pub trait Carrier: Send + Sync {
    /// Carries it and brings the answer. The path of the request follows the address.
    ///
    /// # Errors
    /// [`Code::ProviderDown`], [`Code::ProviderSlow`], [`Code::Truncated`], [`Code::TooLarge`].
    fn carry(&self, address: &str, request: &RequestMessage, wait_ms_max: i64) -> Result<ResponseMessage, Code>;

    /// Waits before the next try.
    fn pause(&self, pause_ms: i64);
}

/// What leaves towards a client.
#[derive(Debug)]
pub struct Reply {
    /// How the call ended.
    pub code: Code,
    /// The call in the message log, if it was logged.
    pub call: Option<String>,
    /// The response, signed.
    pub response: ResponseMessage,
    /// What an operator must know, without personal data.
    pub fault: Option<Halt>,
}

/// What came of a call.
#[derive(Debug)]
pub struct Outcome {
    /// How it ended.
    pub code: Code,
    /// The call in the message log.
    pub call: String,
    /// The body of the answer.
    pub body: Value,
}

/// From whom to whom a batch goes.
#[derive(Clone, Debug)]
pub struct Addressee {
    /// Subsystem of this node that sends.
    pub client: SubsystemId,
    /// Service that receives.
    pub service: ServiceId,
}

/// A node's gateway.
pub struct Gateway {
    runner: Arc<Runner>,
    ports: Arc<Ports>,
    sm2: BatchQueue,
    ed25519: BatchQueue,
    /// What came of checking a batch; whoever asks meanwhile waits for it.
    checked: Mutex<HashMap<String, Arc<OnceLock<Result<(), Code>>>>>,
    /// Keys read from their texts, by the texts.
    keys: Mutex<HashMap<String, PublicKey>>,
    circuits: Mutex<HashMap<String, Circuit>>,
    kept: Arc<Mutex<Kept>>,
    rejected: Mutex<HashMap<Code, u64>>,
    entropy: fn() -> Box<dyn Entropy>,
}

#[derive(Default)]
struct Kept {
    waiting: Vec<SignedMessage>,
    writing: bool,
}

/// A message whose sender is known.
struct Known {
    head: RequestHead,
    key: String,
    algorithm: Algorithm,
}

impl Gateway {
    /// The gateway of a node.
    ///
    /// # Errors
    /// When a key is missing.
    pub fn new(runner: Arc<Runner>, ports: Arc<Ports>, ring: &KeyRing, entropy: fn() -> Box<dyn Entropy>) -> Result<Self, SealError> {
        let size_max = ports.settings.batch_size_max;
        Ok(Self {
            runner,
            sm2: BatchQueue::new(ring.signer(&Purpose::ExchangeSm2)?, size_max),
            ed25519: BatchQueue::new(ring.signer(&Purpose::ExchangeEd25519)?, size_max),
            ports,
            checked: Mutex::default(),
            keys: Mutex::default(),
            circuits: Mutex::default(),
            kept: Arc::default(),
            rejected: Mutex::default(),
            entropy,
        })
    }

    /// The key this node signs with.
    #[must_use]
    pub fn public_key(&self, algorithm: Algorithm) -> &PublicKey {
        self.queue(algorithm).public_key()
    }

    /// How many messages of nobody known were turned away since the start, by reason.
    #[must_use]
    pub fn rejected(&self) -> Vec<(Code, u64)> {
        let mut counts: Vec<_> = lock(&self.rejected).iter().map(|(code, count)| (*code, *count)).collect();
        counts.sort_unstable();
        counts
    }

    /// Answers a request from outside. There is always a response, and it is always signed.
    pub fn answer(&self, request: RequestMessage) -> Reply {
        let arrived_us = self.ports.clock.now().as_microsecond();
        let known = match self.recognise(&request) {
            Ok(known) => known,
            Err((code, fault)) => return Reply { fault, ..self.turn_away(&request, code) },
        };
        let signature = value_of(&request.headers, header::SIGNATURE).unwrap_or_default().to_owned();
        let algorithm = known.algorithm;
        let actor = member_actor(&known.head);
        let arrived = Arrived { request, signed: Some((signature, known.key)), arrived_us };
        match self.runner.execute(Request::by(actor.clone()), AnswerCall::Arrived(arrived.clone())) {
            Ok(executed) => self.reply(executed.outcome, algorithm, None),
            Err(halt) => self.refuse(actor, arrived, algorithm, halt),
        }
    }

    /// Calls a service, here or on another node, for one of this node's own organs.
    ///
    /// # Errors
    /// The refusal of a call that may not leave, or a fault. A call that left and failed is an [`Outcome`] with its code.
    pub fn call(&self, actor: &Actor, asking: &Asking, carrier: &dyn Carrier) -> Result<Outcome, Halt> {
        let idempotent = true;
        let mut tries = 0;
        loop {
            tries += 1;
            let sending = self.runner.execute(Request::by(actor.clone()), SendCall { asking: asking.clone() })?;
            let sent = match sending.outcome {
                Outgoing::Here => return self.call_here(actor, asking),
                Outgoing::There(sent) => sent,
            };
            let outcome = self.call_there(actor, &sent, carrier)?;
            match pause_before(tries, outcome.code, idempotent) {
                Some(pause_ms) => carrier.pause(pause_ms),
                None => return Ok(outcome),
            }
        }
    }

    /// Calls a service of this node without HTTP: the same look, the same log, the same signatures.
    ///
    /// # Errors
    /// The refusal of the call, or a fault.
    pub fn call_here(&self, actor: &Actor, asking: &Asking) -> Result<Outcome, Halt> {
        let asked = AnswerCall::Asked(asking.clone());
        let answered = match self.runner.execute(Request::by(actor.clone()), asked.clone()) {
            Ok(executed) => executed.outcome,
            Err(halt) => {
                let code = code_of(&halt);
                // Whoever may not even ask leaves nothing but the refusal in the journal; and a log that is full takes nothing more.
                if let Ok(refused) = self.runner.execute(Request::by(actor.clone()), RefuseCall { call: asked, code }) {
                    self.reply(refused.outcome, Algorithm::Sm2, None);
                }
                return Err(halt);
            }
        };
        let reply = self.reply(answered, Algorithm::Sm2, None);
        Ok(Outcome { code: reply.code, call: reply.call.unwrap_or_default(), body: body_of(&reply.response) })
    }

    /// Delivers a batch: announces it, sends the parts that are not there yet, closes it. After an interruption it goes on where it ended.
    ///
    /// # Errors
    /// A fault; a call that failed is told by its code.
    pub fn push(&self, actor: &Actor, to: &Addressee, manifest: &Manifest, parts: &[Part], carrier: &dyn Carrier) -> Result<Code, Halt> {
        let ask = |endpoint: &str, body: Value| {
            let asking = Asking {
                client: to.client.clone(),
                service: to.service.clone(),
                endpoint: endpoint.to_owned(),
                body,
                user: None,
                case: None,
                purpose: None,
                represented: None,
                query: None,
            };
            match self.call(actor, &asking, carrier) {
                Err(Halt::Refused(refusal)) => Ok((Code::of_refusal(&refusal), Value::Null)),
                Err(fault) => Err(fault),
                Ok(outcome) => Ok((outcome.code, outcome.body)),
            }
        };
        let (mut code, mut state) = ask("open", serde_json::to_value(manifest)?)?;
        for _ in 0..PUSH_ROUNDS_MAX {
            if code != Code::Answered || state.get("state").and_then(Value::as_str) != Some("open") {
                return Ok(code);
            }
            let missing: HashSet<u64> = state.get("missing").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_u64).collect();
            for part in parts.iter().filter(|part| missing.contains(&u64::from(part.number))) {
                (code, _) = ask("part", serde_json::to_value(part)?)?;
                if code != Code::Answered {
                    return Ok(code);
                }
            }
            (code, state) = ask("close", serde_json::json!({ "cd_batch": manifest.cd_batch }))?;
        }
        Ok(if code == Code::Answered { Code::Truncated } else { code })
    }

    /// Delivers the next changes of a feed, if there are any; `None` when there are none, or the feed is stopped or set aside.
    ///
    /// # Errors
    /// A fault.
    pub fn deliver(&self, feed: &str, source: &dyn ChangeSource, carrier: &dyn Carrier) -> Result<Option<Code>, Halt> {
        let found = self.runner.store().read(|tx| -> Result<_, Halt> {
            let Some(feed) = batches::find_feed(tx, feed)? else { return Ok(None) };
            let mut changes = source.after(tx, &feed.register, feed.position, FEED_ROWS_MAX)?;
            if feed.pending_batch.is_some() {
                changes.retain(|(position, _)| *position <= feed.pending_until);
            }
            Ok(Some((feed, changes)))
        })?;
        let Some((feed, changes)) = found.filter(|(feed, _)| feed.state == FeedState::Active) else { return Ok(None) };
        let Some((until, _)) = changes.last() else { return Ok(None) };
        let cutting = CutFeed { feed: feed.id.clone(), until: *until };
        let feed = self.runner.execute(Request::by(Actor::system()), cutting)?.outcome;
        let Some(cd_batch) = feed.pending_batch.as_ref().filter(|_| feed.state == FeedState::Active) else { return Ok(None) };
        let rows: Vec<_> = changes.into_iter().map(|(_, row)| row).collect();
        let (manifest, parts) = cut(cd_batch, &rows, PART_BYTES_MAX)?;
        let to = Addressee { client: feed.client.clone(), service: feed.service.clone() };
        let code = self.push(&Actor::system(), &to, &manifest, &parts, carrier)?;
        self.runner.execute(Request::by(Actor::system()), EndDelivery { feed: feed.id.clone(), cd_batch: cd_batch.clone(), code })?;
        Ok(Some(code))
    }

    /// What a round of every minute does: signs what an interruption left unsigned, erases what is kept no longer.
    ///
    /// # Errors
    /// The database's.
    pub fn sweep(&self) -> Result<(), Halt> {
        self.keep(Vec::new());
        self.enrol_own_key()?;
        let before_ms = self.now_ms().saturating_sub(SWEEP_AFTER_MS);
        let left: Vec<LoggedCall> = self.runner.store().read(|tx| messages::unsigned(tx, before_ms, SWEEP_COUNT_MAX))?;
        let mut signed = Vec::new();
        for call in &left {
            signed.extend(self.missing_signatures(call)?);
        }
        if !signed.is_empty() {
            self.runner.execute(Request::by(Actor::system()), KeepSignatures { signed })?;
        }
        let now_ms = self.now_ms();
        if self.runner.store().read(|tx| messages::has_expired(tx, now_ms))? {
            self.runner.execute(Request::by(Actor::system()), EraseTexts)?;
        }
        Ok(())
    }

    /// The key of this node signs for all its own members; after a rotation of the node's key, and for new members, it is enrolled by itself.
    fn enrol_own_key(&self) -> Result<(), Halt> {
        let id = key_id(self.sm2.public_key());
        let lacking = self.runner.store().read(|tx| -> Result<_, StoreError> {
            let mut lacking = Vec::new();
            for member in directory::members(tx)?.into_iter().filter(|member| member.organ.is_some()) {
                if directory::find_key(tx, &member.id, &id)?.is_none() {
                    lacking.push(member.id);
                }
            }
            Ok(lacking)
        })?;
        for member in lacking {
            let pem = self.sm2.public_key().to_pem().map_err(Halt::fault)?;
            self.runner.execute(Request::by(Actor::system()), EnrolKey { member, pem, valid_days: OWN_KEY_DAYS })?;
        }
        Ok(())
    }

    fn missing_signatures(&self, call: &LoggedCall) -> Result<Vec<SignedMessage>, Halt> {
        let mut signed = Vec::new();
        let own_request = call.request.signature.is_none();
        let own_response = call.response.as_ref().filter(|response| call.side == LogSide::Provider && response.signature.is_none());
        for (side, text) in [(Side::Request, own_request.then_some(&call.request)), (Side::Response, own_response)] {
            let Some(text) = text else { continue };
            let signature = self.envelope(Algorithm::Sm2, &signed_text(side, &text.head_sm3, &text.body_sm3)).map_err(Halt::fault)?;
            signed.push(SignedMessage { call: call.id.clone(), text: side, signature: signature.to_string() });
        }
        Ok(signed)
    }

    /// Who sent it, by a signature that fits; or why nobody did.
    fn recognise(&self, request: &RequestMessage) -> Result<Known, (Code, Option<Halt>)> {
        let refused = |code: Code| (code, None);
        let head = request.head().map_err(refused)?;
        check_time(head.at_ms, self.now_ms(), self.ports.settings.clock_differs_ms_max).map_err(refused)?;
        let signature = value_of(&request.headers, header::SIGNATURE).ok_or_else(|| refused(Code::SignatureMissing))?;
        let envelope: Envelope = signature.parse().map_err(refused)?;
        let found = self.runner.store().read(|tx| -> Result<_, StoreError> {
            Ok((directory::find_member(tx, &head.client)?, directory::find_key(tx, &head.client, &envelope.key)?))
        });
        let (member, key) = found.map_err(|fault| (Code::Internal, Some(Halt::from(fault))))?;
        let member = member.filter(|member| member.standing == Standing::Active).ok_or_else(|| refused(Code::ClientUnknown))?;
        let key = key.ok_or_else(|| refused(Code::KeyUnknown))?;
        let algorithm = self.check_signature(&member, &key, &envelope, head.at_ms, &request.signed_text()).map_err(refused)?;
        Ok(Known { head, key: envelope.key, algorithm })
    }

    /// The algorithm of a signature that holds.
    fn check_signature(&self, member: &Member, key: &MemberKey, envelope: &Envelope, at_ms: i64, text: &str) -> Result<Algorithm, Code> {
        if !key.valid_at(at_ms) {
            return Err(Code::KeyRevoked);
        }
        let public = self.public_key_of(key)?;
        if public.algorithm() != Algorithm::Sm2 && !member.ed25519_allowed {
            return Err(Code::AlgorithmNotAllowed);
        }
        // The path is recomputed for every message; the signature over the root is checked once for all messages of a batch.
        let batch = envelope.batch_name(&public, text)?;
        let mut checked = lock(&self.checked);
        if checked.len() >= CHECKED_COUNT_MAX {
            checked.clear();
        }
        let once = Arc::clone(checked.entry(batch).or_default());
        drop(checked);
        (*once.get_or_init(|| envelope.verify(&public, text)))?;
        Ok(public.algorithm())
    }

    /// Reading a key is a good part of verifying with it.
    fn public_key_of(&self, key: &MemberKey) -> Result<PublicKey, Code> {
        if let Some(known) = lock(&self.keys).get(&key.pem) {
            return Ok(known.clone());
        }
        let public = PublicKey::from_pem(&key.pem).map_err(|_| Code::KeyUnknown)?;
        let mut keys = lock(&self.keys);
        if keys.len() >= CHECKED_COUNT_MAX {
            keys.clear();
        }
        keys.insert(key.pem.clone(), public.clone());
        Ok(public)
    }

    /// The answer to a message of nobody known, or of one that did not arrive whole; counted, not logged.
    pub fn turn_away(&self, request: &RequestMessage, code: Code) -> Reply {
        *lock(&self.rejected).entry(code).or_default() += 1;
        let mut entropy = (self.entropy)();
        let id = ids::IdSource::new(self.now_ms(), &mut *entropy).next_text("rejected");
        let response = error_response(request, None, &id, code, self.now_ms());
        Reply { code, call: None, response: self.signed(response, Algorithm::Sm2), fault: None }
    }

    fn refuse(&self, actor: Actor, arrived: Arrived, algorithm: Algorithm, halt: Halt) -> Reply {
        let code = code_of(&halt);
        let fault = matches!(halt, Halt::Fault(_)).then_some(halt);
        // A message that was seen before stands in the log already, under the same identifier.
        let logged = if code == Code::Replayed || code == Code::LogUnavailable {
            None
        } else {
            self.runner.execute(Request::by(actor), RefuseCall { call: AnswerCall::Arrived(arrived.clone()), code }).ok()
        };
        match logged {
            Some(executed) => self.reply(executed.outcome, algorithm, fault),
            None => {
                let head = arrived.request.head().ok();
                let response = error_response(&arrived.request, head.as_ref(), "", code, self.now_ms());
                Reply { code, call: None, response: self.signed(response, algorithm), fault }
            }
        }
    }

    /// Signs an answer that is committed, and keeps the signatures.
    fn reply(&self, answered: Answered, algorithm: Algorithm, fault: Option<Halt>) -> Reply {
        let mut signed = Vec::new();
        if let Some(request) = &answered.own_request
            && let Ok(envelope) = self.envelope(algorithm, &request.signed_text())
        {
            signed.push(SignedMessage { call: answered.call.clone(), text: Side::Request, signature: envelope.to_string() });
        }
        let response = self.signed(answered.response, algorithm);
        if let Some(signature) = response.header(header::SIGNATURE) {
            signed.push(SignedMessage { call: answered.call.clone(), text: Side::Response, signature: signature.to_owned() });
        }
        self.keep(signed);
        Reply { code: answered.code, call: Some(answered.call), response, fault }
    }

    fn call_there(&self, actor: &Actor, sent: &Sent, carrier: &dyn Carrier) -> Result<Outcome, Halt> {
        let began_us = self.ports.clock.now().as_microsecond();
        let mut request = sent.request.clone();
        let envelope = self.envelope(Algorithm::Sm2, &request.signed_text()).map_err(Halt::fault)?;
        request.headers.push((header::SIGNATURE.to_owned(), envelope.to_string()));
        self.keep(vec![SignedMessage { call: sent.call.clone(), text: Side::Request, signature: envelope.to_string() }]);
        let carried = self.pass_circuit(&sent.address).and_then(|()| carrier.carry(&sent.address, &request, self.ports.settings.wait_ms_max));
        let (code, response) = match carried {
            Ok(response) => (self.check_response(&sent.request, &response)?, Some(response)),
            Err(code) => (code, None),
        };
        lock(&self.circuits).entry(sent.address.clone()).or_default().ended(code, self.now_ms());
        let body = response.as_ref().filter(|_| !held_back(code)).map_or(Value::Null, body_of);
        let duration_us = self.ports.clock.now().as_microsecond().saturating_sub(began_us).max(0);
        let back = ReturnCall { call: sent.call.clone(), code, duration_us, response };
        self.runner.execute(Request::by(actor.clone()), back)?;
        Ok(Outcome { code, call: sent.call.clone(), body })
    }

    fn pass_circuit(&self, address: &str) -> Result<(), Code> {
        lock(&self.circuits).entry(address.to_owned()).or_default().pass(self.now_ms())
    }

    /// How a call ended, by a response that is signed by its provider and answers this request. What is not signed says nothing, but a
    /// broken way in between.
    fn check_response(&self, request: &RequestMessage, response: &ResponseMessage) -> Result<Code, Halt> {
        let Some(signature) = response.header(header::SIGNATURE) else {
            return Ok(if response.status >= 500 { Code::ProviderDown } else { Code::ResponseInvalid });
        };
        let Ok(envelope) = signature.parse::<Envelope>() else { return Ok(Code::ResponseInvalid) };
        let Ok(head) = request.head() else { return Ok(Code::HeadMalformed) };
        let provider = head.service.subsystem();
        let (member, key) = self
            .runner
            .store()
            .read(|tx| -> Result<_, StoreError> { Ok((directory::find_member(tx, provider)?, directory::find_key(tx, provider, &envelope.key)?)) })?;
        let (Some(member), Some(key)) = (member, key) else { return Ok(Code::ResponseInvalid) };
        let now_ms = self.now_ms();
        let time = response.header(header::TIME).and_then(|text| text.parse::<i64>().ok());
        let timely = time.is_some_and(|time| check_time(time, now_ms, self.ports.settings.clock_differs_ms_max).is_ok());
        let fits = self.check_signature(&member, &key, &envelope, now_ms, &response.signed_text()).is_ok();
        if !fits || !timely {
            return Ok(Code::ResponseInvalid);
        }
        if response.answers(request).is_err() {
            return Ok(Code::ResponseMismatched);
        }
        let told = body_of(response).get("code").and_then(Value::as_str).and_then(Code::parse);
        Ok(if response.status < 400 { Code::Answered } else { told.filter(|code| *code != Code::Answered).unwrap_or(Code::ProviderFailed) })
    }

    fn signed(&self, mut response: ResponseMessage, algorithm: Algorithm) -> ResponseMessage {
        // A key that cannot sign leaves the response unsigned; the client then holds it back, and the sweep signs it later.
        if let Ok(envelope) = self.envelope(algorithm, &response.signed_text()) {
            response.headers.push((header::SIGNATURE.to_owned(), envelope.to_string()));
        }
        response
    }

    fn envelope(&self, algorithm: Algorithm, text: &str) -> Result<Envelope, SealError> {
        let queue = self.queue(algorithm);
        Ok(Envelope::new(queue.public_key(), &queue.sign(text.as_bytes())?))
    }

    const fn queue(&self, algorithm: Algorithm) -> &BatchQueue {
        match algorithm {
            Algorithm::Ed25519 => &self.ed25519,
            Algorithm::Sm2 | Algorithm::P256 => &self.sm2,
        }
    }

    /// Signatures are written down behind the answer, all that wait in one command. What comes meanwhile waits for the next call, or for the
    /// sweep, which makes those again that a crash has lost.
    fn keep(&self, signed: Vec<SignedMessage>) {
        let mut kept = lock(&self.kept);
        kept.waiting.extend(signed);
        if kept.writing || kept.waiting.is_empty() {
            return;
        }
        let count = kept.waiting.len().min(KEPT_AT_ONCE_MAX);
        let signed: Vec<SignedMessage> = kept.waiting.drain(..count).collect();
        kept.writing = true;
        drop(kept);
        // The writer's thread gets the list alone: the runner must not end there.
        let done = Arc::clone(&self.kept);
        self.runner.execute_then(Request::by(Actor::system()), KeepSignatures { signed }, move |_| lock(&done).writing = false);
    }

    /// The gateway's time, in milliseconds since 1970.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        self.ports.clock.now().as_millisecond()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A member's call acts as the installation itself; the account in journal and tracker says for whom.
fn member_actor(head: &RequestHead) -> Actor {
    let user = head.user.as_ref().map(|user| format!("#{user}")).unwrap_or_default();
    Actor::bare(&format!("member:{}{user}", head.client), ActorKind::System)
}

const fn held_back(code: Code) -> bool {
    matches!(code, Code::ResponseInvalid | Code::ResponseMismatched)
}

fn body_of(response: &ResponseMessage) -> Value {
    serde_json::from_slice(&response.body).unwrap_or(Value::Null)
}

fn code_of(halt: &Halt) -> Code {
    match halt {
        Halt::Refused(refusal) => Code::of_refusal(refusal),
        Halt::Fault(fault) => {
            let provider = fault.0.downcast_ref::<ProviderFault>();
            let store = provider.map_or_else(|| fault.0.downcast_ref::<StoreError>(), |fault| fault.0.downcast_ref::<StoreError>());
            match (store, provider) {
                (Some(StoreError::DiskFull | StoreError::Closed | StoreError::Commit(_)), _) => Code::LogUnavailable,
                (_, Some(_)) => Code::ProviderFailed,
                (_, None) => Code::Internal,
            }
        }
    }
}

impl std::fmt::Debug for Gateway {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gateway").field("settings", &self.ports.settings).finish_non_exhaustive()
    }
}
