//! Drives an instance by words and tells its effects in words.

use crate::feel::Feel;
use crate::sketch::sketch;
use flow::{ActivityId, Calendar, Definition, Effect, FlowError, Input, Instance, advance, parse};
use serde_json::{Map, Value};

/// Runs a sketch: each line `input: effects`, and compares. Entering and leaving nodes is not told.
#[track_caller]
pub fn check(flow: &str, story: &str) {
    let definition = definition(flow);
    let mut instance = Instance::new(Map::new());
    let mut told = String::new();
    let mut wanted = String::new();
    for line in story.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (input, expected) = line.split_once(':').unwrap_or((line, ""));
        wanted += &format!("{input}: {}\n", expected.trim());
        let before = instance.clone();
        let effects = step(&definition, &mut instance, input);
        told += &match effects {
            Ok(effects) => format!("{input}: {}\n", tell(&effects)),
            Err(error) => {
                assert_eq!(instance, before, "an error changed the instance");
                format!("{input}: ! {}\n", error.code())
            }
        };
        let stored = serde_json::to_string(&instance).unwrap();
        let restored: Instance = serde_json::from_str(&stored).unwrap();
        assert_eq!(restored, instance, "storing changed the instance");
        instance = restored;
    }
    assert_eq!(told, wanted);
}

#[track_caller]
pub fn definition(flow: &str) -> Definition {
    let xml = sketch(flow);
    parse(&xml).unwrap_or_else(|problems| panic!("{}\n{xml}", problems.iter().map(|problem| format!("{problem}\n")).collect::<String>()))
}

/// One step told in words: `start`, `complete NODE [key=value…]`, `fire NODE`, `deliver MESSAGE [key=value…]`, `raise NODE CODE`, `cancel`.
pub fn step(definition: &Definition, instance: &mut Instance, words: &str) -> Result<Vec<Effect>, FlowError> {
    let input = input(instance, words);
    advance(definition, instance, input, &Feel)
}

fn input(instance: &Instance, words: &str) -> Input {
    let mut words = words.split_whitespace();
    let verb = words.next().unwrap();
    let mut object = || words.next().unwrap_or_default();
    match verb {
        "start" => Input::Start,
        "complete" => Input::Complete { activity: activity(instance, object()), variables: variables(words) },
        "fire" => {
            let node = object();
            let found = instance.timers().find(|timer| timer.node == node).map(|timer| timer.id);
            Input::FireTimer { timer: found.unwrap_or(flow::TimerId(999)) }
        }
        "deliver" => Input::Deliver { message: object().to_owned(), variables: variables(words) },
        "raise" => Input::Raise { activity: activity(instance, object()), error_code: object().to_owned() },
        "cancel" => Input::Cancel,
        other => panic!("no such input: {other}"),
    }
}

fn activity(instance: &Instance, node: &str) -> ActivityId {
    instance.activities().find(|activity| activity.node == node).map_or(ActivityId(999), |activity| activity.id)
}

fn variables<'a>(words: impl Iterator<Item = &'a str>) -> Map<String, Value> {
    let value = |text: &str| text.parse::<i64>().map(Value::from).unwrap_or_else(|_| Value::from(text));
    words.filter_map(|word| word.split_once('=')).map(|(key, text)| (key.to_owned(), value(text))).collect()
}

/// Effects in words.
pub fn tell(effects: &[Effect]) -> String {
    effects.iter().filter_map(tell_one).collect::<Vec<_>>().join(", ")
}

fn tell_one(effect: &Effect) -> Option<String> {
    let calendar = |calendar: &Calendar| if *calendar == Calendar::Workday { " workdays" } else { "" };
    Some(match effect {
        Effect::OpenTask { node, kind, lane, .. } => {
            format!("open {node} {kind} {}", lane.as_ref().map_or("-", |lane| &lane.id))
        }
        Effect::CloseTask { node, reason, .. } => format!("close {node} {}", format!("{reason:?}").to_lowercase()),
        Effect::CallService { node, action, .. } => format!("call {node} {action}"),
        Effect::EvaluateTable { node, table, decision, .. } => format!("evaluate {node} {table} {decision}"),
        Effect::ArmTimer { node, duration, calendar: days, .. } => format!("arm {node} {duration}{}", calendar(days)),
        Effect::DisarmTimer { node, .. } => format!("disarm {node}"),
        Effect::Await { node, message, .. } => format!("await {node} {message}"),
        Effect::Ended { node, outcome, .. } => format!("ended {node} {}", outcome.as_deref().unwrap_or("-")),
        Effect::EnterNode { .. } | Effect::LeaveNode { .. } => return None,
    })
}
