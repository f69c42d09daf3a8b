//! Defects seeded into the good package: each must be found, in the file where it is.

use procedure::{Files, Finding, parse_and_check};

use crate::good;

/// What is done to the package, and the code of the finding in the same file; empty: any.
struct Defect {
    rule: &'static str,
    path: &'static str,
    from: &'static str,
    to: &'static str,
    code: &'static str,
}

const fn defect(rule: &'static str, path: &'static str, from: &'static str, to: &'static str, code: &'static str) -> Defect {
    Defect { rule, path, from, to, code }
}

const ITEM: &str = "item.toml";
const FLOW: &str = "flow.bpmn";
const FORM: &str = "form.json";
const TABLE: &str = "rules/size.dmn";
const TEMPLATE: &str = "documents/permit.typ";
const SCENARIO: &str = "tests/small-sign.toml";

const IN_ITEM: &[Defect] = &[
    defect("the file is TOML", ITEM, "[limits]", "[limits", "toml-syntax"),
    defect("keys are known", ITEM, "quota =", "qouta =", "key-unknown"),
    defect("keys are complete", ITEM, "duty = \"urban-management\"\n", "", "key-missing"),
    defect("texts are bilingual", ITEM, "name = { zh = \"决定\", en = \"Decision\" }", "name = { zh = \"决定\" }", "key-missing"),
    defect("English is English", ITEM, "en = \"Has no\"", "", "").with_english(),
    defect("a case is named by a field", ITEM, "named_by = \"sign_name\"", "named_by = \"name\"", "case-name-unbound"),
    defect("the basic code has 12 digits", ITEM, "330117012000", "33011701200", "basic-code-wrong"),
    defect("the basic code names the type", ITEM, "330117012000", "330517012000", "basic-code-type"),
    defect("the type is in the code list", ITEM, "type = \"01\"", "type = \"12\"", "code-unknown"),
    defect("themes are in the code list", ITEM, "themes_person = [\"040\"]", "themes_person = [\"080\"]", "code-unknown"),
    defect("life events are known", ITEM, "\"open-a-shop\"", "\"open-a-pub\"", "code-unknown"),
    defect("an item of power has a source of power", ITEM, "power_source = \"1\"\n", "", "power-source-missing"),
    defect(
        "no visit and no web needs post",
        ITEM,
        "channels = [\"window\", \"web\", \"mobile\", \"post\"]",
        "channels = [\"window\"]",
        "visits-no-channel",
    ),
    defect("visits need a reason", ITEM, "visits_max = 0", "visits_max = 1", "visit-reason-missing"),
    defect("entirely online means no visit", ITEM, "visits_max = 0", "visits_max = 2", "online-with-visits"),
    defect("no visit needs no reason", ITEM, "visit_reason = { zh = \"无\"", "visit_reason = { zh = \"核验原件\"", "visit-reason-needless"),
    defect("citations name an article", ITEM, "article = \"第十一条第二款\"", "article = \"11\"", "basis-article"),
    defect("the law has no brackets", ITEM, "law = \"城市市容和环境卫生管理条例\"", "law = \"《城市市容和环境卫生管理条例》\"", "basis-law"),
    defect("promised is not above statutory", ITEM, "promised = { value = 10", "promised = { value = 21", "limits-order"),
    defect("an item handled at once promises a day", ITEM, "handling = \"promised\"", "handling = \"instant\"", "instant-limit"),
    defect(
        "a permit takes 20 working days",
        ITEM,
        "value = 20, unit = \"workday\", basis = \"行政许可法 第四十二条\", note = { zh = \"自受理之日起计算\", en = \"from acceptance\" }",
        "value = 60, unit = \"workday\", basis = \"行政许可法 第四十二条\"",
        "permit-too-long",
    ),
    defect(
        "a permit counts working days",
        ITEM,
        "statutory = { value = 20, unit = \"workday\"",
        "statutory = { value = 20, unit = \"calendar-day\"",
        "permit-unit",
    ),
    defect(
        "the correction notice is due in 5 days",
        ITEM,
        "correction_notice_workdays = 5",
        "correction_notice_workdays = 10",
        "correction-notice-limit",
    ),
    defect("delivery takes 10 days", ITEM, "delivery_workdays = 10", "delivery_workdays = 15", "delivery-too-long"),
    defect("the extension is 10 days", ITEM, "extension_workdays_max = 10", "extension_workdays_max = 15", "extension-too-long"),
    defect("only lawful reasons stop the clock", ITEM, "\"appraisal\"", "\"holiday\"", "code-unknown"),
    defect("acceptance by default is law", ITEM, "deemed_acceptance = true", "deemed_acceptance = false", "deemed-acceptance"),
    defect("the clock starts at acceptance", ITEM, "clock_starts = \"accepted\"", "clock_starts = \"submitted\"", "clock-start"),
    defect("fees have a basis", ITEM, "basis = \"省物价部门核定的证照工本费标准\"", "basis = \"\"", "fee-basis-missing"),
    defect("catch-all materials are banned", ITEM, "zh = \"户外广告设计图\"", "zh = \"法律法规规定的其他材料\"", "material-catch-all"),
    defect(
        "materials are asked for by law",
        ITEM,
        "basis = \"城市市容和环境卫生管理条例 第十一条\"\naccept = [\"pdf\"]",
        "accept = [\"pdf\"]",
        "material-basis-missing",
    ),
    defect("file types are known", ITEM, "accept = [\"pdf\"]", "accept = [\"exe\"]", "material-file-type"),
    defect("material ids are unique", ITEM, "id = \"owner_consent\"", "id = \"design\"", "material-repeated"),
    defect("online means no paper", ITEM, "form = \"2\"", "form = \"1\"", "material-paper-online"),
    defect("what government issues is not asked", ITEM, "waived_by = \"register:legal-persons\"\n", "", "material-could-be-shared"),
    defect(
        "what is waived needs no reason for being asked",
        ITEM,
        "waived_by = \"register:legal-persons\"\n",
        "waived_by = \"register:legal-persons\"\nasked_because = { zh = \"要核对原件\", en = \"To see the original\" }\n",
        "material-asked-because",
    ),
    defect("conditions of materials are bound", ITEM, "when = \"situation.place", "when = \"situation.location", "variable-unbound"),
    defect(
        "conditions of materials can hold",
        ITEM,
        "when = \"situation.place = \\\"rented\\\"\"",
        "when = \"situation.place = \\\"leased\\\"\"",
        "value-impossible",
    ),
    defect("conditions of materials are FEEL", ITEM, "when = \"applicant.kind = ", "when = \"applicant.kind = ( ", "feel-wrong"),
    defect("a stop is one of the options", ITEM, "stop = { value = \"road\"", "stop = { value = \"street\"", "stop-unknown"),
    defect("options differ", ITEM, "value = \"own\"", "value = \"rented\"", "option-repeated"),
    defect("the template exists", ITEM, "documents/permit.typ", "documents/licence.typ", "template-missing"),
    defect("the type code has its check digit", ITEM, "11100000000013338W009", "11100000000013339W009", "certificate-type-code"),
    defect("the face is bound", ITEM, "value = \"answers.area_m2\"", "value = \"answers.area\"", "variable-unbound"),
    defect("the holder is bound", ITEM, "holder_name = \"applicant.name\"", "holder_name = \"holder.name\"", "variable-unbound"),
    defect("results of tables on the face are bound", ITEM, "value = \"size_class.class\"", "value = \"size_class.size\"", "variable-unbound"),
    defect("the number has one serial", ITEM, "{serial:5}", "", "number-rule-wrong"),
    defect("the promise is asked", ITEM, "promise = { zh", "# promise = { zh", "promise-missing"),
    defect("a certificate is listed", ITEM, "id = \"permit\"", "id = \"licence\"", "certificate-never-issued"),
];

const IN_FLOW: &[Defect] = &[
    defect("the file is XML", FLOW, "</process>", "</proces>", "not-xml"),
    defect("arrows lead somewhere", FLOW, "targetRef=\"end_refused\"", "targetRef=\"end_refusal\"", ""),
    defect(
        "every node is reached",
        FLOW,
        "sourceRef=\"send_refusal\" targetRef=\"end_refused\"",
        "sourceRef=\"send_refusal\" targetRef=\"end_rejected\"",
        "",
    ),
    defect("tasks are in a lane", FLOW, "<flowNodeRef>review</flowNodeRef>", "", "lane-missing"),
    defect("kinds are known", FLOW, "zs:kind=\"review\"", "zs:kind=\"check\"", "kind-unknown"),
    defect("actions are known", FLOW, "zs:action=\"notify\"", "zs:action=\"email\"", "action-unknown"),
    defect("gateways have a default", FLOW, " default=\"small\"", "", ""),
    defect("outcomes exist", FLOW, "decide.outcome = \"approved\"", "decide.outcome = \"granted\"", "condition-outcome-unknown"),
    defect("variables exist", FLOW, "size_class.class = \"large\"", "size.class = \"large\"", "variable-unbound"),
    defect("results of tables can occur", FLOW, "size_class.class = \"large\"", "size_class.class = \"huge\"", "value-impossible"),
    defect("conditions look back, not ahead", FLOW, "size_class.class = \"large\"", "decide.outcome = \"approved\"", "variable-unbound"),
    defect("fields exist", FLOW, "size_class.class = \"large\"", "answers.size &gt; 10", "variable-unbound"),
    defect("members of task results exist", FLOW, "accept.outcome = \"accepted\"", "accept.result = \"accepted\"", "variable-unbound"),
    defect(
        "a parallel join does not wait for ever",
        FLOW,
        "<exclusiveGateway id=\"before_decision\" />",
        "<parallelGateway id=\"before_decision\" />",
        "",
    ),
    defect(
        "every path meets the deadline",
        FLOW,
        "zs:kind=\"visit\" zs:limit-workdays=\"3\"",
        "zs:kind=\"visit\" zs:limit-workdays=\"6\"",
        "deadline-infeasible",
    ),
    defect("tasks have a limit", FLOW, "zs:kind=\"review\" zs:limit-workdays=\"3\"", "zs:kind=\"review\"", "task-limit-missing"),
    defect("a visit takes two officers", FLOW, "zs:officers=\"2\"", "zs:officers=\"1\"", "visit-officers"),
    defect("certificates exist", FLOW, "zs:certificate=\"permit\"", "zs:certificate=\"permits\"", "certificate-unknown"),
    defect("tables exist", FLOW, "zs:table=\"rules/size.dmn\"", "zs:table=\"rules/area.dmn\"", "table-missing"),
    defect("decisions exist", FLOW, "zs:decision=\"size_class\"", "zs:decision=\"area_class\"", "decision-missing"),
    defect("ends have an outcome", FLOW, " zs:outcome=\"rejected\"", "", "outcome-missing"),
];

const IN_OTHERS: &[Defect] = &[
    defect("the form is JSON", FORM, "\"type\": \"object\",", "\"type\": \"object\"", ""),
    defect("pages list fields", FORM, "[\"owner_name\"]", "[\"owner\"]", ""),
    defect("conditions of fields are bound", FORM, "answers.lit = true", "answers.light = true", ""),
    defect("conditions of pages can hold", FORM, "situation.place = \\\"rented\\\"", "situation.place = \\\"hired\\\"", "value-impossible"),
    defect("required fields exist", FORM, "\"required\": [\"sign_name\"", "\"required\": [\"signname\"", ""),
    defect("tables are complete", TABLE, "&gt;= 10", "&gt;= 11", "table-gap"),
    defect("tables do not overlap", TABLE, "&lt; 10", "&lt;= 10", "table-overlap"),
    defect("inputs are bound", TABLE, "answers.area_m2", "answers.area", "variable-unbound"),
    defect("inputs have a value", TABLE, "answers.area_m2", "answers.power_w", "table-input-perhaps-missing"),
    defect("tables are XML", TABLE, "</decision>", "", ""),
    defect("templates use what there is", TEMPLATE, "data.certificate.number", "data.answers.name_of_sign", "variable-unbound"),
    defect("scenarios ask for known fields", SCENARIO, "sign_name =", "signname =", "scenario-unknown"),
    defect("scenarios hand in known materials", SCENARIO, "design = \"pdf\"", "drawing = \"pdf\"", "scenario-unknown"),
    defect("scenarios act by known posts", SCENARIO, "by = \"window\"", "by = \"counter\"", "scenario-unknown"),
    defect("scenarios expect known tasks", SCENARIO, "tasks = [\"review\"]", "tasks = [\"check\"]", "scenario-unknown"),
    defect("scenarios use known verbs", SCENARIO, "do = \"accept\"", "do = \"approve\"", "scenario-unknown"),
];

impl Defect {
    /// English that is Chinese.
    const fn with_english(self) -> Self {
        Self { from: "en = \"Acceptance notice\"", to: "en = \"受理通知书\"", code: "text-language", ..self }
    }

    fn findings(&self) -> Vec<Finding> {
        let files = good::changed(self.path, self.from, self.to);
        parse_and_check(files).1
    }

    fn is_found(&self, findings: &[Finding]) -> bool {
        findings.iter().any(|finding| finding.file == self.path && (self.code.is_empty() || finding.code == self.code))
    }
}

#[test]
fn seeded_defects_are_found_where_they_are() {
    let mut missed = Vec::new();
    let mut count = 0_usize;
    for defect in [IN_ITEM, IN_FLOW, IN_OTHERS].into_iter().flatten() {
        let findings = defect.findings();
        count += 1;
        if !defect.is_found(&findings) {
            let said: Vec<String> = findings.iter().map(|finding| finding.sentence(false)).collect();
            missed.push(format!("{} ({} {:?}): {said:#?}", defect.rule, defect.path, defect.to));
        }
    }
    assert!(count >= 40, "only {count} defects");
    assert!(missed.is_empty(), "{} of {count} missed:\n{}", missed.len(), missed.join("\n"));
}

#[test]
fn a_field_that_is_renamed_in_the_form_alone_is_missed_wherever_it_is_used() {
    let mut files = good::files();
    let form = files.text(FORM).unwrap().replace("area_m2", "area");
    files.put(FORM, form);
    let unbound: Vec<String> =
        parse_and_check(files).1.into_iter().filter(|finding| finding.code == "variable-unbound").map(|finding| finding.file).collect();
    assert_eq!(unbound, [ITEM, TABLE]);
}

#[test]
fn acceptance_is_before_the_clock_and_does_not_count_against_the_promise() {
    let files = good::changed(FLOW, "zs:kind=\"accept\" zs:limit-workdays=\"1\"", "zs:kind=\"accept\" zs:limit-workdays=\"5\"");
    assert_eq!(parse_and_check(files).1, []);
}

#[test]
fn a_loop_counts_once() {
    let back = "<sequenceFlow id=\"again\" sourceRef=\"decision\" targetRef=\"once_more\"><conditionExpression>decide.outcome = \"rejected\"\
                </conditionExpression></sequenceFlow><sequenceFlow id=\"f10\" sourceRef=\"once_more\" targetRef=\"before_decision\" />\
                <scriptTask id=\"once_more\" zs:set=\"rounds = 2\" /></process>";
    assert_eq!(parse_and_check(good::changed(FLOW, "</process>", back)).1, []);
}

#[test]
fn of_parallel_branches_the_longest_counts() {
    let parallel = |days: u32| {
        let advice =
            format!("<parallelGateway id=\"before_decision\" /><userTask id=\"advice\" zs:kind=\"countersign\" zs:limit-workdays=\"{days}\" />");
        let to_advice =
            "sourceRef=\"visit_needed\" targetRef=\"advice\" /><sequenceFlow id=\"f11\" sourceRef=\"advice\" targetRef=\"before_decision\" />";
        let large = "<conditionExpression xsi:type=\"tFormalExpression\">size_class.class = \"large\"</conditionExpression>";
        let mut text = good::files().text(FLOW).unwrap().to_owned();
        for (from, to) in [
            ("<exclusiveGateway id=\"visit_needed\" default=\"small\" />", "<parallelGateway id=\"visit_needed\" />"),
            ("<exclusiveGateway id=\"before_decision\" />", advice.as_str()),
            (large, ""),
            ("<flowNodeRef>review</flowNodeRef>", "<flowNodeRef>review</flowNodeRef><flowNodeRef>advice</flowNodeRef>"),
            ("sourceRef=\"visit_needed\" targetRef=\"before_decision\" />", to_advice),
        ] {
            assert!(text.contains(from), "{from}");
            text = text.replace(from, to);
        }
        let mut files = good::files();
        files.put(FLOW, text);
        parse_and_check(files).1.into_iter().map(|finding| finding.code.into_owned()).collect::<Vec<_>>()
    };
    assert_eq!(parallel(5), Vec::<String>::new());
    assert_eq!(parallel(6), ["deadline-infeasible", "deadline-infeasible"]);
}

#[test]
fn a_result_that_some_path_goes_past_may_only_be_compared() {
    let findings = |condition: &str| parse_and_check(good::changed(FLOW, "decide.outcome = \"approved\"", condition)).1;
    assert_eq!(findings("visit.outcome = \"qualified\""), []);
    let found = findings("count(visit.officers) &gt; 1");
    assert_eq!(found.iter().map(|finding| &*finding.code).collect::<Vec<_>>(), ["variable-perhaps-missing"]);
}

#[test]
fn removed_and_strange_files_are_found() {
    let removed = |path: &str| {
        let mut files = good::files();
        files.remove(path).unwrap();
        files
    };
    let found = |files: Files| parse_and_check(files).1.into_iter().map(|finding| (finding.file, finding.code.into_owned())).collect::<Vec<_>>();
    let has = |found: &[(String, String)], file: &str, code: &str| found.iter().any(|(f, c)| f == file && c == code);
    for path in ["item.toml", "form.json", "flow.bpmn"] {
        assert!(has(&found(removed(path)), path, "file-missing"), "{path}");
    }
    assert!(has(&found(removed(TEMPLATE)), ITEM, "template-missing"));
    assert!(has(&found(removed(TABLE)), FLOW, "table-missing"));
    let mut few = removed("tests/refused.toml");
    few.remove("tests/overtime.toml");
    assert!(has(&found(few), "tests", "scenarios-few"));
    for (path, content, code) in [
        ("rules/x.xlsx", &b"PK"[..], "file-unexpected"),
        ("tests/a.toml", &b"name = \"\xff\""[..], "file-not-utf8"),
        ("tests/a.toml", &b"\xEF\xBB\xBFname = \"a\""[..], "file-bom"),
        ("../x.toml", &b""[..], "file-unexpected"),
    ] {
        let mut files = good::files();
        files.put(path, content);
        assert!(has(&found(files), path, code), "{path} {code}");
    }
}

#[test]
fn broken_files_never_panic() {
    for (path, content) in good::files().iter() {
        for cut in [0, 1, content.len() / 3, content.len() / 2, content.len().saturating_sub(3)] {
            let mut files = good::files();
            files.put(path, &content[..cut]);
            let (_, findings) = parse_and_check(files);
            assert!(
                findings.iter().any(|finding| finding.file == path) || path.starts_with("documents/") || path.starts_with("tests/"),
                "{path} cut at {cut}"
            );
        }
    }
}

#[test]
fn findings_read_well() {
    let mut files = good::changed(ITEM, "promised = { value = 10", "promised = { value = 21");
    let flow = files.text(FLOW).unwrap().replace("size_class.class = ", "size.class = ").replace("zs:officers=\"2\"", "zs:officers=\"1\"");
    files.put(FLOW, flow);
    let table = files.text(TABLE).unwrap().replace("&gt;= 10", "&gt;= 11");
    files.put(TABLE, table);
    let (_, findings) = parse_and_check(files);
    let text: String = findings.iter().map(|finding| format!("{}\n{}\n", finding.sentence(true), finding.sentence(false))).collect();
    insta::assert_snapshot!(text);
}
