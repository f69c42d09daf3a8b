use axum::http::StatusCode;
use gate::testing::Answer;
use trust::LoginName;

use crate::house::{House, PASSWORD, identity};

const NEW: [(&str, &str); 5] =
    [("name", "李小满"), ("mobile", "138 0000 0001"), ("address", "城关镇人民路3号"), ("password", PASSWORD), ("password_again", PASSWORD)];

fn register(house: &House, sequence: u16, login: &str, changed: &[(&str, &str)]) -> Answer {
    let number = identity(sequence);
    let mut fields: Vec<(&str, &str)> = changed.to_vec();
    for field in NEW.into_iter().chain([("identity_number", number.as_str()), ("login", login)]) {
        if !fields.iter().any(|(name, _)| *name == field.0) {
            fields.push(field);
        }
    }
    let mut browser = house.browser();
    house.run(async {
        browser.get("/register").await;
        browser.post("/register", &fields).await
    })
}

fn assurance(house: &House, login: &str) -> Option<u8> {
    let login = LoginName::parse(login).unwrap();
    house.world.read(|tx| Ok(trust::queries::account_of_login(tx, &login)?.map(|account| account.assurance)))
}

#[test]
fn who_is_not_in_the_register_gets_a_declared_identity() {
    let house = House::new();
    let answer = register(&house, 1, "xiaoman", &[]);
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/sign-in"), "{}", answer.text());
    assert_eq!(assurance(&house, "xiaoman"), Some(1));
    let mut browser = house.browser();
    house.run(async {
        browser.sign_in("xiaoman", PASSWORD).await;
        assert!(browser.get("/").await.text().contains("home of 李小满"));
    });
}

#[test]
fn who_agrees_with_the_register_has_a_checked_identity() {
    let house = House::new();
    house.person("李小满", 1);
    assert_eq!(register(&house, 1, "xiaoman", &[]).status, StatusCode::SEE_OTHER);
    assert_eq!(assurance(&house, "xiaoman"), Some(2));
}

#[test]
fn who_only_knows_the_number_of_somebody_else_gets_nothing() {
    let house = House::new();
    house.person("李小满", 1);
    for wrong in [("name", "王大伟"), ("mobile", "13900000009")] {
        let answer = register(&house, 1, "dawei", &[wrong]);
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains("与登记信息不一致"), "{}", answer.text());
    }
    assert_eq!(assurance(&house, "dawei"), None);
}

#[test]
fn one_person_has_one_account_and_a_name_is_given_once() {
    let house = House::new();
    register(&house, 1, "xiaoman", &[]);
    assert!(register(&house, 1, "another", &[]).text().contains("账号"));
    assert_eq!(assurance(&house, "another"), None);
    let taken = register(&house, 3, "XiaoMan", &[("name", "王大伟")]);
    assert!(taken.text().contains("这个账号名已被使用"));
    let left: i64 = house.world.read(|tx| tx.scalar("select count(*) from person", &[]));
    assert_eq!(left, 1, "a refused registration leaves no person behind");
}

#[test]
fn what_somebody_said_about_herself_does_not_confirm_itself() {
    let house = House::new();
    // As when registration was interrupted after the person had been added.
    let alone = parties::RegisterPerson {
        name: "李小满".into(),
        identity_number: identity(1),
        division: crate::house::division("339921"),
        address: "城关镇人民路3号".into(),
        mobile: Some("13800000001".into()),
    };
    house.world.execute(&runner::Actor::bare("self-registration", runner::ActorKind::System), alone);
    assert_eq!(register(&house, 1, "xiaoman", &[]).status, StatusCode::SEE_OTHER);
    assert_eq!(assurance(&house, "xiaoman"), Some(1));
}

#[test]
fn everything_that_is_wrong_is_said_at_once_and_what_was_typed_stays() {
    let house = House::new();
    let wrong =
        [("name", ""), ("identity_number", "339921199005050018"), ("mobile", "123"), ("login", "a b"), ("password", "x"), ("password_again", "y")];
    let answer = register(&house, 1, "", &wrong);
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for part in [
        "请填写这一项",
        "手机号码应为",
        "账号名须为",
        "密码至少 8 位",
        "两次输入的密码不一样",
        "value=\"339921199005050018\"",
        "href=\"#identity_number\"",
    ] {
        assert!(answer.text().contains(part), "{part} not in {}", answer.text());
    }
    assert!(!answer.text().contains("value=\"x\""));
}

#[test]
fn children_under_fourteen_need_a_guardian() {
    let house = House::new();
    let child = parties::IdentityNumber::compose("339921", "2015-05-05".parse().unwrap(), 1).unwrap();
    let answer = register(&house, 1, "child", &[("identity_number", child.as_str())]);
    assert!(answer.text().contains("由监护人代为办理"), "{}", answer.text());
}
