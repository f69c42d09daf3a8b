use axum::http::{Method, StatusCode};

use crate::house::{House, PASSWORD};

#[test]
fn signing_in_leads_to_where_one_wanted_to_go_and_signing_out_ends_it() {
    let house = House::new();
    house.citizen("xiaoman", "李小满", 1);
    let mut browser = house.browser();
    house.run(async {
        let answer = browser.get("/note?from=1").await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/sign-in?next=/note%3Ffrom%3D1"));
        let page = browser.follow("/note?from=1").await;
        assert!(page.text().contains("账号名") && page.hidden("next").as_deref() == Some("/note?from=1"));
        let fields = [("login", "xiaoman"), ("password", PASSWORD), ("next", "/note?from=1")];
        let answer = browser.post("/sign-in", &fields).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/note?from=1"));
        assert!(browser.get("/").await.text().contains("home of 李小满"));
        assert_eq!(browser.get("/sign-in").await.location(), "/cases");

        browser.get("/note").await;
        let answer = browser.post("/sign-out", &[]).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/"));
        assert_eq!(browser.cookie("zs_session"), None);
        let home = browser.get("/").await.text();
        assert!(home.contains("home of guest") && home.contains("您已退出登录"));
        assert!(!browser.get("/").await.text().contains("您已退出登录"), "a message is shown once");
    });
}

#[test]
fn a_stolen_cookie_is_worth_nothing_after_sign_out() {
    let house = House::new();
    house.citizen("xiaoman", "李小满", 1);
    let (mut browser, mut thief) = (house.browser(), house.browser());
    house.run(async {
        browser.sign_in("xiaoman", PASSWORD).await;
        thief.headers.push(("cookie", format!("zs_session={}", browser.cookie("zs_session").unwrap())));
        assert!(thief.get("/").await.text().contains("李小满"));
        browser.get("/note").await;
        browser.post("/sign-out", &[]).await;
        assert!(thief.get("/").await.text().contains("guest"));
    });
}

#[test]
fn a_wrong_password_is_said_without_saying_what_was_wrong() {
    let house = House::new();
    house.citizen("xiaoman", "李小满", 1);
    let mut browser = house.browser();
    house.run(async {
        browser.get("/sign-in").await;
        let wrong = browser.post("/sign-in", &[("login", "xiaoman"), ("password", "no")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains("value=\"xiaoman\"") && wrong.text().contains("govuk-error-summary"));
        assert!(!wrong.text().contains("value=\"no\""), "a password is never sent back");
        let unknown = browser.post("/sign-in", &[("login", "nobody"), ("password", "no")]).await;
        let sentence = |text: &str| text.split("govuk-error-message").nth(1).unwrap().chars().take(120).collect::<String>();
        assert_eq!(sentence(&wrong.text()), sentence(&unknown.text()));
        assert_eq!(browser.cookie("zs_session"), None);
    });
}

#[test]
fn five_wrong_passwords_lock_the_account_for_half_an_hour() {
    let house = House::new();
    house.citizen("xiaoman", "李小满", 1);
    let mut browser = house.browser();
    house.run(async {
        browser.get("/sign-in").await;
        for _ in 0..5 {
            browser.post("/sign-in", &[("login", "xiaoman"), ("password", "no")]).await;
        }
        let locked = browser.post("/sign-in", &[("login", "xiaoman"), ("password", PASSWORD)]).await;
        assert_eq!(locked.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(locked.text().contains("30"), "{}", locked.text());
    });
    house.world.move_to("2026-03-02T09:31");
    house.run(browser.sign_in("xiaoman", PASSWORD));
}

#[test]
fn a_session_ends_after_half_an_hour_of_silence() {
    let house = House::new();
    house.citizen("xiaoman", "李小满", 1);
    let mut browser = house.browser();
    house.run(browser.sign_in("xiaoman", PASSWORD));
    house.world.move_to("2026-03-02T09:29");
    assert_eq!(house.run(browser.get("/cases")).status, StatusCode::OK);
    // The use was written down, so that the half hour begins anew.
    std::thread::sleep(std::time::Duration::from_millis(200));
    house.world.move_to("2026-03-02T09:58");
    assert_eq!(house.run(browser.get("/cases")).status, StatusCode::OK);
    std::thread::sleep(std::time::Duration::from_millis(200));
    house.world.move_to("2026-03-02T10:29");
    assert_eq!(house.run(browser.get("/cases")).location(), "/sign-in?next=/cases");
}

#[test]
fn the_cookie_of_a_session_is_hidden_from_scripts() {
    let house = House::new();
    house.citizen("xiaoman", "李小满", 1);
    let mut browser = house.browser();
    house.run(async {
        browser.get("/sign-in").await;
        let answer = browser.post("/sign-in", &[("login", "xiaoman"), ("password", PASSWORD)]).await;
        let lines: Vec<&str> = answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap()).collect();
        let session = lines.iter().find(|line| line.starts_with("zs_session=")).unwrap();
        assert!(session.contains("; HttpOnly; SameSite=Lax") && !session.contains("Max-Age"), "{session}");
    });
}

#[test]
fn under_https_cookies_are_bound_to_the_host() {
    let house = House::with(testkit::TestDatabase::sqlite(), |parts| parts.settings.public_url = "https://zwfw.yunxi.example".to_owned());
    house.citizen("xiaoman", "李小满", 1);
    let mut browser = house.browser();
    house.run(async {
        let page = browser.get("/sign-in").await;
        assert!(page.header("set-cookie").starts_with("__Host-zs_pre=") && page.header("set-cookie").contains("; Secure"));
        assert!(page.header("strict-transport-security").contains("max-age=31536000"));
        browser.sign_in("xiaoman", PASSWORD).await;
        assert!(browser.cookie("__Host-zs_session").is_some());
        assert!(browser.get("/").await.text().contains("李小满"));
    });
}

#[test]
fn a_redirect_after_sign_in_never_leaves_the_site() {
    let house = House::new();
    house.citizen("xiaoman", "李小满", 1);
    for next in ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"] {
        let mut browser = house.browser();
        house.run(async {
            browser.get("/sign-in").await;
            let answer = browser.post("/sign-in", &[("login", "xiaoman"), ("password", PASSWORD), ("next", next)]).await;
            assert_eq!(answer.location(), "/cases", "{next}");
        });
    }
}

#[test]
fn a_sign_out_needs_the_token_too() {
    let house = House::new();
    house.citizen("xiaoman", "李小满", 1);
    let mut browser = house.browser();
    house.run(async {
        browser.sign_in("xiaoman", PASSWORD).await;
        assert_eq!(browser.post_raw("/sign-out", &[]).await.status, StatusCode::FORBIDDEN);
        assert!(browser.get("/").await.text().contains("李小满"));
        assert_eq!(
            browser.send(browser.request(Method::GET, "/sign-out").body(axum::body::Body::empty()).unwrap()).await.status,
            StatusCode::METHOD_NOT_ALLOWED
        );
    });
}
