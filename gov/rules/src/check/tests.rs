#![allow(clippy::unwrap_used)]

use super::*;

fn table(hit: &str, types: &[&str], rules: &[(&[&str], &str)]) -> Table {
    let mut xml = format!(
        r#"<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:x">
        <decision id="x" name="x"><decisionTable hitPolicy="{hit}">"#
    );
    for (index, kind) in types.iter().enumerate() {
        let (kind, allowed) = kind.split_once(':').unwrap_or((kind, ""));
        xml.push_str(&format!(r#"<input><inputExpression typeRef="{kind}"><text>in{index}</text></inputExpression>"#));
        if !allowed.is_empty() {
            xml.push_str(&format!("<inputValues><text>{allowed}</text></inputValues>"));
        }
        xml.push_str("</input>");
    }
    xml.push_str("<output/>");
    for (cells, output) in rules {
        xml.push_str("<rule>");
        for cell in *cells {
            xml.push_str(&format!("<inputEntry><text>{}</text></inputEntry>", cell.replace('<', "&lt;")));
        }
        xml.push_str(&format!("<outputEntry><text>{output}</text></outputEntry></rule>"));
    }
    xml.push_str("</decisionTable></decision></definitions>");
    Table::parse(&xml).unwrap()
}

fn codes(table: &Table) -> Vec<String> {
    check(table).into_iter().map(|p| format!("{}: {}", p.code, p.en)).collect()
}

#[test]
fn a_complete_table_without_overlap_has_no_findings() {
    let found = table(
        "UNIQUE",
        &["number", "boolean", "string:\"a\",\"b\""],
        &[
            (&["< 18", "-", "-"], "1"),
            (&["[18..60)", "true", "\"a\""], "2"),
            (&["[18..60)", "true", "\"b\""], "3"),
            (&["[18..60)", "false", "-"], "4"),
            (&[">= 60", "-", "-"], "5"),
        ],
    );
    assert_eq!(codes(&found), Vec::<String>::new());
}

#[test]
fn a_gap_and_an_overlap_are_shown_by_example() {
    let found = table("UNIQUE", &["number", "boolean"], &[(&["< 18", "-"], "1"), (&["> 20", "true"], "2"), (&[">= 30", "-"], "3")]);
    let codes = codes(&found);
    assert!(codes.iter().any(|c| c.starts_with("overlap: Rules 2 and 3 overlap: in0 = 30, in1 = true")), "{codes:#?}");
    assert!(codes.iter().any(|c| c.starts_with("gap: No rule covers in0 = 18")), "{codes:#?}");
    assert!(codes.iter().any(|c| c.contains("in0 = 25, in1 = false")), "{codes:#?}");
}

#[test]
fn overlap_is_allowed_where_the_first_rule_wins() {
    let found = table("FIRST", &["number"], &[(&["< 18"], "1"), (&["-"], "2")]);
    assert_eq!(codes(&found), Vec::<String>::new());
}

#[test]
fn a_text_that_no_cell_names_is_a_gap_unless_the_values_are_listed() {
    let rules: &[(&[&str], &str)] = &[(&["\"a\""], "1"), (&["not(\"a\",\"c\")"], "2"), (&["\"c\""], "3")];
    assert_eq!(codes(&table("UNIQUE", &["string"], rules)), Vec::<String>::new());
    let rules: &[(&[&str], &str)] = &[(&["\"a\""], "1"), (&["\"b\""], "2")];
    assert_eq!(codes(&table("UNIQUE", &["string"], rules)), ["gap: No rule covers in0 = any other value"]);
    assert_eq!(codes(&table("UNIQUE", &["string:\"a\",\"b\""], rules)), Vec::<String>::new());
}

#[test]
fn a_gap_between_whole_numbers_is_a_warning() {
    let found = table("UNIQUE", &["number"], &[(&["<= 17"], "1"), (&[">= 18"], "2")]);
    let problems = check(&found);
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].code, "gap_between_wholes");
    assert_eq!(problems[0].severity, crate::Severity::Warning);
}

#[test]
fn dates_are_checked_day_by_day() {
    let rules: &[(&[&str], &str)] = &[(&["<= date(\"2026-01-01\")"], "1"), (&[">= date(\"2026-01-02\")"], "2")];
    assert_eq!(codes(&table("UNIQUE", &["date"], rules)), Vec::<String>::new());
    let rules: &[(&[&str], &str)] = &[(&["< date(\"2026-01-01\")"], "1"), (&["> date(\"2026-01-01\")"], "2")];
    assert_eq!(codes(&table("UNIQUE", &["date"], rules)), ["gap: No rule covers in0 = 2026-01-01"]);
}

#[test]
fn a_cell_that_reads_variables_cannot_be_decided() {
    let found = table("UNIQUE", &["number"], &[(&["< limit.low"], "1"), (&[">= limit.low"], "2")]);
    let problems = check(&found);
    assert_eq!(problems.len(), 1);
    assert_eq!((problems[0].code.as_str(), problems[0].severity), ("cannot_decide", crate::Severity::Warning));
    assert!(problems[0].line > 0);
}

#[test]
fn a_rule_that_accepts_nothing_is_dead() {
    let found = table("FIRST", &["number"], &[(&["[5..3]"], "1"), (&["-"], "2")]);
    assert_eq!(codes(&found), ["dead_rule: Rule 1 can never match: its condition on in0 accepts no value"]);
}

#[test]
fn unknown_inputs_are_found_at_their_column() {
    let found = table("UNIQUE", &["number"], &[(&["-"], "answers.fee")]);
    assert_eq!(inputs(&found), ["answers.fee", "in0"]);
    let unknown = unknown_inputs(&found, &["answers"]);
    assert_eq!(unknown.len(), 1);
    assert!(unknown[0].en.contains("in0") && unknown[0].line > 0);
    assert_eq!(unknown_inputs(&found, &["answers.fee", "in0"]), Vec::new());
    assert_eq!(unknown_inputs(&found, &["answers.fe", "in0"]).len(), 1);
}

#[test]
fn a_large_table_is_decided_in_time() {
    let cells: Vec<Vec<String>> = (0..200).map(|n| vec![format!("[{}..{})", n * 10, n * 10 + 10), "-".into(), "-".into()]).collect();
    let cells: Vec<Vec<&str>> = cells.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let mut rules: Vec<(&[&str], &str)> = cells.iter().map(|row| (row.as_slice(), "1")).collect();
    rules.push((&["< 0", "-", "-"], "2"));
    rules.push((&[">= 2000", "-", "-"], "3"));
    assert_eq!(codes(&table("UNIQUE", &["number", "boolean", "boolean"], &rules)), Vec::<String>::new());
}
