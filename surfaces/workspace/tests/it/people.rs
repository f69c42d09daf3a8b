//! Absence and substitutes.

use crate::town::Town;

fn staff(town: &Town, login: &str) -> String {
    town.basics.staff.iter().find(|one| one.spec.login == login).unwrap().id.to_string()
}

#[test]
fn a_substitute_sees_the_tasks_until_the_absence_ends() {
    let town = Town::new();
    let case = town.tea_shop_at("review").case;
    let task = town.task(&case, "review");
    let mut substitute = town.desk("suwanqing");
    assert_eq!(town.get(&mut substitute, &format!("/workspace/tasks/{task}")).status, 404);
    let mut reviewer = town.desk("hansonglin");
    let page = town.get(&mut reviewer, "/workspace/absence");
    assert!(page.text().contains("没有登记离岗"));
    let (own, other) = (staff(&town, "hansonglin"), staff(&town, "suwanqing"));
    let wrong = town.post(&mut reviewer, "/workspace/absence", &[("staff", &own), ("from", "2026-03-02"), ("until", "明天"), ("substitute", &other)]);
    assert!(wrong.status == 422 && wrong.text().contains("最后一天请按") && wrong.text().contains("value=\"明天\""));
    let fields = [("staff", own.as_str()), ("from", "2026-03-02"), ("until", "2026-03-06"), ("substitute", other.as_str())];
    assert_eq!(town.post(&mut reviewer, "/workspace/absence", &fields).status, 303);
    assert_eq!(town.get(&mut substitute, &format!("/workspace/tasks/{task}")).status, 200);
    assert!(town.get(&mut substitute, "/workspace").text().contains("代岗"));
    let page = town.get(&mut reviewer, "/workspace/absence");
    assert!(page.text().contains("离岗中") && page.text().contains("销假"));
    assert_eq!(town.post(&mut reviewer, "/workspace/absence", &[("act", "end"), ("staff", &own)]).status, 303);
    assert_eq!(town.get(&mut substitute, &format!("/workspace/tasks/{task}")).status, 404);
}

#[test]
fn the_head_arranges_for_the_organ_and_a_colleague_only_for_herself() {
    let town = Town::new();
    let (own, other) = (staff(&town, "hansonglin"), staff(&town, "suwanqing"));
    let mut clerk = town.desk("suwanqing");
    town.get(&mut clerk, "/workspace/absence");
    let fields = [("staff", own.as_str()), ("from", "2026-03-02"), ("until", "2026-03-06"), ("substitute", other.as_str())];
    assert_eq!(town.post(&mut clerk, "/workspace/absence", &fields).status, 404);
    let mut head = town.desk("fangyuanzhi");
    town.get(&mut head, "/workspace/absence");
    assert_eq!(town.post(&mut head, "/workspace/absence", &fields).status, 303);
    let again = [("staff", other.as_str()), ("from", "2026-03-03"), ("until", "2026-03-04"), ("substitute", own.as_str())];
    let refused = town.post(&mut head, "/workspace/absence", &again);
    assert_eq!(refused.status, 422, "neither is there");
}
