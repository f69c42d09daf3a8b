//! Registers that another organ keeps are asked through the exchange, where a node takes part in it.

use registers::Asked;
use runner::{Cx, Halt};
use serde_json::{Map, Value};

/// What came of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeskAnswer {
    /// It is not carried: the register is the organ's own, or one of both takes no part in the exchange. The engine reads by itself.
    NotCarried,
    /// The record, or that there is none or none that may be seen.
    Found(Option<Map<String, Value>>),
}

type Ask = dyn Fn(&mut Cx<'_>, &ForCase<'_>) -> Result<DeskAnswer, Halt> + Send + Sync;

/// A question of a step of a case.
#[derive(Clone, Copy, Debug)]
pub struct ForCase<'a> {
    /// Register, fields, organ, case, purpose and law.
    pub asked: &'a Asked,
    /// The key.
    pub key: &'a str,
    /// Slug of the item whose published package declares the step.
    pub item: &'a str,
}

/// Who carries questions of cases to registers of other organs, in the transaction of the case. Given to the runner as a service.
pub struct RegisterDesk(Box<Ask>);

impl RegisterDesk {
    /// A desk that asks so.
    pub fn new(ask: impl Fn(&mut Cx<'_>, &ForCase<'_>) -> Result<DeskAnswer, Halt> + Send + Sync + 'static) -> Self {
        Self(Box::new(ask))
    }

    pub(crate) fn ask(&self, cx: &mut Cx<'_>, question: &ForCase<'_>) -> Result<DeskAnswer, Halt> {
        self.0(cx, question)
    }
}
