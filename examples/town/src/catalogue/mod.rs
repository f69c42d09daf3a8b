//! The county's catalogue of information resources: what each organ holds, in all states, with the duplicates and overdue ones that a real
//! catalogue has.

mod fields;
mod table;

use catalogue::{ADOPT_ROWS_MAX, AdoptResources, Adopted, ReportUpdate};
use clock::Date;
use runner::{Actor, Fault, Halt, Request, Runner};

use self::table::Spec;
use crate::basics::{Basics, TownOrgan};
use crate::pace::day_after;

/// Until the next look at what a law keeps from being shared.
const REVIEW_DAYS: i64 = 55;

/// Takes the catalogue over, as it stands on a day. Returns how many resources there are. The runner needs the service `clock::WorkCalendar`.
///
/// # Errors
/// A refusal or fault of a command; a wrong line of the table.
pub fn adopt(runner: &Runner, basics: &Basics, today: Date) -> Result<usize, Halt> {
    adopt_some(runner, basics, today, day_after(today, REVIEW_DAYS), |_| true)
}

/// What is published when the year begins: organs ask each other for it.
pub(crate) fn open(runner: &Runner, basics: &Basics, start: Date, now: Date) -> Result<usize, Halt> {
    adopt_some(runner, basics, start, day_after(now, REVIEW_DAYS), Spec::is_published)
}

/// What has come since, in all states, and when the data of everything were last updated.
pub(crate) fn keep_up(runner: &Runner, basics: &Basics, today: Date) -> Result<usize, Halt> {
    for (number, line) in table::lines() {
        let (spec, organ) = read(basics, number, line)?;
        let Some((days, mounted)) = spec.freshness().filter(|_| spec.is_published()) else { continue };
        let found = runner.store().read(|tx| catalogue::queries::resource_by_name(tx, &organ.id, spec.name()))?;
        let resource = found.ok_or_else(|| wrong(number))?.id;
        let updated_on = day_after(today, -days);
        runner.execute(Request::by(Actor::system()), ReportUpdate { resource, updated_on, mounted })?;
    }
    adopt_some(runner, basics, today, day_after(today, REVIEW_DAYS), |spec| !spec.is_published())
}

fn adopt_some(runner: &Runner, basics: &Basics, on: Date, review_on: Date, wanted: impl Fn(&Spec) -> bool) -> Result<usize, Halt> {
    let mut rows: Vec<Adopted> = Vec::new();
    for (number, line) in table::lines() {
        let (spec, organ) = read(basics, number, line)?;
        if wanted(&spec) {
            rows.push(spec.adopted(&organ.id, on, review_on).ok_or_else(|| wrong(number))?);
        }
    }
    let count = rows.len();
    for chunk in rows.chunks(ADOPT_ROWS_MAX) {
        runner.execute(Request::by(Actor::system()), AdoptResources { rows: chunk.to_vec() })?;
    }
    Ok(count)
}

fn read<'b>(basics: &'b Basics, number: usize, line: &'static str) -> Result<(Spec, &'b TownOrgan), Halt> {
    let spec = Spec::read(line).ok_or_else(|| wrong(number))?;
    let organ = basics.organ_by_key(spec.organ).ok_or_else(|| wrong(number))?;
    Ok((spec, organ))
}

fn wrong(number: usize) -> Halt {
    Fault::because(format!("line {number} of the town's catalogue is wrong")).into()
}
