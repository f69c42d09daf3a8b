//! The repository keeps its house rules.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod setup;

use std::fs;

use xtask::{graph, place, processing, tidy};

#[test]
fn tidy_finds_nothing() {
    let report = tidy::look(&place::root()).unwrap();
    for (path, lines) in &report.long_files {
        println!("long, worth splitting: {path} ({lines} lines)");
    }
    let faults: Vec<String> = report.faults.iter().map(ToString::to_string).collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_exception_has_a_reason() {
    for exception in tidy::EXCEPTIONS {
        assert!(exception.reason.split(' ').count() >= 4, "{exception:?}");
    }
}

#[test]
fn arrows_between_crates_point_downwards() {
    let graph = graph::read(&place::root()).unwrap();
    assert_eq!(graph::faults(&graph), [""; 0]);
}

#[test]
fn printed_arrows_are_the_arrows() {
    let printed = graph::print(&graph::read(&place::root()).unwrap());
    let path = place::root().join(graph::PRINTED);
    if std::env::var_os("UPDATE_REFERENCE").is_some() {
        fs::write(&path, &printed).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), printed, "run `cargo xtask graph`, and look at the difference");
}

#[test]
fn fields_opened_without_a_reading_are_the_reviewed_ones() {
    let printed = processing::print(&place::root()).unwrap();
    let path = place::root().join(processing::LISTED);
    if std::env::var_os("UPDATE_REFERENCE").is_some() {
        fs::write(&path, &printed).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), printed, "personal fields are opened in a new place: review it");
    assert!(!printed.contains("NOT A LITERAL"), "{printed}");
}

#[test]
fn every_event_has_words_on_the_page_of_the_journal() {
    let root = place::root();
    let words = fs::read_to_string(root.join("surfaces/workspace/texts/events.toml")).unwrap();
    let mut count = 0;
    for path in place::files(&root).unwrap().into_iter().filter(|path| path.starts_with("gov/") && path.ends_with("/src/events.rs")) {
        let source = fs::read_to_string(root.join(&path)).unwrap();
        for kind in source.lines().filter_map(kind_of_event) {
            count += 1;
            assert!(words.lines().any(|line| line.starts_with(&format!("{kind} = {{"))), "{path}: no words for {kind}");
        }
    }
    assert!(count > 100, "only {count} events were found");
}

/// `Self::X { .. } => "kind",` · `X = "kind" { …` · `"kind"` alone on its line.
fn kind_of_event(line: &str) -> Option<&str> {
    let line = line.trim();
    let (before, rest) = line.split_once('"')?;
    let (kind, _) = rest.split_once('"')?;
    let declares = before.is_empty() && line.ends_with('"') || before.starts_with("Self::") && before.ends_with("=> ") || before.ends_with(" = ");
    let is_kind = kind.contains('-') && kind.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    (declares && is_kind && !line.starts_with("#[")).then_some(kind)
}
