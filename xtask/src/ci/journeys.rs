//! The journeys in a browser. They start a server of their own on a town made for them, and stop it.

use std::process::Command;

use crate::ChoreError;
use crate::place;

/// Runs `e2e/run.mjs` against the server that was just built.
pub(crate) fn run() -> Result<(), ChoreError> {
    let mut node = Command::new("node");
    node.arg("e2e/run.mjs").env("ZHENGSHU_BIN", place::server_binary()).env_remove("ZHENGSHU_URL").current_dir(place::root());
    place::run(&mut node)
}
