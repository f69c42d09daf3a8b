//! Files, functions and lines that are too long to read.

use super::{Fault, Rule, RustFile};

/// More is worth splitting.
pub(crate) const FILE_LINES_GOOD: usize = 500;
const FILE_LINES_MAX: usize = 800;
const FUNCTION_LINES_MAX: usize = 70;
const LINE_COLUMNS_MAX: usize = 160;

pub(crate) fn check(file: &RustFile, faults: &mut Vec<Fault>) {
    let lines = file.text.lines().count();
    if lines > FILE_LINES_MAX {
        faults.push(file.fault(Rule::FileLength, 0, format!("{lines} lines; at most {FILE_LINES_MAX}")));
    }
    for function in file.functions.iter().filter(|function| function.lines > FUNCTION_LINES_MAX) {
        let what = format!("{} has {} lines; at most {FUNCTION_LINES_MAX}", function.name, function.lines);
        faults.push(file.fault(Rule::FunctionLength, function.line, what));
    }
    for (at, line) in file.text.lines().enumerate() {
        let columns = line.chars().count();
        if columns > LINE_COLUMNS_MAX {
            faults.push(file.fault(Rule::LineLength, at + 1, format!("{columns} columns; at most {LINE_COLUMNS_MAX}")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Rule, RustFile, check};

    #[test]
    fn long_functions_and_lines_are_found_at_their_line() {
        let text = format!("fn short() {{}}\nfn long() {{\n{}}}\n// {}\n", "    x();\n".repeat(70), "x".repeat(160));
        let mut faults = Vec::new();
        check(&RustFile::read("gov/x/src/lib.rs", text), &mut faults);
        let found: Vec<_> = faults.iter().map(|fault| (fault.rule, fault.line)).collect();
        assert_eq!(found, [(Rule::FunctionLength, 2), (Rule::LineLength, 74)]);
    }
}
