//! Seeded defects: sound flows are broken in every way an author breaks them, and the gate must notice.

use crate::sketch::sketch;
use flow::{Vocabulary, check};
use roxmltree::{Document, Node};
use std::collections::BTreeMap;
use std::ops::Range;

const SOUND: &[&str] = &[
    // A permit: acceptance, review and visit side by side, decision, certificate.
    "start s\nuser accept kind=accept limit-workdays=5\nxor accepted\nend refused outcome=refused\nand fork\nuser review limit-workdays=3
     user visit kind=visit lane=inspection officers=2
on_timer visit_late of=visit after=P5D workday aside
service remind action=notify
end reminded outcome=-
     and join\nuser decide kind=decide lane=head\nxor decided\nservice issue action=issue\nend approved outcome=approved\nend rejected outcome=rejected
     s -> accept -> accepted
accepted -> refused if accept.outcome = \"refused\"
accepted -> fork if accept.outcome = \"accepted\"
fork -> review -> join
fork -> visit -> join
     visit_late -> remind -> reminded
join -> decide -> decided
decided -> issue if decide.outcome = \"approved\"
decided -> rejected default
issue -> approved",
    // A complaint: assigned, handled, sent back once, closed by time.
    "start s\nuser assign kind=assign\nxor back\nuser handle kind=handle lane=organ\non_timer late of=handle after=P5D workday\nxor handled
     service answer action=notify
events wait
timer silence after=P15D
message reply message=confirmed
end resolved outcome=resolved
end lapsed outcome=lapsed
end overdue outcome=lapsed
     s -> back -> assign -> handle -> handled\nhandled -> back if handle.outcome = \"sent_back\"\nhandled -> answer if handle.outcome = \"resolved\"
     answer -> wait\nwait -> silence -> lapsed\nwait -> reply -> resolved\nlate -> overdue",
    // A benefit decided by a table, with checks inside a sub-process that can fail.
    "start s
rule eligible
xor sure
sub checks {
start s2
service verify action=verify
user look kind=review
xor known
fail unknown code=not_found
end seen outcome=-
     s2 -> verify -> look -> known\nknown -> unknown if look.outcome = \"returned\"\nknown -> seen default\n}\non_error missing of=checks code=not_found
     or which
service tell action=notify
service publish action=publish
or both
script keep set='level = 2'
end paid outcome=approved
end denied outcome=rejected
     s -> eligible -> sure\nsure -> which if eligible.sure = 1\nsure -> checks default\nchecks -> which2\nxor which2\nwhich2 -> which\nmissing -> denied
     which -> tell if eligible.n = 1\nwhich -> publish default\ntell -> both\npublish -> both\nboth -> keep -> paid",
    // Another process is called, then a message is awaited.
    "start s
call inspect process=inspection
xor fit
receive payment message=paid limit-workdays=10
on_timer unpaid of=payment after=P10D workday
end ok outcome=approved
     end unfit outcome=rejected
end gone outcome=lapsed
s -> inspect -> fit
fit -> payment if inspect.outcome = \"done\"
fit -> unfit default
payment -> ok
unpaid -> gone
     process inspection {
start s3
user visit kind=visit
xor good
end fine outcome=done
end bad outcome=rejected
s3 -> visit -> good
good -> fine if visit.outcome = \"qualified\"
good -> bad default
end_process",
];

type Mutants = Vec<(Range<usize>, String)>;
type Operator = fn(&Document<'_>) -> Mutants;

fn elements<'a>(document: &'a Document<'a>, tags: &'a [&'a str]) -> impl Iterator<Item = Node<'a, 'a>> {
    document.descendants().filter(|node| tags.contains(&node.tag_name().name()))
}

/// Replaces the value of an attribute wherever the tags carry it.
fn values(document: &Document<'_>, tags: &[&str], name: &str, with: impl Fn(&str) -> Option<String>) -> Mutants {
    let mut mutants = Vec::new();
    for node in elements(document, tags) {
        for attribute in node.attributes().filter(|attribute| attribute.name() == name) {
            mutants.extend(with(attribute.value()).map(|value| (attribute.range_value(), value)));
        }
    }
    mutants
}

/// Removes an attribute wherever the tags carry it.
fn without(document: &Document<'_>, tags: &[&str], name: &str) -> Mutants {
    let attributes = |node: Node<'_, '_>| {
        node.attributes().filter(|attribute| attribute.name() == name).map(|attribute| (attribute.range(), String::new())).collect::<Vec<_>>()
    };
    elements(document, tags).flat_map(attributes).collect()
}

fn removed(document: &Document<'_>, tags: &[&str]) -> Mutants {
    elements(document, tags).map(|node| (node.range(), String::new())).collect()
}

/// Changes the kind of gateways with at least two arrows on the given side; both tags of the element are changed.
fn gateways(document: &Document<'_>, from: &str, to: &str, side: &str, stripped: bool) -> Mutants {
    let mut mutants = Vec::new();
    for node in elements(document, &[from]) {
        let id = node.attribute("id").unwrap();
        let arrows: Vec<_> = elements(document, &["sequenceFlow"]).filter(|flow| flow.attribute(side) == Some(id)).collect();
        if arrows.len() < 2 {
            continue;
        }
        let whole = document.root_element().range();
        let mut text = document.input_text()[whole.clone()].to_owned();
        let element = &document.input_text()[node.range()];
        let mut changed = element.replace(from, to);
        if stripped {
            let default = node.attribute("default").map(|default| format!(" default=\"{default}\"")).unwrap_or_default();
            changed = changed.replace(&default, "");
        }
        text = text.replace(element, &changed);
        for arrow in arrows.iter().filter(|_| stripped) {
            let before = &document.input_text()[arrow.range()];
            let start = before.find("<conditionExpression").unwrap_or(before.len());
            let end = before.find("</conditionExpression>").map_or(before.len(), |end| end + "</conditionExpression>".len());
            text = text.replace(before, &format!("{}{}", &before[..start], &before[end..]));
        }
        mutants.push((whole, text));
    }
    mutants
}

const TASKS: &[&str] = &["userTask", "serviceTask", "receiveTask", "businessRuleTask", "scriptTask", "subProcess", "callActivity"];
const GATEWAYS: &[&str] = &["exclusiveGateway", "inclusiveGateway", "parallelGateway", "eventBasedGateway"];

fn camel(id: &str) -> Option<String> {
    Some(format!("{}X", id.to_uppercase()))
}

const OPERATORS: &[(&str, Operator)] = &[
    ("an arrow is missing", |document| removed(document, &["sequenceFlow"])),
    ("a node is missing", |document| removed(document, &[TASKS, GATEWAYS, &["endEvent", "startEvent"]].concat())),
    ("a condition is missing", |document| removed(document, &["conditionExpression"])),
    ("a lane forgets its task", |document| removed(document, &["flowNodeRef"])),
    ("an event has no trigger", |document| removed(document, &["timerEventDefinition", "messageEventDefinition"])),
    ("a duration is missing", |document| removed(document, &["timeDuration"])),
    ("an arrow points to nothing", |document| values(document, &["sequenceFlow"], "targetRef", |_| Some("nothing".to_owned()))),
    ("an arrow turns back to its own node", |document| {
        let flows = elements(document, &["sequenceFlow"]);
        flows.filter_map(|flow| Some((flow.attribute_node("targetRef")?.range_value(), flow.attribute("sourceRef")?.to_owned()))).collect()
    }),
    ("a default is missing", |document| without(document, GATEWAYS, "default")),
    ("a default points elsewhere", |document| values(document, GATEWAYS, "default", |_| Some("f1".to_owned()))),
    ("a parallel fork is exclusive", |document| gateways(document, "parallelGateway", "exclusiveGateway", "sourceRef", false)),
    ("a parallel join is exclusive", |document| gateways(document, "parallelGateway", "exclusiveGateway", "targetRef", false)),
    ("an exclusive fork is parallel", |document| gateways(document, "exclusiveGateway", "parallelGateway", "sourceRef", true)),
    ("an exclusive merge is a parallel join", |document| gateways(document, "exclusiveGateway", "parallelGateway", "targetRef", true)),
    ("an inclusive join is parallel", |document| gateways(document, "inclusiveGateway", "parallelGateway", "targetRef", true)),
    ("a boundary event no longer interrupts", |document| {
        elements(document, &["boundaryEvent"])
            .filter(|node| node.attribute("cancelActivity").is_none())
            .map(|node| {
                let end = node.range().start + "<boundaryEvent".len();
                (end..end, " cancelActivity=\"false\"".to_owned())
            })
            .collect()
    }),
    ("a reminder interrupts", |document| without(document, &["boundaryEvent"], "cancelActivity")),
    ("a boundary event hangs nowhere", |document| values(document, &["boundaryEvent"], "attachedToRef", |_| Some("nobody".to_owned()))),
    ("a kind is missing", |document| without(document, &["userTask"], "kind")),
    ("a kind is misspelt", |document| values(document, &["userTask"], "kind", |kind| Some(format!("{kind}s")))),
    ("another kind has other outcomes", |document| {
        let decides = |kind: &str| kind != "confirm" && kind != "assign";
        values(document, &["userTask"], "kind", |kind| decides(kind).then(|| "confirm".to_owned()))
    }),
    ("an action is missing", |document| without(document, &["serviceTask"], "action")),
    ("an action is misspelt", |document| values(document, &["serviceTask"], "action", |action| Some(action.replace('i', "l").replace('b', "d")))),
    ("an outcome is missing", |document| without(document, &["endEvent"], "outcome")),
    ("an outcome is misspelt", |document| values(document, &["endEvent"], "outcome", |outcome| Some(format!("{outcome}_")))),
    ("a condition asks for an outcome that does not exist", |document| {
        outcome_conditions(document, |condition| condition.replace("ed\"", "\"").replace("back\"", "\"").replace("ne\"", "\""))
    }),
    ("a condition names a node that does not exist", |document| outcome_conditions(document, |condition| format!("x{condition}"))),
    ("a duration is misspelt", |document| {
        elements(document, &["timeDuration"])
            .filter_map(|node| node.first_child())
            .map(|text| (text.range(), text.text().unwrap().replace('P', "")))
            .collect()
    }),
    ("working days are counted in hours", |document| {
        let days = |node: &Node<'_, '_>| node.ancestors().any(|node| node.attribute((flow::ZS, "calendar")) == Some("workday"));
        elements(document, &["timeDuration"])
            .filter(days)
            .filter_map(|node| node.first_child())
            .map(|text| (text.range(), "PT40H".to_owned()))
            .collect()
    }),
    ("a calendar is misspelt", |document| {
        values(document, &["intermediateCatchEvent", "boundaryEvent"], "calendar", |_| Some("workdays".to_owned()))
    }),
    ("a number is none", |document| {
        [values(document, TASKS, "limit-workdays", |_| Some("soon".to_owned())), values(document, TASKS, "officers", |_| Some("0".to_owned()))]
            .concat()
    }),
    ("a message has no name", |document| without(document, &["message"], "name")),
    ("a message is not declared", |document| removed(document, &["message"])),
    ("an error is not declared", |document| removed(document, &["error"])),
    ("an error is caught under another code", |document| {
        let whole = document.root_element().range();
        let text = &document.input_text()[whole.clone()];
        let caught = elements(document, &["boundaryEvent"]).filter(|event| document.input_text()[event.range()].contains("errorRef"));
        caught
            .map(|event| {
                let before = &document.input_text()[event.range()];
                let other = text.replace(before, &before.replace("e_not_found", "e_other"));
                (whole.clone(), other.replace("<error id=\"e_not_found\"", "<error id=\"e_other\" errorCode=\"other\"/><error id=\"e_not_found\""))
            })
            .collect()
    }),
    ("a called process does not exist", |document| values(document, &["callActivity"], "calledElement", |_| Some("nothing".to_owned()))),
    ("an id is no name", |document| values(document, &[TASKS, GATEWAYS, &["lane", "process"]].concat(), "id", camel)),
    ("an id is used twice", |document| values(document, TASKS, "id", |_| Some("s".to_owned()))),
    ("an element is unknown", |document| {
        elements(document, &["serviceTask"])
            .map(|node| (node.range(), document.input_text()[node.range()].replace("serviceTask", "robotTask")))
            .collect()
    }),
    ("an attribute is misspelt", |document| without_prefix(document)),
    ("a script is none", |document| values(document, &["scriptTask"], "set", |_| Some("level := 2".to_owned()))),
    ("a decision is missing", |document| without(document, &["businessRuleTask"], "decision")),
];

/// Rewrites the conditions that compare outcomes.
fn outcome_conditions(document: &Document<'_>, rewrite: impl Fn(&str) -> String) -> Mutants {
    let texts = elements(document, &["conditionExpression"]).filter_map(|node| node.first_child());
    let compares = texts.filter(|text| text.text().is_some_and(|text| text.contains(".outcome")));
    compares.map(|text| (text.range(), rewrite(text.text().unwrap()))).collect()
}

/// `zs:kind` written as `kind`.
fn without_prefix(document: &Document<'_>) -> Mutants {
    let attributes = document.descendants().flat_map(|node| node.attributes().collect::<Vec<_>>());
    let own = attributes.filter(|attribute| attribute.namespace() == Some(flow::ZS));
    own.map(|attribute| attribute.range().start).map(|start| (start..start + "zs:".len(), String::new())).collect()
}

#[test]
fn at_least_95_of_100_seeded_defects_are_found() {
    let vocabulary = Vocabulary::default();
    let mut found: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    let mut missed = Vec::new();
    for flow in SOUND {
        let xml = sketch(flow);
        assert_eq!(check(&xml, &vocabulary), []);
        let document = Document::parse(&xml).unwrap();
        for (name, operator) in OPERATORS {
            for (range, text) in operator(&document) {
                let mut mutant = xml.clone();
                mutant.replace_range(range.clone(), &text);
                let hit = !check(&mutant, &vocabulary).is_empty();
                let count = found.entry(name).or_default();
                *count = (count.0 + u32::from(hit), count.1 + 1);
                if !hit {
                    missed.push(format!("{name}: {} → {text}", &xml[range].chars().take(120).collect::<String>()));
                }
            }
        }
    }
    let (hits, all) = found.values().fold((0, 0), |sum, count| (sum.0 + count.0, sum.1 + count.1));
    for (name, _) in OPERATORS {
        assert!(found.get(name).is_some_and(|count| count.1 > 0), "no mutant: {name}");
    }
    let missed = missed.join("\n");
    println!("{hits} of {all} seeded defects found; missed:\n{missed}");
    assert!(all > 300, "only {all} mutants");
    assert!(hits * 100 >= all * 95, "{hits} of {all}; missed:\n{missed}");
}
