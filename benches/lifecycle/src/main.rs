//! The product's own work, measured from outside. See the README.
#![expect(clippy::expect_used, reason = "a benchmark that cannot run should say so and stop")]

mod lifecycle;
mod lists;
mod stored;

use std::time::Duration;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let what = arguments.next().unwrap_or_default();
    let mut number = |default: u64| arguments.next().and_then(|text| text.parse().ok()).unwrap_or(default);
    match what.as_str() {
        "lists" => lists::run(number(1_000_000)),
        "lifecycle" => lifecycle::run(number(0), number(8), number(20)),
        _ => eprintln!("say what to measure: lists | lifecycle"),
    }
}

/// The share below which `percent` of the sorted times lie, in milliseconds.
fn percentile(sorted: &[Duration], percent: usize) -> f64 {
    let at = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
    sorted.get(at).map_or(0.0, |time| time.as_secs_f64() * 1_000.0)
}
