use axum::http::StatusCode;

use crate::house::House;

#[test]
fn language_and_look_are_kept_and_lead_back() {
    let house = House::new();
    let mut browser = house.browser();
    house.run(async {
        let answer = browser.get("/language?to=en&back=/search%3Fq%3D%E5%A5%B6").await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/search?q=%E5%A5%B6"));
        assert!(browser.get("/").await.text().contains("lang=\"en\""));
        assert_eq!(browser.get("/skin?to=elder&back=/cases").await.location(), "/cases");
        assert!(browser.get("/").await.text().contains("zs-elder"));
        browser.get("/preferences?lang=zh-CN&skin=standard&back=/").await;
        let home = browser.get("/").await.text();
        assert!(home.contains("lang=\"zh-CN\"") && !home.contains("zs-elder"));
        assert_eq!(browser.get("/language?to=klingon&back=/").await.header("set-cookie"), "");
    });
}

#[test]
fn a_switch_never_leaves_the_site() {
    let house = House::new();
    let mut browser = house.browser();
    for back in ["//evil.example", "https://evil.example", "/%5Cevil.example", "%2F%2Fevil.example", "/%0d%0aSet-Cookie:x=1", ""] {
        for path in ["/preferences?lang=en", "/language?to=en", "/skin?to=elder"] {
            let answer = house.run(browser.get(&format!("{path}&back={back}")));
            assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/"), "{path} {back}");
        }
    }
}

#[test]
fn the_page_for_lost_networks_stands_by_itself() {
    let house = House::new();
    let page = house.run(house.browser().get("/offline"));
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("网络已断开"));
    assert!(house.run(house.browser().get("/robots.txt")).text().contains("Disallow: /workspace"));
}
