//! Everything that must hold before a change is taken: it builds, the tests pass on both databases, the journeys pass in a browser.

mod journeys;
mod postgres;
mod tally;
mod waiting;

use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::Instant;

use crate::{ChoreError, place};
use postgres::Postgres;
use tally::Tally;

/// The address of the database for tests, as the test world reads it.
const TEST_POSTGRES: &str = "ZHENGSHU_TEST_POSTGRES";

/// Runs everything; what it starts is stopped when it returns, also on failure.
///
/// # Errors
/// The first step that fails.
pub fn run() -> Result<(), ChoreError> {
    let started = Instant::now();
    step("build");
    place::run(place::cargo().args(["build", "--workspace", "--all-targets", "--locked"]))?;

    step("clippy");
    let linted = clippy()?;

    step("tests on SQLite and PostgreSQL");
    let tally = {
        let postgres = Postgres::start()?;
        test(&postgres)?
    };
    println!("{tally}");

    step("journeys in a browser");
    journeys::run()?;

    step("journeys in a browser, on PostgreSQL");
    let postgres = Postgres::start()?;
    journeys::run_on_postgres(&postgres.address())?;
    drop(postgres);

    println!("── all well after {} s: {tally}{}", started.elapsed().as_secs(), if linted { "" } else { "; clippy was skipped" });
    Ok(())
}

/// Lets clippy look at everything: what it holds for wrong stops, what it warns of is shown. Answers whether it is there to do so.
fn clippy() -> Result<bool, ChoreError> {
    let installed = place::cargo().args(["clippy", "--version"]).output().is_ok_and(|answer| answer.status.success());
    if installed {
        place::run(place::cargo().args(["clippy", "--workspace", "--all-targets", "--locked"]))?;
    } else {
        println!("skipped: clippy is not installed; `rustup component add clippy` installs it");
    }
    Ok(installed)
}

fn step(what: &str) {
    println!("── {what}");
}

/// Runs all tests and counts them, while the user sees what cargo says.
fn test(postgres: &Postgres) -> Result<Tally, ChoreError> {
    let mut cargo = place::cargo();
    cargo.args(["test", "--workspace", "--locked", "--no-fail-fast"]).env(TEST_POSTGRES, postgres.address()).stdout(Stdio::piped());
    let mut child = cargo.spawn()?;
    let mut tally = Tally::default();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).lines() {
            let line = line?;
            println!("{line}");
            tally.read(&line);
        }
    }
    let status = child.wait()?;
    if !status.success() {
        return Err(format!("tests failed: {tally}").into());
    }
    Ok(tally)
}
