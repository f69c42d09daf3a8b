use axum::http::StatusCode;
use trust::Role;

use crate::house::{House, PASSWORD};

#[test]
fn a_clerk_sees_name_organ_post_and_the_places_of_the_role() {
    let house = House::new();
    house.clerk("clerk", "陈立");
    let mut browser = house.browser();
    house.sign_in_first_time(&mut browser, "clerk");
    house.run(async {
        let page = browser.get("/workspace").await.text();
        for part in ["陈立", "县市场监管局 综合窗口", "/workspace/inbox", "posts 1"] {
            assert!(page.contains(part), "{part} not in {page}");
        }
        assert!(!page.contains("/workspace/accounts") && !page.contains("/workspace/audit"));
        let answer = browser.get("/cases").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(answer.text().contains("请退出登录，再用个人账号登录"));
    });
}

#[test]
fn each_administrator_sees_the_own_places_alone() {
    let house = House::new();
    for (login, role, place, other) in [
        ("security", Role::SecurityAdmin, "/workspace/accounts", "/workspace/audit"),
        ("audit", Role::AuditAdmin, "/workspace/audit", "/workspace/packages"),
        ("system", Role::SystemAdmin, "/workspace/jobs", "/workspace/accounts"),
    ] {
        house.admin(login, role);
        let mut browser = house.browser();
        house.sign_in_first_time(&mut browser, login);
        let page = house.run(browser.get("/workspace")).text();
        assert!(page.contains(&format!("href=\"{place}\"")), "{login}: {page}");
        assert!(!page.contains(&format!("href=\"{other}\"")), "{login}: {page}");
        assert!(!page.contains("/workspace/inbox"), "{login}");
    }
}

#[test]
fn for_citizens_there_is_no_workspace() {
    let house = House::new();
    house.citizen("xiaoman", "李小满", 1);
    let mut browser = house.browser();
    house.run(async {
        let answer = browser.get("/workspace").await;
        assert_eq!(answer.location(), "/workspace/sign-in?next=/workspace");
        assert!(browser.get("/workspace/sign-in?next=/workspace").await.text().contains("工作人员登录"));
        browser.sign_in("xiaoman", PASSWORD).await;
        assert_eq!(browser.get("/workspace").await.status, StatusCode::NOT_FOUND);
        assert_eq!(browser.post("/workspace/note", &[]).await.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn administrators_work_from_the_network_for_administration() {
    let house = House::with(testkit::TestDatabase::sqlite(), |parts| {
        parts.settings.admin_addresses = vec!["10.9.0.0/16".parse().unwrap()];
        parts.limits.client.trusted_proxies = vec!["0.0.0.0/0".parse().unwrap()];
        parts.limits.client.trusted_proxies = vec!["0.0.0.0".parse().unwrap()];
    });
    house.admin("security", Role::SecurityAdmin);
    let (mut inside, mut outside) = (house.browser(), house.browser());
    inside.headers.push(("x-forwarded-for", "10.9.1.1".to_owned()));
    outside.headers.push(("x-forwarded-for", "203.0.113.5".to_owned()));
    house.sign_in_first_time(&mut inside, "security");
    house.run(async {
        assert_eq!(inside.get("/workspace").await.status, StatusCode::OK);
        outside.get("/workspace/sign-in").await;
        let answer = outside.post("/workspace/sign-in", &[("login", "security"), ("password", "Changed-2026")]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(answer.text().contains("管理网络") && outside.cookie("zs_session").is_none());
        outside.headers.push(("cookie", format!("zs_session={}", inside.cookie("zs_session").unwrap())));
        assert_eq!(outside.get("/workspace").await.status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn a_site_for_the_public_needs_a_footer_and_https() {
    let refused = |change: fn(&mut gate::Parts)| {
        let house = House::new();
        let keys = std::sync::Arc::clone(&house.app.keys);
        let folder = tempfile::tempdir().unwrap();
        let mut parts = gate::testing::parts(house.world.runner(), &keys, folder.path());
        parts.settings.production = true;
        parts.settings.public_url = "https://zwfw.yunxi.example".to_owned();
        change(&mut parts);
        gate::App::assemble(parts).err().map(|fault| fault.to_string())
    };
    assert_eq!(refused(|_| {}), None);
    assert!(refused(|parts| parts.settings.footer.icp = String::new()).unwrap().contains("icp"));
    assert!(refused(|parts| parts.settings.public_url = "http://zwfw".to_owned()).unwrap().contains("https://"));
}
