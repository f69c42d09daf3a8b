use runner::{Command, Cx, Halt};
use serde::Serialize;

use super::asking::authorised;
use crate::live::Fetched;
use crate::model::asking::Asked;
use crate::model::record::Record;
use crate::reading;

/// Authorises a question before somebody outside is asked; records nothing.
#[derive(Clone, Debug, Serialize)]
pub struct PrepareReading {
    /// What is asked, what for and under which law.
    pub asked: Asked,
}

impl Command for PrepareReading {
    type Outcome = ();
    const ACTION: &'static str = "register.read";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let asked = authorised(cx, &self.asked)?;
        reading::check_live(cx, &asked)
    }
}

/// Gives what a source answered, after the reading was recorded.
#[derive(Clone, Serialize)]
pub struct DiscloseFetched {
    /// What is asked, what for and under which law.
    pub asked: Asked,
    /// The key that was asked for.
    pub key: String,
    /// The answer.
    pub fetched: Fetched,
}

impl Command for DiscloseFetched {
    type Outcome = Option<Record>;
    const ACTION: &'static str = "register.read";

    fn run(&self, cx: &mut Cx<'_>) -> Result<Option<Record>, Halt> {
        let asked = authorised(cx, &self.asked)?;
        reading::disclose_fetched(cx, &asked, &self.key, &self.fetched)
    }
}
