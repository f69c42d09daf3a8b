use axum::http::StatusCode;
use parties::{AcceptDelegation, DelegationKind, GrantDelegation, Party, Scope};
use runner::Actor;

use crate::house::{House, PASSWORD};

#[test]
fn a_daughter_acts_for_her_mother_and_the_header_says_so() {
    let house = House::new();
    let daughter = house.citizen("xiaoman", "李小满", 1);
    let mother = house.person("赵桂兰", 3);
    let grant = GrantDelegation {
        principal: Party::Person(mother.clone()),
        agent: daughter,
        kind: DelegationKind::Child,
        scope: Scope::All,
        valid_from: "2026-03-02".parse().unwrap(),
        valid_until: "2026-12-31".parse().unwrap(),
    };
    let delegation = house.world.execute(&Actor::system(), grant).outcome;
    house.world.execute(&Actor::system(), AcceptDelegation { delegation });
    let mut browser = house.browser();
    house.run(async {
        browser.sign_in("xiaoman", PASSWORD).await;
        let page = browser.get("/act-for").await;
        assert!(page.text().contains("赵桂兰") && page.text().contains("我自己"), "{}", page.text());
        let answer = browser.post("/act-for", &[("party", mother.as_str())]).await;
        assert_eq!(answer.location(), "/", "{}", answer.text());
        let home = browser.get("/").await.text();
        assert!(home.contains("李小满（代 赵桂兰）") && home.contains(mother.as_str()), "{home}");
        browser.get("/act-for").await;
        browser.post("/act-for", &[("party", "self")]).await;
        assert!(!browser.get("/").await.text().contains("赵桂兰"));
    });
}

#[test]
fn nobody_acts_for_a_stranger() {
    let house = House::new();
    house.citizen("xiaoman", "李小满", 1);
    let stranger = house.person("赵桂兰", 3);
    let mut browser = house.browser();
    house.run(async {
        browser.sign_in("xiaoman", PASSWORD).await;
        assert!(browser.get("/act-for").await.text().contains("目前没有人授权您代办"));
        for party in [stranger.as_str(), "", "nonsense"] {
            let answer = browser.post("/act-for", &[("party", party)]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{party}");
        }
    });
}
