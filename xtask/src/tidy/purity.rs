//! What stands where: SQL in `store/`, clocks and randomness in `kit/`, panics in tests.

use super::{Fault, Rule, RustFile};

const CLOCKS: [&str; 8] = ["SystemTime::now", "Timestamp::now", "Instant::now", "Zoned::now", "thread_rng", "rand::rng", "OsRng", "getrandom::"];

pub(crate) fn check(file: &RustFile, faults: &mut Vec<Fault>) {
    let in_kit = file.path.starts_with("kit/");
    if !in_kit && !may_hold_sql(&file.path) {
        for literal in file.source.literals.iter().filter(|literal| is_sql(&literal.text) && !file.is_test(literal.line)) {
            faults.push(file.fault(Rule::Sql, literal.line, "SQL outside of a store/ folder"));
        }
    }
    for (at, line) in file.source.code.lines().enumerate().filter(|(at, _)| !file.is_test(at + 1)) {
        if let Some(clock) = CLOCKS.iter().find(|clock| !in_kit && line.contains(**clock)) {
            faults.push(file.fault(Rule::Clocks, at + 1, format!("{clock} outside of kit/: time and randomness come in as arguments")));
        }
        if line.contains(".unwrap()") || line.contains(".expect(\"") {
            faults.push(file.fault(Rule::Panics, at + 1, "unwrap or expect outside of tests"));
        }
    }
}

fn may_hold_sql(path: &str) -> bool {
    path.contains("/src/store/") || path.ends_with("/src/store.rs")
}

/// Whether a text is a statement, and not an English sentence that starts alike.
fn is_sql(text: &str) -> bool {
    let text = text.trim_start().to_lowercase();
    let next = |word: &str| text.split_whitespace().nth(1) == Some(word);
    (text.starts_with("select ") && (text.contains(" from ") || text.contains("\nfrom ")))
        || (text.starts_with("insert ") && next("into"))
        || (text.starts_with("update ") && text.contains(" set "))
        || (text.starts_with("delete ") && next("from"))
        || (text.starts_with("create ") && (next("table") || next("index") || next("unique")))
}

#[cfg(test)]
mod tests {
    use super::{Rule, RustFile, check};

    fn rules(path: &str, text: &str) -> Vec<(Rule, usize)> {
        let mut faults = Vec::new();
        check(&RustFile::read(path, text.to_owned()), &mut faults);
        faults.iter().map(|fault| (fault.rule, fault.line)).collect()
    }

    #[test]
    fn sql_is_for_stores() {
        let text = "fn f(tx: &Tx) {\n    tx.query(\"select id from organ\", &[]);\n    label(\"Select one of them\");\n}\n";
        assert_eq!(rules("gov/parties/src/queries.rs", text), [(Rule::Sql, 2)]);
        assert_eq!(rules("surfaces/portal/src/home.rs", text), [(Rule::Sql, 2)]);
        assert_eq!(rules("gov/parties/src/store/organ.rs", text), []);
        assert_eq!(rules("kit/jobs/src/queue.rs", text), []);
    }

    #[test]
    fn clocks_are_for_kit_and_panics_for_tests() {
        let text = "fn f() {\n    let now = Instant::now();\n    g().unwrap();\n}\n#[cfg(test)]\nmod tests {\n    fn t() { f().unwrap() }\n}\n";
        assert_eq!(rules("gov/cases/src/engine.rs", text), [(Rule::Clocks, 2), (Rule::Panics, 3)]);
        assert_eq!(rules("kit/clock/src/sources.rs", text), [(Rule::Panics, 3)]);
        assert_eq!(rules("gov/cases/tests/it/main.rs", text), []);
    }
}
