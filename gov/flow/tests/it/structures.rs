//! Random block-structured processes: whatever is chosen, they run to their end, and no token is lost or doubled.

use crate::drive::step;
use crate::sketch::sketch;
use flow::{Definition, Effect, Expressions, Input, Instance, Vocabulary, advance, check, parse};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Debug)]
pub enum Block {
    Task,
    Service,
    Script,
    Wait,
    Message,
    Reminded,
    Interruptible,
    Race,
    Sequence(Vec<Block>),
    Choice(Vec<Block>),
    Together(Vec<Block>),
    Some(Vec<Block>),
    Again(Box<Block>),
    Inside(Box<Block>, bool),
}

pub fn blocks() -> impl Strategy<Value = Block> {
    let leaf = prop_oneof![
        4 => Just(Block::Task),
        1 => Just(Block::Service),
        1 => Just(Block::Script),
        1 => Just(Block::Wait),
        1 => Just(Block::Message),
        1 => Just(Block::Reminded),
        1 => Just(Block::Interruptible),
        1 => Just(Block::Race),
    ];
    leaf.prop_recursive(3, 10, 3, |inner| {
        let several = prop::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            several.clone().prop_map(Block::Sequence),
            several.clone().prop_map(Block::Choice),
            several.clone().prop_map(Block::Together),
            several.prop_map(Block::Some),
            inner.clone().prop_map(|block| Block::Again(Box::new(block))),
            (inner, any::<bool>()).prop_map(|(block, interruptible)| Block::Inside(Box::new(block), interruptible)),
        ]
    })
}

/// Writes blocks as a sketch and notes which node opens and which closes each of them.
#[derive(Default)]
struct Writer {
    lines: Vec<String>,
    count: u32,
    pairs: Vec<(String, String)>,
    interruptible: u32,
}

impl Writer {
    fn name(&mut self, word: &str) -> String {
        self.count += 1;
        format!("{word}{}", self.count)
    }

    fn leaf(&mut self, word: &str, line: &str) -> (String, String) {
        let id = self.name(word);
        self.lines.push(format!("{word} {id} {line}"));
        (id.clone(), id)
    }

    fn line(&mut self, line: impl Into<String>) {
        self.lines.push(line.into());
    }

    /// Gives the first and the last node of the block.
    fn write(&mut self, block: &Block) -> (String, String) {
        let ends = match block {
            Block::Task => self.leaf("user", ""),
            Block::Service => self.leaf("service", ""),
            Block::Script => self.leaf("script", "set='x = 1'"),
            Block::Wait => self.leaf("timer", "after=P1D"),
            Block::Message => {
                let message = self.name("m");
                self.leaf("receive", &format!("message={message}"))
            }
            Block::Reminded => self.reminded(),
            Block::Interruptible => self.interruptible_task(),
            Block::Race => self.race(),
            Block::Sequence(blocks) => self.sequence(blocks),
            Block::Choice(blocks) => self.split("xor", blocks),
            Block::Together(blocks) => self.split("and", blocks),
            Block::Some(blocks) => self.split("or", blocks),
            Block::Again(block) => self.again(block),
            Block::Inside(block, interruptible) => self.inside(block, *interruptible),
        };
        if self.interruptible == 0 {
            self.pairs.push(ends.clone());
        }
        ends
    }

    fn sequence(&mut self, blocks: &[Block]) -> (String, String) {
        let ends: Vec<_> = blocks.iter().map(|block| self.write(block)).collect();
        for pair in ends.windows(2) {
            self.line(format!("{} -> {}", pair[0].1, pair[1].0));
        }
        (ends[0].0.clone(), ends[ends.len() - 1].1.clone())
    }

    fn split(&mut self, word: &str, blocks: &[Block]) -> (String, String) {
        let (open, close) = (self.name("open"), self.name("close"));
        self.line(format!("{word} {open}"));
        self.line(format!("{word} {close}"));
        for (number, block) in blocks.iter().enumerate() {
            let (first, last) = self.write(block);
            let condition = match (word, number) {
                ("and", _) => String::new(),
                (_, 0) => " default".to_owned(),
                _ => format!(" if {open} = {number}"),
            };
            self.line(format!("{open} -> {first}{condition}"));
            self.line(format!("{last} -> {close}"));
        }
        (open, close)
    }

    fn again(&mut self, block: &Block) -> (String, String) {
        let (again, done) = (self.name("again"), self.name("done"));
        self.line(format!("xor {again}"));
        self.line(format!("xor {done}"));
        // A circle has to wait somewhere.
        let (task, _) = self.leaf("user", "");
        let (first, last) = self.write(block);
        self.line(format!("{again} -> {task} -> {first}"));
        self.line(format!("{last} -> {done}"));
        self.line(format!("{done} -> {again} if {done} = 1"));
        let exit = self.name("exit");
        self.line(format!("milestone {exit}"));
        self.line(format!("{done} -> {exit} default"));
        if self.interruptible == 0 {
            self.pairs.push((again.clone(), done));
        }
        let entry = self.name("entry");
        self.line(format!("milestone {entry}"));
        self.line(format!("{entry} -> {again}"));
        (entry, exit)
    }

    fn inside(&mut self, block: &Block, interruptible: bool) -> (String, String) {
        let sub = self.name("sub");
        self.line(format!("sub {sub} {{"));
        let (start, end) = (self.name("start"), self.name("end"));
        self.line(format!("start {start}"));
        self.line(format!("end {end} outcome=-"));
        self.interruptible += u32::from(interruptible);
        let (first, last) = self.write(block);
        self.interruptible -= u32::from(interruptible);
        if interruptible {
            // Without a wait inside, no timer could ever fire, and the gate would say so.
            let (task, _) = self.leaf("user", "");
            self.line(format!("{start} -> {task} -> {first}"));
        } else {
            self.line(format!("{start} -> {first}"));
        }
        self.line(format!("{last} -> {end}"));
        self.line("}");
        if interruptible { self.with_exit(&sub) } else { (sub.clone(), sub) }
    }

    fn interruptible_task(&mut self) -> (String, String) {
        let (task, _) = self.leaf("user", "");
        self.with_exit(&task)
    }

    /// A timer ends the activity; both ways meet again.
    fn with_exit(&mut self, activity: &str) -> (String, String) {
        let (timer, merge) = (self.name("late"), self.name("merge"));
        self.line(format!("on_timer {timer} of={activity} after=P5D"));
        self.line(format!("xor {merge}"));
        self.line(format!("{activity} -> {merge}"));
        self.line(format!("{timer} -> {merge}"));
        (activity.to_owned(), merge)
    }

    fn reminded(&mut self) -> (String, String) {
        let (task, _) = self.leaf("user", "");
        let (timer, end) = (self.name("remind"), self.name("reminded"));
        self.line(format!("on_timer {timer} of={task} after=P5D aside"));
        let (service, _) = self.leaf("service", "");
        self.line(format!("end {end} outcome=-"));
        self.line(format!("{timer} -> {service} -> {end}"));
        (task.clone(), task)
    }

    fn race(&mut self) -> (String, String) {
        let (open, close, message) = (self.name("race"), self.name("won"), self.name("m"));
        self.line(format!("events {open}"));
        self.line(format!("xor {close}"));
        let (timer, _) = self.leaf("timer", "after=P1D");
        let (receive, _) = self.leaf("receive", &format!("message={message}"));
        for event in [timer, receive] {
            self.line(format!("{open} -> {event} -> {close}"));
        }
        (open, close)
    }
}

pub fn flow_of(block: &Block) -> (String, Vec<(String, String)>) {
    let mut writer = Writer::default();
    writer.line("start begin");
    let (first, last) = writer.write(block);
    writer.line("end finish outcome=done");
    writer.line(format!("begin -> {first}"));
    writer.line(format!("{last} -> finish"));
    (sketch(&writer.lines.join("\n")), writer.pairs)
}

/// A die: the same seed throws the same numbers.
struct Die(Cell<u64>);

impl Die {
    fn throw(&self, sides: u64) -> u64 {
        let next = self.0.get().wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0.set(next);
        (next >> 33) % sides
    }
}

impl Expressions for Die {
    fn evaluate(&self, _: &str, _: &Map<String, Value>) -> Result<Value, String> {
        Ok(Value::Bool(self.throw(3) == 0))
    }
}

fn possible(instance: &Instance) -> Vec<Input> {
    let mut inputs: Vec<Input> =
        instance.open_tasks().map(|task| Input::Complete { activity: task.id, variables: Map::from_iter([("n".to_owned(), json!(1))]) }).collect();
    inputs.extend(instance.timers().map(|timer| Input::FireTimer { timer: timer.id }));
    inputs.extend(instance.awaited().map(|awaited| Input::Deliver { message: awaited.message.clone(), variables: Map::new() }));
    inputs
}

/// What has been seen of one run.
#[derive(Default, Debug, PartialEq)]
struct Ledger {
    entered: BTreeMap<String, u32>,
    open: BTreeSet<u32>,
    timers: BTreeSet<u32>,
    ended: u32,
    effects: Vec<Effect>,
}

impl Ledger {
    fn note(&mut self, effects: Vec<Effect>) {
        for effect in &effects {
            assert_eq!(self.ended, 0, "something happened after the end");
            match effect {
                Effect::OpenTask { activity, .. } | Effect::CallService { activity, .. } | Effect::Await { activity, .. } => {
                    assert!(self.open.insert(activity.0), "opened twice: {effect:?}");
                }
                Effect::EvaluateTable { activity, .. } => assert!(self.open.insert(activity.0)),
                Effect::CloseTask { activity, .. } => assert!(self.open.remove(&activity.0), "closed without being open: {effect:?}"),
                Effect::ArmTimer { timer, .. } => assert!(self.timers.insert(timer.0), "armed twice"),
                Effect::DisarmTimer { timer, .. } => assert!(self.timers.remove(&timer.0), "disarmed without being armed"),
                Effect::EnterNode { node } => *self.entered.entry(node.clone()).or_default() += 1,
                Effect::LeaveNode { .. } => {}
                Effect::Ended { .. } => self.ended += 1,
            }
        }
        self.effects.extend(effects);
    }

    fn count(&self, node: &str) -> u32 {
        self.entered.get(node).copied().unwrap_or(0)
    }
}

/// Runs to the end by the die. With `stored`, the instance is written and read again before each step.
fn run(definition: &Definition, seed: u64, stored: bool) -> (Ledger, Instance) {
    let die = Die(Cell::new(seed));
    let mut instance = Instance::new(Map::new());
    let mut ledger = Ledger::default();
    ledger.note(advance(definition, &mut instance, Input::Start, &die).unwrap());
    for _ in 0..5_000 {
        if instance.ended().is_some() {
            return (ledger, instance);
        }
        if stored {
            instance = serde_json::from_str(&serde_json::to_string(&instance).unwrap()).unwrap();
        }
        let inputs = possible(&instance);
        assert!(!inputs.is_empty(), "stuck: {instance:?}");
        let input = inputs[usize::try_from(die.throw(inputs.len() as u64)).unwrap()].clone();
        if let Input::FireTimer { timer } = &input {
            assert!(ledger.timers.remove(&timer.0));
        }
        ledger.note(advance(definition, &mut instance, input, &die).unwrap());
    }
    panic!("no end within 5,000 steps");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn structured_processes_conserve_their_tokens(block in blocks(), seed: u64) {
        let (xml, pairs) = flow_of(&block);
        let definition = parse(&xml).unwrap();
        let (ledger, instance) = run(&definition, seed, false);
        prop_assert_eq!(ledger.ended, 1);
        prop_assert_eq!(ledger.count("begin"), 1);
        prop_assert_eq!(ledger.count("finish"), 1);
        prop_assert!(ledger.open.is_empty(), "left open: {:?}", ledger.open);
        prop_assert!(ledger.timers.is_empty(), "left armed: {:?}", ledger.timers);
        prop_assert_eq!(instance.activities().count() + instance.active_nodes().len(), 0);
        for (open, close) in pairs {
            prop_assert_eq!(ledger.count(&open), ledger.count(&close), "{} and {}", open, close);
        }
    }

    #[test]
    fn storing_and_replaying_changes_nothing(block in blocks(), seed: u64) {
        let definition = parse(&flow_of(&block).0).unwrap();
        let first = run(&definition, seed, false);
        prop_assert_eq!(&run(&definition, seed, true), &first);
        prop_assert_eq!(&run(&definition, seed, false), &first);
    }

    #[test]
    fn withdrawal_leaves_nothing_behind(block in blocks(), seed: u64, steps in 0usize..8) {
        let definition = parse(&flow_of(&block).0).unwrap();
        let die = Die(Cell::new(seed));
        let mut instance = Instance::new(Map::new());
        let mut ledger = Ledger::default();
        ledger.note(advance(&definition, &mut instance, Input::Start, &die).unwrap());
        for _ in 0..steps {
            let inputs = possible(&instance);
            if inputs.is_empty() { break; }
            let input = inputs[usize::try_from(die.throw(inputs.len() as u64)).unwrap()].clone();
            if let Input::FireTimer { timer } = &input { ledger.timers.remove(&timer.0); }
            ledger.note(advance(&definition, &mut instance, input, &die).unwrap());
        }
        if instance.ended().is_none() {
            ledger.note(step(&definition, &mut instance, "cancel").unwrap());
            prop_assert_eq!(instance.ended().unwrap().outcome.as_deref(), Some("withdrawn"));
        }
        prop_assert!(ledger.open.is_empty() && ledger.timers.is_empty());
        prop_assert_eq!(ledger.ended, 1);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_gate_passes_every_structured_process(block in blocks()) {
        let xml = flow_of(&block).0;
        let mut problems = check(&xml, &Vocabulary::default());
        // A wide parallel block may be too large to be explored; that is said, not passed over.
        problems.retain(|problem| problem.code != "model-too-large");
        prop_assert!(problems.is_empty(), "{:?}\n{}", problems, xml);
    }
}
