//! Pausing, going on, extending; and what the head sees of the clocks.

use cases::CaseStatus;

use crate::town::Town;

#[test]
fn the_clock_is_paused_for_a_lawful_reason_and_goes_on() {
    let town = Town::new();
    let case = town.tea_shop_at("review").case;
    let mut reviewer = town.desk("hansonglin");
    let task = town.task(&case, "review");
    let page = town.get(&mut reviewer, &format!("/workspace/tasks/{task}"));
    assert!(page.text().contains(&format!("/workspace/cases/{case}/suspend")));
    let path = format!("/workspace/cases/{case}/suspend");
    let form = town.get(&mut reviewer, &path);
    assert!(form.text().contains("第四十五条") && form.text().contains("value=\"inspection\"") && !form.text().contains("value=\"hearing\""));
    let seen = form.hidden("seen").unwrap();
    let wrong = town.post(&mut reviewer, &path, &[("seen", &seen), ("reason", "hearing"), ("days", "10")]);
    assert!(wrong.status == 422 && wrong.text().contains("这个理由不能中止计时") && wrong.text().contains("value=\"10\""));
    let unreadable = town.post(&mut reviewer, &path, &[("seen", &seen), ("reason", "inspection"), ("days", "十天")]);
    assert!(unreadable.status == 422 && unreadable.text().contains("请填写整数天数") && unreadable.text().contains("十天"));
    let done = town.post(&mut reviewer, &path, &[("seen", &seen), ("reason", "inspection"), ("days", "10")]);
    assert_eq!(done.status, 303, "{}", done.text());
    assert_eq!(town.view(&case).file.status, CaseStatus::Suspended);
    let held = town.get(&mut reviewer, &format!("/workspace/tasks/{task}"));
    assert!(held.text().contains("结束特别程序后才能继续办理") && held.text().contains("检验"));
    town.world.move_to("2026-03-09T09:00");
    let mut reviewer = town.again("hansonglin");
    let path = format!("/workspace/cases/{case}/resume");
    let seen = town.get(&mut reviewer, &path).hidden("seen").unwrap();
    assert_eq!(town.post(&mut reviewer, &path, &[("seen", &seen)]).status, 303);
    assert_eq!(town.view(&case).file.status, CaseStatus::Accepted);
}

#[test]
fn the_head_extends_once_and_nobody_else_does() {
    let town = Town::new();
    let case = town.tea_shop_at("review").case;
    let path = format!("/workspace/cases/{case}/extend");
    let mut reviewer = town.desk("hansonglin");
    assert_eq!(town.get(&mut reviewer, &path).status, 404);
    let mut head = town.desk("fangyuanzhi");
    let seen = town.get(&mut head, &path).hidden("seen").unwrap();
    let silent = town.post(&mut head, &path, &[("seen", &seen), ("workdays", "5"), ("reason", "")]);
    assert!(silent.status == 422 && silent.text().contains("没有说明理由"));
    let far = town.post(&mut head, &path, &[("seen", &seen), ("workdays", "11"), ("reason", "需要检验")]);
    assert!(far.status == 422 && far.text().contains("需要检验"));
    assert_eq!(town.post(&mut head, &path, &[("seen", &seen), ("workdays", "10"), ("reason", "需要检验")]).status, 303);
    let page = town.get(&mut head, &format!("/workspace/cases/{case}"));
    assert!(page.text().contains("延长10个工作日") && !page.text().contains(&path), "never again");
}

#[test]
fn the_head_sees_what_is_due_and_others_do_not() {
    let town = Town::new();
    let done = town.tea_shop_at("review");
    let mut reviewer = town.desk("hansonglin");
    assert_eq!(town.get(&mut reviewer, "/workspace/due").status, 404);
    assert!(!town.get(&mut reviewer, "/workspace").text().contains("href=\"/workspace/due\""));
    town.world.move_to("2026-04-20T09:00");
    let mut head = town.desk("fangyuanzhi");
    let page = town.get(&mut head, "/workspace/due");
    assert!(page.text().contains(&done.number) && page.text().contains("超期"), "{}", page.text());
    let start = town.get(&mut head, "/workspace");
    assert!(start.text().contains("本单位办件") && start.text().contains("href=\"/workspace/due\""));
}
