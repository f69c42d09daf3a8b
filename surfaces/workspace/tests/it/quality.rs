//! 数据质量 at the desk.

use axum::http::StatusCode;
use jobs::Worker;
use quality::commands::DeclareRules;
use runner::Actor;

use crate::town::{Town, outline};

const POPULATION: &str = "/workspace/quality/population";

/// The rules that ship are declared, and a doubtful address was loaded.
fn town() -> Town {
    let town = Town::new();
    for (_, text) in quality::SHIPPED {
        town.world.execute(&Actor::system(), DeclareRules { text: text.to_owned() });
    }
    town
}

fn examine(town: &Town) {
    let handlers = quality::handlers(town.world.runner());
    let worker = handlers.into_iter().fold(Worker::new(town.world.store(), "test".into()), |worker, (kind, handler)| worker.with(kind, handler));
    town.world.run_jobs(&worker);
}

#[test]
fn the_owner_has_its_register_examined_and_sees_what_the_rules_found() {
    let town = town();
    let mut desk = town.desk("duanxiaofeng");
    let before = outline(&town.get(&mut desk, POPULATION));
    assert!(before.contains("还没有检查过") && before.contains("立即检查") && before.contains("住址写到路"), "{before}");
    let asked = town.post(&mut desk, POPULATION, &[]);
    assert_eq!((asked.status, asked.location()), (StatusCode::SEE_OTHER, POPULATION));
    examine(&town);
    let page = town.get(&mut desk, POPULATION);
    let text = outline(&page);
    assert!(text.contains("最近得分") && text.contains("100.00%") && !text.contains("还没有检查过"), "{text}");
    let run = page.text().split("/workspace/quality/population/runs/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let detail = outline(&town.get(&mut desk, &format!("{POPULATION}/runs/{run}")));
    for word in ["规范性", "完整性", "准确性", "一致性", "时效性", "可访问性"] {
        assert!(detail.contains(word), "{word}: {detail}");
    }
    let list = outline(&town.get(&mut desk, "/workspace/quality"));
    assert!(list.contains("人口基础信息库") && list.contains("未检查"), "{list}");
    let trend = outline(&town.get(&mut desk, "/workspace/quality/trend"));
    assert!(trend.contains("云溪县公安局") && trend.contains("2026-03"), "{trend}");
}

#[test]
fn findings_are_places_for_the_owner_and_lead_to_a_reading_on_record() {
    let town = town();
    let strict = quality::SHIPPED[0].1.replace("characters_min = 6", "characters_min = 60");
    town.world.execute(&Actor::system(), DeclareRules { text: strict });
    let mut desk = town.desk("duanxiaofeng");
    town.get(&mut desk, POPULATION);
    town.post(&mut desk, POPULATION, &[]);
    examine(&town);
    let page = town.get(&mut desk, POPULATION);
    assert!(outline(&page).contains("整改中"), "{}", outline(&page));
    let run = page.text().split("/workspace/quality/population/runs/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let address = format!("{POPULATION}/runs/{run}?rule=address-form");
    let found = town.get(&mut desk, &address);
    let text = outline(&found);
    assert!(text.contains("#1") && text.contains("住址") && !text.contains("林晓禾") && !text.contains("和平路"), "{text}");
    let place = found.text().split("/workspace/registers/population/read?place=").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let form = town.get(&mut desk, &format!("/workspace/registers/population/read?place={place}"));
    assert!(form.text().contains(&format!("value=\"#{place}\"")));
    let fields = [("key", format!("#{place}")), ("fields", "address".into()), ("manner", "full".into()), ("purpose", "核对住址".into())];
    let mut fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    fields.push(("basis", "中华人民共和国户口登记条例 第三条"));
    let record = outline(&town.post(&mut desk, "/workspace/registers/population/read", &fields));
    assert!(record.contains("本次查询已记入当事人的数据使用踪迹") && record.contains("路"), "{record}");
    let mut stranger = town.desk("suwanqing");
    let theirs = outline(&town.get(&mut stranger, &address));
    assert!(!theirs.contains("查看位置") && !theirs.contains("#1\n"), "{theirs}");
}

#[test]
fn rules_are_changed_by_the_owner_with_every_problem_said() {
    let town = town();
    let mut desk = town.desk("duanxiaofeng");
    let rules = "/workspace/quality/population/rules";
    let form = town.get(&mut desk, rules);
    assert!(form.text().contains("mobile-form"));
    let text = quality::SHIPPED[0].1;
    let wrong = town.post(&mut desk, rules, &[("text", &text.replace("field = \"mobile\"", "field = \"hobby\""))]);
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(outline(&wrong).contains("登记中没有字段“hobby”") && wrong.text().contains("hobby"));
    town.get(&mut desk, rules);
    let other = town.post(&mut desk, rules, &[("text", quality::SHIPPED[1].1)]);
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    town.get(&mut desk, rules);
    let done = town.post(&mut desk, rules, &[("text", &text.replace("least_percent = 50", "least_percent = 40"))]);
    assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, POPULATION), "{}", outline(&done));
    assert!(outline(&town.get(&mut desk, POPULATION)).contains("第2版"));
    let mut stranger = town.desk("suwanqing");
    assert_eq!(town.get(&mut stranger, rules).status, StatusCode::NOT_FOUND);
    assert_eq!(town.get(&mut stranger, "/workspace/quality/dreams").status, StatusCode::NOT_FOUND);
}

#[test]
fn two_files_are_compared_and_the_differences_sent_to_an_organ() {
    let town = town();
    let mut desk = town.desk("duanxiaofeng");
    let compare = "/workspace/quality/compare";
    town.get(&mut desk, compare);
    let nothing = town.run(desk.upload(compare, &[("key", "")], &[]));
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(outline(&nothing).contains("请选择乙方文件，或者选择一个登记") && outline(&nothing).contains("请写明按哪一列比对"));
    town.get(&mut desk, compare);
    let files: [(&str, &str, &[u8]); 2] = [
        ("left", "门牌.csv", "号码,名称\n1,和平路\n2,中山路\n2,中山路\n".as_bytes()),
        ("right", "地名.csv", "code,name\n1,和平大道\n3,解放路\n".as_bytes()),
    ];
    let wrong = town.run(desk.upload(compare, &[("key", "编号")], &files));
    assert!(outline(&wrong).contains("没有名为“编号”的列"), "{}", outline(&wrong));
    town.get(&mut desk, compare);
    let both = town.run(desk.upload(compare, &[("register", "addresses"), ("key", "号码=code"), ("fields", "名称=name")], &files));
    assert!(both.status == 422 && outline(&both).contains("甲方只能选登记或者文件中的一个"), "{}", outline(&both));
    town.get(&mut desk, compare);
    let right = [("_key", "compare-once"), ("key", "号码=code"), ("fields", "名称=name")];
    let done = town.run(desk.upload(compare, &right, &files));
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", outline(&done));
    let address = done.location().to_owned();
    let twice = town.run(desk.upload(compare, &right, &files));
    assert_eq!(twice.location(), address, "a second click gets the first answer");
    let page = outline(&town.get(&mut desk, &address));
    for word in ["门牌.csv", "内容不一致", "甲方重复", "只在乙方", "立件交办整改"] {
        assert!(page.contains(word), "{word}: {page}");
    }
    assert!(!page.contains("和平大道"), "{page}");
    let organ = town.basics.organs.iter().find(|organ| organ.spec.duty == "natural-resources").unwrap().id.to_string();
    assert_eq!(town.post(&mut desk, &address, &[("organ", "")]).status, StatusCode::UNPROCESSABLE_ENTITY);
    town.get(&mut desk, &address);
    let sent = town.post(&mut desk, &address, &[("organ", &organ)]);
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", outline(&sent));
    let page = outline(&town.get(&mut desk, &address));
    assert!(page.contains("整改中") && !page.contains("立件交办整改（"), "{page}");
    let mut owner = town.desk("shaojing");
    let inbox = outline(&town.get(&mut owner, "/workspace/inbox"));
    assert!(inbox.contains("数据质量整改"), "{inbox}");
    let mut stranger = town.desk("suwanqing");
    assert_eq!(town.get(&mut stranger, &address).status, StatusCode::NOT_FOUND);
    assert_eq!(town.get(&mut stranger, compare).status, StatusCode::NOT_FOUND);
}

#[test]
fn pages_are_there_in_english() {
    let town = town();
    let mut desk = town.desk("duanxiaofeng");
    desk.language = "en";
    for (path, word) in [
        ("/workspace/quality", "Timeliness"),
        (POPULATION, "Examine now"),
        ("/workspace/quality/population/rules", "File of rules"),
        ("/workspace/quality/trend", "Trend of data quality"),
        ("/workspace/quality/compare", "Second source"),
    ] {
        let page = town.get(&mut desk, path);
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(outline(&page).contains(word), "{path}: {}", outline(&page));
    }
}
