//! `setup.sh` on machines made of stand-ins: it takes what is there, installs what it may, and names the rest.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;
use xtask::place;

/// What every machine has.
const BASE: [&str; 8] = ["cut", "find", "grep", "head", "mktemp", "rm", "sed", "sort"];
const APT_CACHE: &str = r#"for name in "$@"; do version=$(cat "$MACHINE/carries/$name" 2>/dev/null) || version="(none)"; done
[ "$1" = show ] && echo "Depends: libc6 (>= 2.36)" || printf '%s:\n  Candidate: %s\n' "$2" "$version""#;
const APT_GET: &str = r#"echo "apt-get $*" >>"$MACHINE/log"
case "$*" in *--simulate*) exit 0 ;; *install*) ;; *) exit 0 ;; esac
for name in "$@"; do
    version=$(cat "$MACHINE/carries/$name" 2>/dev/null) || continue
    command=${name%-web}
    printf '#!/bin/sh\necho "%s %s"\n' "$command" "${version%%+*}" >"$MACHINE/bin/$command" && chmod 755 "$MACHINE/bin/$command"
done"#;

struct Machine {
    folder: TempDir,
}

impl Machine {
    /// A machine with apt and nothing else, for the user with this number.
    fn new(user: u32) -> Self {
        let machine = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir_all(machine.path().join("bin")).unwrap();
        fs::create_dir_all(machine.path().join("carries")).unwrap();
        for name in BASE.into_iter().chain(["cat", "chmod", "env"]) {
            let real = ["/usr/bin", "/bin"].map(|folder| Path::new(folder).join(name)).into_iter().find(|path| path.exists());
            symlink(real.unwrap(), machine.path().join("bin").join(name)).unwrap();
        }
        machine.has("id", &format!("echo {user}")).has("apt-cache", APT_CACHE).has("apt-get", APT_GET)
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// A command that does this.
    fn has(self, name: &str, script: &str) -> Self {
        let path = self.path().join("bin").join(name);
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        self
    }

    fn has_rust(self, version: &str) -> Self {
        self.has("cargo", &format!("echo cargo {version}")).has("rustc", &format!("echo rustc {version}"))
    }

    /// A package that apt could install.
    fn carries(self, package: &str, version: &str) -> Self {
        fs::write(self.path().join("carries").join(package), version).unwrap();
        self
    }

    /// Runs a function of the script: whether it succeeded, and everything it said.
    fn run(&self, function: &str) -> (bool, String) {
        let setup = place::root().join("xtask/setup.sh");
        let mut sh = Command::new("/bin/sh");
        sh.args(["-euc", &format!(". '{}'; {function}", setup.display())]).current_dir(self.path());
        sh.env_clear().env("PATH", self.path().join("bin")).env("HOME", self.path()).env("MACHINE", self.path());
        let output = sh.output().unwrap();
        (output.status.success(), [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat())
    }

    /// What apt installed: the words that are packages, sorted.
    fn installed(&self) -> Vec<String> {
        let log = fs::read_to_string(self.path().join("log")).unwrap_or_default();
        let lines = log.lines().filter(|line| line.contains(" install ") && !line.contains("--simulate"));
        let mut packages: Vec<String> = lines.flat_map(packages_of).collect();
        packages.sort();
        packages
    }
}

fn packages_of(line: &str) -> Vec<String> {
    let words = line.split_whitespace().skip_while(|word| *word != "install").skip(1);
    words.filter(|word| !word.starts_with('-') && !word.contains("::")).map(str::to_owned).collect()
}

#[test]
fn what_is_there_is_used_as_it_is() {
    let machine = Machine::new(0).has("cc", "").has_rust("1.95.0");
    assert_eq!(machine.run("need_build_tools"), (true, String::new()));
    assert!(!machine.path().join("log").exists());
}

#[test]
fn the_rust_of_the_distribution_is_taken_where_it_is_new_enough() {
    for (own, browsers, taken) in [("1.97.1+dfsg1-1", "1.99.0", ["cargo", "rustc"]), ("1.63.0+dfsg1-2", "1.96.0+dfsg1-1", ["cargo-web", "rustc-web"])]
    {
        let machine = Machine::new(0).has("cc", "").carries("rustc", own).carries("cargo", own);
        let machine = machine.carries("rustc-web", browsers).carries("cargo-web", browsers);
        let (ok, said) = machine.run("need_build_tools");
        assert!(ok, "{said}");
        assert_eq!(machine.installed(), taken);
    }
}

#[test]
fn an_older_rust_of_the_distribution_is_left_where_it_is() {
    let machine = Machine::new(0).has("cc", "").carries("rustc", "1.85.1").carries("cargo", "1.85.1").carries("curl", "8");
    let machine = machine.has("curl", "echo no network >&2; exit 6");
    let (ok, said) = machine.run("need_build_tools");
    assert!(!ok);
    assert!(said.contains("no network\n\nMissing: Rust 1.95 or later (cargo and rustc)\nrustup could not be installed."), "{said}");
    assert_eq!(machine.installed(), [""; 0]);
}

#[test]
fn a_rustup_that_is_there_is_asked_for_rust() {
    let machine =
        Machine::new(1000).has("cc", "").has("rustup", "echo rustup \"$@\"; . \"$MACHINE/become\"").has("cargo", "exit 1").has("rustc", "exit 1");
    let become_new = r#"for name in cargo rustc; do printf '#!/bin/sh\necho %s 1.99.0\n' "$name" >"$MACHINE/bin/$name"; done"#;
    fs::write(machine.path().join("become"), become_new).unwrap();
    assert_eq!(machine.run("need_build_tools"), (true, "rustup toolchain install stable --profile minimal\n".to_owned()));
}

#[test]
fn without_an_administrator_everything_missing_is_named_at_once() {
    let machine = Machine::new(1000).carries("rustc-web", "1.96.0").carries("cargo-web", "1.96.0").carries("chromium", "156");
    let (ok, said) = machine.run("need_all_tools");
    assert!(!ok);
    let line = said.lines().find(|line| line.contains("apt-get install")).unwrap();
    let named = packages_of(line);
    for package in ["build-essential", "cargo-web", "chromium", "nodejs", "npm", "python3-venv", "rustc-web"] {
        assert_eq!(named.iter().filter(|name| *name == package).count(), 1, "{package} in {said}");
    }
    assert!(said.contains("There is neither root nor sudo here."), "{said}");
    assert_eq!(machine.installed(), [""; 0]);
}

#[test]
fn a_node_that_is_too_old_is_refused_by_its_version() {
    let machine = Machine::new(0).has("node", "echo v12.22.9");
    let (ok, said) = machine.run("need_node_packages");
    assert!(!ok && said.contains("Missing: Node 18 or later") && said.contains("v12.22.9"), "{said}");
}

#[test]
fn a_python_that_is_too_old_is_refused_by_its_version() {
    let machine = Machine::new(0).has("python3", "echo Python 3.10.12");
    let (ok, said) = machine.run("need_python_packages");
    assert!(!ok && said.contains("Missing: Python 3.11 or later") && said.contains("python3 is Python 3.10.12"), "{said}");
}

#[test]
fn python_packages_that_pip_does_not_install_are_named_and_tried_again() {
    let machine = Machine::new(0).has("python3", "echo Python 3.11.2").has("pip", "echo \"$*\"; exit 1");
    fs::create_dir_all(machine.path().join("target/clients/bin")).unwrap();
    symlink(machine.path().join("bin/pip"), machine.path().join("target/clients/bin/python")).unwrap();
    for _ in 0..2 {
        let (ok, said) = machine.run("need_python_packages");
        assert!(!ok && said.contains("--require-hashes") && said.contains("Missing: the Python packages of e2e/clients/"), "{said}");
    }
}
