//! What pages say, as lines of text. A changed word is seen in review.

use insta::assert_snapshot;

use crate::town::{Town, outline};

#[test]
fn the_desk_of_a_clerk() {
    let town = Town::new();
    let case = town.tea_shop().case;
    let mut clerk = town.desk("suwanqing");
    assert_snapshot!("start", outline(&town.get(&mut clerk, "/workspace")));
    assert_snapshot!("inbox", outline(&town.get(&mut clerk, "/workspace/inbox")));
    let path = format!("/workspace/tasks/{}", town.task(&case, "accept"));
    assert_snapshot!("task", outline(&town.get(&mut clerk, &path)));
    assert_snapshot!("task-correction", outline(&town.get(&mut clerk, &format!("{path}?act=correction"))));
    clerk.language = "en";
    assert_snapshot!("task-en", outline(&town.get(&mut clerk, &path)));
}

#[test]
fn a_benefit_decided_by_rules_shows_which() {
    let town = Town::new();
    let case = town.submit("gaoling-jintie", "instant-86").case;
    let mut head = town.desk("xuguodong");
    let page = town.get(&mut head, &format!("/workspace/cases/{case}"));
    assert!(page.text().contains("规则依据") && page.text().contains("rules/"), "{}", page.text());
    assert_snapshot!("decided-by-rules", outline(&page));
}
