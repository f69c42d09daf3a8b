//! The benchmarks: a name, what it measures, and the command that measures it.

use std::process::Command;

use crate::{ChoreError, place};

/// One benchmark.
#[derive(Clone, Copy, Debug)]
pub struct Benchmark {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it measures.
    pub measures: &'static str,
    /// Commands, run one after the other in the root.
    pub commands: &'static [&'static [&'static str]],
}

/// All benchmarks.
pub const BENCHMARKS: &[Benchmark] = &[Benchmark {
    name: "flow",
    measures: "flow engine in memory, instances per second, beside SpiffWorkflow and bpmn-engine",
    commands: &[
        &["cargo", "build", "--profile", "bench-lite", "--package", "flow", "--example", "flow_speed"],
        &["target/bench-lite/examples/flow_speed", "benches/flow/simple.bpmn", "1000000"],
        &["target/bench-lite/examples/flow_speed", "benches/flow/simple.bpmn", "200000", "--store"],
        &["benches/flow/peers", "2000"],
    ],
}];

/// Runs benchmarks by name; `all` runs all; without a name, lists them.
///
/// # Errors
/// When a name is unknown or a command fails.
pub fn run(names: &[String]) -> Result<(), ChoreError> {
    if names.is_empty() {
        for benchmark in BENCHMARKS {
            println!("{:<12} {}", benchmark.name, benchmark.measures);
        }
        return Ok(());
    }
    for name in names.iter().filter(|name| *name != "all") {
        if !BENCHMARKS.iter().any(|benchmark| benchmark.name == name) {
            return Err(format!("there is no benchmark {name}; `cargo xtask bench` lists them").into());
        }
    }
    let all = names.iter().any(|name| name == "all");
    for benchmark in BENCHMARKS.iter().filter(|benchmark| all || names.iter().any(|name| name == benchmark.name)) {
        println!("── {}: {}", benchmark.name, benchmark.measures);
        for command in benchmark.commands {
            let Some((program, arguments)) = command.split_first() else { continue };
            place::run(Command::new(program).args(arguments).current_dir(place::root()))?;
        }
    }
    Ok(())
}
