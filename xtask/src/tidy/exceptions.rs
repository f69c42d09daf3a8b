//! Where a rule makes the code worse, and why. An exception that nothing needs any more is a fault itself.

use super::{Fault, Rule};

/// Files in which a rule does not hold.
#[derive(Clone, Copy, Debug)]
pub struct Exception {
    /// The rule.
    pub rule: Rule,
    /// A file, or a folder that ends with `/`.
    pub path: &'static str,
    /// Why.
    pub reason: &'static str,
}

/// All exceptions.
pub const EXCEPTIONS: &[Exception] = &[
    Exception { rule: Rule::Clocks, path: "xtask/", reason: "a chore waits for processes; no act of government depends on its time" },
    Exception { rule: Rule::Clocks, path: "server/src/demo.rs", reason: "prints how long seeding took; nothing depends on it" },
    Exception { rule: Rule::Clocks, path: "surfaces/api/src/guessing.rs", reason: "the allowance of a client is refilled by the time that passes" },
    Exception {
        rule: Rule::Clocks,
        path: "surfaces/api/src/ckan/caller.rs",
        reason: "the allowance of a client is refilled by the time that passes",
    },
    Exception { rule: Rule::Sql, path: "surfaces/portal/src/opendata/chart.rs", reason: "asks a public table as anybody may, not a table of ours" },
    Exception { rule: Rule::Sql, path: "server/src/doctor.rs", reason: "looks at tables of others on purpose" },
    Exception { rule: Rule::Sql, path: "server/src/node.rs", reason: "asks for the time of the last entry before anything else" },
    Exception { rule: Rule::Sql, path: "surfaces/gate/src/operation/schema.rs", reason: "imported calendar years, with their statements" },
    Exception { rule: Rule::Panics, path: "surfaces/gate/src/testing.rs", reason: "the stage of tests: one that cannot be set up is a failure" },
];

/// Takes away what is excepted, and adds exceptions that took nothing away.
pub(crate) fn apply(faults: Vec<Fault>) -> Vec<Fault> {
    let covers = |exception: &Exception, fault: &Fault| {
        exception.rule == fault.rule && (fault.path == exception.path || (exception.path.ends_with('/') && fault.path.starts_with(exception.path)))
    };
    let idle = EXCEPTIONS.iter().filter(|exception| !faults.iter().any(|fault| covers(exception, fault)));
    let idle: Vec<Fault> = idle
        .map(|exception| Fault { rule: exception.rule, path: exception.path.into(), line: 0, what: "nothing needs this exception any more".into() })
        .collect();
    let left = faults.into_iter().filter(|fault| !EXCEPTIONS.iter().any(|exception| covers(exception, fault)));
    left.chain(idle).collect()
}
