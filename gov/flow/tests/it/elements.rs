//! Every element, run.

use crate::drive::{check, definition, step, tell};
use flow::{Effect, Instance};
use serde_json::{Map, json};

#[test]
fn a_user_task_opens_in_its_lane_and_closes_when_done() {
    check("start s\nuser a kind=accept\nend e\ns -> a -> e", "start: open a accept window\ncomplete a: close a completed, ended e done");
}

#[test]
fn a_service_task_waits_until_the_caller_has_run_the_action() {
    check("start s\nservice n action=issue\nend e\ns -> n -> e", "start: call n issue\ncomplete n: close n completed, ended e done");
}

#[test]
fn a_business_rule_task_waits_for_the_decision() {
    let flow = "start s\nrule r\nxor g\nend yes outcome=approved\nend no outcome=rejected\ns -> r -> g\ng -> yes if r.granted = 1\ng -> no default";
    check(flow, "start: evaluate r rules/x.dmn x\ncomplete r granted=1: close r completed, ended yes approved");
    check(flow, "start: evaluate r rules/x.dmn x\ncomplete r: close r completed, ended no rejected");
}

#[test]
fn a_receive_task_waits_for_its_message() {
    check(
        "start s\nreceive r message=paid\nxor g\nend e\nend f outcome=lapsed\ns -> r -> g\ng -> e if r.sum = 5\ng -> f default",
        "start: await r paid\ndeliver other: ! flow-message-not-awaited\ncomplete r: ! flow-not-completable
         deliver paid sum=5: close r completed, ended e done",
    );
}

#[test]
fn a_script_task_sets_variables_at_once() {
    check(
        "start s\nscript t set='a = 1; b = a + 1'\nxor g\nend e\nend f outcome=lapsed\ns -> t -> g\ng -> e if b = 2\ng -> f default",
        "start: ended e done",
    );
}

#[test]
fn an_exclusive_gateway_takes_the_first_arrow_that_holds() {
    let flow = "start s\nuser a\nxor g\nend x outcome=approved\nend y outcome=rejected\nend z outcome=lapsed\ns -> a -> g
                g -> z default\ng -> x if a.n > 5\ng -> y if a.n > 3";
    check(flow, "start: open a review window\ncomplete a n=6: close a completed, ended x approved");
    check(flow, "start: open a review window\ncomplete a n=4: close a completed, ended y rejected");
    check(flow, "start: open a review window\ncomplete a n=1: close a completed, ended z lapsed");
    check(flow, "start: open a review window\ncomplete a n=x: ! flow-expression\ncomplete a n=1: close a completed, ended z lapsed");
}

#[test]
fn a_parallel_gateway_opens_all_branches_and_waits_for_all() {
    check(
        "start s\nand f\nuser a\nuser b lane=fire\nservice c\nand j\nend e\ns -> f -> a -> j\nf -> b -> j\nf -> c -> j\nj -> e",
        "start: open a review window, open b review fire, call c notify
         complete b: close b completed
         complete a: close a completed
         complete a: ! flow-activity-unknown
         complete c: close c completed, ended e done",
    );
}

#[test]
fn an_inclusive_gateway_opens_what_holds_and_waits_for_no_more() {
    let flow = "start s\nuser a\nor f\nuser x\nuser y\nuser z\nor j\nend e\ns -> a -> f\nf -> x if a.n > 1\nf -> y if a.n > 2
                f -> z default\nx -> j\ny -> j\nz -> j\nj -> e";
    check(flow, "start: open a review window\ncomplete a n=2: close a completed, open x review window\ncomplete x: close x completed, ended e done");
    check(
        flow,
        "start: open a review window\ncomplete a n=3: close a completed, open x review window, open y review window
         complete y: close y completed\ncomplete x: close x completed, ended e done",
    );
    check(flow, "start: open a review window\ncomplete a n=0: close a completed, open z review window\ncomplete z: close z completed, ended e done");
}

#[test]
fn an_inclusive_join_waits_for_what_a_boundary_event_may_still_send() {
    let flow = "start s\nor f\nuser x\non_timer late of=x after=P1D aside\nuser r\nuser y\nor j\nend e\ns -> f\nf -> x if true\nf -> y if true
                x -> j\nlate -> r -> j\ny -> j\nj -> e";
    check(
        flow,
        "start: open x review window, arm late P1D, open y review window
         fire late: open r review window
         complete y: close y completed
         complete x: close x completed
         complete r: close r completed, ended e done",
    );
    check(
        flow,
        "start: open x review window, arm late P1D, open y review window
         complete y: close y completed
         complete x: disarm late, close x completed, ended e done",
    );
}

#[test]
fn intermediate_events_wait_for_time_and_messages() {
    check(
        "start s\ntimer t after=P5D workday\nmessage m message=paid\nmilestone k\nend e\ns -> t -> m -> k -> e",
        "start: arm t P5D workdays\nfire t: await m paid\nfire t: ! flow-timer-unknown\ndeliver paid: close m completed, ended e done",
    );
}

#[test]
fn an_interrupting_timer_ends_the_task() {
    let flow = "start s\nuser a\non_timer late of=a after=P5D workday\nend e\nend l outcome=lapsed\ns -> a -> e\nlate -> l";
    check(flow, "start: open a review window, arm late P5D workdays\nfire late: close a interrupted, ended l lapsed");
    check(flow, "start: open a review window, arm late P5D workdays\ncomplete a: disarm late, close a completed, ended e done");
}

#[test]
fn a_timer_that_does_not_interrupt_runs_beside_the_task() {
    let flow = "start s\nuser a\non_timer late of=a after=P5D aside\nservice n\nend e\nend l outcome=-\ns -> a -> e\nlate -> n -> l";
    check(
        flow,
        "start: open a review window, arm late P5D\nfire late: call n notify\ncomplete n: close n completed\ncomplete a: close a completed, ended e done",
    );
    check(
        flow,
        "start: open a review window, arm late P5D\nfire late: call n notify\ncomplete a: close a completed\ncomplete n: close n completed, ended e done",
    );
}

#[test]
fn a_message_at_the_edge_of_a_task_may_come_again_when_it_does_not_interrupt() {
    check(
        "start s\nuser a\non_message more of=a message=supplement aside\nservice n\nend e\nend l outcome=-\ns -> a -> e\nmore -> n -> l",
        "start: open a review window, await more supplement
         deliver supplement: call n notify
         complete n: close n completed
         deliver supplement: call n notify
         complete n: close n completed
         complete a: close more interrupted, close a completed, ended e done",
    );
    check(
        "start s\nuser a\non_message stop of=a message=stop\nend e\nend l outcome=lapsed\ns -> a -> e\nstop -> l",
        "start: open a review window, await stop stop\ndeliver stop: close stop completed, close a interrupted, ended l lapsed",
    );
}

#[test]
fn an_error_is_caught_at_the_edge_of_its_task() {
    let flow = "start s\nservice n\non_error x of=n code=no_seal\non_error any of=n\nuser a\nend e\nend f\ns -> n -> e\nx -> f\nany -> a -> e";
    check(flow, "start: call n notify\nraise n no_seal: close n interrupted, ended f done");
    check(flow, "start: call n notify\nraise n other: close n interrupted, open a review window\ncomplete a: close a completed, ended e done");
    check(
        "start s
service n
end e
s -> n -> e",
        "start: call n notify
raise n no_seal: ! flow-error-uncaught
complete n: close n completed, ended e done",
    );
}

const INSPECTION: &str =
    "start s\nsub body {\nstart s2\nand f\nuser a\nuser b\nxor g\nfail bad code=unsafe\nend e2 outcome=-\ns2 -> f -> a -> g\nf -> b -> e2
    g -> bad if a.n = 1\ng -> e2 default\n}
    on_error caught of=body code=unsafe
on_timer late of=body after=P9D
end e
end r outcome=rejected
end l outcome=lapsed
s -> body -> e
caught -> r
late -> l";

#[test]
fn a_sub_process_ends_with_its_last_token() {
    check(
        INSPECTION,
        "start: arm late P9D, open a review window, open b review window
         complete b: close b completed
         complete a: disarm late, close a completed, ended e done"
            .replace("disarm late, close a completed", "close a completed, disarm late")
            .as_str(),
    );
}

#[test]
fn an_error_end_closes_its_sub_process_and_is_caught_outside() {
    check(
        INSPECTION,
        "start: arm late P9D, open a review window, open b review window
         complete a n=1: close a completed, close b interrupted, disarm late, ended r rejected",
    );
}

#[test]
fn an_error_raised_by_a_task_climbs_to_the_sub_process() {
    check(
        INSPECTION,
        "start: arm late P9D, open a review window, open b review window
         raise b unsafe: close a interrupted, close b interrupted, disarm late, ended r rejected",
    );
}

#[test]
fn a_timer_at_the_edge_of_a_sub_process_closes_everything_inside() {
    check(
        INSPECTION,
        "start: arm late P9D, open a review window, open b review window\nfire late: close a interrupted, close b interrupted, ended l lapsed",
    );
}

#[test]
fn a_call_runs_another_process_and_leaves_its_outcome() {
    let flow = "start s
call c process=other
xor g
end e outcome=approved
end f outcome=rejected
s -> c -> g
g -> e if c.outcome = \"resolved\"
g -> f default
        process other {\nstart s2\nuser a\nxor h\nend r outcome=resolved\nend t outcome=lapsed\ns2 -> a -> h\nh -> r if a.n = 1\nh -> t default\nend_process";
    check(flow, "start: open a review other_window\ncomplete a n=1: close a completed, ended e approved");
    check(flow, "start: open a review other_window\ncomplete a n=2: close a completed, ended f rejected");
}

#[test]
fn an_event_based_gateway_follows_the_first_event() {
    let flow =
        "start s\nevents g\ntimer t after=P15D\nmessage m message=answer\nreceive r message=stop\nend e\nend f outcome=lapsed\nend h outcome=refused
        s -> g -> t -> f\ng -> m -> e\ng -> r -> h";
    let start = "start: arm t P15D, await m answer, await r stop\n";
    check(flow, &format!("{start}fire t: close m interrupted, close r interrupted, ended f lapsed\n"));
    check(flow, &format!("{start}deliver answer: close m completed, disarm t, close r interrupted, ended e done\n"));
    check(flow, &format!("{start}deliver stop: close r completed, disarm t, close m interrupted, ended h refused\n"));
}

#[test]
fn a_terminating_end_closes_its_scope() {
    check(
        "start s\nand f\nuser a\nuser b\nterminate e outcome=rejected\nend g outcome=approved\ns -> f -> a -> e\nf -> b -> g",
        "start: open a review window, open b review window\ncomplete a: close a completed, close b interrupted, ended e rejected",
    );
}

#[test]
fn withdrawal_closes_everything() {
    check(
        INSPECTION,
        "start: arm late P9D, open a review window, open b review window
         cancel: close a withdrawn, close b withdrawn, disarm late, ended main withdrawn
         complete a: ! flow-already-ended
         cancel: ! flow-already-ended",
    );
}

#[test]
fn arrows_that_leave_a_task_side_by_side_are_all_taken() {
    check(
        "start s\nuser a\nuser b\nuser c\nand j\nend e\ns -> a\na -> b -> j\na -> c -> j\nj -> e",
        "start: open a review window
         complete a: close a completed, open b review window, open c review window
         complete b: close b completed
         complete c: close c completed, ended e done",
    );
}

#[test]
fn a_circle_through_a_task_may_turn_as_often_as_it_needs() {
    check(
        "start s\nuser a\nxor g\nend e\ns -> a -> g\ng -> a if a.outcome = \"returned\"\ng -> e default",
        "start: open a review window
         complete a outcome=returned: close a completed, open a review window
         complete a outcome=returned: close a completed, open a review window
         complete a outcome=passed: close a completed, ended e done",
    );
}

#[test]
fn a_timer_may_take_its_duration_from_the_case() {
    let flow = "start s\nscript t set='limit = \"P3D\"'\ntimer w after='=limit' workday\nend e\ns -> t -> w -> e";
    check(flow, "start: arm w P3D workdays\nfire w: ended e done");
    check("start s\ntimer w after='=limit'\nend e\ns -> w -> e", "start: ! flow-bad-duration");
    check("start s\nscript t set='limit = \"PT3H\"'\ntimer w after='=limit' workday\nend e\ns -> t -> w -> e", "start: ! flow-bad-duration");
}

#[test]
fn results_become_variables_named_like_their_node() {
    let definition = definition("start s\nuser a\nuser b\nreceive r message=m\nend e\ns -> a -> b -> r -> e");
    let mut instance = Instance::new(Map::from_iter([("answers".to_owned(), json!({"name": "云溪奶茶店"}))]));
    for input in ["start", "complete a outcome=passed opinion=同意", "complete b", "deliver m sum=3"] {
        step(&definition, &mut instance, input).unwrap();
    }
    let expected = json!({"answers": {"name": "云溪奶茶店"}, "a": {"outcome": "passed", "opinion": "同意"}, "r": {"sum": 3}});
    assert_eq!(serde_json::Value::Object(instance.variables().clone()), expected);
    assert_eq!(instance.ended().unwrap().outcome.as_deref(), Some("done"));
}

#[test]
fn the_history_and_the_active_nodes_are_told() {
    let definition = definition("start s\nand f\nuser a\nuser b\nand j\nend e\ns -> f -> a -> j\nf -> b -> j\nj -> e");
    let mut instance = Instance::new(Map::new());
    let effects = step(&definition, &mut instance, "start").unwrap();
    let history: Vec<String> = effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::EnterNode { node } => Some(format!("+{node}")),
            Effect::LeaveNode { node } => Some(format!("-{node}")),
            _ => None,
        })
        .collect();
    assert_eq!(history.join(" "), "+s -s +f -f +a +b");
    assert_eq!(instance.active_nodes(), ["a", "b"]);
    let effects = step(&definition, &mut instance, "complete a").unwrap();
    assert_eq!(tell(&effects), "close a completed");
    assert_eq!(instance.active_nodes(), ["b", "j"]);
}
