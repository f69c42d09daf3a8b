//! The county's catalogue of information resources: what each organ holds, in all states, with the duplicates and overdue ones that a real
//! catalogue has.

mod fields;
mod table;

use catalogue::{ADOPT_ROWS_MAX, AdoptResources, Adopted};
use clock::Date;
use runner::{Actor, Fault, Halt, Request, Runner};

use crate::basics::Basics;

/// Takes the catalogue over, as it stands on a day. Returns how many resources there are. The runner needs the service `clock::WorkCalendar`.
///
/// # Errors
/// A refusal or fault of a command; a wrong line of the table.
pub fn adopt(runner: &Runner, basics: &Basics, today: Date) -> Result<usize, Halt> {
    let mut rows: Vec<Adopted> = Vec::new();
    for (number, line) in table::lines() {
        let spec = table::Spec::read(line).ok_or_else(|| wrong(number))?;
        let organ = basics.organ_by_key(spec.organ).ok_or_else(|| wrong(number))?;
        rows.push(spec.adopted(&organ.id, today).ok_or_else(|| wrong(number))?);
    }
    let count = rows.len();
    for chunk in rows.chunks(ADOPT_ROWS_MAX) {
        runner.execute(Request::by(Actor::system()), AdoptResources { rows: chunk.to_vec() })?;
    }
    Ok(count)
}

fn wrong(number: usize) -> Halt {
    Fault::because(format!("line {number} of the town's catalogue is wrong")).into()
}
