use runner::{Command, Cx, Halt};
use serde::Serialize;

use super::asking::authorised;
use crate::model::asking::Asked;
use crate::model::record::Record;
use crate::reading;

/// Reads the record under a key; its subject sees who did.
#[derive(Clone, Debug, Serialize)]
pub struct ReadRecord {
    /// What is asked, what for and under which law.
    pub asked: Asked,
    /// The key.
    pub key: String,
}

impl Command for ReadRecord {
    type Outcome = Option<Record>;
    const ACTION: &'static str = "register.read";

    fn run(&self, cx: &mut Cx<'_>) -> Result<Option<Record>, Halt> {
        let asked = authorised(cx, &self.asked)?;
        reading::read_by_key(cx, &asked, &self.key)
    }
}

/// Reads all versions of the record under a key.
#[derive(Clone, Debug, Serialize)]
pub struct ReadHistory {
    /// What is asked, what for and under which law.
    pub asked: Asked,
    /// The key.
    pub key: String,
}

impl Command for ReadHistory {
    type Outcome = Vec<Record>;
    const ACTION: &'static str = "register.read";

    fn run(&self, cx: &mut Cx<'_>) -> Result<Vec<Record>, Halt> {
        let asked = authorised(cx, &self.asked)?;
        reading::read_history(cx, &asked, &self.key)
    }
}

/// Reads the version at a place of the change feed, which findings about the quality of data name.
#[derive(Clone, Debug, Serialize)]
pub struct ReadPlace {
    /// What is asked, what for and under which law.
    pub asked: Asked,
    /// The place.
    pub position: i64,
}

impl Command for ReadPlace {
    type Outcome = Option<Record>;
    const ACTION: &'static str = "register.read";

    fn run(&self, cx: &mut Cx<'_>) -> Result<Option<Record>, Halt> {
        let asked = authorised(cx, &self.asked)?;
        reading::read_by_position(cx, &asked, self.position)
    }
}
