//! R3, R7 at the desk: where facts come from, reviews after a correction, the burden meter.

use std::sync::Arc;

use axum::http::StatusCode;
use ids::SeededEntropy;
use jobs::Worker;
use procedure::{Files, Library, PublishPackage};
use runner::Actor;
use seal::PrivateKey;

use crate::town::{Town, outline};

const ZHOU: &str = "339921194003080135";
const BENEFIT: &str = "gaoling-jintie";

fn run_jobs(town: &Town) {
    let worker = Worker::new(town.world.store(), "test".into()).with(documents::RENDER_DOCUMENT, Arc::new(|_| Ok(())));
    let worker = cases::handlers(town.world.runner()).into_iter().fold(worker, |worker, (kind, handler)| worker.with(kind, handler));
    town.world.run_jobs(&worker);
}

#[test]
fn the_clerk_sees_where_each_fact_comes_from_and_what_the_applicant_changed() {
    let town = Town::new();
    let case = town.submit("geti-shangpu-dengji", "ordinary").case;
    let mut clerk = town.desk("suwanqing");
    let page = outline(&town.get(&mut clerk, &format!("/workspace/cases/{case}")));
    for word in ["数据来源", "人口基础信息库（云溪县公安局）", "免填", "免交：人口基础信息库（云溪县公安局）", "经营者身份证明", "population#"]
    {
        assert!(page.contains(word), "{word}: {page}");
    }
    assert!(!page.contains("申请人填写与登记不一致"), "she states what the register has: {page}");
    let correct = registers::CorrectRecord {
        register: "population".into(),
        key: "339921199005170241".into(),
        on: None,
        seen_position: None,
        values: serde_json::json!({ "address": "云溪县城关镇和平路21号" }).as_object().unwrap().clone(),
        reason: "门牌号抄反".into(),
        basis: "户口登记条例 第十八条".into(),
    };
    town.world.execute(&Actor::system(), correct);
    let second = town.submit("geti-shangpu-dengji", "ordinary").case;
    let page = outline(&town.get(&mut clerk, &format!("/workspace/cases/{second}")));
    assert!(page.contains("申请人填写与登记不一致") && page.contains("申请人改填"), "{page}");
}

#[test]
fn a_correction_at_the_desk_of_the_register_reaches_the_organ_that_decided() {
    let town = Town::new();
    let case = town.submit(BENEFIT, "instant-86").case;
    let mut police = town.desk("duanxiaofeng");
    let correct = "/workspace/registers/population/correct";
    assert!(outline(&town.get(&mut police, correct)).contains("自动立件，由作出决定的单位复核"));
    let fields = [("key", ZHOU), ("new_division", "330106"), ("reason", "迁出登记漏录"), ("basis", "户口登记条例 第十条")];
    let done = town.post(&mut police, correct, &fields);
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", outline(&done));
    assert!(outline(&town.get(&mut police, done.location())).contains("取用过原版本的办件有1件"));
    run_jobs(&town);
    let review = town.view(&case).reviews.remove(0);
    let mut civil_affairs = town.desk("yaozhiqiang");
    let inbox = outline(&town.get(&mut civil_affairs, "/workspace/inbox"));
    assert!(inbox.contains("数据更正复核"), "{inbox}");
    let file = outline(&town.get(&mut civil_affairs, &format!("/workspace/cases/{review}")));
    for word in ["所在区划", "户口登记条例 第十条", "高龄津贴", "已经办结"] {
        assert!(file.contains(word), "{word}: {file}");
    }
    assert!(!file.contains("330106") && !file.contains("周德全"), "a review names fields, not values: {file}");
    let mut county = town.desk("jiangminghua");
    let original = town.get(&mut county, &format!("/workspace/cases/{case}"));
    if original.status == StatusCode::OK {
        let text = original.text();
        assert!(text.contains(&format!("/workspace/cases/{review}")) && text.contains("登记更正，已立件复核"), "{}", outline(&original));
    }
}

#[test]
fn the_burden_meter_ranks_items_and_proposes_the_change() {
    let town = Town::new();
    town.submit("geti-shangpu-dengji", "ordinary");
    let mut desk = town.desk("yaozhiqiang");
    let start = town.get(&mut desk, "/workspace").text();
    assert!(start.contains("href=\"/workspace/burden\""));
    let page = outline(&town.get(&mut desk, "/workspace/burden"));
    for word in ["办事负担", "个体工商户", "已有仍填", "怎么算的"] {
        assert!(page.contains(word), "{word}: {page}");
    }
    assert!(!page.contains("提出修改建议"), "shipped packages ask for nothing the registers hold: {page}");
    let proposal = format!("/workspace/burden/{BENEFIT}/proposal");
    assert_eq!(town.get(&mut desk, &proposal).status, StatusCode::NOT_FOUND);
    publish_worse(&town);
    let page = outline(&town.get(&mut desk, "/workspace/burden"));
    assert!(page.contains("提出修改建议") && page.contains("出生日期") && page.contains("population.birth_date"), "{page}");
    let answer = town.get(&mut desk, &proposal);
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "text/x-diff; charset=utf-8"));
    assert!(answer.text().contains("+++ b/packages/gaoling-jintie/form.json") && answer.text().contains("\"x-prefill\": \"population.birth_date\""));
    let mut admin = town.admin("admin-system", trust::Role::SystemAdmin);
    assert_eq!(town.get(&mut admin, "/workspace/burden").status, StatusCode::NOT_FOUND, "administrators handle no items");
}

/// The same item, published anew by somebody who forgot a source.
fn publish_worse(town: &Town) {
    let key = PrivateKey::generate(seal::Algorithm::Sm2, &mut SeededEntropy::new(5)).unwrap();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packages").join(BENEFIT);
    let mut files = Files::read_dir(&folder).unwrap();
    let form = files.text("form.json").unwrap().replace(" \"x-prefill\": \"population.birth_date\",", "");
    files.put("form.json", form);
    let signature = procedure::sign(&files.hash(), "test", &key).unwrap();
    let command = PublishPackage { files: Arc::new(files), signature, valid_from: "2026-03-02".parse().unwrap() };
    town.world.execute(&Actor::system(), command);
    let library = town.world.runner().service::<Library>().unwrap();
    town.world.store().read(|tx| library.refresh(tx)).unwrap();
}
