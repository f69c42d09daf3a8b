//! Public data for people.

use axum::http::StatusCode;
use i18n::Text;
use opendata::{
    ApproveAsOfficer, ApproveAsOwner, Computation, DataField, DraftDataset, Foundation, Metadata, NewResource, PublishDataset, PutResource,
    SubmitDataset, queries,
};

use crate::county::County;
use crate::public::text::main_text;

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

/// A dataset that was computed, with all approvals.
fn publish_computed(county: &County, computed: Computation) {
    let (runner, system) = (county.world.runner(), runner::Actor::system());
    let organ = county.basics.organ("government-services").unwrap().id.clone();
    let metadata = Metadata {
        title: Text::new("政务服务办件月报", "Cases by month"),
        notes: Text::new("按月份、事项和结果统计的办件数量。", "Cases by month, item and outcome."),
        themes: vec!["gove".into()],
        tags: vec!["办件".into()],
        licence: "open".into(),
        period: "monthly".into(),
        spatial: "339921".into(),
        computed: Some(computed),
        ..Metadata::default()
    };
    let draft = DraftDataset { slug: "case-figures-monthly".into(), organ, metadata, harvested: None };
    let dataset = county.world.execute(&system, draft).outcome;
    let csv = b"month,cases\n2026-03-01,12\n";
    let resource = NewResource {
        name: Text::new("月报", "By month"),
        note: Text::default(),
        format: "CSV".into(),
        blob: Some(county.app.blobs.put(csv, 1_000).unwrap()),
        url: String::new(),
        size_bytes: u64::try_from(csv.len()).unwrap(),
        fields: tables::guess(csv).unwrap().into_iter().map(DataField::plain).collect(),
    };
    county.world.execute(&system, PutResource { dataset: dataset.clone(), replaces: None, resource, seen: None });
    county.world.execute(&system, SubmitDataset { dataset: dataset.clone() });
    let shelf = runner.service::<tables::Shelf>().unwrap();
    opendata::scan_now(runner, &county.app.blobs, &shelf, &dataset).unwrap();
    let fingerprint = county.world.read(|tx| queries::dataset(tx, dataset.as_str())).unwrap().fingerprint();
    county.world.execute(&system, ApproveAsOwner { dataset: dataset.clone(), fingerprint: fingerprint.clone() });
    county.world.execute(&system, ApproveAsOfficer { dataset: dataset.clone(), fingerprint });
    county.world.execute(&system, PublishDataset { dataset, changes: Text::new("首次发布", "First release") });
}

#[tokio::test]
async fn computed_numbers_say_on_which_registers_they_rest_and_name_nobody() {
    let county = County::new();
    let foundation = |register: &str, zh: &str, en: &str, count: Option<i64>| Foundation {
        register: register.into(),
        title: Text::new(zh, en),
        position: 5_012,
        cases: count,
        facts: count.map(|count| count * 3),
        records: count.map(|count| count - 2),
    };
    publish_computed(
        &county,
        Computation {
            view: "case-figures-monthly".into(),
            source: Text::new("本节点的办件和评价记录", "Case and rating records of this node"),
            steps: vec![Text::new("小于 5 的数留空。", "Leave numbers below 5 blank.")],
            as_of: "2026-04-01".parse().unwrap(),
            journal_size: 9_000,
            small_cells_below: 5,
            suppressed: 1,
            hash: format!("sm3:{}", "c".repeat(64)),
            rests_on: vec![
                foundation("population", "人口基础信息库", "Population register", Some(1_240)),
                foundation("legal-persons", "法人单位基础信息库", "Register of legal persons", None),
            ],
            facts_sm3: "d".repeat(64),
        },
    );
    let page = main_text(&county.browser("zh-CN").get("/data/case-figures-monthly/computed").await.text());
    for part in ["依据的登记", "人口基础信息库", "5,012", "1,240", "3,720", "1,238", "少于5件，不公布", &"c".repeat(64), &"d".repeat(64)]
    {
        assert!(page.contains(part), "{part}: {page}");
    }
    let english = main_text(&county.browser("en").get("/data/case-figures-monthly/computed").await.text());
    for part in ["The records it rests on", "Register of legal persons", "below 5, kept back", "Hash of the records (SM3)"] {
        assert!(english.contains(part), "{part}: {english}");
    }
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
