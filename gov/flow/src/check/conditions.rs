//! Conditions: complete, or with a default; outcomes that exist.

use super::vocabulary::Vocabulary;
use crate::definition::{Definition, Node, NodeKind, SequenceFlow};
use crate::problem::Problem;
use std::collections::BTreeSet;

pub(super) fn check(definition: &Definition, vocabulary: &Vocabulary, problems: &mut Vec<Problem>) {
    for flow in &definition.flows {
        if let Some(feel) = &flow.condition {
            outcomes_exist(definition, vocabulary, flow, feel, problems);
        }
    }
    for node in definition.nodes.iter().filter(|node| node.kind.is_choice()) {
        ways_out(definition, vocabulary, node, problems);
    }
}

/// A comparison of an outcome with a text: `review.outcome = "passed"`.
struct Comparison {
    variable: String,
    outcome: String,
}

fn outcomes_exist(definition: &Definition, vocabulary: &Vocabulary, flow: &SequenceFlow, feel: &str, problems: &mut Vec<Problem>) {
    let words = words(feel);
    for variable in words.iter().filter_map(|word| word.strip_suffix(".outcome")).collect::<BTreeSet<_>>() {
        if definition.node(variable).is_none() && !is_set_by_script(definition, variable) {
            problems.push(Problem::new(
                flow.position,
                "condition-variable-unknown",
                format!("条件“{feel}”引用“{variable}.outcome”，但流程中没有节点“{variable}”。"),
                format!("Expected condition “{feel}” to name a node of the flow, but there is no “{variable}”."),
            ));
        }
    }
    for Comparison { variable, outcome } in comparisons(&words) {
        let Some(known) = outcomes_of(definition, vocabulary, &variable) else { continue };
        if !known.contains(&outcome) {
            let known = known.into_iter().collect::<Vec<_>>().join(", ");
            problems.push(Problem::new(
                flow.position,
                "condition-outcome-unknown",
                format!("条件“{feel}”中的结果“{outcome}”永远不会出现，“{variable}”的结果只有：{known}。"),
                format!("Expected an outcome of “{variable}” ({known}) in condition “{feel}”, but “{outcome}” never occurs."),
            ));
        }
    }
}

fn is_set_by_script(definition: &Definition, variable: &str) -> bool {
    definition.nodes.iter().any(|node| match &node.kind {
        NodeKind::ScriptTask { sets } => sets.iter().any(|set| set.name == variable),
        _ => false,
    })
}

/// The outcomes a node can have, where they are known.
fn outcomes_of(definition: &Definition, vocabulary: &Vocabulary, variable: &str) -> Option<BTreeSet<String>> {
    let node = definition.node(variable)?;
    match &node.kind {
        NodeKind::UserTask { kind } => vocabulary.kinds.get(kind).map(|outcomes| outcomes.iter().cloned().collect()),
        kind => {
            let body = definition.body(kind)?;
            let inside = definition.nodes.iter().filter(|inner| inner.scope == body);
            Some(inside.filter_map(|inner| inner.attributes.get("outcome").cloned()).collect())
        }
    }
}

fn ways_out(definition: &Definition, vocabulary: &Vocabulary, node: &Node, problems: &mut Vec<Problem>) {
    let flows: Vec<&SequenceFlow> = node.outgoing.iter().filter(|flow| node.default != Some(**flow)).map(|flow| &definition[*flow]).collect();
    let conditions: Vec<&str> = flows.iter().filter_map(|flow| flow.condition.as_deref()).collect();
    if let Some(flow) = node.default.map(|flow| &definition[flow]).filter(|flow| flow.condition.is_some()) {
        problems.push(Problem::new(
            flow.position,
            "default-conditional",
            format!("默认流“{}”不得带条件，条件不会被求值。", flow.id),
            format!("Expected the default flow “{}” to have no condition, because it would not be evaluated, but it has one.", flow.id),
        ));
    }
    if node.outgoing.len() < 2 && conditions.is_empty() {
        return;
    }
    for flow in flows.iter().filter(|flow| flow.condition.is_none()) {
        problems.push(Problem::new(
            flow.position,
            "condition-missing",
            format!("从网关“{}”出发的顺序流“{}”既无条件也不是默认流。", node.id, flow.id),
            format!("Expected flow “{}” out of gateway “{}” to have a condition or to be the default, but it is neither.", flow.id, node.id),
        ));
    }
    if node.default.is_none() && !are_complete(definition, vocabulary, &conditions) {
        problems.push(Problem::new(
            node.position,
            "default-missing",
            format!("网关“{}”没有默认流，其条件也未覆盖所有结果，可能无路可走。", node.id),
            format!("Expected gateway “{}” to have a default flow or complete conditions, but a case could find no way out.", node.id),
        ));
    }
}

/// Complete are: a condition and its `not(…)`, and comparisons that name every outcome of one task.
fn are_complete(definition: &Definition, vocabulary: &Vocabulary, conditions: &[&str]) -> bool {
    if let [first, second] = conditions {
        let opposite = |a: &str, b: &str| [vec!["not", "("], words_ref(&words(a)), vec![")"]].concat() == words_ref(&words(b));
        if opposite(first, second) || opposite(second, first) {
            return true;
        }
    }
    let mut named: BTreeSet<String> = BTreeSet::new();
    let mut variables: BTreeSet<String> = BTreeSet::new();
    for condition in conditions {
        let words = words(condition);
        if !only_compares(&words) {
            return false;
        }
        for Comparison { variable, outcome } in comparisons(&words) {
            variables.insert(variable);
            named.insert(outcome);
        }
    }
    let mut variables = variables.into_iter();
    let (Some(variable), None) = (variables.next(), variables.next()) else { return false };
    outcomes_of(definition, vocabulary, &variable).is_some_and(|known| !known.is_empty() && known.is_subset(&named))
}

fn words_ref(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).collect()
}

/// Whether a condition is made of `x.outcome = "…"` and `x.outcome in ("…", "…")`, joined by `or`, and of nothing else.
fn only_compares(words: &[String]) -> bool {
    let parts: Vec<&[String]> = words.split(|word| word == "or").collect();
    parts.iter().all(|part| match words_ref(part).as_slice() {
        [name, "=", text] => name.ends_with(".outcome") && text.starts_with('"'),
        [name, "in", "(", list @ .., ")"] => {
            name.ends_with(".outcome") && !list.is_empty() && list.iter().all(|word| *word == "," || word.starts_with('"'))
        }
        _ => false,
    })
}

/// All comparisons of outcomes with texts in a condition.
fn comparisons(words: &[String]) -> Vec<Comparison> {
    let mut found = Vec::new();
    let text = |word: &str| word.strip_prefix('"').map(|text| text.trim_end_matches('"').to_owned());
    for (at, word) in words.iter().enumerate() {
        let Some(variable) = word.strip_suffix(".outcome") else { continue };
        let next = |offset: usize| words.get(at.saturating_add(offset)).map(String::as_str);
        let before = |offset: usize| at.checked_sub(offset).and_then(|at| words.get(at)).map(String::as_str);
        let mut outcomes = Vec::new();
        match next(1) {
            Some("=" | "!=") => outcomes.extend(next(2).and_then(text)),
            Some("in") => outcomes.extend(words.iter().skip(at).take_while(|word| *word != ")").filter_map(|word| text(word))),
            _ => {}
        }
        if matches!(before(1), Some("=" | "!=")) {
            outcomes.extend(before(2).and_then(text));
        }
        found.extend(outcomes.into_iter().map(|outcome| Comparison { variable: variable.to_owned(), outcome }));
    }
    found
}

/// Cuts FEEL into names with their dots, texts with their quotes, and signs.
fn words(feel: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut rest = feel.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => text_length(rest),
            _ if first.is_alphanumeric() || first == '_' => {
                rest.find(|character: char| !(character.is_alphanumeric() || character == '_' || character == '.')).unwrap_or(rest.len())
            }
            '!' | '<' | '>' if rest.get(1..2) == Some("=") => 2,
            _ => first.len_utf8(),
        };
        let (word, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        words.push(word.to_owned());
        rest = after.trim_start();
    }
    words
}

fn text_length(rest: &str) -> usize {
    let mut escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        if character == '"' && !escaped {
            return at.saturating_add(1);
        }
        escaped = character == '\\' && !escaped;
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::{comparisons, only_compares, words};

    #[test]
    fn feel_is_cut_into_words() {
        let check = |feel: &str, expected: &[&str]| assert_eq!(words(feel), expected, "{feel}");
        check("review.outcome = \"passed\"", &["review.outcome", "=", "\"passed\""]);
        check("a>=1 and not(b)", &["a", ">=", "1", "and", "not", "(", "b", ")"]);
        check("x = \"a \\\" b\"", &["x", "=", "\"a \\\" b\""]);
        check("x = \"open", &["x", "=", "\"open"]);
        check("金额 > 5", &["金额", ">", "5"]);
        check("", &[]);
    }

    #[test]
    fn comparisons_with_outcomes_are_found() {
        let check = |feel: &str, expected: &[&str], simple: bool| {
            let found: Vec<_> = comparisons(&words(feel)).iter().map(|found| format!("{}:{}", found.variable, found.outcome)).collect();
            assert_eq!(found, expected, "{feel}");
            assert_eq!(only_compares(&words(feel)), simple, "{feel}");
        };
        check("a.outcome = \"x\"", &["a:x"], true);
        check("\"x\" = a.outcome", &["a:x"], false);
        check("a.outcome != \"x\" and b.outcome = \"y\"", &["a:x", "b:y"], false);
        check("a.outcome in (\"x\", \"y\")", &["a:x", "a:y"], true);
        check("a.outcome = \"x\" or a.outcome = \"y\"", &["a:x", "a:y"], true);
        check("a.score > 3", &[], false);
    }
}
