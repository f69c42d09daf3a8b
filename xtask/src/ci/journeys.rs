//! The journeys in a browser. They start a server of their own on a town made for them, and stop it.

use std::process::Command;

use crate::ChoreError;
use crate::place;

/// Those that are played on PostgreSQL too: a licence from search to certificate, and a complaint that is handled twice.
const ON_POSTGRES: [&str; 2] = ["01-licence", "04-complaint"];

/// Runs all of `e2e/run.mjs` against the server that was just built.
pub(crate) fn run() -> Result<(), ChoreError> {
    place::run(&mut node())
}

/// Runs some on an empty PostgreSQL database.
pub(crate) fn run_on_postgres(database: &str) -> Result<(), ChoreError> {
    place::run(node().args(["--database", database]).args(ON_POSTGRES))
}

fn node() -> Command {
    let mut node = Command::new("node");
    node.arg("e2e/run.mjs").env("ZHENGSHU_BIN", place::server_binary()).env_remove("ZHENGSHU_URL").current_dir(place::root());
    node
}
