//! 本人查询: what offices elsewhere hold about somebody, asked for her own application and held for the day. 个人信息保护法 第四十五条.

use runner::{Command, Cx, Halt, Resource};
use seal::FieldKeys;
use serde::Serialize;

use crate::events::{AnswerHeld, AnswersForgotten, stream};
use crate::live::Fetched;
use crate::model::record::Cause;
use crate::queries::present;
use crate::reading::own_number;
use crate::sealing::{Fresh, subject_of};

/// Holds what was answered about the party for whom the actor acts, for her own eyes. Nobody is shown anything, so nothing is recorded.
#[derive(Clone, Serialize)]
pub struct HoldAnswer {
    /// The register.
    pub register: String,
    /// What came; the record is about the party, whatever it says.
    pub fetched: Fetched,
}

impl Command for HoldAnswer {
    type Outcome = ();
    const ACTION: &'static str = "register.read-own";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let party = cx.actor().acting_party().map(str::to_owned);
        cx.authorise(&Resource { party, ..Resource::of("register") })?;
        let (keys, actor) = (cx.service::<FieldKeys>()?, cx.actor().clone());
        let declaration = present(cx.tx(), &self.register)?.declaration;
        let Some(number) = own_number(cx.tx(), &keys, &actor)? else { return Ok(()) };
        let index = keys.blind_index(tracker::SUBJECT_PLACE, &number).map_err(Halt::fault)?;
        let about_her = |values: &&serde_json::Map<String, serde_json::Value>| subject_of(&declaration, values).as_deref() == Some(&number);
        let stored = match self.fetched.values().filter(about_her) {
            None => None,
            Some(values) => {
                let (valid_from, recorded_at_ms) = (cx.today(), cx.now_ms());
                let fresh = Fresh {
                    values,
                    position: 0,
                    version: 0,
                    valid_from,
                    valid_until: Some(valid_from),
                    recorded_at_ms,
                    cause: Cause::Added,
                    changed: Vec::new(),
                };
                Some(fresh.seal(&declaration, &keys, cx.entropy())?.0)
            }
        };
        let sm3 = stored.as_ref().map(|stored| stored.sm3.clone());
        cx.record(&stream(&self.register), &AnswerHeld { register: self.register.clone(), sm3, index, stored }).map(drop)
    }
}

/// Removes answers of days that are over.
#[derive(Clone, Debug, Serialize)]
pub struct ForgetAnswers;

impl Command for ForgetAnswers {
    type Outcome = ();
    const ACTION: &'static str = "register.forget-answers";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        cx.authorise(&Resource::of("register"))?;
        let before = cx.today();
        cx.record(&stream("answers"), &AnswersForgotten { before }).map(drop)
    }
}
