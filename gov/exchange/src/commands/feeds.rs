//! 订阅变更：开始、装批、送达或失败、重放

use runner::{Command, Cx, Halt, Refusal, Resource};
use serde::Serialize;

use crate::events::FeedMoved;
use crate::model::batch::BatchNumber;
use crate::model::code::Code;
use crate::model::feed::{FEED_TRIES_MAX, Feed, FeedState};
use crate::model::identifier::{ServiceId, SubsystemId};
use crate::store::{batches, directory};

/// Starts to deliver the changes of a register to a service of another subsystem, from the first change on.
#[derive(Debug, Clone, Serialize)]
pub struct StartFeed {
    /// Subsystem of this node that sends.
    pub client: SubsystemId,
    /// Service that receives.
    pub service: ServiceId,
    /// Register.
    pub register: String,
}

impl Command for StartFeed {
    type Outcome = String;
    const ACTION: &'static str = "exchange.offer-service";

    fn run(&self, cx: &mut Cx<'_>) -> Result<String, Halt> {
        let client = directory::find_member(cx.tx(), &self.client)?.ok_or_else(Refusal::not_found)?;
        cx.authorise(&Resource { organ: client.organ.clone(), ..Resource::of("exchange-feed") })?;
        if client.organ.is_none() || directory::find_member(cx.tx(), self.service.subsystem())?.is_none() {
            return Err(Code::ClientUnknown.into());
        }
        let id = cx.ids().next_text("feed");
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
            serial_day: String::new(),
            serial: 0,
        };
        cx.record(&id, &FeedMoved { feed })?;
        Ok(id)
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
        if feed.pending_batch.is_some() {
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
        let last_code = Some(self.code.as_str().to_owned());
        let tries = feed.tries.saturating_add(1);
        let feed = match self.code {
            Code::Answered => Feed { position: feed.pending_until, pending_batch: None, tries: 0, last_code, ..feed },
            _ if tries >= FEED_TRIES_MAX => Feed { state: FeedState::Dead, tries, last_code, ..feed },
            _ => Feed { tries, last_code, ..feed },
        };
        cx.record(&self.feed, &FeedMoved { feed: feed.clone() })?;
        Ok(feed)
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
        cx.authorise(&Resource::of("exchange-feed"))?;
        cx.hold(&self.feed)?;
        let feed = batches::find_feed(cx.tx(), &self.feed)?.ok_or_else(Refusal::not_found)?;
        if feed.state == FeedState::Active {
            return Ok(());
        }
        cx.record(&self.feed, &FeedMoved { feed: Feed { state: FeedState::Active, tries: 0, ..feed } }).map(drop)
    }
}
