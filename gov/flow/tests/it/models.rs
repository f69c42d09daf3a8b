//! The publish gate: what it finds, where, and what it lets pass.

use crate::sketch::sketch;
use flow::{Vocabulary, check, parse};

/// The findings as `code node`, in file order. The node is the id on the line of the problem.
fn findings(xml: &str, vocabulary: &Vocabulary) -> Vec<String> {
    let lines: Vec<&str> = xml.lines().collect();
    let line = |line: u32| lines[usize::try_from(line).unwrap() - 1];
    let id = |line: &str| line.split("id=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("?").to_owned();
    check(xml, vocabulary).iter().map(|problem| format!("{} {}", problem.code, id(line(problem.line)))).collect()
}

#[track_caller]
fn finds(flow: &str, expected: &[&str]) {
    let xml = sketch(flow);
    let found = findings(&xml, &Vocabulary::default());
    assert_eq!(found, expected, "{xml}");
    for problem in check(&xml, &Vocabulary::default()) {
        assert!(problem.line > 1 && problem.column >= 1, "{problem}");
        assert!(problem.en.ends_with('.') && problem.zh.ends_with('。'), "{problem}");
    }
}

#[track_caller]
fn passes(flow: &str) {
    finds(flow, &[]);
    assert!(parse(&sketch(flow)).is_ok());
}

#[test]
fn sound_flows_pass() {
    passes(
        "start s
user a kind=accept
xor g
user d kind=decide
end r outcome=refused
end e outcome=approved
s -> a -> g
g -> r if a.outcome = \"refused\"
g -> d default
d -> e",
    );
    passes("start s\nand f\nuser a\nuser b\nand j\nend e\ns -> f -> a -> j\nf -> b -> j\nj -> e");
    passes("start s\nor f\nuser a\nuser b\nor j\nend e\ns -> f\nf -> a if n = 1\nf -> b default\na -> j\nb -> j\nj -> e");
    passes("start s\nuser a\non_timer t of=a after=P3D aside\nservice n\nend x outcome=-\nend e\ns -> a -> e\nt -> n -> x");
    passes("start s\nuser a\nxor g\nend e\ns -> a -> g\ng -> a if a.outcome = \"returned\"\ng -> e if a.outcome = \"passed\"");
    passes("start s\nuser a\nxor g\nend e\nend f\ns -> a -> g\ng -> e if a.n = 1\ng -> f if not(a.n = 1)");
    passes("start s\nevents g\ntimer t after=P3D workday\nmessage m message=x\nend e\nend f outcome=lapsed\ns -> g -> t -> f\ng -> m -> e");
    passes(
        "start s
sub b {
start s2
user a
xor g
fail x code=bad
end e2 outcome=-
s2 -> a -> g
g -> x if a.n = 1
g -> e2 default
}
on_error c of=b code=bad
end e
end f outcome=rejected
s -> b -> e
c -> f",
    );
    passes("start s\ncall c process=other\nend e\ns -> c -> e\nprocess other {\nstart s2\nuser a\nend e2 outcome=-\ns2 -> a -> e2\nend_process");
}

#[test]
fn sub_processes_take_the_lane_around_them() {
    let xml = sketch("start s\nsub b {\nstart s2\nuser a lane=-\nend e2 outcome=-\ns2 -> a -> e2\n}\nend e\ns -> b -> e");
    assert_eq!(findings(&xml, &Vocabulary::default()), ["lane-missing a"]);
    let xml = xml.replace("<laneSet id=\"main_lanes\">", "<laneSet id=\"main_lanes\"><lane id=\"window\"><flowNodeRef>b</flowNodeRef></lane>");
    assert_eq!(findings(&xml, &Vocabulary::default()), Vec::<String>::new());
}

#[test]
fn a_join_that_never_completes_is_found() {
    finds("start s\nxor g\nuser a\nuser b\nand j\nend e\ns -> g\ng -> a if n = 1\ng -> b default\na -> j\nb -> j\nj -> e", &["deadlock j"]);
    finds(
        "start s
and f
user a
user b
xor g
and j
end e
end x outcome=rejected
s -> f -> a -> g
g -> j if a.n = 1
g -> x default
f -> b -> j
j -> e",
        &["deadlock j"],
    );
    let inside = "start s
sub b {
start s2
xor g
user a
user c
and j
end e2 outcome=-
s2 -> g
g -> a if n = 1
g -> c default
a -> j
c -> j
j -> e2
}
        on_timer t of=b after=P9D\nend e\nend l outcome=lapsed\ns -> b -> e\nt -> l";
    finds(inside, &["deadlock j"]);
}

#[test]
fn doubled_tokens_are_found() {
    finds("start s\nand f\nuser a\nuser b\nxor j\nuser c\nend e\ns -> f -> a -> j\nf -> b -> j\nj -> c -> e", &["token-doubled c", "ends-many e"]);
    finds("start s\nand f\nuser a\nuser b\nend e\nend x outcome=rejected\ns -> f -> a -> e\nf -> b -> x", &["ends-many e", "ends-many x"]);
    finds("start s\nuser a\non_timer t of=a after=P3D aside\nuser c\nend e\ns -> a -> c -> e\nt -> c", &["token-doubled c", "ends-many e"]);
}

#[test]
fn ways_that_lead_nowhere_are_found() {
    finds("start s\nuser a\nuser b\nend e\ns -> a -> e", &["dead-end b", "unreachable b"]);
    finds("start s\nuser a\nxor g\nuser b\nend e\ns -> a -> g\ng -> b if a.n = 1\ng -> e default", &["dead-end b"]);
    finds(
        "start s\nuser a\nxor g\nuser b\nuser c\nend e\ns -> a -> g\ng -> b if a.n = 1\ng -> e default\nb -> c -> b",
        &["no-way-out b", "no-way-out c"],
    );
    finds("start s\nxor m\nxor g\nend e\ns -> m -> g\ng -> e if n = 1\ng -> m default", &["endless-loop m"]);
    finds(
        "start s\nxor m\nsub b {\nstart s2\nend e2 outcome=-\ns2 -> e2\n}\nxor g\nend e\ns -> m -> b -> g\ng -> e if n = 1\ng -> m default",
        &["endless-loop m"],
    );
    finds(
        "start s
user a
end e
s -> a -> e
process other {
start s2
user b
end e2 outcome=-
s2 -> b -> e2
end_process",
        &["unreachable s2", "unreachable b", "unreachable e2"],
    );
}

#[test]
fn events_that_cannot_happen_are_found() {
    finds(
        "start s
sub b {
start s2
script t set='x = 1'
end e2 outcome=-
s2 -> t -> e2
}
on_timer late of=b after=P1D
end e
end l outcome=lapsed
s -> b -> e
late -> l",
        &["unreachable late", "unreachable l"],
    );
}

#[test]
fn errors_that_nobody_catches_are_found() {
    finds("start s\nuser a\nfail x code=bad\ns -> a -> x", &["error-uncaught x"]);
    finds(
        "start s\nsub b {\nstart s2\nfail x code=bad\ns2 -> x\n}\non_error c of=b code=other\nend e\nend f\ns -> b -> e\nc -> f",
        &["error-uncaught x"],
    );
}

#[test]
fn words_that_do_not_exist_are_found() {
    finds("start s\nuser a kind=-\nend e\ns -> a -> e", &["kind-missing a"]);
    finds("start s\nuser a kind=reviews\nend e\ns -> a -> e", &["kind-unknown a"]);
    finds("start s\nuser a lane=-\nend e\ns -> a -> e", &["lane-missing a"]);
    finds("start s\nservice a action=-\nend e\ns -> a -> e", &["action-missing a"]);
    finds("start s\nservice a action=isue\nend e\ns -> a -> e", &["action-unknown a"]);
    finds("start s\nuser a\nend e outcome=-\ns -> a -> e", &["outcome-missing e"]);
    finds("start s\nuser a\nend e outcome=finished\ns -> a -> e", &["outcome-unknown e"]);
    finds("start s\nuser a limit-workdays=zero\nend e\ns -> a -> e", &["number-malformed a"]);
    finds("start s\nuser a officers=0\nend e\ns -> a -> e", &["number-malformed a"]);
    finds("start s\nuser siteVisit\nend e\ns -> siteVisit -> e", &["id-not-snake-case siteVisit"]);
}

#[test]
fn conditions_must_be_complete_and_possible() {
    let flow = |conditions: &str| format!("start s\nuser a\nxor g\nend e\nend f\ns -> a -> g\n{conditions}");
    finds(&flow("g -> e if a.outcome = \"passed\"\ng -> f if a.n = 2"), &["default-missing g"]);
    finds(&flow("g -> e if a.outcome = \"passed\"\ng -> f if a.outcome = \"passed\""), &["default-missing g"]);
    finds(&flow("g -> e if a.outcome = \"passed\"\ng -> f"), &["default-missing g", "condition-missing f4"]);
    finds(&flow("g -> e if a.outcome = \"pass\"\ng -> f default"), &["condition-outcome-unknown f3"]);
    finds(&flow("g -> e if \"pass\" != a.outcome\ng -> f default"), &["condition-outcome-unknown f3"]);
    finds(&flow("g -> e if b.outcome = \"passed\"\ng -> f default"), &["condition-variable-unknown f3"]);
    finds(&flow("g -> e if a.outcome = \"passed\"\ng -> f default if a.n = 1"), &["default-conditional f4"]);
}

#[test]
fn posts_and_duties_are_compared_with_those_that_exist() {
    let xml = sketch("start s\nuser a lane=window\nend e\ns -> a -> e").replace("<lane ", "<lane zs:duty=\"fire-rescue\" ");
    let mut vocabulary = Vocabulary { posts: Some(["window".to_owned()].into()), ..Vocabulary::default() };
    assert_eq!(findings(&xml, &vocabulary), Vec::<String>::new());
    vocabulary.posts = Some(["reviewer".to_owned()].into());
    vocabulary.duties = Some(["civil-affairs".to_owned()].into());
    assert_eq!(findings(&xml, &vocabulary), ["duty-unknown window", "lane-unknown window"]);
}

#[test]
fn structural_defects_and_wrong_words_are_found_together() {
    let xml = sketch("start s\nuser a kind=reviews\nservice b action=isue\nend e\ns -> a -> b -> nowhere\nb -> e");
    assert_eq!(findings(&xml, &Vocabulary::default()), ["kind-unknown a", "action-unknown b", "flow-dangling f3"]);
}

#[test]
fn a_flow_too_large_to_check_is_not_passed() {
    let mut flow = "start s\nand f\nand j\nend e\ns -> f\nj -> e\n".to_owned();
    for branch in 0..9 {
        flow += &format!("user a{branch}\nuser b{branch}\nuser c{branch}\nf -> a{branch} -> b{branch} -> c{branch} -> j\n");
    }
    finds(&flow, &["model-too-large main"]);
}
