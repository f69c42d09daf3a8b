use axum::body::Body;
use axum::http::{Method, StatusCode};
use web::Allowance;

use crate::house::{House, PASSWORD};

#[test]
fn too_many_tries_to_sign_in_are_told_to_wait_while_pages_go_on() {
    let house = House::with(testkit::TestDatabase::sqlite(), |parts| parts.limits.guessing = Allowance { burst: 3, per_minute: 6 });
    let mut browser = house.browser();
    house.run(async {
        browser.get("/sign-in").await;
        for _ in 0..3 {
            assert_eq!(browser.post("/sign-in", &[("login", "x")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        let page = browser.post("/sign-in", &[("login", "x")]).await;
        assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
        let wait: u64 = page.header("retry-after").parse().unwrap();
        assert!((1..=11).contains(&wait), "{wait}");
        assert!(page.text().contains("操作过于频繁"));
        assert_eq!(browser.get("/sign-in").await.status, StatusCode::OK);
    });
}

#[test]
fn too_many_pages_are_told_to_wait() {
    let house = House::with(testkit::TestDatabase::sqlite(), |parts| parts.limits.pages = Allowance { burst: 2, per_minute: 1 });
    let mut browser = house.browser();
    house.run(async {
        browser.get("/").await;
        browser.get("/").await;
        assert_eq!(browser.get("/").await.status, StatusCode::TOO_MANY_REQUESTS);
    });
}

#[test]
fn what_is_too_large_is_said_in_a_sentence() {
    let house = House::with(testkit::TestDatabase::sqlite(), |parts| parts.limits.body_bytes_max = 5_000);
    house.citizen("xiaoman", "李小满", 1);
    let mut browser = house.browser();
    house.run(async {
        browser.sign_in("xiaoman", PASSWORD).await;
        browser.get("/note").await;
        let small = browser.upload("/file", &[], &[("file", "a.pdf", &[b'x'; 4_000])]).await;
        assert_eq!(small.text(), "a.pdf=4000");
        browser.get("/note").await;
        let large = browser.upload("/file", &[], &[("file", "a.pdf", &[b'x'; 6_000])]).await;
        assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(large.text().contains("请压缩文件或分次上传"), "{}", large.text());

        let request =
            browser.request(Method::POST, "/note").header("content-length", "6000").header("content-type", "application/x-www-form-urlencoded");
        let claimed = browser.send(request.body(Body::from("a=1")).unwrap()).await;
        assert_eq!(claimed.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(claimed.text().contains("提交的内容过大"));
        let form = browser.post("/note", &[("note", &"x".repeat(6_000))]).await;
        assert_eq!(form.status, StatusCode::PAYLOAD_TOO_LARGE);
    });
}
