//! What can be done with a task, and what cannot.

use cases::{CaseStatus, Outcome};

use crate::town::Town;

#[test]
fn accepting_starts_the_clock_and_leads_back_to_the_inbox() {
    let town = Town::new();
    let case = town.tea_shop().case;
    let mut clerk = town.desk("suwanqing");
    let page = town.get(&mut clerk, &format!("/workspace/tasks/{}", town.task(&case, "accept")));
    assert_eq!(page.status, 200, "{}", page.text());
    let text = page.text();
    for expected in ["法律效果：", "承诺办结日2026年", "法定办结日2026年3月30日", "行政许可法 第三十二条", "云溪县晓禾奶茶店", "林晓禾"]
    {
        assert!(text.contains(expected), "{expected}");
    }
    let answer = town.act(&mut clerk, &town.task(&case, "accept"), "accepted", &[]);
    assert_eq!((answer.status.as_u16(), answer.location()), (303, "/workspace/inbox"));
    assert_eq!(town.view(&case).file.status, CaseStatus::Accepted);
    let inbox = town.get(&mut clerk, "/workspace/inbox");
    assert!(inbox.text().contains("予以受理，已办理"));
}

#[test]
fn a_double_click_is_one_act() {
    let town = Town::new();
    let case = town.tea_shop().case;
    let mut clerk = town.desk("suwanqing");
    let path = format!("/workspace/tasks/{}", town.task(&case, "accept"));
    let page = town.get(&mut clerk, &path);
    let (seen, key) = (page.hidden("seen").unwrap(), format!("{}-twice", page.hidden("_key").unwrap()));
    let fields = [("act", "accepted"), ("seen", seen.as_str()), ("_key", key.as_str())];
    assert_eq!(town.post(&mut clerk, &path, &fields).status, 303);
    let again = town.post(&mut clerk, &path, &fields);
    assert_eq!((again.status.as_u16(), again.location()), (303, "/workspace/inbox"), "the second click gets the first answer");
    let accepted = town.view(&case).timeline.iter().filter(|entry| entry.kind == "case-accepted").count();
    assert_eq!(accepted, 1);
}

#[test]
fn a_correction_notice_tells_several_things_at_once() {
    let town = Town::new();
    let case = town.tea_shop().case;
    let mut clerk = town.desk("suwanqing");
    let task = town.task(&case, "accept");
    let empty =
        town.act(&mut clerk, &task, "correction", &[("target", "layout_drawing"), ("says", ""), ("target", "employees"), ("says", "请核对人数")]);
    assert_eq!(empty.status, 422);
    assert!(empty.text().contains("没有写明需要补正的内容") && empty.text().contains("请核对人数"));
    let fields =
        [("target", "layout_drawing"), ("says", "平面图没有标明面积"), ("target", "employees"), ("says", "请核对人数"), ("target", ""), ("says", "")];
    assert_eq!(town.act(&mut clerk, &task, "correction", &fields).status, 303);
    let file = town.view(&case).file;
    assert_eq!(file.status, CaseStatus::Correcting);
    assert_eq!(file.correction.unwrap().items.len(), 2);
    let waiting = town.get(&mut clerk, &format!("/workspace/tasks/{task}"));
    assert!(waiting.text().contains("等待申请人补齐") && waiting.text().contains("平面图没有标明面积"));
}

#[test]
fn rejecting_needs_reasons_and_basis_and_a_second_look() {
    let town = Town::new();
    let case = town.tea_shop_at("decide").case;
    let mut approver = town.desk("tangwenbo");
    let path = format!("/workspace/tasks/{}", town.task(&case, "decide"));
    let page = town.get(&mut approver, &format!("{path}?act=rejected"));
    let seen = page.hidden("seen").unwrap();
    assert!(page.text().contains("六十日内可以向云溪县人民政府申请行政复议"));
    let reject = |opinion: &'static str, basis: &'static str| vec![("act", "rejected"), ("opinion", opinion), ("basis", basis)];
    let silent = town.post(&mut approver, &path, &[reject("", "《食品安全法》"), vec![("seen", &seen)]].concat());
    assert_eq!(silent.status, 422);
    assert!(
        silent.text().contains("没有说明理由") && silent.text().contains("没有写明法律依据") && silent.text().contains("value=\"《食品安全法》\"")
    );
    let vague = town.post(&mut approver, &path, &[reject("操作间没有洗手设施", "《食品安全法》"), vec![("seen", &seen)]].concat());
    assert_eq!(vague.status, 422);
    assert!(vague.text().contains("操作间没有洗手设施"), "what was typed is kept");
    let full = reject("操作间没有洗手设施", "《食品安全法》第三十三条第一款");
    let look = town.post(&mut approver, &path, &[full.clone(), vec![("seen", &seen)]].concat());
    assert_eq!(look.status, 422, "not done yet");
    assert!(look.text().contains("请核对后确认") && look.text().contains("name=\"confirm\""));
    assert_eq!(town.view(&case).file.status, CaseStatus::Accepted);
    let back = town.post(&mut approver, &path, &[full.clone(), vec![("seen", &seen), ("confirm", "no")]].concat());
    assert!(back.text().contains("操作间没有洗手设施") && !back.text().contains("请核对后确认"));
    let done = town.post(&mut approver, &path, &[full, vec![("seen", &seen), ("confirm", "yes")]].concat());
    assert_eq!(done.status, 303);
    let file = town.view(&case).file;
    assert_eq!(file.outcome, Some(Outcome::Rejected));
    assert_eq!(file.decision.unwrap().basis, "《食品安全法》第三十三条第一款");
}

#[test]
fn refusing_to_accept_closes_the_case() {
    let town = Town::new();
    let case = town.tea_shop().case;
    let mut clerk = town.desk("suwanqing");
    let fields = [("opinion", "不属于食品经营"), ("basis", "《食品经营许可和备案管理办法》第四条")];
    assert_eq!(town.act(&mut clerk, &town.task(&case, "accept"), "refused", &fields).status, 303);
    assert_eq!(town.view(&case).file.outcome, Some(Outcome::Refused));
}

#[test]
fn a_visit_needs_two_officers_and_findings() {
    let town = Town::new();
    let case = town.tea_shop_at("visit").case;
    let mut officer = town.desk("chenlixing");
    let task = town.task(&case, "visit");
    let alone = town.act(&mut officer, &task, "qualified", &[("officer", "陈立行"), ("officer", ""), ("findings", "现场与申请一致")]);
    assert_eq!(alone.status, 422);
    assert!(alone.text().contains("现场核查需要两名以上工作人员") && alone.text().contains("现场与申请一致"));
    let silent = town.act(&mut officer, &task, "qualified", &[("officer", "陈立行"), ("officer", "吴清平")]);
    assert!(silent.status == 422 && silent.text().contains("没有写明核查情况"));
    let full = [("officer", "陈立行"), ("officer", "吴清平"), ("findings", "现场与申请一致")];
    assert_eq!(town.act(&mut officer, &task, "qualified", &full).status, 303);
}

#[test]
fn somebody_elses_change_answers_409_and_keeps_the_opinion() {
    let town = Town::new();
    let case = town.tea_shop_at("review").case;
    let (mut first, mut second) = (town.desk("hansonglin"), town.desk("suwanqing"));
    let task = town.task(&case, "review");
    let path = format!("/workspace/tasks/{task}");
    let page = town.get(&mut first, &format!("{path}?act=returned"));
    let stale = (page.hidden("seen").unwrap().parse::<i64>().unwrap() - 1).to_string();
    let answer = town.post(&mut first, &path, &[("act", "returned"), ("seen", &stale), ("opinion", "设备清单缺页")]);
    assert_eq!(answer.status, 409);
    assert!(answer.text().contains("别人已经更新了这件事") && answer.text().contains("设备清单缺页"));
    assert_eq!(town.act(&mut first, &task, "passed", &[]).status, 303);
    let late = town.post(&mut first, &path, &[("act", "returned"), ("seen", &stale), ("opinion", "设备清单缺页")]);
    assert_eq!(late.status, 409, "the step is over");
    assert!(late.text().contains("您刚才填写的内容") && late.text().contains("设备清单缺页"));
    assert_eq!(town.get(&mut second, &format!("/workspace/cases/{case}")).status, 404, "the window has no task in it and handled none");
}

#[test]
fn a_step_done_by_a_colleague_is_told_though_the_file_is_closed_to_oneself() {
    let town = Town::new();
    let case = town.submit("geti-shangpu-dengji", "ordinary").case;
    let task = town.task(&case, "accept");
    let (mut first, mut second, mut stranger) = (town.desk("suwanqing"), town.desk("duxiaochuan"), town.desk("zhaotieshan"));
    assert_eq!(town.act(&mut first, &task, "accepted", &[]).status, 303);
    let late = town.act(&mut second, &task, "accepted", &[("opinion", "材料齐全")]);
    assert_eq!(late.status, 409);
    assert!(late.text().contains("这个环节已经由同岗位的人办完") && late.text().contains("材料齐全"));
    let path = format!("/workspace/tasks/{task}");
    let again = town.get(&mut second, &path);
    assert!(again.status == 404 && again.text().contains("这个环节已经由同岗位的人办完"));
    let nothing = town.get(&mut stranger, &path);
    assert!(nothing.status == 404 && !nothing.text().contains("这个环节已经由同岗位的人办完"));
}

#[test]
fn a_request_is_assigned_replied_and_sent_back_once() {
    let town = Town::new();
    let case = town.submit("12345-suqiu", "ordinary").case;
    let mut dispatcher = town.desk("zhongxiaolan");
    let task = town.view(&case).tasks[0].id.clone();
    let page = town.get(&mut dispatcher, &format!("/workspace/tasks/{task}?act=assigned"));
    assert!(page.text().contains("<option") && page.text().contains("承办单位"));
    let nowhere = town.act(&mut dispatcher, &task, "assigned", &[("organ", "")]);
    assert!(nowhere.status == 422 && nowhere.text().contains("没有找到要派往的单位"));
    let organ = town.basics.organ("urban-management").unwrap().id.to_string();
    assert_eq!(town.act(&mut dispatcher, &task, "assigned", &[("organ", &organ)]).status, 303);
    let mut handler = town.desk("zhaotieshan");
    let handle = town.view(&case).tasks.iter().find(|task| task.state == cases::TaskState::Open).unwrap().id.clone();
    let silent = town.act(&mut handler, &handle, "resolved", &[]);
    assert!(silent.status == 422 && silent.text().contains("没有写答复内容"));
    assert_eq!(town.act(&mut handler, &handle, "resolved", &[("opinion", "已修复路灯")]).status, 303);
}
