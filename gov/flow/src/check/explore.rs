//! The state space: the engine itself is run on every input in every situation, with conditions as free choices.

use super::choice::Choices;
use super::graph::reachable;
use super::situation::Situation;
use crate::advance::advance;
use crate::definition::{Definition, EndKind, Node, NodeIx, NodeKind};
use crate::effect::{Effect, Input};
use crate::error::FlowError;
use crate::instance::Instance;
use crate::problem::Problem;
use serde_json::Map;
use std::collections::{BTreeSet, HashMap};

/// Situations before the model counts as too large to be checked.
const SITUATIONS_MAX: usize = 10_000;

pub(super) fn problems(definition: &Definition) -> Vec<Problem> {
    if definition.main_process().is_none_or(|process| definition[process.scope].start.is_none()) {
        return Vec::new();
    }
    let mut explorer = Explorer::new(definition);
    explorer.run();
    explorer.find_no_way_out();
    explorer.find_never_entered();
    explorer.findings.iter().filter_map(|(code, node)| problem(definition, code, node)).collect()
}

struct Explorer<'a> {
    definition: &'a Definition,
    choices: Choices<'a>,
    /// Nodes that only side branches reach; they may hold several tokens and their ends give no outcome.
    aside: BTreeSet<NodeIx>,
    numbers: HashMap<String, usize>,
    open: Vec<(usize, Situation)>,
    /// Backward edges.
    before: Vec<Vec<usize>>,
    /// What became of each situation.
    fates: Vec<Fate>,
    nodes: Vec<Vec<String>>,
    entered: BTreeSet<String>,
    findings: BTreeSet<(&'static str, String)>,
}

/// What became of a situation.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    Ended,
    Followed,
    /// Because a defect is already known there, or because side branches pile up in it.
    NotFollowed,
}

impl<'a> Explorer<'a> {
    fn new(definition: &'a Definition) -> Self {
        let main = reachable(definition, false);
        Self {
            definition,
            choices: Choices::new(definition),
            aside: reachable(definition, true).into_iter().filter(|ix| !main.contains(ix)).collect(),
            numbers: HashMap::new(),
            open: Vec::new(),
            before: Vec::new(),
            fates: Vec::new(),
            nodes: Vec::new(),
            entered: BTreeSet::new(),
            findings: BTreeSet::new(),
        }
    }

    fn run(&mut self) {
        let first = Situation { instance: Instance::new(Map::new()), delivered: BTreeSet::new(), outcomes: 0 };
        self.follow(None, &first, &Input::Start);
        while let Some((number, situation)) = self.open.pop() {
            if self.numbers.len() > SITUATIONS_MAX {
                self.find("model-too-large", self.process_id());
                return;
            }
            for input in situation.inputs(self.definition) {
                self.follow(Some(number), &situation, &input);
            }
        }
    }

    fn process_id(&self) -> String {
        self.definition.main_process().map_or_else(String::new, |process| process.id.clone())
    }

    fn find(&mut self, code: &'static str, node: impl Into<String>) {
        self.findings.insert((code, node.into()));
    }

    /// Makes one step with every combination of choices.
    fn follow(&mut self, from: Option<usize>, situation: &Situation, input: &Input) {
        self.choices.begin();
        loop {
            let mut next = situation.clone();
            next.note_delivery(self.definition, input);
            match advance(self.definition, &mut next.instance, input.clone(), &self.choices) {
                Ok(effects) => self.arrive(from, next, &effects),
                // The word check reports gateways without a way out.
                Err(FlowError::NoFlow { .. }) => {}
                Err(FlowError::UncaughtError { node, .. }) => self.find("error-uncaught", node),
                Err(FlowError::StepsExceeded { node, .. }) => self.find("endless-loop", node),
                Err(_) => self.find("model-too-large", self.process_id()),
            }
            match self.choices.next_combination() {
                Some(true) => {}
                Some(false) => return,
                None => return self.find("model-too-large", self.process_id()),
            }
        }
    }

    fn arrive(&mut self, from: Option<usize>, mut situation: Situation, effects: &[Effect]) {
        let mut sound = true;
        for effect in effects {
            let Effect::EnterNode { node } = effect else { continue };
            self.entered.insert(node.clone());
            if self.gives_outcome(node) {
                situation.outcomes = situation.outcomes.saturating_add(1);
                if situation.outcomes > 1 {
                    self.find("ends-many", node);
                    sound = false;
                }
            }
        }
        sound &= self.is_sound(&situation);
        let key = situation.key();
        let known = self.numbers.get(&key).copied();
        let number = known.unwrap_or_else(|| self.add(key, &situation, sound));
        if let (Some(from), Some(before)) = (from, self.before.get_mut(number)) {
            before.push(from);
        }
    }

    fn add(&mut self, key: String, situation: &Situation, sound: bool) -> usize {
        let number = self.numbers.len();
        self.numbers.insert(key, number);
        self.before.push(Vec::new());
        let ended = situation.instance.ended().is_some();
        self.fates.push(match (ended, sound) {
            (true, _) => Fate::Ended,
            (false, true) => Fate::Followed,
            (false, false) => Fate::NotFollowed,
        });
        self.nodes.push(situation.instance.active_nodes().into_iter().map(str::to_owned).collect());
        if !ended && sound {
            self.open.push((number, situation.clone()));
        }
        number
    }

    /// Says whether the situation is worth following.
    fn is_sound(&mut self, situation: &Situation) -> bool {
        let mut sound = true;
        for node in situation.stuck() {
            self.find("deadlock", node);
            sound = false;
        }
        for (node, count) in situation.crowded() {
            let aside = self.definition.node_by_id.get(node).is_some_and(|ix| self.aside.contains(ix));
            if !aside {
                self.find("token-doubled", node);
            }
            sound &= aside && count < 3;
        }
        sound
    }

    fn gives_outcome(&self, id: &str) -> bool {
        let main = self.definition.main_process().map(|process| process.scope);
        let gives = |node: &Node| {
            let ends = matches!(node.kind, NodeKind::End(EndKind::Plain | EndKind::Terminate));
            ends && Some(node.scope) == main && node.attributes.contains_key("outcome")
        };
        self.definition.node(id).is_some_and(gives)
    }

    /// Situations from which no end can be reached, when nothing else is wrong that would explain it.
    fn find_no_way_out(&mut self) {
        if !self.findings.is_empty() {
            return;
        }
        let numbers = |wanted: Fate| self.fates.iter().enumerate().filter(move |(_, fate)| **fate == wanted).map(|(number, _)| number);
        let mut work: Vec<usize> = numbers(Fate::Ended).collect();
        let mut can_end: BTreeSet<usize> = BTreeSet::new();
        while let Some(number) = work.pop() {
            if can_end.insert(number) {
                work.extend(self.before.get(number).into_iter().flatten());
            }
        }
        let caught = numbers(Fate::Followed).filter(|number| !can_end.contains(number));
        let nodes: BTreeSet<&String> = caught.filter_map(|number| self.nodes.get(number)).flatten().collect();
        let findings: Vec<_> = nodes.into_iter().map(|node| ("no-way-out", node.clone())).collect();
        self.findings.extend(findings);
    }

    fn find_never_entered(&mut self) {
        if !self.findings.is_empty() {
            return;
        }
        let reached = reachable(self.definition, true);
        let nodes = self.definition.indexed().filter(|(ix, node)| reached.contains(ix) && !self.entered.contains(&node.id));
        let findings: Vec<_> = nodes.map(|(_, node)| ("unreachable", node.id.clone())).collect();
        self.findings.extend(findings);
    }
}

fn problem(definition: &Definition, code: &'static str, id: &str) -> Option<Problem> {
    let (zh, en) = sentence(code)?;
    let process = definition.processes.iter().find(|process| process.id == id).map(|process| process.position);
    let position = definition.node(id).map(|node| node.position).or(process)?;
    Some(Problem::new(position, code, zh.replace("{}", id), en.replace("{}", id)))
}

fn sentence(code: &str) -> Option<(&'static str, &'static str)> {
    Some(match code {
        "deadlock" => (
            "汇聚网关“{}”可能永远等不齐分支，办件会卡住。",
            "Expected join “{}” to complete, but in some course of events a branch never comes and the case is stuck.",
        ),
        "token-doubled" => (
            "“{}”可能同时出现两个令牌，同一任务会重复产生；并行分支应先汇聚。",
            "Expected one token at “{}”, but two can be there at once; branches should be joined first.",
        ),
        "ends-many" => (
            "办件可能到达不止一个结果，多余的令牌到达“{}”。",
            "Expected one outcome per case, but another token can come to “{}” after the outcome was given.",
        ),
        "error-uncaught" => {
            ("“{}”发生的错误没有边界事件捕获。", "Expected a boundary event that catches the error raised at “{}”, but there is none.")
        }
        "endless-loop" => ("“{}”可能无限循环。", "Expected the flow to wait or end, but it can turn in a circle at “{}”."),
        "no-way-out" => ("到“{}”之后再也无法结束。", "Expected every case to be able to end, but from “{}” no end can be reached."),
        "unreachable" => ("在任何情形下都不会走到“{}”。", "Expected every node to be reachable, but no course of events comes to “{}”."),
        "model-too-large" => (
            "流程“{}”的情形过多，无法完全检查，请拆分为子流程。",
            "Expected a flow small enough to be checked completely, but “{}” has too many situations; split it.",
        ),
        _ => return None,
    })
}
