use axum::http::StatusCode;
use trust::Role;

use crate::house::{House, PASSWORD};

#[test]
fn a_first_password_is_changed_before_anything_else() {
    let house = House::new();
    house.admin("security", Role::SecurityAdmin);
    let mut browser = house.browser();
    house.run(async {
        browser.get("/workspace/sign-in").await;
        browser.post("/workspace/sign-in", &[("login", "security"), ("password", PASSWORD)]).await;
        assert_eq!(browser.get("/workspace").await.location(), "/password");
        assert!(browser.get("/password").await.text().contains("初始密码"));
        for (fields, sentence) in [
            ([("present_password", "no"), ("new_password", "Changed-2026"), ("new_password_again", "Changed-2026")], "当前密码不正确"),
            ([("present_password", PASSWORD), ("new_password", "Changed-2026"), ("new_password_again", "Changed-2027")], "两次输入的新密码不一样"),
            ([("present_password", PASSWORD), ("new_password", "short"), ("new_password_again", "short")], "新密码不符合要求"),
        ] {
            let page = browser.post("/password", &fields).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(page.text().contains(sentence) && !page.text().contains("Changed-2026"), "{}", page.text());
        }
    });
    house.sign_in_first_time(&mut house.browser(), "security");
}

#[test]
fn an_account_without_session_cannot_change_a_password() {
    let house = House::new();
    assert_eq!(house.run(house.browser().get("/password")).location(), "/sign-in?next=/password");
}
