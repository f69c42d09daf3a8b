//! The publish gate: everything that must hold of a package beyond being readable.

mod bindings;
mod certificates;
mod deadline;
mod decision_facts;
mod expression;
mod flow_rules;
mod form_facts;
mod graph;
mod guide;
mod identity;
mod limits;
mod materials;
mod report;
mod scenarios;
mod scope;
mod tables;
mod visits;

use crate::files::Files;
use crate::finding::{Finding, tidy};
use crate::package::Package;
use report::Report;

/// Checks a package: quality control of the implementation list, model check of the flow, feasible deadline, decision tables,
/// and the binding of every variable. Sorted by file and line; empty when all is well.
#[must_use]
pub fn check(package: &Package) -> Vec<Finding> {
    let mut report = Report::new(package.lines());
    let item = &package.item;
    identity::check(item, &mut report);
    visits::check(item, &mut report);
    limits::check(item, &mut report);
    materials::check(item, &mut report);
    guide::check(item, &mut report);
    certificates::check(item, package.files(), &mut report);
    flow_rules::check(package, &mut report);
    deadline::check(package, &mut report);
    tables::check(package, &mut report);
    bindings::Bindings::of(package).check(&mut report);
    scenarios::check(package, &mut report);
    tidy(report.into_findings())
}

/// Parses and checks in one go: the package when it could be read, and all findings.
#[must_use]
pub fn parse_and_check(files: Files) -> (Option<Package>, Vec<Finding>) {
    match Package::parse(files) {
        Ok(package) => {
            let findings = check(&package);
            (Some(package), findings)
        }
        Err(findings) => (None, findings),
    }
}
