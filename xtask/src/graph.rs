//! The arrows between our crates, and which of them are allowed: `surfaces → gov → kit`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::{ChoreError, place};

/// Where the arrows are printed, from the root.
pub const PRINTED: &str = "docs/reference/graph.txt";

/// The arrows allowed inside `gov/`: from a crate to others of its layer.
const INSIDE_GOV: &[(&str, &[&str])] = &[
    ("forms", &[]),
    ("flow", &[]),
    ("rules", &[]),
    ("tracker", &[]),
    ("parties", &["tracker"]),
    ("trust", &["parties"]),
    ("documents", &["parties", "tracker"]),
    ("procedure", &["parties", "forms", "flow", "rules"]),
    ("registers", &["parties", "tracker"]),
    ("cases", &["parties", "trust", "procedure", "forms", "flow", "rules", "documents", "tracker", "registers"]),
    ("quality", &["parties", "tracker", "registers", "cases", "procedure"]),
    ("catalogue", &["parties", "registers", "procedure", "rules"]),
    ("sharing", &["parties", "trust", "tracker", "registers", "catalogue", "cases", "procedure", "documents"]),
    ("exchange", &["parties", "trust", "tracker", "registers", "sharing", "catalogue", "cases", "procedure"]),
    ("opendata", &["parties", "tracker", "registers", "catalogue"]),
];

/// The arrows allowed inside `surfaces/`: all stand on the gate, none on another.
const INSIDE_SURFACES: &[(&str, &[&str])] =
    &[("gate", &[]), ("portal", &["gate"]), ("workspace", &["gate"]), ("api", &["gate"]), ("gateway", &["gate"])];

/// A crate of ours.
#[derive(Clone, Debug, Default)]
pub struct Node {
    /// Folder, from the root.
    pub folder: String,
    /// Crates of ours it stands on.
    pub needs: BTreeSet<String>,
    /// Crates of ours that only its tests stand on.
    pub needs_in_tests: BTreeSet<String>,
}

impl Node {
    /// `kit`, `gov`, `surfaces`, `examples`, `server`, `benches` or `xtask`.
    #[must_use]
    pub fn layer(&self) -> &str {
        self.folder.split('/').next().unwrap_or_default()
    }
}

/// Our crates by name.
pub type Graph = BTreeMap<String, Node>;

/// Reads the arrows from the manifests.
///
/// # Errors
/// When a manifest cannot be read.
pub fn read(root: &Path) -> Result<Graph, ChoreError> {
    let mut manifests = BTreeMap::new();
    for path in place::files(root)?.iter().filter(|path| path.ends_with("/Cargo.toml")) {
        let manifest: toml::Table = fs::read_to_string(root.join(path))?.parse().map_err(|e| format!("{path}: {e}"))?;
        let name = manifest.get("package").and_then(|package| package.get("name")).and_then(toml::Value::as_str);
        if let Some(name) = name {
            let folder = path.trim_end_matches("/Cargo.toml").to_owned();
            manifests.insert(name.to_owned(), (folder, manifest));
        }
    }
    let ours: BTreeSet<&String> = manifests.keys().collect();
    let needs = |manifest: &toml::Table, table: &str| -> BTreeSet<String> {
        let entries = manifest.get(table).and_then(toml::Value::as_table);
        entries.into_iter().flatten().map(|(name, _)| name.clone()).filter(|name| ours.contains(name)).collect()
    };
    let node = |(name, (folder, manifest)): (&String, &(String, toml::Table))| {
        let node = Node { folder: folder.clone(), needs: needs(manifest, "dependencies"), needs_in_tests: needs(manifest, "dev-dependencies") };
        (name.clone(), node)
    };
    Ok(manifests.iter().map(node).collect())
}

/// The arrows that are not allowed, one sentence each.
#[must_use]
pub fn faults(graph: &Graph) -> Vec<String> {
    let mut found = Vec::new();
    for (name, node) in graph {
        for need in &node.needs {
            let Some(target) = graph.get(need) else { continue };
            if !allowed(name, node.layer(), need, target.layer()) {
                found.push(format!("{} must not stand on {}", node.folder, target.folder));
            }
        }
        for need in &node.needs_in_tests {
            let Some(target) = graph.get(need) else { continue };
            if !allowed_in_tests(node.layer(), target.layer()) {
                found.push(format!("the tests of {} must not stand on {}", node.folder, target.folder));
            }
        }
    }
    found
}

fn allowed(from: &str, from_layer: &str, to: &str, to_layer: &str) -> bool {
    match (from_layer, to_layer) {
        ("kit", "kit") | ("gov" | "surfaces" | "examples" | "server", "kit") | ("surfaces" | "examples" | "server", "gov") => to != "testkit",
        ("server", "surfaces" | "examples") => true,
        ("benches", layer) => layer != "xtask",
        ("gov", "gov") => listed(INSIDE_GOV, from, to),
        ("surfaces", "surfaces") => listed(INSIDE_SURFACES, from, to),
        _ => false,
    }
}

/// Tests may use the test world and the example town besides; kit stays without government even there.
fn allowed_in_tests(from_layer: &str, to_layer: &str) -> bool {
    match from_layer {
        "kit" => to_layer == "kit",
        "gov" | "examples" => matches!(to_layer, "kit" | "gov" | "examples"),
        "surfaces" | "server" | "benches" => to_layer != "xtask",
        _ => false,
    }
}

fn listed(table: &[(&str, &[&str])], from: &str, to: &str) -> bool {
    table.iter().any(|(name, targets)| *name == from && targets.contains(&to))
}

/// The arrows as text, layer by layer.
#[must_use]
pub fn print(graph: &Graph) -> String {
    let mut text = String::from("# Which of our crates stands on which, tests left out. Renewed by `cargo xtask graph`.\n");
    for layer in ["benches", "server", "examples", "surfaces", "gov", "kit", "xtask"] {
        let mut nodes: Vec<_> = graph.values().filter(|node| node.layer() == layer).collect();
        nodes.sort_by(|a, b| a.folder.cmp(&b.folder));
        text.push('\n');
        for node in nodes {
            let needs: Vec<_> = node.needs.iter().map(String::as_str).collect();
            let line = format!("{:<20} → {}", node.folder, if needs.is_empty() { "nothing".to_owned() } else { needs.join(" ") });
            // Writing into a text cannot fail.
            let _ = writeln!(text, "{line}");
        }
    }
    text
}

/// Writes the printed arrows.
///
/// # Errors
/// When an arrow is not allowed, or a file cannot be read or written.
pub fn write() -> Result<(), ChoreError> {
    let root = place::root();
    let graph = read(&root)?;
    fs::write(root.join(PRINTED), print(&graph))?;
    let faults = faults(&graph);
    if faults.is_empty() { Ok(()) } else { Err(faults.join("; ").into()) }
}

#[cfg(test)]
mod tests {
    use super::{Graph, Node, faults};

    fn node(folder: &str, needs: &[&str]) -> Node {
        Node { folder: folder.into(), needs: needs.iter().map(|need| (*need).to_owned()).collect(), ..Node::default() }
    }

    #[test]
    fn arrows_upwards_and_sideways_are_found() {
        let mut graph = Graph::new();
        graph.insert("store".into(), node("kit/store", &["cases"]));
        graph.insert("cases".into(), node("gov/cases", &["store", "parties", "portal"]));
        graph.insert("parties".into(), node("gov/parties", &["cases"]));
        graph.insert("portal".into(), node("surfaces/portal", &["cases", "api"]));
        graph.insert("api".into(), node("surfaces/api", &["store"]));
        assert_eq!(
            faults(&graph),
            [
                "gov/cases must not stand on surfaces/portal",
                "gov/parties must not stand on gov/cases",
                "surfaces/portal must not stand on surfaces/api",
                "kit/store must not stand on gov/cases",
            ]
        );
    }
}
