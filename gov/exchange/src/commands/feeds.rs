//! 订阅变更：开始、停止、恢复、装批、送达或失败、重放

use runner::{Command, Cx, Halt, Refusal, Resource};
use serde::Serialize;

use super::{given_reason, input_invalid};
use crate::events::FeedMoved;
use crate::model::batch::BatchNumber;
use crate::model::code::Code;
use crate::model::feed::{Feed, FeedState, INBOX};
use crate::model::identifier::{ServiceId, SubsystemId};
use crate::store::{batches, directory};

/// Starts to deliver the changes of a register to a service of another subsystem, from the first change on.
#[derive(Debug, Clone, Serialize)]
pub struct StartFeed {
    /// Subsystem of this node that sends.
    pub client: SubsystemId,
    /// Service that receives.
    pub service: ServiceId,
    /// Register; the organ that sends offers it as a service, so that whoever learns of a change can ask for the record.
    pub register: String,
}

impl Command for StartFeed {
    type Outcome = String;
    const ACTION: &'static str = "exchange.keep-feeds";

    fn run(&self, cx: &mut Cx<'_>) -> Result<String, Halt> {
        let client = directory::find_member(cx.tx(), &self.client)?.ok_or_else(Refusal::not_found)?;
        cx.authorise(&Resource { organ: client.organ.clone(), ..Resource::of("exchange-feed") })?;
        let organ = client.organ.ok_or(Code::ClientUnknown)?;
        let mut refusal = input_invalid();
        if !self.is_offered_by(cx, &organ)? {
            refusal = refusal.with_field("register", "请选本机构发布为服务的登记", "Choose a register that your organ offers as a service");
        }
        if !self.is_taken(cx)? {
            refusal = refusal.with_field("service", "请选接收批次的服务", "Choose a service that takes batches");
        }
        if !refusal.fields.is_empty() {
            return Err(refusal.into());
        }
        let id = cx.ids().next_text("feed");
        let same = |feed: &Feed| feed.client == self.client && feed.service == self.service && feed.register == self.register;
        cx.hold(&format!("exchange-feeds:{}", self.service))?;
        if batches::feeds(cx.tx())?.iter().any(same) {
            return Err(known().into());
        }
        let feed = Feed {
            id: id.clone(),
            client: self.client.clone(),
            service: self.service.clone(),
            register: self.register.clone(),
            position: 0,
            state: FeedState::Active,
            pending_batch: None,
            pending_until: 0,
            tries: 0,
            last_code: None,
            tried_ms: None,
            reason: String::new(),
            serial_day: String::new(),
            serial: 0,
        };
        cx.record(&id, &FeedMoved { feed })?;
        Ok(id)
    }
}

impl StartFeed {
    fn is_offered_by(&self, cx: &mut Cx<'_>, organ: &str) -> Result<bool, Halt> {
        for member in directory::members_of_organ(cx.tx(), organ)? {
            if directory::services_of(cx.tx(), &member.id)?.iter().any(|service| service.register == self.register) {
                // What was received from others is not passed on.
                return Ok(!self.register.starts_with(INBOX));
            }
        }
        Ok(false)
    }

    /// What a member of another node offers is known there.
    fn is_taken(&self, cx: &mut Cx<'_>) -> Result<bool, Halt> {
        let Some(receiver) = directory::find_member(cx.tx(), self.service.subsystem())? else { return Ok(false) };
        let takes = directory::find_service(cx.tx(), &self.service)?.is_some_and(|service| service.register.starts_with(INBOX));
        Ok(takes || receiver.organ.is_none())
    }
}

/// Stops a feed; its changes wait until it is resumed.
#[derive(Debug, Clone, Serialize)]
pub struct StopFeed {
    /// The feed.
    pub feed: String,
    /// Why.
    pub reason: String,
}

impl Command for StopFeed {
    type Outcome = ();
    const ACTION: &'static str = "exchange.keep-feeds";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let feed = held(cx, &self.feed)?;
        let state = feed.state.stopped().ok_or_else(not_in_state)?;
        let reason = given_reason(&self.reason, ("请写明停止的原因。", "Say why it is stopped."))?;
        cx.record(&self.feed, &FeedMoved { feed: Feed { state, reason, ..feed } }).map(drop)
    }
}

/// Lets a feed go on where it was stopped.
#[derive(Debug, Clone, Serialize)]
pub struct ResumeFeed {
    /// The feed.
    pub feed: String,
}

impl Command for ResumeFeed {
    type Outcome = ();
    const ACTION: &'static str = "exchange.keep-feeds";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let feed = held(cx, &self.feed)?;
        let state = feed.state.resumed().ok_or_else(not_in_state)?;
        cx.record(&self.feed, &FeedMoved { feed: Feed { state, tries: 0, reason: String::new(), ..feed } }).map(drop)
    }
}

/// Lets a feed go on that was set aside; the batch that did not arrive is delivered again under its number.
#[derive(Debug, Clone, Serialize)]
pub struct ReplayFeed {
    /// The feed.
    pub feed: String,
}

impl Command for ReplayFeed {
    type Outcome = ();
    const ACTION: &'static str = "exchange.replay-delivery";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let feed = held(cx, &self.feed)?;
        let state = feed.state.replayed().ok_or_else(not_in_state)?;
        cx.record(&self.feed, &FeedMoved { feed: Feed { state, tries: 0, ..feed } }).map(drop)
    }
}

/// Gives the next changes of a feed their batch number, which they keep until they have arrived.
#[derive(Debug, Clone, Serialize)]
pub struct CutFeed {
    /// The feed.
    pub feed: String,
    /// The last change of the batch.
    pub until: i64,
}

impl Command for CutFeed {
    type Outcome = Feed;
    const ACTION: &'static str = "exchange.deliver";

    fn run(&self, cx: &mut Cx<'_>) -> Result<Feed, Halt> {
        cx.authorise(&Resource::of("exchange-feed"))?;
        cx.hold(&self.feed)?;
        let feed = batches::find_feed(cx.tx(), &self.feed)?.ok_or_else(Refusal::not_found)?;
        if feed.pending_batch.is_some() || feed.state != FeedState::Active {
            return Ok(feed);
        }
        let today = cx.today();
        let serial = if feed.serial_day == today.to_string() { feed.serial.saturating_add(1) } else { 1 };
        let cd_batch = BatchNumber::new(today, serial)?;
        let feed = Feed { pending_batch: Some(cd_batch), pending_until: self.until, tries: 0, serial_day: today.to_string(), serial, ..feed };
        cx.record(&self.feed, &FeedMoved { feed: feed.clone() })?;
        Ok(feed)
    }
}

/// Says how a try to deliver the pending batch ended.
#[derive(Debug, Clone, Serialize)]
pub struct EndDelivery {
    /// The feed.
    pub feed: String,
    /// The batch. If another one is pending by now, another process has delivered this one.
    pub cd_batch: BatchNumber,
    /// How it ended.
    pub code: Code,
}

impl Command for EndDelivery {
    type Outcome = Feed;
    const ACTION: &'static str = "exchange.deliver";

    fn run(&self, cx: &mut Cx<'_>) -> Result<Feed, Halt> {
        cx.authorise(&Resource::of("exchange-feed"))?;
        cx.hold(&self.feed)?;
        let feed = batches::find_feed(cx.tx(), &self.feed)?.ok_or_else(Refusal::not_found)?;
        if feed.pending_batch.as_ref() != Some(&self.cd_batch) {
            return Ok(feed);
        }
        let tries = feed.tries.saturating_add(1);
        let tried = Feed { last_code: Some(self.code.as_str().to_owned()), tried_ms: Some(cx.now_ms()), ..feed };
        let feed = match self.code {
            Code::Answered => Feed { position: tried.pending_until, pending_batch: None, tries: 0, ..tried },
            _ => Feed { state: tried.state.failed(tries), tries, ..tried },
        };
        cx.record(&self.feed, &FeedMoved { feed: feed.clone() })?;
        Ok(feed)
    }
}

/// The feed of an organ that may work on it.
fn held(cx: &mut Cx<'_>, id: &str) -> Result<Feed, Halt> {
    let feed = batches::find_feed(cx.tx(), id)?.ok_or_else(Refusal::not_found)?;
    let organ = directory::find_member(cx.tx(), &feed.client)?.and_then(|member| member.organ);
    cx.authorise(&Resource { organ, ..Resource::of("exchange-feed") })?;
    cx.hold(id)?;
    Ok(batches::find_feed(cx.tx(), id)?.ok_or_else(Refusal::not_found)?)
}

fn known() -> Refusal {
    Refusal::new(
        "feed-known",
        "这个登记的变更已经送往这项服务。",
        "Changes of this register are delivered to this service already.",
        "请在列表中查看；停止的可以恢复，搁置的可以重放。",
        "Look at the list: what was stopped can be resumed, what was set aside can be replayed.",
    )
}

fn not_in_state() -> Refusal {
    Refusal::new(
        "feed-not-in-state",
        "订阅目前的状态不能进行这一步。",
        "The feed is not in a state for this.",
        "请刷新页面，查看订阅的最新情况。",
        "Load the page again to see where it stands.",
    )
}
