//! R3, R7 at the desk: where facts come from, reviews after a correction, the burden meter.

use std::sync::Arc;

use axum::http::StatusCode;
use cases::commands::CompleteTask;
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

/// Computes the statistics of the cases until a day and publishes them with all approvals.
fn publish_statistics(town: &Town, as_of: &str) {
    let (runner, system) = (town.world.runner(), Actor::system());
    let organ = town.basics.organ("government-services").unwrap().id.clone();
    let shelf = runner.service::<tables::Shelf>().unwrap();
    for dataset in workspace::derive_datasets(runner, &town.app.blobs, &system, &organ, as_of.parse().unwrap()).unwrap() {
        opendata::scan_now(runner, &town.app.blobs, &shelf, &dataset).unwrap();
        let found = town.world.read(|tx| opendata::queries::dataset(tx, dataset.as_str())).unwrap();
        if found.state != opendata::State::Scanned {
            continue;
        }
        let fingerprint = found.fingerprint();
        town.world.execute(&system, opendata::ApproveAsOwner { dataset: dataset.clone(), fingerprint: fingerprint.clone() });
        town.world.execute(&system, opendata::ApproveAsOfficer { dataset: dataset.clone(), fingerprint });
        town.world.execute(&system, opendata::PublishDataset { dataset, changes: i18n::Text::new("按月更新", "Monthly") });
    }
}

#[test]
fn a_fact_is_followed_to_the_documents_and_statistics_it_went_into() {
    let town = Town::new();
    let case = town.submit(BENEFIT, "instant-86").case;
    town.submit("geti-shangpu-dengji", "ordinary");
    let file = format!("/workspace/cases/{case}");
    let mut head = town.desk("xuguodong");
    let page = outline(&town.get(&mut head, &file));
    let certificate = town.world.read(|tx| documents::queries::documents_of_case(tx, &case)).into_iter().next().unwrap();
    assert!(page.contains("去向") && page.contains(&certificate.number), "{page}");
    assert!(!page.contains("政务服务办件月报"), "nothing was published yet");

    town.world.move_to("2026-04-01T09:00");
    publish_statistics(&town, "2026-04-01");
    let computed = |town: &Town| {
        let release = town.world.read(|tx| opendata::queries::release(tx, "case-figures-monthly")).unwrap();
        (release.number, release.metadata.computed.unwrap())
    };
    let (number, first) = computed(&town);
    let population = first.rests_on[0].clone();
    assert_eq!((number, first.rests_on.len(), population.register.as_str()), (1, 1, "population"));
    assert_eq!((population.cases, population.facts, population.records), (None, None, None), "two cases are too few to be told");
    assert!(population.position > 2 && first.facts_sm3.len() == 64, "{population:?}");
    let shown = town.get(&mut town.again("xuguodong"), &file);
    let page = outline(&shown);
    let hash = first.hash.rsplit(':').next().unwrap();
    assert!(page.contains("政务服务办件月报") && page.contains("第1版") && page.contains(&hash[..12]), "{page}");
    assert!(shown.text().contains("/data/case-figures-monthly/computed"));
    assert!(!page.contains("政务服务好差评"), "ratings rest on no fact of a register");

    // Later cases stand in the next release only.
    let later: Vec<String> = (0..4).map(|_| town.submit(BENEFIT, "instant-86").case).collect();
    let later = format!("/workspace/cases/{}", later[0]);
    assert!(!outline(&town.get(&mut town.again("xuguodong"), &later)).contains("政务服务办件月报"));
    town.world.move_to("2026-05-06T09:00");
    publish_statistics(&town, "2026-05-01");
    let (number, second) = computed(&town);
    let population = &second.rests_on[0];
    assert_eq!((number, population.cases, population.records), (2, Some(6), Some(2)));
    assert!(population.facts.is_some_and(|facts| facts > 6), "{population:?}");
    let page = outline(&town.get(&mut town.again("xuguodong"), &later));
    assert!(page.contains("第2版"), "{page}");
    let page = outline(&town.get(&mut town.again("xuguodong"), &file));
    assert!(page.contains("第1至2版"), "{page}");
    // A month is computed once, whatever its cases come to later; one that is over by then, anew.
    town.submit("geti-shangpu-dengji", "ordinary");
    let organ = town.basics.organ("government-services").unwrap().id.clone();
    let derive = |as_of: &str| {
        let prepared = workspace::derive_datasets(town.world.runner(), &town.app.blobs, &Actor::system(), &organ, as_of.parse().unwrap());
        prepared.unwrap().len()
    };
    assert_eq!(derive("2026-05-01"), 0);
    assert!(derive("2026-06-01") > 0);
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
    assert!(!page.contains("提出减负建议"), "shipped packages ask for nothing the registers hold: {page}");
    let proposal = format!("/workspace/burden/{BENEFIT}/proposal");
    let nothing = town.post(&mut desk, &proposal, &[]);
    assert!(nothing.status.is_client_error() && outline(&nothing).contains("本事项没有可以减少的内容"), "{}", outline(&nothing));
    publish_worse(&town);
    let page = outline(&town.get(&mut desk, "/workspace/burden"));
    assert!(page.contains("提出减负建议") && page.contains("出生日期") && page.contains("population.birth_date"), "{page}");
    let mut admin = town.admin("admin-system", trust::Role::SystemAdmin);
    assert_eq!(town.get(&mut admin, "/workspace/burden").status, StatusCode::NOT_FOUND, "administrators handle no items");
}

#[test]
fn one_click_sends_the_proposal_to_the_owner_who_adopts_it_or_says_why_not() {
    let town = Town::new();
    town.submit(BENEFIT, "instant-86");
    publish_worse(&town);
    let mut anybody = town.desk("suwanqing");
    let propose = format!("/workspace/burden/{BENEFIT}/proposal");
    let done = town.post(&mut anybody, &propose, &[]);
    assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, "/workspace/burden"), "{}", outline(&done));
    let page = town.get(&mut anybody, "/workspace/burden");
    let text = outline(&page);
    assert!(text.contains("已立件") && text.contains("等主管单位办理") && !text.contains("提出减负建议"), "{text}");
    assert!(!page.text().contains("/workspace/cases/case_"), "the file is for the organ in charge");
    let again = town.post(&mut anybody, &propose, &[]);
    assert!(again.status.is_client_error() && outline(&again).contains("已有一件没有办结的减负建议"), "{}", outline(&again));

    let mut owner = town.desk("yaozhiqiang");
    let case = proposed(&town);
    assert!(town.get(&mut owner, "/workspace/burden").text().contains(&format!("/workspace/cases/{case}")));
    let inbox = outline(&town.get(&mut owner, "/workspace/inbox"));
    assert!(inbox.contains("办事减负建议"), "{inbox}");
    let file = town.get(&mut owner, &format!("/workspace/cases/{case}"));
    let text = outline(&file);
    for word in [
        "高龄津贴",
        "云溪县民政局",
        "云溪县市场监督管理局",
        "已有仍填的字段数",
        "出生日期（birth_date）",
        "population.birth_date",
        "下载规程包差异",
        "2026年4月7日",
    ] {
        assert!(text.contains(word), "{word}: {text}");
    }
    assert!(!text.contains("organ_"), "organs are named: {text}");
    let difference = town.get(&mut owner, &format!("/workspace/cases/{case}/proposal"));
    assert_eq!((difference.status, difference.header("content-type")), (StatusCode::OK, "text/x-diff; charset=utf-8"));
    let text = difference.text();
    assert!(text.contains("+++ b/packages/gaoling-jintie/form.json") && text.contains("\"x-prefill\": \"population.birth_date\""), "{text}");
    assert_eq!(town.get(&mut anybody, &format!("/workspace/cases/{case}/proposal")).status, StatusCode::NOT_FOUND);
    let other = town.submit("geti-shangpu-dengji", "ordinary").case;
    assert_eq!(town.get(&mut anybody, &format!("/workspace/cases/{other}/proposal")).status, StatusCode::NOT_FOUND, "no proposal");

    complete(&town, &case, "examine", "objected", "部分老人登记的出生日期有误，需要本人申报。");
    complete(&town, &case, "judge", "passed", "理由成立，请写入规程包。");
    let text = outline(&town.get(&mut anybody, "/workspace/burden"));
    assert!(text.contains("不采纳，理由见办件") && text.contains("提出减负建议"), "{text}");
    town.post(&mut anybody, &propose, &[]);
    let second = proposed(&town);
    assert_ne!(second, case);
    complete(&town, &second, "examine", "agreed", "采纳。");
    complete(&town, &second, "change", "resolved", "新版本自2026年4月1日起施行。");
    let text = outline(&town.get(&mut anybody, "/workspace/burden"));
    assert!(text.contains("已采纳"), "{text}");
}

/// The case of the newest proposal about the benefit.
fn proposed(town: &Town) -> String {
    let packages = [town.app.library.current(BENEFIT, "2026-03-02".parse().unwrap()).unwrap()];
    let burden = town.world.store().read(|tx| cases::queries::item_burdens(tx, &packages)).unwrap().remove(0);
    burden.proposed.unwrap().case
}

/// Whoever holds the post of the open task completes it.
fn complete(town: &Town, case: &str, node: &str, outcome: &str, opinion: &str) {
    let task = town.task(case, node);
    let task = town.view(case).tasks.into_iter().find(|known| known.id == task).unwrap();
    let actor = town.basics.scenario_post(&task.post, Some(&task.organ)).unwrap();
    let command = CompleteTask { task: task.id, outcome: outcome.into(), opinion: opinion.into(), ..CompleteTask::default() };
    town.world.execute(&actor, command);
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
