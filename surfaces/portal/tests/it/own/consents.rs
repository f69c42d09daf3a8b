//! 个人信息保护法 第十三条至第十六条: a person sees, gives and takes back consents; and her daily digest.

use axum::http::StatusCode;
use exchange::EnrolMember;
use i18n::Text;
use jobs::Worker;
use registers::{AskConsent, Asked, ConsentOf, ReadRecord};
use runner::Actor;
use town::basics::people;
use tracker::Manner;

use super::help::{later, shopkeeper, signed_in, staff};
use crate::county::County;
use crate::public::text::main_text;

fn clerk(county: &County) -> Actor {
    staff(county, "window")
}

fn asked(county: &County) -> String {
    let clerk = clerk(county);
    let command = AskConsent {
        register: "population".into(),
        organ: clerk.posts[0].organ.clone(),
        for_member: None,
        name: "送证上门".into(),
        purpose: Text::new("核对送达地址", "To check where to deliver"),
        fields: vec!["address".into()],
        subject: people::SHOPKEEPER.into(),
        until: "2026-06-30".parse().unwrap(),
    };
    county.world.execute(&clerk, command).outcome
}

fn reading(consent: &str) -> ReadRecord {
    let asked = Asked {
        consent: Some(ConsentOf::Id(consent.into())),
        ..Asked::new("population", &["address"], Manner::Full, Text::same("送达"), "同意")
    };
    ReadRecord { asked, key: people::SHOPKEEPER.into() }
}

#[tokio::test]
async fn a_person_sees_gives_and_takes_back_a_consent_and_the_tracker_leads_to_it() {
    let county = County::new();
    let mut browser = shopkeeper(&county).await;
    let nothing = main_text(&browser.get("/consents").await.text());
    assert!(nothing.contains("没有等您答复的请求"), "{nothing}");
    let consent = asked(&county);
    let page = main_text(&browser.get("/consents").await.text());
    for word in ["云溪县市场监督管理局", "核对送达地址", "住址", "2026年6月30日", "需要您单独同意", "等待答复"] {
        assert!(page.contains(word), "{word}: {page}");
    }
    assert_eq!(county.world.refuse(&clerk(&county), reading(&consent)).code, "consent-not-in-force");
    let agreed = browser.post(&format!("/consents/{consent}/agree"), &[]).await;
    assert_eq!((agreed.status, agreed.location()), (StatusCode::SEE_OTHER, "/consents"));
    let page = browser.get("/consents").await.text();
    assert!(main_text(&page).contains("有效") && page.contains("zhengshu-consent-1"), "{page}");
    county.world.execute(&clerk(&county), reading(&consent));
    let tracker = browser.get("/data-tracker").await.text();
    assert!(tracker.contains(&format!("href=\"/consents#{consent}\"")) && main_text(&tracker).contains("第十三条第一款第一项"), "{tracker}");
    browser.get("/consents").await;
    let revoked = browser.post(&format!("/consents/{consent}/revoke"), &[]).await;
    assert_eq!(revoked.status, StatusCode::SEE_OTHER);
    assert!(main_text(&browser.get("/consents").await.text()).contains("已撤回"));
    assert_eq!(county.world.refuse(&clerk(&county), reading(&consent)).code, "consent-not-in-force");
}

#[tokio::test]
async fn a_member_of_another_node_for_which_the_keeper_asks_is_called_by_its_name() {
    const COURT: &str = "CN-339922/GOV/COURT/files";
    let county = County::new();
    let name = Text::new("云北县人民法院", "Yunbei County People's Court");
    let address = "https://court.example".into();
    let member = EnrolMember { id: COURT.parse().unwrap(), name, organ: None, address, ed25519_allowed: false };
    county.world.execute(&Actor::system(), member);
    let police = county.basics.organ("public-security").unwrap().id.to_string();
    let asking = |organ: &str| AskConsent {
        register: "population".into(),
        organ: organ.into(),
        for_member: Some(COURT.into()),
        name: "送达地址确认".into(),
        purpose: Text::new("送达诉讼文书", "To serve papers"),
        fields: vec!["address".into()],
        subject: people::SHOPKEEPER.into(),
        until: "2026-06-30".parse().unwrap(),
    };
    let other = clerk(&county);
    assert_eq!(county.world.refuse(&other, asking(&other.posts[0].organ)).code, "consent-of-others", "the keeper of the register asks");
    county.world.execute(&testkit::staff("account_officer", &police, "339921", &["handler"]), asking(&police));
    let mut browser = shopkeeper(&county).await;
    let page = main_text(&browser.get("/consents").await.text());
    assert!(page.contains("云北县人民法院") && page.contains("送达诉讼文书") && !page.contains(COURT), "{page}");
}

#[tokio::test]
async fn nobody_answers_for_somebody_else_and_a_forged_form_does_nothing() {
    let county = County::new();
    let consent = asked(&county);
    let mut stranger = signed_in(&county, people::FATHER, "stranger").await;
    assert!(!stranger.get("/consents").await.text().contains(&consent));
    assert_eq!(stranger.post(&format!("/consents/{consent}/agree"), &[]).await.status, StatusCode::NOT_FOUND);
    stranger.get("/consents").await;
    assert_eq!(stranger.post(&format!("/consents/{consent}/frame"), &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(county.world.refuse(&clerk(&county), reading(&consent)).code, "consent-not-in-force");
    assert_eq!(county.browser("zh-CN").get("/consents").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_daily_digest_is_chosen_written_read_and_given_up() {
    let county = County::new();
    let mut browser = shopkeeper(&county).await;
    let digests = "/data-tracker/digests";
    assert!(main_text(&browser.get(digests).await.text()).contains("您没有选择每日摘要"));
    assert_eq!(browser.post(digests, &[("wanted", "yes")]).await.status, StatusCode::SEE_OTHER);
    let consent = asked(&county);
    browser.get("/consents").await;
    browser.post(&format!("/consents/{consent}/agree"), &[]).await;
    county.world.execute(&clerk(&county), reading(&consent));
    let day = clock::local_date(clock::from_millis(county.app.now_ms()).unwrap());
    later(&county, &mut browser, &format!("{}T08:00", day.tomorrow().unwrap())).await;
    let handlers = registers::handlers(county.world.runner());
    let worker = Worker::new(county.world.store(), "test".into());
    county.world.run_jobs(&handlers.into_iter().fold(worker, |worker, (kind, handler)| worker.with(kind, handler)));
    let page = main_text(&browser.get(digests).await.text());
    assert!(page.contains("云溪县市场监督管理局（1次）"), "{page}");
    assert!(browser.get(digests).await.text().contains("value=\"read\""));
    assert_eq!(browser.post(digests, &[("wanted", "read")]).await.status, StatusCode::SEE_OTHER);
    assert!(!browser.get(digests).await.text().contains("value=\"read\""));
    assert_eq!(browser.post(digests, &[("wanted", "no")]).await.status, StatusCode::SEE_OTHER);
    assert!(main_text(&browser.get(digests).await.text()).contains("您没有选择每日摘要"));
    let mut stranger = signed_in(&county, people::FATHER, "stranger").await;
    assert!(main_text(&stranger.get(digests).await.text()).contains("还没有摘要"));
}

#[tokio::test]
async fn public_figures_count_readings_and_keep_small_cells_back() {
    let county = County::new();
    let mut browser = shopkeeper(&county).await;
    let consent = asked(&county);
    browser.get("/consents").await;
    browser.post(&format!("/consents/{consent}/agree"), &[]).await;
    for _ in 0..3 {
        county.world.execute(&clerk(&county), reading(&consent));
    }
    let mut anybody = county.browser("zh-CN");
    let page = main_text(&anybody.get("/figures/readings").await.text());
    assert!(page.contains("云溪县市场监督管理局") && page.contains("本人同意") && page.contains("不公布"), "{page}");
    let day = clock::local_date(clock::from_millis(county.app.now_ms()).unwrap());
    let month = format!("{}-{:02}", day.year(), day.month());
    let table = anybody.get(&format!("/figures/readings.csv?month={month}")).await.text();
    assert!(table.contains(&format!("{month},\"云溪县市场监督管理局\",\"本人同意\",\n")), "{table}");
    assert!(!table.contains(people::SHOPKEEPER) && !table.contains("送达"), "{table}");
    for _ in 0..4 {
        county.world.execute(&clerk(&county), reading(&consent));
    }
    county.world.clock().advance(jiff::SignedDuration::from_secs(700));
    let counted = anybody.get(&format!("/figures/readings.csv?month={month}")).await.text();
    assert!(counted.contains("\"本人同意\",7\n"), "{counted}");
    assert_eq!(anybody.get("/figures/readings?month=1999-01").await.status, StatusCode::NOT_FOUND);
}
