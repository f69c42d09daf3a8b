//! 订阅

use crate::events::{SubscriptionEnded, SubscriptionMade};
use crate::model::DatasetId;
use crate::queries;
use runner::{Command, Cx, Halt, Refusal, Resource};
use serde::Serialize;

/// Follows a dataset, or does not any more.
#[derive(Debug, Clone, Serialize)]
pub struct Subscribe {
    /// The dataset.
    pub dataset: DatasetId,
    /// Whether to follow it.
    pub follow: bool,
}

impl Command for Subscribe {
    type Outcome = ();
    const ACTION: &'static str = "opendata.subscribe";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let account = cx.actor().account.clone();
        cx.authorise(&Resource { id: account.clone(), ..Resource::of("account") })?;
        if self.follow && queries::release(cx.tx(), self.dataset.as_str())?.is_none() {
            return Err(Refusal::not_found().into());
        }
        let stream = format!("{account}/{}", self.dataset);
        match self.follow {
            true => cx.record(&stream, &SubscriptionMade { dataset: self.dataset.clone(), account })?,
            false => cx.record(&stream, &SubscriptionEnded { dataset: self.dataset.clone(), account })?,
        };
        Ok(())
    }
}
