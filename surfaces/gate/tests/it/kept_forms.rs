use axum::http::StatusCode;
use gate::testing::Browser;

use crate::house::{House, PASSWORD};

/// A browser whose session ends while a form is being filled in.
fn expired(house: &House, login: &str) -> Browser {
    let mut browser = house.browser();
    house.run(async {
        browser.sign_in(login, PASSWORD).await;
        browser.get("/note").await;
    });
    house.world.move_to("2026-03-02T09:40");
    browser
}

#[test]
fn what_was_typed_survives_the_end_of_the_session() {
    testkit::on_both(|database| {
        let house = House::with(database, |_| {});
        house.citizen("xiaoman", "李小满", 1);
        let mut browser = expired(&house, "xiaoman");
        house.run(async {
            let typed = [("note", "门口的路灯坏了"), ("pick", "a"), ("pick", "b")];
            let answer = browser.post("/note", &typed).await;
            assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/sign-in?next=/note&kept=1"));
            assert!(browser.get("/sign-in?next=/note&kept=1").await.text().contains("刚才填写的内容已经保留"));
            let answer = browser.post("/sign-in", &[("login", "xiaoman"), ("password", PASSWORD), ("next", "/note")]).await;
            assert_eq!(answer.location(), "/kept-form");
            let page = browser.get("/kept-form").await;
            assert!(page.text().contains("门口的路灯坏了") && page.text().contains("action=\"/note\""), "{}", page.text());
            assert!(page.text().contains("您选择的2项也一并保留。") && !page.text().contains("<li>a</li>"), "codes are counted: {}", page.text());
            let again = [("note", "门口的路灯坏了"), ("pick", "a"), ("pick", "b"), ("_kept", "1")];
            let answer = browser.post("/note", &again).await;
            assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/"));
            assert!(browser.get("/").await.text().contains("true:门口的路灯坏了:a+b"));
            assert_eq!(browser.cookie("zs_kept"), None);
        });
    });
}

#[test]
fn of_a_file_the_sign_in_page_says_that_it_was_not_received() {
    let house = House::new();
    house.citizen("xiaoman", "李小满", 1);
    let mut browser = expired(&house, "xiaoman");
    house.run(async {
        let answer = browser.upload("/note", &[("note", "见附件")], &[("file", "合同.pdf", b"%PDF-1.4")]).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/sign-in?next=/note&kept=no-file"));
        let page = browser.get("/sign-in?next=/note&kept=no-file").await.text();
        assert!(page.contains("刚才选择的文件没有传上来") && !page.contains("已经保留"), "{page}");
    });
}

#[test]
fn officials_see_what_they_typed_at_their_desk() {
    let house = House::new();
    house.clerk("suwan", "苏婉");
    let mut browser = house.browser();
    house.sign_in_first_time(&mut browser, "suwan");
    house.run(browser.get("/workspace"));
    house.world.move_to("2026-03-02T09:40");
    house.run(async {
        browser.post("/workspace/note", &[("note", "缺少签名"), ("act", "refused"), ("seen", "2")]).await;
        browser.get("/workspace/sign-in").await;
        let answer = browser.post("/workspace/sign-in", &[("login", "suwan"), ("password", "Changed-2026")]).await;
        assert_eq!(answer.location(), "/kept-form", "{}", answer.text());
        let page = browser.get("/kept-form").await.text();
        assert!(page.contains("缺少签名") && page.contains("zs-staff"), "{page}");
        assert!(!page.contains("<li>refused</li>") && !page.contains("<li>2</li>"), "{page}");
    });
}

#[test]
fn what_was_typed_lies_sealed_in_the_database() {
    let house = House::new();
    house.citizen("xiaoman", "李小满", 1);
    let mut browser = expired(&house, "xiaoman");
    house.run(browser.post("/note", &[("note", "门口的路灯坏了")]));
    let rows: Vec<(String, String)> = house.world.read(|tx| {
        let rows = tx.query("select token_sm3, sealed from gate_kept_form", &[])?;
        rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
    });
    let (token_sm3, sealed) = &rows[0];
    assert!(!sealed.contains("路灯") && token_sm3 != browser.cookie("zs_kept").unwrap());
}

#[test]
fn nobody_else_gets_what_was_typed() {
    let house = House::new();
    house.citizen("xiaoman", "李小满", 1);
    house.citizen("dawei", "王大伟", 3);
    let mut browser = expired(&house, "xiaoman");
    house.run(async {
        browser.post("/note", &[("note", "我的秘密")]).await;
        browser.get("/sign-in").await;
        browser.post("/sign-in", &[("login", "dawei"), ("password", PASSWORD)]).await;
        let answer = browser.get("/kept-form").await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/cases"));
        assert_eq!(browser.cookie("zs_kept"), None);
    });
}

#[test]
fn what_was_typed_can_be_given_up() {
    let house = House::new();
    house.citizen("xiaoman", "李小满", 1);
    let mut browser = expired(&house, "xiaoman");
    house.run(async {
        browser.post("/note", &[("note", "算了")]).await;
        browser.sign_in("xiaoman", PASSWORD).await;
        browser.get("/kept-form").await;
        let answer = browser.post("/kept-form/discard", &[("path", "//evil.example")]).await;
        assert_eq!(answer.location(), "/");
        assert_eq!(browser.get("/kept-form").await.location(), "/cases");
    });
    let left: i64 = house.world.read(|tx| tx.scalar("select count(*) from gate_kept_form", &[]));
    assert_eq!(left, 0);
}

#[test]
fn a_kept_form_goes_after_half_an_hour() {
    let house = House::new();
    house.citizen("xiaoman", "李小满", 1);
    let mut browser = expired(&house, "xiaoman");
    house.run(browser.post("/note", &[("note", "旧的")]));
    house.world.move_to("2026-03-02T10:11");
    house.run(async {
        browser.sign_in("xiaoman", PASSWORD).await;
        assert_eq!(browser.get("/kept-form").await.location(), "/cases");
    });
}

#[test]
fn forms_of_strangers_and_forms_with_passwords_are_not_kept() {
    let house = House::new();
    house.citizen("xiaoman", "李小满", 1);
    let mut browser = expired(&house, "xiaoman");
    house.run(async {
        let answer = browser.post("/note", &[("note", "x"), ("my_password", "secret")]).await;
        assert_eq!(answer.location(), "/sign-in?next=/note");
        assert_eq!(browser.post_raw("/note", &[("note", "x"), ("_csrf", "00")]).await.location(), "/sign-in?next=/note");
        let mut stranger = house.browser();
        stranger.get("/sign-in").await;
        assert_eq!(stranger.post("/note", &[("note", "x")]).await.location(), "/sign-in?next=/note");
    });
    let kept: i64 = house.world.read(|tx| tx.scalar("select count(*) from gate_kept_form", &[]));
    assert_eq!(kept, 0);
}

#[test]
fn the_way_back_is_the_page_on_which_the_form_stood() {
    let house = House::new();
    house.citizen("xiaoman", "李小满", 1);
    let mut browser = expired(&house, "xiaoman");
    browser.headers.push(("referer", "http://localhost/note?page=2".to_owned()));
    assert_eq!(house.run(browser.post("/workspace/note", &[])).location(), "/workspace/sign-in?next=/note%3Fpage%3D2&kept=1");
    browser.headers[0].1 = "http://evil.example/note".to_owned();
    assert_eq!(house.run(browser.post("/note", &[])).location(), "/sign-in?next=/note&kept=1");
}
