//! The cases of the past year, as stories: who applied for what, and what people did when. Playing them gives every state a case can be in.

pub(crate) mod allowance;
pub(crate) mod cast;
pub(crate) mod complaints;
pub(crate) mod food;
pub(crate) mod grievances;
pub(crate) mod play;
pub(crate) mod rectify;
pub(crate) mod sharing;
pub(crate) mod shops;
pub(crate) mod showcase;
mod staging;

use std::collections::VecDeque;

use cases::RatingLevel;
use clock::Timestamp;
use ids::SeededEntropy;
use runner::Actor;
use serde_json::{Map, Value};

use crate::pace::Pause;

/// One case from its submission to where it stands at the end.
#[derive(Clone, Debug)]
pub(crate) struct Story {
    /// In reports: `shop 12 rejected`.
    pub name: String,
    /// Who applies.
    pub applicant: Actor,
    /// Where it comes from.
    pub opening: Opening,
    /// What happens then.
    pub steps: VecDeque<Step>,
    /// Chances of this story alone.
    pub dice: SeededEntropy,
}

/// How a case comes about.
#[derive(Clone, Debug)]
pub(crate) enum Opening {
    /// An application is submitted.
    Submit(Box<Application>),
    /// An application is begun and left.
    Draft(Box<Application>),
    /// The case is there already: it was opened by a bad rating.
    Opened {
        /// The case.
        case: String,
        /// When.
        at: Timestamp,
    },
}

/// What is applied for.
#[derive(Clone, Debug)]
pub(crate) struct Application {
    /// The item.
    pub slug: &'static str,
    /// When.
    pub at: Timestamp,
    /// `web`, `mobile`, `hotline`.
    pub channel: &'static str,
    /// Answers to the guide questions.
    pub situation: Map<String, Value>,
    /// Answers to the form.
    pub answers: Map<String, Value>,
    /// Materials to be attached.
    pub materials: Vec<&'static str>,
}

/// Something that happens after a while.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    /// How long after the step before.
    pub pause: Pause,
    /// What.
    pub act: Act,
}

/// What somebody does.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    /// Whoever holds the post of an open task completes it.
    Complete {
        /// The node.
        node: &'static str,
        /// The outcome.
        outcome: &'static str,
        /// Opinion, reasons or reply.
        opinion: String,
        /// What else the kind of task asks for.
        extra: Extra,
    },
    /// Somebody claims an open task and keeps it for now.
    Claim(&'static str),
    /// The acceptance task asks for a correction.
    RequestCorrection {
        /// Field or material.
        target: &'static str,
        /// What is wrong.
        says: String,
    },
    /// The applicant corrects.
    AnswerCorrection(Map<String, Value>),
    /// The applicant reports defects as put right.
    Report(&'static str),
    /// The applicant takes it back.
    Withdraw,
    /// The clock is paused.
    Suspend {
        /// Lawful reason.
        reason: &'static str,
        /// For about so many days.
        days: u32,
    },
    /// The clock goes on.
    Resume,
    /// The head of the organ extends the limit.
    Extend {
        /// By so many working days.
        workdays: u32,
        /// Why.
        reason: &'static str,
    },
    /// The applicant rates.
    Rate {
        /// How satisfied.
        level: RatingLevel,
        /// In words.
        comment: String,
    },
    /// The applicant wants it handled again.
    Reopen(String),
    /// Nothing but time passes.
    Wait,
}

/// What a kind of task asks for besides outcome and opinion.
#[derive(Clone, Debug)]
pub(crate) enum Extra {
    /// Nothing.
    Nothing,
    /// The article a refusal or rejection rests on.
    Basis(&'static str),
    /// What two officers found.
    Visit(String),
    /// The organ to which a request goes, by its duty or `township/<division>`.
    Organ(String),
}

pub(crate) fn step(pause: Pause, act: Act) -> Step {
    Step { pause, act }
}

/// An official completes a task after so many working days.
pub(crate) fn done(workdays: u32, node: &'static str, outcome: &'static str, opinion: impl Into<String>) -> Step {
    done_with(workdays, node, outcome, opinion, Extra::Nothing)
}

/// The same with what else the task asks for.
pub(crate) fn done_with(workdays: u32, node: &'static str, outcome: &'static str, opinion: impl Into<String>, extra: Extra) -> Step {
    step(Pause::Office(workdays), Act::Complete { node, outcome, opinion: opinion.into(), extra })
}

/// The applicant rates after so many days.
pub(crate) fn rated(days: i64, level: RatingLevel, comment: &str) -> Step {
    step(Pause::Days(days), Act::Rate { level, comment: comment.to_owned() })
}

/// A JSON object as a map.
pub(crate) fn fields(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
