//! A PostgreSQL server for the tests alone: in a temporary folder, on a free port of loopback, gone afterwards.

use std::fs;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use super::waiting::{free_port, until_listening};
use crate::ChoreError;
use crate::place;

const PATIENCE: Duration = Duration::from_secs(60);
/// Every test has a pool of its own, and the tests of a program run side by side.
const SETTINGS: [&str; 6] =
    ["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=300", "fsync=off", "synchronous_commit=off", "full_page_writes=off"];

/// A running server; dropping it stops it.
pub(crate) struct Postgres {
    programs: PathBuf,
    folder: TempDir,
    owner: Option<Owner>,
    port: u16,
    server: Child,
}

/// The user who runs the server; PostgreSQL refuses root.
#[derive(Clone, Copy)]
struct Owner {
    user: u32,
    group: u32,
}

impl Postgres {
    /// Starts a server.
    pub(crate) fn start() -> Result<Self, ChoreError> {
        let programs = programs()?;
        let owner = if id("-u", None)? == 0 { Some(Owner { user: id("-u", Some("postgres"))?, group: id("-g", Some("postgres"))? }) } else { None };
        let folder = tempfile::Builder::new().prefix("zhengshu-postgres-").tempdir()?;
        if let Some(owner) = owner {
            chown(folder.path(), Some(owner.user), Some(owner.group))?;
        }
        let data = folder.path().join("data");
        let mut init = command(&programs, "initdb", owner, folder.path());
        init.arg("--pgdata").arg(&data).args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]);
        place::run(init.stdout(Stdio::null()))?;
        let port = free_port()?;
        let mut server = command(&programs, "postgres", owner, folder.path());
        server.arg("-D").arg(&data).arg("-p").arg(port.to_string());
        for setting in SETTINGS {
            server.args(["-c", setting]);
        }
        let log = fs::File::create(folder.path().join("log"))?;
        let server = server.stdout(log.try_clone()?).stderr(log).spawn()?;
        let mut postgres = Self { programs, folder, owner, port, server };
        until_listening("PostgreSQL", &mut postgres.server, port, PATIENCE).map_err(|e| format!("{e}\n{}", postgres.log()))?;
        Ok(postgres)
    }

    /// How the test world reaches it.
    pub(crate) fn address(&self) -> String {
        format!("host=127.0.0.1 port={} user=postgres dbname=postgres", self.port)
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let mut stop = command(&self.programs, "pg_ctl", self.owner, self.folder.path());
        stop.arg("--pgdata").arg(self.folder.path().join("data")).args(["stop", "--mode=immediate"]).stdout(Stdio::null());
        if place::run(&mut stop).is_err() {
            // Its children notice that it is gone. Nothing is lost: the data are for these tests alone.
            let _ = self.server.kill();
        }
        let _ = self.server.wait();
    }
}

fn command(programs: &Path, name: &str, owner: Option<Owner>, folder: &Path) -> Command {
    let mut command = Command::new(programs.join(name));
    command.current_dir(folder).env("LC_ALL", "C");
    if let Some(owner) = owner {
        command.uid(owner.user).gid(owner.group);
    }
    command
}

/// Where the server's programs are: on the path, or where Debian puts them, the newest version first.
fn programs() -> Result<PathBuf, ChoreError> {
    let on_path = std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect::<Vec<_>>()).unwrap_or_default();
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut versions: Vec<(u32, PathBuf)> =
        versions.filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin")))).collect();
    versions.sort_by(|a, b| b.cmp(a));
    let mut folders = on_path.into_iter().chain(versions.into_iter().map(|(_, folder)| folder));
    folders.find(|folder| folder.join("initdb").exists()).ok_or_else(|| "initdb is missing: install the package postgresql".into())
}

/// The number of the user or group, of a named user or of this process.
fn id(flag: &str, user: Option<&str>) -> Result<u32, ChoreError> {
    let output = Command::new("id").arg(flag).args(user).output()?;
    let text = String::from_utf8(output.stdout)?;
    text.trim().parse().map_err(|_| format!("there is no user {}", user.unwrap_or("for this process")).into())
}

#[cfg(test)]
mod tests {
    use super::Postgres;
    use std::net::TcpStream;

    #[test]
    fn a_server_listens_while_it_is_held_and_is_gone_afterwards() {
        let postgres = Postgres::start().unwrap();
        let (port, folder) = (postgres.port, postgres.folder.path().to_owned());
        assert!(TcpStream::connect(("127.0.0.1", port)).is_ok());
        drop(postgres);
        assert!(TcpStream::connect(("127.0.0.1", port)).is_err());
        assert!(!folder.exists());
    }
}
