//! `check`, `test` and `publish` of procedure packages.

use std::path::Path;
use std::sync::Arc;

use cases::scenario::{Applicant, Script, Stage, run_scenario};
use clock::{Clock, FixedClock};
use parties::{DivisionCode, IdentityNumber, PersonId, RegisterPerson};
use procedure::{Files, Finding, Severity};
use runner::{Actor, Request};
use seal::Purpose;
use town::basics::Basics;

use crate::config::Place;
use crate::node::{Node, StartError, described};

/// A division far from the example county.
const ELSEWHERE: &str = "330106";

/// Before anything a scenario speaks of.
const FIRST_DAY: clock::Date = jiff::civil::date(2020, 1, 1);

/// Everything that is wrong with a package, errors first.
///
/// # Errors
/// When the folder cannot be read.
pub fn check(folder: &Path) -> Result<Vec<Finding>, StartError> {
    let files = Files::read_dir(folder).map_err(|e| format!("cannot read {}: {e}", folder.display()))?;
    let (_, mut findings) = procedure::parse_and_check(files);
    findings.sort_by_key(|finding| finding.severity != Severity::Error);
    Ok(findings)
}

/// Signs and publishes a package on a node, valid from today.
///
/// # Errors
/// The findings of the check, a refusal, or a fault.
pub fn publish(node: &Node, folder: &Path) -> Result<procedure::Published, StartError> {
    let files = Files::read_dir(folder).map_err(|e| format!("cannot read {}: {e}", folder.display()))?;
    let name = format!("{}.v{}", Purpose::PackageSm2, node.ring.version(&Purpose::PackageSm2));
    let signature = procedure::sign(&files.hash(), &name, &*node.ring.signer(&Purpose::PackageSm2)?)?;
    let today = clock::local_date(clock::from_millis(node.now_ms())?);
    let command = procedure::PublishPackage { files: Arc::new(files), signature, valid_from: today };
    let published = node.runner.execute(Request::by(Actor::system()), command).map_err(described)?.outcome;
    node.store.read(|tx| node.library.refresh(tx))?;
    Ok(published)
}

/// Plays the scenarios of a package in the small town, and says how each went.
///
/// # Errors
/// When the package cannot be read, or the town not be set up.
pub fn test(folder: &Path) -> Result<bool, StartError> {
    let package = procedure::read_package(folder).map_err(|findings| findings.first().map(|finding| finding.sentence(true)).unwrap_or_default())?;
    let scratch = tempfile::tempdir()?;
    let clock = Arc::new(FixedClock::on(FIRST_DAY));
    let node = Node::open_with_clock(&Place::at(scratch.path()), Arc::<FixedClock>::clone(&clock))?;
    let basics = town::basics::seed(&node.runner, &Actor::system()).map_err(described)?;
    let today = clock::local_date(clock.now());
    town::register_basics(&node.runner, today).map_err(described)?;
    town::catalogue::adopt(&node.runner, &basics, today).map_err(described)?;
    publish_with_neighbours(&node, folder)?;
    let mut failed = 0;
    for scenario in &package.scenarios {
        let script = Script::parse(&scenario.text)?;
        let stranger = register_stranger(&node, &basics, script.applicant.as_ref())?;
        match run_scenario(&stage(&node, &clock, &basics, stranger), &package, &script) {
            Ok(()) => println!("✓ {}  {}", scenario.path, script.name),
            Err(failure) => {
                failed += 1;
                println!("✗ {}  {}\n    {failure}", scenario.path, script.name);
            }
        }
    }
    println!("{} passed, {failed} failed", package.scenarios.len() - failed);
    Ok(failed == 0)
}

/// A rating opens a case of another package: those that lie beside it are published too.
fn publish_with_neighbours(node: &Node, folder: &Path) -> Result<(), StartError> {
    publish(node, folder)?;
    let Some(parent) = folder.parent() else { return Ok(()) };
    for entry in std::fs::read_dir(if parent.as_os_str().is_empty() { Path::new(".") } else { parent })? {
        let neighbour = entry?.path();
        if neighbour.join("item.toml").exists() {
            // A neighbour with errors is not what is tested here.
            let _ = publish(node, &neighbour);
        }
    }
    Ok(())
}

/// Somebody a scenario names who does not live in the town: known to the platform, but not in the town's population register.
fn register_stranger(node: &Node, basics: &Basics, named: Option<&Applicant>) -> Result<Option<PersonId>, StartError> {
    let Some(named) = named.filter(|named| !named.id_number.is_empty() && basics.person(&named.id_number).is_none()) else { return Ok(None) };
    let number = IdentityNumber::parse(&named.id_number).map_err(|problem| problem.sentence.en)?;
    let known = node.store.read(|tx| parties::person_by_identity_number(tx, &node.keys, &number))?;
    if let Some(known) = known {
        return Ok(Some(known.id));
    }
    let elsewhere = DivisionCode::parse(ELSEWHERE).map_err(|problem| problem.sentence.en)?;
    let register = RegisterPerson {
        name: named.name.clone(),
        identity_number: named.id_number.clone(),
        division: elsewhere,
        address: "外地".into(),
        mobile: None,
    };
    Ok(Some(node.runner.execute(Request::by(Actor::system()), register).map_err(described)?.outcome))
}

fn stage(node: &Node, clock: &Arc<FixedClock>, basics: &Basics, stranger: Option<PersonId>) -> Stage {
    let organs = basics.clone();
    let people = basics.clone();
    let posts = basics.clone();
    Stage {
        runner: Arc::clone(&node.runner),
        clock: Arc::clone(clock),
        applicant: Box::new(move |wanted| {
            let number = wanted.map(|wanted| wanted.id_number.as_str()).filter(|number| !number.is_empty());
            let number = number.unwrap_or(town::basics::people::SHOPKEEPER);
            people.person(number).or(stranger.as_ref()).map(|person| town::basics::citizen(&format!("account_{number}"), person))
        }),
        post: Box::new(move |post, organ| {
            let organ = organ.map(str::to_owned).or_else(|| posts.organ("market-supervision").map(|organ| organ.id.to_string()))?;
            let holder = posts.holders(&organ, post).next()?;
            Some(holder.actor(&format!("account_{}", holder.spec.login)))
        }),
        organ: Box::new(move |duty| organs.organ(duty).map(|organ| organ.id.to_string())),
    }
}
