//! Decision tables: complete, not overlapping, no dead rule.

use crate::check::report::Report;
use crate::package::{Package, table_finding};

pub(crate) fn check(package: &Package, report: &mut Report<'_>) {
    for (path, table) in &package.tables {
        for problem in rules::check(table) {
            report.push(table_finding(path, &problem));
        }
    }
}
