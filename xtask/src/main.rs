//! The chores of the repository on the command line.

use std::process::{Command, ExitCode};

use clap::{Parser, Subcommand};
use xtask::{ChoreError, assets, bench, ci, graph, place, tidy};

/// Chores of the repository.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Line {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Build and serve the example town from `data/`.
    Dev,
    /// Build everything, run all tests on both databases and all journeys in a browser.
    Ci,
    /// Look for what the house rules forbid.
    Tidy,
    /// Print the arrows between crates to `docs/reference/graph.txt`.
    Graph,
    /// Run benchmarks by name, or list them.
    Bench {
        /// Which ones; none lists them all, `all` runs them all.
        names: Vec<String>,
    },
    /// Compile the styles from their npm packages and renew the hashes; needs Node and a network.
    Assets,
}

fn main() -> ExitCode {
    let answer = match Line::parse().chore {
        Chore::Dev => dev(),
        Chore::Ci => ci::run(),
        Chore::Tidy => look(),
        Chore::Graph => graph::write(),
        Chore::Bench { names } => bench::run(&names),
        Chore::Assets => assets::renew(),
    };
    match answer {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("xtask: {e}");
            ExitCode::FAILURE
        }
    }
}

fn dev() -> Result<(), ChoreError> {
    place::run(place::cargo().args(["build", "--workspace", "--locked"]))?;
    place::run(Command::new(place::server_binary()).args(["demo", "--serve"]))
}

fn look() -> Result<(), ChoreError> {
    let report = tidy::look(&place::root())?;
    for (path, lines) in &report.long_files {
        println!("long, worth splitting: {path} ({lines} lines)");
    }
    for fault in &report.faults {
        println!("{fault}");
    }
    let count = report.faults.len();
    if count == 0 { Ok(()) } else { Err(format!("{count} faults").into()) }
}
