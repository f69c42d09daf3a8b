//! How many instances per second the engine runs: `flow_speed FILE [INSTANCES]`.
//!
//! Each instance is started, and its tasks are completed one after the other until it ends. With `--store` it is also written as JSON and
//! read again before every step, as a case does that lives in a database. The variable `amount` runs from 0 to 19.

use flow::{Definition, Expressions, Input, Instance, advance, parse};
use serde_json::{Map, Value};
use std::error::Error;
use std::time::Instant;

/// `name > number` is all the shared file asks for; the other engines get the same.
struct Comparison;

impl Expressions for Comparison {
    fn evaluate(&self, feel: &str, variables: &Map<String, Value>) -> Result<Value, String> {
        let (name, bound) = feel.split_once('>').ok_or("expected `name > number`")?;
        let bound: i64 = bound.trim().parse().map_err(|_| "expected a number")?;
        let value = variables.get(name.trim()).and_then(Value::as_i64).ok_or("expected a number in the variable")?;
        Ok(Value::Bool(value > bound))
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let stored = arguments.iter().any(|argument| argument == "--store");
    let mut plain = arguments.iter().filter(|argument| !argument.starts_with("--"));
    let path = plain.next().ok_or("usage: flow_speed FILE [INSTANCES] [--store]")?;
    let instances: u32 = plain.next().map_or(Ok(100_000), |count| count.parse())?;
    let definition = parse(&std::fs::read_to_string(path)?).map_err(|problems| format!("{problems:?}"))?;
    let started = Instant::now();
    let mut steps: u64 = 0;
    for number in 0..instances {
        steps = steps.saturating_add(run(&definition, number % 20, stored)?);
    }
    let seconds = started.elapsed().as_secs_f64();
    println!("{instances} instances, {steps} steps in {seconds:.2} s: {:.0} instances/s", f64::from(instances) / seconds);
    Ok(())
}

fn run(definition: &Definition, amount: u32, stored: bool) -> Result<u64, Box<dyn Error>> {
    let mut instance = Instance::new(Map::from_iter([("amount".to_owned(), Value::from(amount))]));
    advance(definition, &mut instance, Input::Start, &Comparison)?;
    let mut steps = 1;
    while instance.ended().is_none() {
        if stored {
            instance = serde_json::from_str(&serde_json::to_string(&instance)?)?;
        }
        let activity = instance.open_tasks().next().ok_or("expected an open task")?.id;
        advance(definition, &mut instance, Input::Complete { activity, variables: Map::new() }, &Comparison)?;
        steps += 1;
    }
    Ok(steps)
}
