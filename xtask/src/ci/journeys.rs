//! The journeys in a browser, against a town that was made for them.

use std::process::{Child, Command};
use std::time::Duration;

use super::waiting::{free_port, until_listening};
use crate::ChoreError;
use crate::place;

/// Making a town takes its time on a slow machine.
const PATIENCE: Duration = Duration::from_secs(600);

/// A running server; dropping it stops it.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        // Its data are thrown away with it, so it need not end in good order.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Runs `e2e/run.mjs` with the address of a fresh server, also given as `ZHENGSHU_URL`.
pub(crate) fn run() -> Result<(), ChoreError> {
    let root = place::root();
    if !root.join("e2e/package.json").exists() {
        println!("there are no journeys: e2e/package.json is missing");
        return Ok(());
    }
    let data = tempfile::Builder::new().prefix("zhengshu-e2e-").tempdir()?;
    let port = free_port()?;
    let url = format!("http://127.0.0.1:{port}");
    let mut server = Command::new(place::server_binary());
    server.args(["demo", "--serve", "--data"]).arg(data.path()).args(["--listen", &format!("127.0.0.1:{port}")]).current_dir(&root);
    for name in ["ZHENGSHU_DATABASE", "ZHENGSHU_PUBLIC_URL", "ZHENGSHU_LISTEN", "ZHENGSHU_DATA"] {
        server.env_remove(name);
    }
    let mut server = Server(server.spawn()?);
    until_listening("zhengshu", &mut server.0, port, PATIENCE)?;
    place::run(Command::new("node").args(["e2e/run.mjs", &url]).env("ZHENGSHU_URL", &url).current_dir(&root))
}
