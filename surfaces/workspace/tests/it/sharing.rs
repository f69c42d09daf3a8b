//! Data shared among organs, seen and handled at their desks.

use cases::commands::CompleteTask;
use gate::testing::{Answer, Browser};

use crate::town::Town;

const POPULATION: &str = "101001/000001";

fn typed<'a>(changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let base = [
        ("resource", POPULATION),
        ("fields", "name"),
        ("fields", "address"),
        ("manner", "yes-no"),
        ("method", "interface"),
        ("scene", "办理个体工商户设立登记时核对经营者"),
        ("basis", "市场主体登记管理条例 第十九条"),
        ("ground", "cases"),
        ("items", "geti-shangpu-dengji"),
        ("valid_until", "2027-03-01"),
        ("contact", "罗惠敏 0999-6000025"),
        ("promised", "yes"),
    ];
    let kept = base.into_iter().filter(|(name, _)| !changed.iter().any(|(other, _)| other == name));
    kept.chain(changed.iter().copied().filter(|(_, value)| !value.is_empty())).collect()
}

fn ask(town: &Town, browser: &mut Browser, changed: &[(&str, &str)]) -> Answer {
    town.get(browser, &format!("/workspace/sharing/ask?resource={POPULATION}"));
    town.post(browser, "/workspace/sharing/ask", &typed(changed))
}

/// Whoever holds the post of the open task completes it.
fn complete(town: &Town, case: &str, node: &str, outcome: &str) {
    let view = town.view(case);
    let task = view.tasks.iter().find(|task| task.node == node && task.state == cases::TaskState::Open).unwrap();
    let actor = town.basics.scenario_post(&task.post, Some(&task.organ)).unwrap();
    let command = CompleteTask { task: task.id.clone(), outcome: outcome.into(), opinion: "同意".into(), ..CompleteTask::default() };
    town.world.execute(&actor, command);
}

fn case_of(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.location().strip_prefix("/workspace/sharing/requests/").unwrap().to_owned()
}

#[test]
fn a_request_goes_from_one_desk_to_the_other_and_comes_back_as_a_grant() {
    let town = Town::new();
    let (mut market, mut police) = (town.desk("luohuimin"), town.desk("weizhigang"));
    let choice = town.get(&mut market, "/workspace/sharing/ask").text();
    assert!(choice.contains("人口基本信息") && choice.contains("不予共享") && choice.contains("信访工作条例 第三十条第三款"));
    let case = case_of(&ask(&town, &mut market, &[]));
    let page = format!("/workspace/sharing/requests/{case}");
    assert!(town.get(&mut market, &page).text().contains("撤回申请"));
    assert!(town.get(&mut market, "/workspace/sharing").text().contains(&page));
    let to_us = town.get(&mut police, "/workspace/sharing").text();
    assert!(to_us.contains(&page) && to_us.contains("云溪县市场监督管理局"));
    complete(&town, &case, "accept", "accepted");
    assert!(town.get(&mut police, &page).text().contains("去办理"));
    assert!(!town.get(&mut police, &page).text().contains("撤回申请"), "only the organ that asked withdraws");
    complete(&town, &case, "review", "approved");
    let done = town.get(&mut market, &page).text();
    let grant = done.split_once("/workspace/sharing/grants/").unwrap().1.split('"').next().unwrap().to_owned();
    let path = format!("/workspace/sharing/grants/{grant}");
    for browser in [&mut market, &mut police] {
        let shown = town.get(browser, &path).text();
        assert!(shown.contains("签名核验通过") && shown.contains("姓名") && shown.contains("使用中"), "{shown}");
        assert!(town.get(browser, "/workspace/sharing/grants").text().contains(&path));
    }
    market.language = "en";
    let english = town.get(&mut market, &path).text();
    assert!(english.contains("Both signatures of the provider hold"), "{}", english);
    police.language = "en";
    let acts = town.get(&mut police, &path).text();
    assert!(acts.contains("Legal effect"), "{}", acts);
    let mut other = town.desk("qiuminjie");
    assert_eq!(town.get(&mut other, &path).status, 404, "a third organ sees nothing");
    assert_eq!(town.get(&mut other, &page).status, 404);
}

#[test]
fn data_are_asked_for_under_the_consent_of_each_person() {
    let town = Town::new();
    let mut market = town.desk("luohuimin");
    let unnamed = ask(&town, &mut market, &[("ground", "consent"), ("items", "")]);
    assert!(unnamed.status == 422 && unnamed.text().contains("征求同意的事由"), "{}", unnamed.text());
    let case = case_of(&ask(&town, &mut market, &[("ground", "consent"), ("items", ""), ("consent", "开办企业免交身份证")]));
    complete(&town, &case, "accept", "accepted");
    complete(&town, &case, "review", "approved");
    let grant = town.world.read(|tx| sharing::queries::grant_of_case(tx, &case)).unwrap();
    let page = town.get(&mut market, &format!("/workspace/sharing/grants/{}", grant.id)).text();
    assert!(page.contains("本人同意：开办企业免交身份证"), "{page}");
    let desk = town.get(&mut market, "/workspace/registers/population/consents").text();
    assert!(desk.contains("凭同意的授权和常设共享写明的事由：开办企业免交身份证"), "{desk}");
}

#[test]
fn what_is_wrong_is_said_at_the_field_and_nothing_typed_is_lost() {
    let town = Town::new();
    let mut market = town.desk("luohuimin");
    let check = |market: &mut Browser, changed: &[(&str, &str)], said: &str| {
        let answer = ask(&town, market, changed);
        assert_eq!(answer.status, 422, "{changed:?}");
        let text = answer.text();
        assert!(text.contains(said), "{changed:?}: {text}");
        assert!(text.contains("罗惠敏 0999-6000025"), "what was typed is kept");
    };
    check(&mut market, &[("promised", "")], "请确认承诺内容");
    check(&mut market, &[("fields", "")], "字段");
    check(&mut market, &[("fields", "blood_type")], "没有字段");
    check(&mut market, &[("valid_until", "2026-01-01")], "使用时限不合规定");
    check(&mut market, &[("method", "file")], "不提供这种共享方式");
    check(&mut market, &[("scene", "")], "使用场景");
    assert!(town.get(&mut market, "/workspace/sharing").text().contains("本单位没有提出过共享申请"));
}

#[test]
fn a_grant_is_suspended_with_reasons_and_resumed_by_whoever_suspended_it() {
    let town = Town::new();
    let (mut market, mut police, mut authority) = (town.desk("luohuimin"), town.desk("weizhigang"), town.desk("chengsiyuan"));
    let case = case_of(&ask(&town, &mut market, &[]));
    complete(&town, &case, "accept", "accepted");
    complete(&town, &case, "review", "approved");
    let grant = town.world.read(|tx| sharing::queries::grant_of_case(tx, &case)).unwrap();
    let path = format!("/workspace/sharing/grants/{}", grant.id);
    assert!(!town.get(&mut market, &path).text().contains("value=\"suspend\""), "the user does not suspend");
    town.get(&mut authority, &path);
    let silent = town.post(&mut authority, &path, &[("act", "suspend"), ("reason", " ")]);
    assert!(silent.status == 422 && silent.text().contains("没有写明理由和依据"));
    let done = town.post(&mut authority, &path, &[("act", "suspend"), ("reason", "抽查发现误用，数据安全法第三十八条")]);
    assert_eq!(done.status, 303, "{}", done.text());
    let seen = town.get(&mut market, &path).text();
    assert!(seen.contains("已停用") && seen.contains("抽查发现误用"));
    assert!(town.get(&mut market, "/workspace/sharing").text().contains("共享授权已停用"), "the user is told");
    assert!(!town.get(&mut police, &path).text().contains("value=\"resume\""));
    town.get(&mut authority, &path);
    assert_eq!(town.post(&mut authority, &path, &[("act", "resume"), ("reason", "已整改")]).status, 303);
    town.get(&mut police, &path);
    let late = town.post(&mut police, &path, &[("act", "extend"), ("valid_until", "2026-05-01"), ("reason", "继续")]);
    assert!(late.status == 422 && late.text().contains("使用时限不合规定"));
    assert_eq!(town.post(&mut police, &path, &[("act", "extend"), ("valid_until", "2027-09-01"), ("reason", "继续办理")]).status, 303);
    assert!(town.get(&mut market, &path).text().contains("第2次签发"));
}

#[test]
fn a_request_sent_back_is_completed_and_one_may_be_withdrawn() {
    let town = Town::new();
    let mut market = town.desk("luohuimin");
    let case = case_of(&ask(&town, &mut market, &[]));
    let view = town.view(&case);
    let task = view.tasks.first().unwrap();
    let checker = town.basics.scenario_post(&task.post, Some(&task.organ)).unwrap();
    let item = cases::model::CorrectionItem { target: "scene".into(), says: "请写明哪个环节".into() };
    town.world.execute(&checker, cases::commands::RequestCorrection { task: task.id.clone(), items: vec![item], seen: None });
    let page = format!("/workspace/sharing/requests/{case}");
    let sent_back = town.get(&mut market, &page).text();
    assert!(sent_back.contains("请写明哪个环节") && sent_back.contains("办理个体工商户设立登记时核对经营者"));
    let mut fields = typed(&[("scene", "受理环节核对经营者姓名和住所")]);
    fields.push(("act", "correct"));
    let answered = town.post(&mut market, &page, &fields);
    assert_eq!(answered.status, 303, "{}", answered.text());
    assert_eq!(town.view(&case).file.answers["scene"], "受理环节核对经营者姓名和住所");
    town.get(&mut market, &page);
    assert_eq!(town.post(&mut market, &page, &[("act", "withdraw")]).status, 303);
    assert_eq!(town.view(&case).file.outcome, Some(cases::Outcome::Withdrawn));
}

#[test]
fn the_three_lists_are_there_and_a_demand_is_answered_by_the_data_authority() {
    let town = Town::new();
    let (mut civil, mut authority) = (town.desk("yaozhiqiang"), town.desk("chengsiyuan"));
    let page = town.get(&mut civil, "/workspace/sharing/lists").text();
    assert!(page.contains("需求清单") && page.contains("责任清单") && page.contains("税收征收管理法 第八条第二款"));
    assert!(!page.contains("value=\"answer\""));
    let blank = town.post(&mut civil, "/workspace/sharing/lists", &[("act", "declare"), ("title", ""), ("purpose", "停发津贴")]);
    assert!(blank.status == 422 && blank.text().contains("停发津贴"));
    let declared = town.post(&mut civil, "/workspace/sharing/lists", &[("act", "declare"), ("title", "殡葬火化信息"), ("purpose", "停发津贴")]);
    assert_eq!(declared.status, 303);
    let open = town.get(&mut authority, "/workspace/sharing/lists").text();
    assert!(open.contains("殡葬火化信息") && open.contains("value=\"answer\""));
    let demand = town.world.read(|tx| sharing::queries::demands(tx, 10)).remove(0).id;
    let fields = [("act", "answer"), ("demand", demand.as_str()), ("resource", ""), ("answer", "由上级集中管理")];
    assert_eq!(town.post(&mut authority, "/workspace/sharing/lists", &fields).status, 303);
    assert!(town.get(&mut civil, "/workspace/sharing/lists").text().contains("由上级集中管理"));
}

#[test]
fn a_dispute_is_raised_by_the_organ_and_seen_by_it_alone() {
    let town = Town::new();
    let (mut market, mut police) = (town.desk("luohuimin"), town.desk("duanxiaofeng"));
    town.get(&mut market, "/workspace/sharing/disputes");
    let short = [
        ("other_side", "云溪县公安局"),
        ("matter", "refused"),
        ("subject", POPULATION),
        ("reasons", "不同意"),
        ("claim", "同意核验姓名"),
        ("promised", "yes"),
    ];
    let wrong = town.post(&mut market, "/workspace/sharing/disputes", &short);
    assert!(wrong.status == 422 && wrong.text().contains("同意核验姓名"), "{}", wrong.text());
    let mut fields = short;
    fields[3].1 = "核对经营者身份是法定职责，提供部门以内部规定为由不同意。";
    let done = town.post(&mut market, "/workspace/sharing/disputes", &fields);
    assert_eq!(done.status, 303, "{}", done.text());
    let path = done.location().to_owned();
    assert!(town.get(&mut market, &path).text().contains("以内部规定为由不同意"));
    assert_eq!(town.get(&mut police, &path).status, 404);
}
