use runner::{Command, Cx, Halt};
use serde::Serialize;
use serde_json::{Map, Value};

use super::asking::authorised;
use crate::model::asking::{Asked, Verified};
use crate::reading;

/// Verifies what somebody states (核验): yes or no, never a value.
#[derive(Clone, Debug, Serialize)]
pub struct VerifyRecord {
    /// What for and under which law; its fields are those of `stated`.
    pub asked: Asked,
    /// The key.
    pub key: String,
    /// What is stated, by field.
    pub stated: Map<String, Value>,
}

impl Command for VerifyRecord {
    type Outcome = Verified;
    const ACTION: &'static str = "register.verify";

    fn run(&self, cx: &mut Cx<'_>) -> Result<Verified, Halt> {
        let asked = authorised(cx, &self.asked)?;
        reading::verify(cx, &asked, &self.key, &self.stated)
    }
}
