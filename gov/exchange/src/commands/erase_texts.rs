//! 到期清除报文内容

use runner::{Command, Cx, Halt, Resource};
use serde::Serialize;

use crate::events::TextsErased;

/// Most texts erased in one transaction.
const COUNT_MAX: u32 = 500;

/// Erases the texts whose time is over. Digests and signatures stay, so whoever kept a message can still prove it.
#[derive(Debug, Clone, Serialize)]
pub struct EraseTexts;

impl Command for EraseTexts {
    type Outcome = ();
    const ACTION: &'static str = "exchange.maintain";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        cx.authorise(&Resource::of("exchange-log"))?;
        let id = cx.ids().next_text("erasing");
        cx.record(&id, &TextsErased { count_max: COUNT_MAX }).map(drop)
    }
}
