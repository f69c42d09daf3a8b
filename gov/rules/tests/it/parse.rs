use proptest::prelude::*;
use rules::{Problem, Table};

use crate::ALLOWANCE;

fn problems(from: &str, to: &str) -> Vec<Problem> {
    assert!(ALLOWANCE.contains(from), "{from}");
    Table::parse(&ALLOWANCE.replacen(from, to, 1)).unwrap_err()
}

fn check(from: &str, to: &str, code: &str, line: u32) {
    let found = problems(from, to);
    assert!(found.iter().any(|p| p.code == code && p.line == line), "expected {code} at line {line}: {found:#?}");
    assert!(found.iter().all(|p| !p.zh.is_empty() && !p.en.is_empty() && p.column > 0));
}

#[test]
fn every_problem_has_a_code_and_a_place() {
    check("<text>&lt; 90</text>", "<text>&lt; </text>", "feel", 15);
    check("hitPolicy=\"UNIQUE\"", "hitPolicy=\"PRIORITY\"", "hit_policy", 6);
    check("name=\"monthly_amount\"", "name=\"月度金额\"", "name", 4);
    check("#eligible", "#absent", "no_such_decision", 4);
    check("<inputEntry><text>-</text></inputEntry>\n", "\n", "cell_count", 12);
    check("<output name=\"grade\">", "<output name=\"Grade 1\">", "name", 10);
    check("<inputData", "<businessKnowledgeModel", "not_xml", 3);
    check("<text>eligible</text>", "<text>today()</text>", "feel", 7);
    check("<inputExpression typeRef=\"boolean\"><text>eligible</text></inputExpression>", "", "no_input_expression", 7);
    check("id=\"eligible\" name=\"eligible\"", "id=\"eligible\" name=\"monthly_amount\"", "duplicate", 26);
}

#[test]
fn all_problems_are_reported_at_once() {
    let xml = ALLOWANCE.replace("[90..100)", "[90..").replace("&gt;= 100", "&gt;= =").replace("\"339921\"", "\"339921");
    assert_eq!(Table::parse(&xml).unwrap_err().len(), 3);
}

#[test]
fn decisions_that_require_each_other_are_refused() {
    let xml = ALLOWANCE.replace(
        "name=\"eligible\">\n",
        "name=\"eligible\"><informationRequirement><requiredDecision href=\"#monthly_amount\"/></informationRequirement>\n",
    );
    let found = Table::parse(&xml).unwrap_err();
    assert_eq!(found.iter().filter(|p| p.code == "cycle").count(), 2, "{found:#?}");
}

#[test]
fn what_would_change_the_meaning_is_refused() {
    let model = "<businessKnowledgeModel id=\"b\" name=\"b\"/></definitions>";
    assert_eq!(problems("</definitions>", model)[0].code, "unsupported");
    let invocation = "<decision id=\"i\" name=\"i\"><invocation/></decision></definitions>";
    assert_eq!(problems("</definitions>", invocation)[0].code, "unsupported");
    let external = "function(x) external { java: { class: \"a\", method signature: \"b(c)\" } }";
    assert_eq!(problems("50 * 100", external)[0].code, "feel");
}

#[test]
fn other_files_are_refused() {
    for (xml, code) in [
        ("", "not_xml"),
        ("<a/>", "not_dmn"),
        ("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "not_xml"),
        ("<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\"/>", "no_decision"),
        ("<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\"><decision id=\"a\" name=\"a\"/></definitions>", "no_logic"),
    ] {
        assert_eq!(Table::parse(xml).unwrap_err()[0].code, code, "{xml}");
    }
    assert_eq!(Table::parse(&" ".repeat(2_000_000)).unwrap_err()[0].code, "too_large");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_file_is_read_or_refused(at in 0..ALLOWANCE.len(), length in 0_usize..20, put in "[<>/a-z\"&;=]{0,6}") {
        let bytes = ALLOWANCE.as_bytes();
        let mut damaged = bytes[..at].to_vec();
        damaged.extend(put.as_bytes());
        damaged.extend(bytes.get(at + length..).unwrap_or_default());
        let _ = Table::parse(&String::from_utf8_lossy(&damaged));
    }
}
