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
    pub commands: &'static [&'static str],
}

/// Cargo for one program; the features are those of the whole workspace, as everywhere.
const BUILT: &str = "cargo run --quiet --locked --profile bench-lite --bin";

/// All benchmarks. A command is split at blanks; `{run}` stands for cargo and a program's name follows.
pub const BENCHMARKS: &[Benchmark] = &[
    Benchmark {
        name: "flow",
        measures: "flow engine in memory, instances per second, beside SpiffWorkflow and bpmn-engine",
        commands: &[
            "cargo run --quiet --locked --profile bench-lite --example flow_speed -- benches/flow/simple.bpmn 1000000",
            "cargo run --quiet --locked --profile bench-lite --example flow_speed -- benches/flow/simple.bpmn 200000 --store",
            "benches/flow/peers 2000",
        ],
    },
    Benchmark {
        name: "exchange",
        measures: "signed, logged and tracked calls, on their own and together; between two nodes beside nginx; with ten million logged calls",
        commands: &["{run} bench-exchange -- 10000000"],
    },
    Benchmark {
        name: "kernel",
        measures: "commands through runner and journal against the bare database, appends and proofs of the journal beside pymerkle",
        commands: &["{run} bench-kernel", "benches/kernel/peers"],
    },
    Benchmark {
        name: "lifecycle",
        measures: "complaint lifecycles over HTTP at 0, 100 thousand and a million stored cases",
        commands: &[
            "{run} bench-lifecycle -- lifecycle 0",
            "{run} bench-lifecycle -- lifecycle 100000",
            "{run} bench-lifecycle -- lifecycle 1000000",
        ],
    },
    Benchmark {
        name: "catalogue",
        measures: "10,000 resources from an Excel file: read, checked, taken, searched, exported",
        commands: &["{run} bench-catalogue"],
    },
    Benchmark {
        name: "lists",
        measures: "inbox and case list at a million cases for an administrator, a clerk, and a clerk with a thousand grants",
        commands: &["{run} bench-lifecycle -- lists 1000000"],
    },
    Benchmark {
        name: "opendata",
        measures: "search with facets over a catalogue of 100 thousand datasets, in memory; rows of a million over HTTP, beside datasette",
        commands: &["cargo run --quiet --locked --profile bench-lite --example catalogue_speed -- 100000", "benches/opendata/peers 1000000"],
    },
    Benchmark { name: "quality", measures: "two CSV files of a million rows each compared by key", commands: &["{run} bench-quality"] },
    Benchmark {
        name: "registers",
        measures: "readings of a base register with ten million records, in a transaction and as commands",
        commands: &["{run} bench-registers -- 10000000"],
    },
];

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
            let line = command.replace("{run}", BUILT);
            let mut words = line.split_whitespace();
            let Some(program) = words.next() else { continue };
            place::run(Command::new(program).args(words).current_dir(place::root()))?;
        }
    }
    Ok(())
}
