#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use crate::codes::{Code, SuspendReason, Unit};

const GOOD: &str = include_str!("../../tests/good/huwai-guanggao-shezhi/item.toml");

/// The line of the first line that starts so.
fn at(start: &str) -> u32 {
    u32::try_from(GOOD.lines().position(|line| line.starts_with(start)).unwrap()).unwrap() + 1
}

fn codes(text: &str) -> Vec<(u32, &'static str)> {
    parse(text).1.into_iter().map(|finding| (finding.line, &*finding.code.into_owned().leak())).collect()
}

#[test]
fn a_complete_item_is_read_in_full() {
    let (item, findings, lines) = parse(GOOD);
    let item = item.unwrap();
    assert_eq!(findings, []);
    assert_eq!(item.slug, "huwai-guanggao-shezhi");
    assert_eq!(item.basic_code.as_str(), "330117012000");
    assert_eq!(item.item_type, ItemType::Permit);
    assert_eq!(item.limits.statutory.as_ref().unwrap().limit, Duration { value: 20, unit: Unit::Workday });
    assert_eq!(item.limits.promised.label().zh, "10个工作日");
    assert_eq!(item.limits.suspend_reasons, [SuspendReason::Appraisal, SuspendReason::ExpertReview]);
    assert_eq!(item.materials.len(), 3);
    assert_eq!(item.material("business_licence").unwrap().waived_by.as_deref(), Some("register:legal-persons"));
    assert_eq!(item.material("owner_consent").unwrap().size_max_bytes, SIZE_MAX_BYTES_DEFAULT);
    assert_eq!(item.certificate("permit").unwrap().face.len(), 3);
    assert_eq!(item.situation("place").unwrap().stop.as_ref().unwrap().value, "road");
    assert_eq!(item.basis[0].citation(), "《城市市容和环境卫生管理条例》第十一条第二款");
    assert_eq!(lines["item.slug"], 4);
    assert!(GOOD.lines().nth(lines["material[1].when"] as usize - 1).unwrap().starts_with("when"));
}

#[test]
fn the_implementation_code_has_31_characters() {
    let item = parse(GOOD).0.unwrap();
    let code = item.implementation_code("11370800MB28559184");
    assert_eq!(code, "11370800MB285591844330117012000");
    assert_eq!(code.len(), 31);
}

#[test]
fn all_problems_are_reported_at_once() {
    let text = GOOD.replace("level = 4\n", "level = 9\n").replace("visits_max = 0\n", "").replace("power_source", "powersource");
    assert_eq!(codes(&text), [(at("level"), "code-unknown"), (at("[item]"), "key-missing"), (at("power_source"), "key-unknown")]);
}

#[test]
fn a_syntax_error_has_its_line_and_hides_no_other_kind_of_problem() {
    let text = GOOD.replace("basic_code = \"330117012000\"", "basic_code = 330117x").replace("online_depth = \"4\"", "online_depth = \"8\"");
    let found = codes(&text);
    assert!(found.contains(&(7, "toml-syntax")), "{found:?}");
    assert!(found.contains(&(at("online_depth"), "code-unknown")), "{found:?}");
    assert!(!found.iter().any(|(_, code)| *code == "key-missing"), "{found:?}");
}

#[test]
fn unknown_keys_of_inner_tables_are_listed_with_the_known_ones() {
    let text = GOOD.replace("unit = \"workday\" }", "units = \"workday\" }");
    let finding = parse(&text).1.into_iter().find(|finding| finding.code == "key-unknown").unwrap();
    assert_eq!(finding.line, at("promised"));
    assert!(finding.zh.contains("limits.promised.units") && finding.zh.contains("unit, value"), "{}", finding.zh);
}

#[test]
fn one_language_is_not_enough() {
    let text = GOOD.replace(r#"name = { zh = "工本费", en = "Cost of the document" }"#, r#"name = { zh = "工本费", en = "" }"#);
    assert_eq!(codes(&text), [(at("name = { zh = \"工本费"), "text-empty")]);
    let text = GOOD.replace(r#"name = { zh = "工本费", en = "Cost of the document" }"#, r#"name = { zh = "工本费", en = "工本费" }"#);
    assert_eq!(codes(&text), [(at("name = { zh = \"工本费"), "text-language")]);
}

#[test]
fn numbers_have_bounds() {
    assert_eq!(codes(&GOOD.replace("visits_max = 0", "visits_max = -1")), [(at("visits_max"), "number-out-of-range")]);
    assert_eq!(codes(&GOOD.replace("visits_max = 0", "visits_max = 0.5")), [(at("visits_max"), "type-wrong")]);
    assert_eq!(codes(&GOOD.replace("visits_max = 0", "visits_max = 99999999999999999999")), [(at("visits_max"), "type-wrong")]);
}

#[test]
fn an_empty_file_names_every_missing_table_and_does_not_panic() {
    let found = codes("");
    assert!(found.len() >= 3, "{found:?}");
    assert!(found.iter().all(|(_, code)| *code == "key-missing"), "{found:?}");
}

#[test]
fn certificates_end_the_day_before_the_period_has_passed() {
    let date = |y, m, d| jiff::civil::date(y, m, d);
    assert_eq!(Validity::parse("P5Y").unwrap().last_day(date(2026, 3, 2)), Some(date(2031, 3, 1)));
    assert_eq!(Validity::parse("P1Y6M").unwrap().last_day(date(2026, 3, 2)), Some(date(2027, 9, 1)));
    assert_eq!(Validity::parse("P2W").unwrap().last_day(date(2026, 3, 2)), Some(date(2026, 3, 15)));
    assert_eq!(Validity::parse("long-term").unwrap().last_day(date(2026, 3, 2)), None);
    for wrong in ["", "P", "5Y", "P5", "PT5H", "P5Y5Y", "P-5Y", "P99999Y", "P0Y"] {
        assert_eq!(Validity::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn number_patterns_render_with_the_check_digit() {
    let pattern = NumberPattern::parse("HG{division}{year}{serial:5}{check}").unwrap();
    let number = pattern.render("339921", 2026, 7);
    assert_eq!(number.len(), 2 + 6 + 4 + 5 + 1);
    assert!(number.starts_with("HG339921202600007"));
    // ISO/IEC 7064 MOD 11,10: the example of GB/T 17710 is 0794 with check digit 5.
    assert_eq!(NumberPattern::parse("{serial:4}{check}").unwrap().render("", 2026, 794), "07945");
    for wrong in ["", "ABC", "{serial:0}", "{serial:4", "serial:4}", "{serial:4}{serial:4}", "{serial:x}", "{number}{serial:4}"] {
        assert_eq!(NumberPattern::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn codes_are_unique_and_bilingual() {
    fn walk<C: Code + std::fmt::Debug>() {
        for (index, code) in C::ALL.iter().enumerate() {
            assert!(!code.label().is_incomplete());
            assert!(C::ALL.iter().skip(index + 1).all(|other| other.code() != code.code()), "{code:?}");
            assert_eq!(C::from_code(code.code()), Some(*code));
        }
    }
    walk::<ItemType>();
    walk::<ThemePerson>();
    walk::<ThemeLegal>();
    walk::<LifeEvent>();
    walk::<SuspendReason>();
}
