//! The least number of working days on the way to each end.

use crate::drive::definition;
use flow::path_limits;

#[track_caller]
fn check(flow: &str, expected: &[(&str, u32, &str)]) {
    let limits = path_limits(&definition(flow));
    let found: Vec<_> = limits.iter().map(|limit| (limit.end.as_str(), limit.workdays_min, limit.path.join(" "))).collect();
    let found: Vec<_> = found.iter().map(|(end, days, path)| (*end, *days, path.as_str())).collect();
    assert_eq!(found, expected);
}

#[test]
fn limits_add_up_along_the_shortest_way() {
    check(
        "start s\nuser a limit-workdays=2\nxor g\nuser b limit-workdays=10\nuser c limit-workdays=3\nuser d limit-workdays=4\nend e\nend r outcome=refused
         s -> a -> g\ng -> b if a.n = 1\ng -> c if a.n = 2\ng -> r default\nb -> e\nc -> d -> e",
        &[("e", 9, "s a g c d e"), ("r", 2, "s a g r")],
    );
}

#[test]
fn parallel_branches_count_their_longest() {
    check(
        "start s\nand f\nuser a limit-workdays=2\nuser b limit-workdays=5\nand j\nuser c limit-workdays=1\nend e\ns -> f -> a -> j\nf -> b -> j\nj -> c -> e",
        &[("e", 6, "s f b j c e")],
    );
}

#[test]
fn timers_of_working_days_count_and_bodies_count_what_they_take() {
    check(
        "start s\ntimer t after=P3D workday\ntimer u after=P30D\nsub b {\nstart s2\nuser a limit-workdays=4\nend e2\ns2 -> a -> e2\n}
         on_timer late of=b after=P9D workday\nend e\nend l outcome=lapsed\ns -> t -> u -> b -> e\nlate -> l",
        &[("e", 7, "s t u b e"), ("l", 12, "s t u b late l")],
    );
}

#[test]
fn circles_do_not_count_and_ends_out_of_reach_are_not_listed() {
    check("start s\nuser a limit-workdays=2\nxor g\nend e\nend x\ns -> a -> g\ng -> a if a.n = 1\ng -> e default", &[("e", 2, "s a g e")]);
}
