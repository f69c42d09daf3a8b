//! The quality of the base registers: rules from the beginning of the year, milder than those that ship, examined month by month; and the
//! shipped ones at its end, by which the owners are asked to correct.

use quality::commands::{DeclareRules, RecordRun};
use quality::{Check, Every, RuleSet, SHIPPED, examine};
use runner::{Actor, Fault, Halt, Request, Runner};
use seal::FieldKeys;

/// Percent with which the first version of the rules was content.
const FIRST_LEAST_PERCENT: u32 = 50;

/// Declares milder rules. The timers of the year examine the registers by them.
pub(crate) fn begin(runner: &Runner) -> Result<(), Halt> {
    for (_, text) in SHIPPED {
        let mut set = RuleSet::read(text).map_err(Fault::because)?;
        set.every = Every::Month;
        set.rules.retain(|rule| rule.check != Check::Fresh);
        for rule in &mut set.rules {
            rule.least_percent = FIRST_LEAST_PERCENT;
        }
        declare(runner, toml::to_string(&set).map_err(Halt::fault)?)?;
    }
    Ok(())
}

/// Declares the rules that ship, and examines every register once by them.
pub(crate) fn close(runner: &Runner) -> Result<(), Halt> {
    let keys = runner.service::<FieldKeys>().ok_or_else(|| Fault::because("the runner was built without keys of fields"))?;
    for (register, text) in SHIPPED {
        declare(runner, text.to_owned())?;
        let examined = examine(runner, &keys, register)?;
        runner.execute(Request::by(Actor::system()), RecordRun { examined, nightly: false })?;
    }
    Ok(())
}

fn declare(runner: &Runner, text: String) -> Result<(), Halt> {
    runner.execute(Request::by(Actor::system()), DeclareRules { text }).map(drop)
}
