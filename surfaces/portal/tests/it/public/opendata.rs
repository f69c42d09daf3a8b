//! Public data for people.

use axum::http::StatusCode;
use opendata::queries;

use crate::county::County;

#[tokio::test]
async fn datasets_are_found_narrowed_and_shown() {
    let county = County::new();
    let mut browser = county.browser("zh-CN");
    assert!(browser.get("/data").await.text().contains("没有找到数据集"));
    county.open_data();
    let all = browser.get("/data").await.text();
    assert!(all.contains("27个数据集") || all.contains("27 个数据集"), "{all}");
    let found = browser.get("/data?q=%E5%85%AC%E4%BA%A4").await.text();
    assert!(found.contains("/data/bus-stops") && !found.contains("/data/parks"));
    let narrowed = browser.get("/data?theme=tran").await.text();
    assert!(narrowed.contains("/data/traffic-flow-daily") && !narrowed.contains("href=\"/data/parks\""));
    assert!(browser.get("/data?tag=%E5%85%AC%E5%9B%AD").await.text().contains("/data/parks"));
    assert!(browser.get("/data?q=qqqqqq").await.text().contains("没有找到数据集"));
}

#[tokio::test]
async fn a_dataset_shows_rows_map_dictionary_and_snippets() {
    let county = County::new();
    county.open_data();
    let mut browser = county.browser("en");
    let page = browser.get("/data/bus-stops").await.text();
    for part in ["Bus stops", "map.svg", "Township", "datastore_search", "/datastore/dump/resource_", "GeoJSON", "dataset.ttl", "Follow"] {
        assert!(page.contains(part), "{part}");
    }
    let second = browser.get("/data/bus-stops?q=%E4%B8%AD%E5%B1%B1%E8%B7%AF").await.text();
    assert!(second.contains("中山路"));
    let map = browser.get("/data/bus-stops/map.svg").await;
    assert_eq!((map.status, map.header("content-type")), (StatusCode::OK, "image/svg+xml"));
    assert_eq!(map.text().matches("<circle").count(), 420);
    let chart = browser.get("/data/air-quality-daily/chart.svg?lang=en").await;
    assert!(chart.text().starts_with("<svg") && chart.text().matches("<polyline").count() == 2);
    assert!(!chart.text().contains(" style="));
    assert_eq!(browser.get("/data/bus-stops/chart.svg").await.status, StatusCode::OK);
    for missing in ["/data/none", "/data/none/chart.svg", "/data/none/versions", "/data/bus-stops/computed", "/data/air-quality-daily/map.svg"] {
        assert_eq!(browser.get(missing).await.status, StatusCode::NOT_FOUND, "{missing}");
    }
    assert_eq!(browser.get("/dataset/bus-stops").await.location(), "/data/bus-stops");
}

#[tokio::test]
async fn a_dataset_that_was_taken_down_says_why() {
    let county = County::new();
    county.open_data();
    let id = county.world.read(|tx| queries::dataset(tx, "parks")).unwrap().id;
    let reason = i18n::Text::new("位置有误，正在核对", "wrong positions");
    county.world.execute(&runner::Actor::system(), opendata::WithdrawDataset { dataset: id, reason });
    let mut browser = county.browser("zh-CN");
    let page = browser.get("/data/parks").await;
    assert_eq!(page.status, StatusCode::GONE);
    assert!(page.text().contains("位置有误，正在核对"));
    assert_eq!(browser.get("/data/parks/map.svg").await.status, StatusCode::NOT_FOUND);
    assert!(!browser.get("/data?q=%E5%85%AC%E5%9B%AD").await.text().contains("href=\"/data/parks\""));
}

#[tokio::test]
async fn versions_are_compared() {
    let county = County::new();
    county.open_data();
    let mut browser = county.browser("zh-CN");
    let page = browser.get("/data/parks/versions").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("首次发布"));
}

#[tokio::test]
async fn who_has_not_signed_in_is_led_there_and_keeps_what_was_typed() {
    let county = County::new();
    county.open_data();
    let mut browser = county.browser("zh-CN");
    assert_eq!(browser.get("/data/requests").await.status, StatusCode::OK);
    let answer = browser.post("/data/requests", &[("title", "停车场"), ("text", "想要停车场位置")]).await;
    assert!(answer.status.is_redirection() && answer.location().contains("/sign-in"), "{} {}", answer.status, answer.location());
    assert!(browser.get("/data/keys").await.status.is_redirection());
    assert!(browser.get("/data/following").await.status.is_redirection());
}
