//! One state of the exploration: an instance without data, and what has happened to it that may happen only once.

use crate::definition::{Definition, NodeKind, Trigger};
use crate::effect::Input;
use crate::instance::{ActivityId, Instance};
use serde_json::Map;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone)]
pub(super) struct Situation {
    pub instance: Instance,
    /// Subscriptions of non-interrupting events whose message has come. They stay open; exploring one delivery is enough.
    pub delivered: BTreeSet<ActivityId>,
    /// How many end events with an outcome were reached.
    pub outcomes: u32,
}

impl Situation {
    /// The same for situations that differ only in numbers.
    pub fn key(&self) -> String {
        let flow = &self.instance.flow;
        let mut parts: Vec<String> = flow.activities.iter().map(|activity| self.path(activity.id)).collect();
        parts.extend(flow.tokens.iter().map(|token| format!("{}<{}", self.path(token.scope), token.flow)));
        parts.extend(flow.timers.iter().map(|timer| format!("{}@{}", self.path(timer.host), timer.node)));
        let open = flow.awaited.iter().filter(|awaited| !self.delivered.contains(&awaited.id));
        parts.extend(open.map(|awaited| format!("{}?{}", self.path(awaited.host), awaited.node)));
        parts.sort_unstable();
        let ended = flow.ended.as_ref().map_or("", |ended| ended.node.as_str());
        format!("{} {} {ended}", parts.join(" "), self.outcomes)
    }

    /// The scopes around an activity and itself, by node.
    fn path(&self, id: ActivityId) -> String {
        match self.instance.activity(id) {
            Some(activity) => format!("{}/{}", self.path(activity.scope), activity.node),
            None => String::new(),
        }
    }

    /// Nodes at which more than one token is, with their number; a node in two calls of a process counts twice only if both are alike.
    pub fn crowded(&self) -> BTreeMap<&str, usize> {
        let flow = &self.instance.flow;
        let mut counts: BTreeMap<String, (&str, usize)> = BTreeMap::new();
        for activity in &flow.activities {
            let count = counts.entry(self.path(activity.id)).or_insert((&activity.node, 0));
            count.1 = count.1.saturating_add(1);
        }
        for token in &flow.tokens {
            let count = counts.entry(format!("{}<{}", self.path(token.scope), token.flow)).or_insert((&token.node, 0));
            count.1 = count.1.saturating_add(1);
        }
        counts.into_values().filter(|(_, count)| *count > 1).collect()
    }

    /// Joins that can never complete: tokens wait in a scope in which nothing else is under way.
    pub fn stuck(&self) -> Vec<&str> {
        let flow = &self.instance.flow;
        let alive = |scope: ActivityId| flow.activities.iter().any(|activity| activity.scope == scope);
        flow.tokens.iter().filter(|token| !alive(token.scope)).map(|token| token.node.as_str()).collect()
    }

    /// Everything that can happen next.
    pub fn inputs(&self, definition: &Definition) -> Vec<Input> {
        let flow = &self.instance.flow;
        let mut inputs = Vec::new();
        for activity in self.instance.open_tasks() {
            inputs.push(Input::Complete { activity: activity.id, variables: Map::new() });
            let codes = self.caught_errors(definition, activity.id);
            inputs.extend(codes.into_iter().map(|error_code| Input::Raise { activity: activity.id, error_code }));
        }
        inputs.extend(flow.timers.iter().map(|timer| Input::FireTimer { timer: timer.id }));
        let mut names = BTreeSet::new();
        for awaited in &flow.awaited {
            if names.insert(&awaited.message) && !self.delivered.contains(&awaited.id) {
                inputs.push(Input::Deliver { message: awaited.message.clone(), variables: Map::new() });
            }
        }
        inputs
    }

    /// The errors that boundary events around an activity catch.
    fn caught_errors(&self, definition: &Definition, id: ActivityId) -> BTreeSet<String> {
        let mut codes = BTreeSet::new();
        let mut at = self.instance.activity(id);
        while let Some(activity) = at {
            let events = definition.node(&activity.node).into_iter().flat_map(|node| &node.boundary);
            for event in events {
                if let NodeKind::Boundary { trigger: Trigger::Error(code), .. } = &definition[*event].kind {
                    codes.insert(code.clone().unwrap_or_else(|| "any".to_owned()));
                }
            }
            at = self.instance.activity(activity.scope);
        }
        codes
    }

    /// Notes which non-interrupting subscription an input will use, before it does.
    pub fn note_delivery(&mut self, definition: &Definition, input: &Input) {
        let Input::Deliver { message, .. } = input else { return };
        let Some(awaited) = self.instance.awaited().find(|awaited| awaited.message == *message) else { return };
        let stays = definition.node(&awaited.node).is_some_and(|node| matches!(node.kind, NodeKind::Boundary { interrupting: false, .. }));
        if stays {
            self.delivered.insert(awaited.id);
        }
    }
}
