//! `demo`: the example town.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use clock::{Date, Timestamp};
use i18n::Text;
use opendata::{ApproveAsOfficer, ApproveAsOwner, PublishDataset, State};
use runner::{Actor, Fault, Halt, Request};
use seal::Purpose;
use town::{DEMO_SEED, Parts, Presence, SeedReport, Size};

use crate::config::Place;
use crate::figures;
use crate::node::{Node, StartError, described, entropy};
use crate::serve;

/// The hour at which the year of a town ends that is not of today, in milliseconds after midnight: offices have closed.
const EVENING_MS: i64 = 18 * 3_600_000;

/// Which town is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Folder of the procedure packages.
    pub packages: &'a Path,
    /// Multiplies people, companies and cases.
    pub scale: u32,
    /// The day on which its year ends; `None` is now.
    pub on: Option<Date>,
}

/// Creates the example town in an empty data folder; serves it if asked.
///
/// # Errors
/// What keeps it from starting; when the folder holds a town that was interrupted while it was being made.
pub fn demo(place: &Place, wanted: &Wanted<'_>, then_serve: bool) -> Result<(), StartError> {
    serve::start_logging(place)?;
    let node = Arc::new(Node::open(place)?);
    match node.store.read(town::presence)? {
        Presence::Complete => {}
        Presence::Interrupted => {
            let data = place.data.display();
            return Err(format!("{data} holds a town that was interrupted while it was being made: remove the folder and start again").into());
        }
        Presence::Empty => {
            println!("正在创建示例县“云溪县”…… creating the example county");
            let start = Instant::now();
            let end = end_of_year(wanted.on, node.now_ms())?;
            let report = seed_until(&node, wanted.packages, Size::demo(wanted.scale), end)?;
            println!("{report:?}");
            println!("完成，用时 {:.0} 秒。 done in {:.0} s", start.elapsed().as_secs_f64(), start.elapsed().as_secs_f64());
        }
    }
    print_facts(place);
    if then_serve { serve::serve_node(&node) } else { Ok(()) }
}

/// When the year of the town ends: on the evening of the day, which must be over, or now.
fn end_of_year(on: Option<Date>, now_ms: i64) -> Result<Timestamp, StartError> {
    let evening = on.map(|day| clock::midnight(day).as_millisecond().saturating_add(EVENING_MS));
    match (evening, on) {
        (Some(evening), Some(day)) if evening > now_ms => Err(format!("the year of the town cannot end on {day}, which is not over").into()),
        (evening, _) => Ok(clock::from_millis(evening.unwrap_or(now_ms))?),
    }
}

/// Seeds an empty node with a year that ends now.
///
/// # Errors
/// A refusal or fault with what was being done.
pub fn seed(node: &Node, packages: &Path, size: Size) -> Result<SeedReport, StartError> {
    seed_until(node, packages, size, clock::from_millis(node.now_ms())?)
}

/// Seeds an empty node with a year that ends at a moment of the past.
fn seed_until(node: &Node, packages: &Path, size: Size, now: Timestamp) -> Result<SeedReport, StartError> {
    let services = node.services.clone();
    let parts = Parts {
        store: Arc::clone(&node.store),
        node: node.site.node.clone(),
        authority: Arc::clone(&node.authority),
        entropy: Arc::new(entropy),
        services: Box::new(move |builder| services.give(builder)),
        blobs: node.blobs.clone(),
        packages: PathBuf::from(packages),
        publisher: format!("{}.v{}", Purpose::PackageSm2, node.ring.version(&Purpose::PackageSm2)),
        signer: node.ring.signer(&Purpose::PackageSm2)?,
        seed: DEMO_SEED,
    };
    let mut report = town::seed(&parts, now, size)?;
    report.datasets += derived(node).map_err(described)?;
    Ok(report)
}

/// The datasets computed from the county's own cases, with all approvals.
fn derived(node: &Node) -> Result<usize, Halt> {
    let system = Actor::system();
    let prepared = figures::prepare(node, workspace::first_of_month(&node.runner))?;
    for id in &prepared {
        opendata::scan_now(&node.runner, &node.blobs, node.services.shelf(), id).map_err(|fault| Halt::Fault(Fault(fault)))?;
        let dataset = node.store.read(|tx| opendata::queries::dataset(tx, id.as_str()))?;
        // What the gate forbids waits for people, here as anywhere.
        let Some(dataset) = dataset.filter(|dataset| dataset.state == State::Scanned) else { continue };
        let fingerprint = dataset.fingerprint();
        let by = || Request::by(system.clone());
        node.runner.execute(by(), ApproveAsOwner { dataset: id.clone(), fingerprint: fingerprint.clone() })?;
        node.runner.execute(by(), ApproveAsOfficer { dataset: id.clone(), fingerprint })?;
        node.runner.execute(by(), PublishDataset { dataset: id.clone(), changes: Text::new("首次发布", "First release") })?;
    }
    Ok(prepared.len())
}

fn print_facts(place: &Place) {
    let facts = town::facts();
    println!("\n{} · {}", facts.title.zh, facts.title.en);
    println!("{}  ·  工作台 workspace: {}/workspace\n", place.public_url(), place.public_url());
    for account in &facts.accounts {
        println!("  {:<14} {:<18} {}（{}）", account.login, account.password, account.name, account.role.zh);
        println!("  {:<14} {:<18} {}", "", "", account.try_this.zh);
    }
    println!();
    for thing in &facts.tries {
        println!("  · {}\n    {}", thing.zh, thing.en);
    }
    println!();
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_year_of_a_town_ends_now_or_on_an_evening_that_is_over() {
        let evening: Timestamp = "2021-10-20T18:00:00+08:00".parse().unwrap();
        let day: Option<Date> = Some("2021-10-20".parse().unwrap());
        let now_ms = evening.as_millisecond();
        assert_eq!(end_of_year(None, now_ms).unwrap(), evening);
        assert_eq!(end_of_year(day, now_ms).unwrap(), evening);
        assert_eq!(end_of_year(day, now_ms + 86_400_000).unwrap(), evening);
        assert!(end_of_year(day, now_ms - 1).unwrap_err().to_string().contains("2021-10-20"));
    }
}
