//! Where personal fields are opened by work of the machine that leaves no reading: all uses of `tracker::in_process`, with their reasons.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::{ChoreError, place};

/// Where they are listed, from the root.
pub const LISTED: &str = "docs/reference/processing.txt";

const CALL: &str = "tracker::in_process(";
const NO_LITERAL: &str = "NOT A LITERAL";
const HEAD: &str = "# Where personal fields are opened by work of the machine that leaves no reading in the data tracker: `tracker::in_process`.\n\
                    # A new line here is a decision about people's data: review it. Renewed by `UPDATE_REFERENCE=1 cargo test -p xtask`.\n\n";

/// The list, as it should stand in [`LISTED`]; tests and the tracker itself are left out. The function is always called by its
/// full path; an import of it is listed as `NOT A LITERAL`.
///
/// # Errors
/// When a file cannot be read.
pub fn print(root: &Path) -> Result<String, ChoreError> {
    let mut uses = BTreeSet::new();
    for path in place::files(root)? {
        let is_source = path.ends_with(".rs") && path.contains("/src/") && !path.starts_with("gov/tracker/") && !path.starts_with("xtask/");
        if is_source {
            let text = fs::read_to_string(root.join(&path))?;
            uses.extend(text.split(CALL).skip(1).map(|rest| (path.clone(), reason(rest))));
            let imports = text.lines().filter(|line| line.starts_with("use tracker::") && line.contains("in_process"));
            uses.extend(imports.map(|_| (path.clone(), NO_LITERAL.to_owned())));
        }
    }
    let mut printed = HEAD.to_owned();
    for (path, reason) in uses {
        writeln!(printed, "{path}: {reason}")?;
    }
    Ok(printed)
}

/// The literal right behind the parenthesis; what is none must be looked at.
fn reason(rest: &str) -> String {
    let literal = rest.trim_start().strip_prefix('"').and_then(|rest| rest.split_once('"'));
    literal.map_or_else(|| NO_LITERAL.to_owned(), |(reason, _)| reason.to_owned())
}
