//! The inbox and the list of cases.

use crate::town::Town;

#[test]
fn the_inbox_shows_the_tasks_of_my_posts_and_is_filtered_and_paged() {
    let town = Town::new();
    let submit = |minute: u32| {
        town.world.move_to(&format!("2026-03-02T09:{minute:02}"));
        town.tea_shop().number
    };
    let numbers: Vec<String> = (0..22).map(submit).collect();
    let mut clerk = town.desk("suwanqing");
    let first = town.get(&mut clerk, "/workspace/inbox").text();
    assert!(first.contains(&numbers[0]) && first.contains(&numbers[19]) && !first.contains(&numbers[20]));
    let next = first.split("href=\"/workspace/inbox?after=").nth(1).unwrap().split('"').next().unwrap();
    let second = town.get(&mut clerk, &format!("/workspace/inbox?after={next}")).text();
    assert!(second.contains(&numbers[21]) && !second.contains(&numbers[19]));
    let one = town.get(&mut clerk, &format!("/workspace/inbox?number={}", numbers[3])).text();
    assert!(one.contains(&numbers[3]) && !one.contains(&numbers[4]) && one.contains("移除条件"));
    let none = town.get(&mut clerk, "/workspace/inbox?item=12345-suqiu").text();
    assert!(none.contains("没有符合条件的任务"));
    assert_eq!(town.get(&mut clerk, "/workspace/inbox?sort=due&mine=1&after=zzz").status, 200);
    let mut reviewer = town.desk("hansonglin");
    assert!(town.get(&mut reviewer, "/workspace/inbox").text().contains("没有待办任务"));
}

#[test]
fn a_claimed_task_is_the_claimants_until_released() {
    let town = Town::new();
    let case = town.tea_shop().case;
    let task = town.task(&case, "accept");
    let (mut one, mut other) = (town.desk("suwanqing"), town.desk("duxiaochuan"));
    let inbox = town.get(&mut one, "/workspace/inbox");
    assert!(inbox.text().contains(&format!("/workspace/tasks/{task}/claim")));
    let answer = town.post(&mut one, &format!("/workspace/tasks/{task}/claim"), &[("back", "/workspace/inbox?sort=due")]);
    assert_eq!((answer.status.as_u16(), answer.location()), (303, "/workspace/inbox?sort=due"));
    assert!(town.get(&mut other, "/workspace/inbox").text().contains("苏婉清"));
    let page = town.get(&mut other, &format!("/workspace/tasks/{task}"));
    assert!(page.text().contains("由苏婉清签收") && !page.text().contains("name=\"act\""));
    let refused = town.post(&mut other, &format!("/workspace/tasks/{task}/claim"), &[("back", "https://elsewhere.example")]);
    assert_eq!(refused.location(), format!("/workspace/tasks/{task}"));
    assert!(town.get(&mut other, refused.location()).text().contains("已经由同岗位的其他人签收"));
    assert!(town.get(&mut one, "/workspace/inbox?mine=1").text().contains(&task));
    town.get(&mut one, "/workspace/inbox");
    assert_eq!(town.post(&mut one, &format!("/workspace/tasks/{task}/release"), &[]).status, 303);
    assert_eq!(town.act(&mut other, &task, "accepted", &[]).status, 303);
    assert!(town.get(&mut other, "/workspace/done").text().contains("予以受理"));
}

#[test]
fn the_list_of_cases_ends_where_the_data_scope_ends() {
    let town = Town::new();
    let done = town.tea_shop();
    let mut clerk = town.desk("suwanqing");
    let list = town.get(&mut clerk, "/workspace/cases");
    assert!(list.text().contains(&done.number));
    assert!(town.get(&mut clerk, "/workspace/cases?status=closed").text().contains("没有符合条件的办件"));
    let mut head = town.desk("fangyuanzhi");
    assert!(town.get(&mut head, &format!("/workspace/cases?number={}", done.number)).text().contains(&done.number));
    let mut stranger = town.desk("xuguodong");
    assert!(!town.get(&mut stranger, "/workspace/cases").text().contains(&done.number));
    assert_eq!(town.get(&mut stranger, &format!("/workspace/cases/{}", done.case)).status, 404);
    assert_eq!(town.get(&mut stranger, &format!("/workspace/tasks/{}", town.task(&done.case, "accept"))).status, 404);
    let answer = town.act(&mut stranger, &town.task(&done.case, "accept"), "accepted", &[]);
    assert_eq!(answer.status, 404);
}

#[test]
fn personal_data_are_masked_to_who_does_not_handle_the_case() {
    let town = Town::new();
    let case = town.tea_shop().case;
    let mut head = town.desk("fangyuanzhi");
    let read = town.get(&mut head, &format!("/workspace/cases/{case}")).text();
    assert!(!read.contains("339921199005170241") && read.contains("个人信息已作遮盖"));
    let mut clerk = town.desk("suwanqing");
    assert!(town.get(&mut clerk, &format!("/workspace/tasks/{}", town.task(&case, "accept"))).text().contains("339921199005170241"));
}
