//! `demo`: the example town.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use i18n::Text;
use opendata::{ApproveAsOfficer, ApproveAsOwner, PublishDataset};
use parties::DivisionCode;
use runner::{Actor, Fault, Halt, Request};
use seal::Purpose;
use town::{DEMO_SEED, Parts, Presence, SeedReport, Size};

use crate::config::Place;
use crate::node::{Node, StartError, described, entropy};
use crate::serve;

/// Creates the example town in an empty data folder; serves it if asked.
///
/// # Errors
/// What keeps it from starting; when the folder holds a town that was interrupted while it was being made.
pub fn demo(place: &Place, packages: &Path, scale: u32, then_serve: bool) -> Result<(), StartError> {
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
            let report = seed(&node, packages, Size::demo(scale))?;
            println!("{report:?}");
            println!("完成，用时 {:.0} 秒。 done in {:.0} s", start.elapsed().as_secs_f64(), start.elapsed().as_secs_f64());
        }
    }
    print_facts(place);
    if then_serve { serve::serve_node(&node) } else { Ok(()) }
}

/// Seeds an empty node.
///
/// # Errors
/// A refusal or fault with what was being done.
pub fn seed(node: &Node, packages: &Path, size: Size) -> Result<SeedReport, StartError> {
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
    let now = clock::from_millis(node.now_ms())?;
    let mut report = town::seed(&parts, now, size)?;
    report.datasets += derived(node).map_err(described)?;
    Ok(report)
}

/// The datasets computed from the county's own cases, with all approvals.
fn derived(node: &Node) -> Result<usize, Halt> {
    let division = DivisionCode::parse(&node.site.division).map_err(|problem| Fault::because(problem.sentence.en))?;
    let organ = node.store.read(|tx| parties::organ_for_duty(tx, "government-services", &division))?;
    let Some(organ) = organ else { return Ok(0) };
    let (system, as_of) = (Actor::system(), workspace::first_of_month(&node.runner));
    let prepared = workspace::derive_datasets(&node.runner, &node.blobs, &system, &organ.id, as_of)?;
    for id in &prepared {
        opendata::scan_now(&node.runner, &node.blobs, node.services.shelf(), id).map_err(|fault| Halt::Fault(Fault(fault)))?;
        let dataset = node.store.read(|tx| opendata::queries::dataset(tx, id.as_str()))?;
        let fingerprint = dataset.map(|dataset| dataset.fingerprint()).unwrap_or_default();
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
