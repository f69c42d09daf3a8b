//! `demo`: the example town.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use seal::Purpose;
use town::{DEMO_SEED, Parts, Presence, SeedReport, Size};

use crate::config::Place;
use crate::node::{Node, StartError, entropy};
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
    Ok(town::seed(&parts, now, size)?)
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
