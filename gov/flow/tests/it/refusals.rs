//! What the parser refuses: everything it would not execute, all at once, with place and sentence.

use crate::sketch::{HEAD, sketch};
use flow::{Problem, parse};

#[track_caller]
fn check(xml: &str, expected: &[&str]) -> Vec<Problem> {
    let problems = parse(xml).err().unwrap_or_default();
    let found: Vec<String> = problems.iter().map(|problem| format!("{}:{} {}", problem.line, problem.column, problem.code)).collect();
    assert_eq!(found, expected, "{problems:#?}\n{xml}");
    for problem in &problems {
        assert!(problem.en.ends_with('.') && problem.zh.ends_with('。'), "{problem}");
    }
    problems
}

/// A file with one process, whose body starts on line 3.
fn process(body: &str) -> String {
    format!("{HEAD}<process id=\"main\">\n{body}\n</process></definitions>")
}

const FRAME: &str = "<startEvent id=\"s\"/><endEvent id=\"e\"/>\n";

#[test]
fn text_that_is_no_flow_is_refused() {
    check("", &["1:1 not-xml"]);
    check("hello", &["1:1 not-xml"]);
    check("<definitions>", &["1:1 not-xml"]);
    check("<!DOCTYPE x [<!ENTITY a \"b\">]><definitions/>", &["1:1 not-xml"]);
    check("<definitions/>", &["1:1 not-bpmn"]);
    check("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", &["1:1 not-bpmn"]);
    check(&format!("{HEAD}</definitions>"), &["1:1 process-missing"]);
}

#[test]
fn unknown_and_later_elements_are_refused_where_they_stand() {
    let problems = check(
        &process(&format!(
            "{FRAME}<robotTask id=\"r\"/>\n<sendTask id=\"x\"/> <transaction id=\"t\"/>\n<userTask id=\"u\"><multiInstanceLoopCharacteristics/></userTask>
<startEvent id=\"s2\"><signalEventDefinition/></startEvent>\n<other xmlns=\"urn:x\"/>"
        )),
        &[
            "4:1 element-unknown",
            "5:1 element-later",
            "5:20 element-later",
            "6:18 element-later",
            "7:1 start-many",
            "7:21 element-later",
            "8:1 element-unknown",
        ],
    );
    assert_eq!(problems[0].en, "Expected a known BPMN 2.0 element, but found robotTask; unknown elements are never ignored.");
}

#[test]
fn attributes_and_extensions_that_nobody_reads_are_refused() {
    check(
        &process(&format!(
            "{FRAME}<userTask id=\"u\" zs:kind=\"review\" assignee=\"x\" zs:limit=\"3\"/>\n<userTask id=\"v\" xmlns:c=\"urn:c\" c:assignee=\"x\"/>
<userTask id=\"w\"><extensionElements>
<z xmlns=\"urn:z\"/></extensionElements></userTask>
<userTask id=\"y\" isForCompensation=\"true\" startQuantity=\"1\"/>
<subProcess id=\"z\" triggeredByEvent=\"true\"><startEvent id=\"s3\"/></subProcess>\n<serviceTask id=\"p\" zs:action=\"notify\" zs:template=\"any\"/>"
        )),
        &[
            "4:35 attribute-unknown",
            "4:48 attribute-unknown",
            "5:34 attribute-unknown",
            "7:1 extension-unknown",
            "8:18 attribute-later",
            "9:20 attribute-later",
        ],
    );
}

#[test]
fn ids_are_there_and_unique() {
    check(&process(&format!("{FRAME}<userTask/>\n<userTask id=\"e\"/>")), &["4:1 id-missing", "5:1 id-duplicate"]);
}

#[test]
fn arrows_join_nodes_of_one_body() {
    check(
        &process(&format!(
            "{FRAME}<subProcess id=\"b\"><startEvent id=\"s2\"/><task2/></subProcess>\n<sequenceFlow id=\"f1\" sourceRef=\"s\" targetRef=\"s2\"/>
<sequenceFlow id=\"f2\" sourceRef=\"x\" targetRef=\"e\"/>
<sequenceFlow id=\"f3\" sourceRef=\"e\" targetRef=\"s\"/>
<sequenceFlow id=\"f4\" sourceRef=\"s\"/>"
        )),
        &["3:1 flow-into-start", "3:21 flow-out-of-end", "4:41 element-unknown", "5:1 flow-dangling", "6:1 flow-dangling", "8:1 flow-dangling"],
    );
}

#[test]
fn conditions_stand_where_they_are_evaluated() {
    check(
        &process(&format!(
            "{FRAME}<exclusiveGateway id=\"g\" default=\"f1\"/>
<sequenceFlow id=\"f1\" sourceRef=\"s\" targetRef=\"g\"><conditionExpression>a</conditionExpression></sequenceFlow>
<sequenceFlow id=\"f2\" sourceRef=\"g\" targetRef=\"e\">\n<conditionExpression> </conditionExpression></sequenceFlow>"
        )),
        &["4:1 default-unknown", "5:1 condition-misplaced", "7:1 condition-empty"],
    );
}

#[test]
fn events_name_what_they_wait_for() {
    check(
        &format!(
            "{HEAD}<message id=\"m\"/><error id=\"x\"/>
<process id=\"main\">{FRAME}<boundaryEvent id=\"b1\" attachedToRef=\"nobody\"><timerEventDefinition/></boundaryEvent>
<boundaryEvent id=\"b2\" attachedToRef=\"s\"><errorEventDefinition errorRef=\"none\"/></boundaryEvent>\n<boundaryEvent id=\"b3\" attachedToRef=\"u\"/>
<boundaryEvent id=\"b4\" attachedToRef=\"u\" cancelActivity=\"false\"><errorEventDefinition/></boundaryEvent>\n<userTask id=\"u\"/>
<receiveTask id=\"r\" messageRef=\"none\"/>
<receiveTask id=\"r2\"/>
<callActivity id=\"c\" calledElement=\"other\"/><callActivity id=\"c2\" calledElement=\"main\"/>
<endEvent id=\"e2\"><errorEventDefinition/></endEvent>
<intermediateCatchEvent id=\"i\"><timerEventDefinition/><messageEventDefinition messageRef=\"m\"/></intermediateCatchEvent>
</process></definitions>"
        ),
        &[
            "2:1 message-unnamed",
            "2:18 error-without-code",
            "4:1 boundary-unattached",
            "4:47 duration-missing",
            "5:1 boundary-unattached",
            "5:42 error-unknown",
            "6:1 trigger-count",
            "7:1 error-not-interrupting",
            "9:1 message-unknown",
            "10:1 message-unknown",
            "11:1 call-unknown",
            "11:45 call-circle",
            "12:19 error-without-code",
            "13:1 trigger-count",
        ],
    );
}

#[test]
fn timers_have_durations_their_calendar_can_count() {
    let timer = |id: &str, calendar: &str, inner: &str| {
        format!("<intermediateCatchEvent id=\"{id}\" zs:calendar=\"{calendar}\"><timerEventDefinition>{inner}</timerEventDefinition></intermediateCatchEvent>
")
    };
    let body = [
        timer("a", "workday", "<timeDuration>PT5H</timeDuration>"),
        timer("b", "calendar", "<timeDuration>five days</timeDuration>"),
        timer("c", "lunar", "<timeDuration>P5D</timeDuration>"),
        timer("d", "workday", "<timeCycle>R3/P5D</timeCycle>"),
        timer("e1", "workday", "<timeDuration>P5D</timeDuration>"),
    ];
    check(
        &process(&format!("{FRAME}{}", body.concat())),
        &["4:76 duration-malformed", "5:77 duration-malformed", "6:1 calendar-unknown", "7:76 element-later"],
    );
}

#[test]
fn tasks_have_what_they_need_to_run() {
    check(
        &process(&format!(
            "{FRAME}<businessRuleTask id=\"b\" zs:table=\"rules/x.dmn\"/>\n<scriptTask id=\"t\"/>\n<scriptTask id=\"t2\" zs:set=\"A = 1\"/>
<scriptTask id=\"t3\" zs:set=\"a = 1\"><script>b = 2</script></scriptTask>\n<scriptTask id=\"t4\"><script>b = 2; c = 3</script></scriptTask>"
        )),
        &["4:1 table-missing", "5:1 script-malformed", "6:1 script-malformed", "7:1 script-twice"],
    );
}

#[test]
fn lanes_name_nodes_of_their_process_once() {
    check(
        &process(
            "<laneSet id=\"l\"><lane id=\"w\" zs:duty=\"a\" zs:organ=\"b\">\n<flowNodeRef>s</flowNodeRef>\n<flowNodeRef>x</flowNodeRef></lane>
<lane id=\"v\"><flowNodeRef>s</flowNodeRef>\n<childLaneSet/></lane></laneSet>\n<startEvent id=\"s\"/><endEvent id=\"e\"/>",
        ),
        &["3:17 lane-two-organs", "5:1 lane-node-unknown", "6:14 lane-twice", "7:1 element-unknown"],
    );
}

#[test]
fn an_event_gateway_leads_to_events() {
    let xml = sketch("start s\nevents g\nuser a\nmessage m message=x\nend e\ns -> g -> a -> e\ng -> m -> e");
    assert_eq!(parse(&xml).unwrap_err().iter().map(|problem| problem.code).collect::<Vec<_>>(), ["event-gateway-target"]);
}

#[test]
fn columns_count_characters() {
    check(&process(&format!("{FRAME}<!-- 办理流程 --><nothing/>")), &["4:14 element-unknown"]);
}

#[test]
fn files_too_large_to_be_read_by_anyone_are_refused() {
    let nested = format!("{}{}", "<subProcess id=\"b\"><startEvent id=\"s\"/>".repeat(20_000), "</subProcess>".repeat(20_000));
    let problems = parse(&process(&nested)).unwrap_err();
    assert_eq!(problems.iter().filter(|problem| problem.code == "file-too-large").count(), 1);
    let wide: String = (0..5_000).map(|number| format!("<userTask id=\"u{number}\"/>\n")).collect();
    check(&process(&format!("{FRAME}{wide}")), &["1002:1 file-too-large"]);
}

#[test]
fn processes_that_call_each_other_again_and_again_are_checked_in_time() {
    let body = |number: u32| {
        let next = number + 1;
        format!(
            "start s{number}\ncall a{number} process=p{next}\ncall b{number} process=p{next}\nend e{number} outcome=-\n\
             s{number} -> a{number} -> b{number} -> e{number}\n"
        )
    };
    let mut flow = body(0).replace("end e0 outcome=-", "end e0");
    for number in 1..60 {
        flow += &format!("process p{number} {{\n{}end_process\n", body(number));
    }
    flow += "process p60 {\nstart s60\nend e60 outcome=-\ns60 -> e60\nend_process\n";
    let definition = parse(&sketch(&flow)).unwrap();
    assert_eq!(flow::path_limits(&definition).len(), 1);
    let codes: Vec<_> = flow::model_check(&definition, &flow::Vocabulary::default()).iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["endless-loop"]);
}
