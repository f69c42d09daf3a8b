//! R26, invariant 5: no page of officials shows a person without a reading.

use tracker::readings_of_case;

use crate::town::Town;

const NAME: &str = "林晓禾";
const NUMBER: &str = "339921199005170241";

fn count(town: &Town, case: &str) -> usize {
    town.world.store().read(|tx| readings_of_case(tx, case)).unwrap().len()
}

#[test]
fn no_page_shows_a_person_without_a_reading() {
    let town = Town::new();
    let done = town.tea_shop();
    let task = town.task(&done.case, "accept");
    let case = &done.case;
    let lists = ["", "/inbox", "/cases", "/done", "/due", "/absence", "/packages", "/calendar"].map(|page| format!("/workspace{page}"));
    let files = ["", "/suspend", "/resume", "/extend", "/secrecy"].map(|page| format!("/workspace/cases/{case}{page}"));
    let pages: Vec<String> = lists.into_iter().chain(files).chain([format!("/workspace/tasks/{task}")]).collect();
    let mut shown = 0;
    for login in ["suwanqing", "fangyuanzhi"] {
        let mut desk = town.desk(login);
        for page in &pages {
            let before = count(&town, case);
            let text = town.get(&mut desk, page).text();
            if text.contains(NAME) || text.contains(NUMBER) {
                shown += 1;
                assert_eq!(count(&town, case), before + 1, "{page} of {login}");
            }
        }
    }
    assert!(shown >= 2, "the case file is shown to its clerk");
}

#[test]
fn who_handles_a_case_sees_who_read_it() {
    let town = Town::new();
    let done = town.tea_shop();
    let mut clerk = town.desk("suwanqing");
    let file = format!("/workspace/cases/{}", done.case);
    town.get(&mut clerk, &file);
    let page = town.get(&mut clerk, &file).text();
    let readers = page.split("id=\"readers\"").nth(1).unwrap();
    assert!(readers.contains("您打开本案卷已经记录") && readers.contains("苏婉清"), "{readers}");
    assert!(!readers.contains("/secrecy"), "a clerk does not order secrecy");
}

#[test]
fn the_head_orders_secrecy_and_loses_nothing_typed() {
    let town = Town::new();
    let done = town.tea_shop();
    let mut head = town.desk("fangyuanzhi");
    let page = format!("/workspace/cases/{}/secrecy", done.case);
    assert!(town.get(&mut head, &page).text().contains("法律效果"));
    let unfounded = town.post(&mut head, &page, &[("days", "5"), ("basis", ""), ("reason", "核查举报期间不能惊动")]);
    assert_eq!(unfounded.status, 422);
    assert!(unfounded.text().contains("没有写明依据和理由") && unfounded.text().contains("核查举报期间不能惊动"));
    let not_a_number = town.post(&mut head, &page, &[("days", "五"), ("basis", "食品安全法 第一百一十条"), ("reason", "核查")]);
    assert_eq!(not_a_number.status, 422);
    let ordered = town.post(&mut head, &page, &[("days", "5"), ("basis", "食品安全法 第一百一十条"), ("reason", "核查举报期间不能惊动")]);
    assert_eq!(ordered.status, 303);
    let mut clerk = town.desk("suwanqing");
    assert_eq!(town.get(&mut clerk, &page).status, 404);
}
