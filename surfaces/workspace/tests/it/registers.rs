//! The registers at the desk.

use axum::http::StatusCode;

use crate::town::{Town, outline};

const LIN: &str = "339921199005170241";
const READ: &str = "/workspace/registers/population/read";

fn asked<'a>(case: &'a str, manner: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("key", LIN),
        ("fields", "name"),
        ("fields", "address"),
        ("manner", manner),
        ("purpose", "核对申请人住址"),
        ("basis", "食品经营许可和备案管理办法 第十二条"),
        ("case", case),
    ]
}

#[test]
fn every_member_of_staff_sees_the_registers_with_owner_figures_and_freshness() {
    let town = Town::new();
    let mut desk = town.desk("suwanqing");
    let list = outline(&town.get(&mut desk, "/workspace/registers"));
    for word in ["人口基础信息库", "云溪县公安局", "每日", "按期更新", "宏观经济基础信息库"] {
        assert!(list.contains(word), "{word}: {list}");
    }
    let page = outline(&town.get(&mut desk, "/workspace/registers/population"));
    for word in ["中华人民共和国户口登记条例 第三条", "敏感个人信息", "110105********002X", "一般数据（3级）", "查询一条记录"]
    {
        assert!(page.contains(word), "{word}: {page}");
    }
    assert!(!page.contains("更正一条记录") && !page.contains("导入文件"), "{page}");
    assert_eq!(town.get(&mut desk, "/workspace/registers/dreams").status, StatusCode::NOT_FOUND);
    assert_eq!(town.get(&mut desk, "/workspace/registers/population/correct").status, StatusCode::NOT_FOUND);
    assert_eq!(town.get(&mut desk, "/workspace/registers/population/load").status, StatusCode::NOT_FOUND);
}

#[test]
fn a_clerk_looks_up_for_an_open_case_that_is_hers_and_for_no_other() {
    let town = Town::new();
    let case = town.tea_shop();
    let mut desk = town.desk("suwanqing");
    town.get(&mut desk, READ);
    let without = town.post(&mut desk, READ, &asked("", "masked"));
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(outline(&without).contains("请填写办件编号，或者本人同意的编号") && without.text().contains("核对申请人住址"));
    town.get(&mut desk, READ);
    let wrong = town.post(&mut desk, READ, &asked("云办〔2026〕9999号", "masked"));
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(outline(&wrong).contains("没有找到由您办理的") && wrong.text().contains("核对申请人住址"));
    let found = town.post(&mut desk, READ, &asked(&case.case, "masked"));
    let page = outline(&found);
    assert_eq!(found.status, StatusCode::OK, "{page}");
    assert!(page.contains("林**") && !page.contains("林晓禾") && page.contains("数据使用踪迹"), "{page}");
    let seen = town.world.store().read(|tx| tracker::readings_of_case(tx, &case.case)).unwrap();
    assert_eq!((seen.len(), seen[0].source.name.as_str(), seen[0].fields.len()), (1, "population", 2));
    let mut stranger = town.desk("qiuminjie");
    town.get(&mut stranger, READ);
    assert_eq!(town.post(&mut stranger, READ, &asked(&case.case, "masked")).status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[test]
fn the_form_says_what_is_missing_and_loses_nothing() {
    let town = Town::new();
    let mut desk = town.desk("duanxiaofeng");
    let form = town.get(&mut desk, READ);
    assert!(form.text().contains("当事人会看到这次查询"));
    let answer = town.post(&mut desk, READ, &[("key", LIN), ("purpose", "常口核对")]);
    let page = outline(&answer);
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("请填写法律依据") && page.contains("请至少选择一个字段") && answer.text().contains("常口核对"));
}

#[test]
fn the_data_officer_corrects_and_the_history_shows_both_versions() {
    let town = Town::new();
    let mut desk = town.desk("duanxiaofeng");
    let correct = "/workspace/registers/population/correct";
    town.get(&mut desk, correct);
    let nothing = town.post(&mut desk, correct, &[("key", LIN), ("reason", "门牌号有误"), ("basis", "户口簿")]);
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [("key", LIN), ("new_address", "云溪县城关镇和平路14号"), ("reason", "门牌号有误"), ("basis", "户口簿")];
    let done = town.post(&mut desk, correct, &fields);
    assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, "/workspace/registers/population"), "{}", outline(&done));
    let page = outline(&town.get(&mut desk, "/workspace/registers/population"));
    assert!(page.contains("已更正1个字段") && page.contains("更正"), "{page}");
    town.get(&mut desk, READ);
    let mut asked = asked("", "full");
    asked.push(("history", "yes"));
    let history = outline(&town.post(&mut desk, READ, &asked));
    assert!(history.contains("和平路12号") && history.contains("和平路14号") && history.contains("被取代时间"), "{history}");
}

#[test]
fn a_file_is_loaded_with_a_report_of_every_problem() {
    let town = Town::new();
    let mut desk = town.desk("duanxiaofeng");
    let load = "/workspace/registers/population/load";
    town.get(&mut desk, load);
    let empty = town.run(desk.upload(load, &[("valid_from", "2026-03-01")], &[]));
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = "姓名,公民身份号码,出生日期,性别,住址,所在区划\n\
                张小明,339921199001010018,1990-01-01,男,云溪县城关镇中山路1号,339921100\n\
                李四,339921199001010019,1990-01-01,男,云溪县,339921100\n";
    let (bytes, _, _) = encoding_gb18030(text);
    let answer = town.run(desk.upload(load, &[("valid_from", "2026-03-01")], &[("file", "新增人口.csv", &bytes)]));
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", outline(&answer));
    let report = outline(&town.get(&mut desk, answer.location()));
    assert!(report.contains("段晓峰") && report.contains("校验位不正确"), "{report}");
    town.get(&mut desk, load);
    let again = town.run(desk.upload(load, &[("valid_from", "2026-03-01")], &[("file", "换个名字.csv", &bytes)]));
    assert_eq!(again.location(), answer.location());
    town.get(&mut desk, load);
    let picture = town.run(desk.upload(load, &[("valid_from", "2026-03-01")], &[("file", "x.png", crate::town::PNG)]));
    assert_eq!(picture.status, StatusCode::UNPROCESSABLE_ENTITY);
}

/// The encoding in which old systems export.
fn encoding_gb18030(text: &str) -> (std::borrow::Cow<'_, [u8]>, &'static encoding_rs::Encoding, bool) {
    encoding_rs::GB18030.encode(text)
}

#[test]
fn consent_is_asked_for_and_opens_a_record_once_it_is_given() {
    let town = Town::new();
    let mut desk = town.desk("zouyihan");
    let consents = "/workspace/registers/population/consents";
    let form = outline(&town.get(&mut desk, consents));
    assert!(form.contains("征求同意") && form.contains("还没有征求过"), "{form}");
    let empty = town.post(&mut desk, consents, &[("subject", LIN)]);
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(outline(&empty).contains("请写明目的") && empty.text().contains(LIN));
    town.get(&mut desk, consents);
    let fields = [("subject", LIN), ("name", "入学核对住址"), ("purpose", "核对入学片区"), ("fields", "address"), ("until", "2026-06-30")];
    let done = town.post(&mut desk, consents, &fields);
    assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, consents), "{}", outline(&done));
    let page = town.get(&mut desk, consents);
    assert!(outline(&page).contains("等待答复") && !outline(&page).contains(LIN));
    let keys = town.world.runner().service::<seal::FieldKeys>().unwrap();
    let asked = town.world.read(|tx| tracker::consents_of(tx, &keys, LIN));
    let mut wanted = asked_for(&asked[0].id);
    town.get(&mut desk, READ);
    let early = town.post(&mut desk, READ, &wanted);
    assert!(outline(&early).contains("没有对这些内容有效的本人同意"), "{}", outline(&early));
    let lin = town.basics.persons.iter().find(|(spec, _)| spec.identity_number == LIN).unwrap().1.to_string();
    let lin = runner::Actor { party: Some(lin), assurance: 3, ..runner::Actor::bare("account_lin", runner::ActorKind::Person) };
    town.world.execute(&lin, registers::AnswerConsent { consent: asked[0].id.clone(), agrees: true });
    town.get(&mut desk, READ);
    let record = outline(&town.post(&mut desk, READ, &wanted));
    assert!(record.contains("和平路12号"), "{record}");
    wanted.push(("fields", "mobile"));
    town.get(&mut desk, READ);
    assert_eq!(town.post(&mut desk, READ, &wanted).status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(town.get(&mut desk, "/workspace/registers/addresses/consents").status, StatusCode::NOT_FOUND);
}

#[test]
fn a_clerk_of_several_organs_chooses_in_whose_name_she_asks() {
    let town = Town::new();
    let clerk = town.basics.staff.iter().find(|one| one.spec.login == "zouyihan").unwrap().id.to_string();
    let (education, health) = (town.basics.organ("education").unwrap().id.to_string(), town.basics.organ("health").unwrap().id.to_string());
    // Posts are given within an organ; a record from before may say otherwise.
    let both = "insert into staff_post (staff, post) select $1, id from post where organ = $2 and lane = 'handler'";
    let bound = (clerk, health.clone());
    town.world.store().write(move |tx| tx.execute(both, &[&bound.0, &bound.1])).unwrap();
    let mut desk = town.desk("zouyihan");
    let consents = "/workspace/registers/population/consents";
    assert!(outline(&town.get(&mut desk, consents)).contains("以哪个单位的名义征求"));
    let fields = [("subject", LIN), ("name", "入学核对住址"), ("purpose", "核对入学片区"), ("fields", "address"), ("until", "2026-06-30")];
    let unchosen = town.post(&mut desk, consents, &fields);
    assert!(unchosen.status == 422 && outline(&unchosen).contains("请选择以哪个单位的名义征求") && unchosen.text().contains("入学核对住址"));
    for organ in [&health, &education] {
        town.get(&mut desk, consents);
        let mut chosen = fields.to_vec();
        chosen.push(("organ", organ.as_str()));
        assert_eq!(town.post(&mut desk, consents, &chosen).status, StatusCode::SEE_OTHER, "{organ}");
        let asked = town.world.read(|tx| tracker::consents_of_organ(tx, organ, "population"));
        assert_eq!(asked.len(), 1, "{organ}");
    }
    town.get(&mut desk, consents);
    let mut foreign = fields.to_vec();
    foreign.push(("organ", "organ_other"));
    assert_eq!(town.post(&mut desk, consents, &foreign).status, StatusCode::UNPROCESSABLE_ENTITY);
}

const VEHICLES: &str = r#"slug = "vehicles"
title = { zh = "机动车基础信息库", en = "Register of vehicles" }
summary = { zh = "本县登记的机动车。", en = "Vehicles registered in the county." }
owner_duty = "public-security"
basis = "道路交通安全法 第八条"
key = ["plate"]
update_period = "daily"

[[fields]]
name = "plate"
title = { zh = "号牌号码", en = "Plate" }
kind = "text"
grade = "general-1"
required = true
"#;

#[test]
fn who_keeps_a_register_declares_it_and_its_next_version_with_every_problem_said() {
    let town = Town::new();
    let mut desk = town.desk("duanxiaofeng");
    let (list, new, own) = ("/workspace/registers", "/workspace/registers/new", "/workspace/registers/vehicles/declaration");
    assert!(outline(&town.get(&mut desk, list)).contains("登记一个基础信息库"));
    let population = registers::SHIPPED.iter().find(|(slug, _)| *slug == "population").unwrap().1.to_owned();
    for (text, word) in [
        ("slug = \"vehicles\"".to_owned(), "登记文件不能读取"),
        (VEHICLES.replace("required = true", "required = false"), "plate：主键字段必须是必填项"),
        (VEHICLES.replace("public-security", "health"), "不是您所在单位的职责"),
        (population.clone(), "已有这个名称"),
    ] {
        town.get(&mut desk, new);
        let wrong = town.post(&mut desk, new, &[("text", &text)]);
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{word}");
        assert!(outline(&wrong).contains(word) && wrong.text().contains("slug ="), "{word}: {}", outline(&wrong));
    }
    let mut say = |path: &str, text: &str| {
        town.get(&mut desk, path);
        let answer = town.post(&mut desk, path, &[("text", text)]);
        let done = (answer.status == StatusCode::SEE_OTHER).then(|| answer.location().to_owned());
        outline(&done.map_or(answer, |location| town.get(&mut desk, &location)))
    };
    assert!(say(new, VEHICLES).contains("已登记为第1版"));
    let renamed = VEHICLES.replace("机动车基础信息库", "机动车登记库");
    let page = say(own, &renamed);
    assert!(page.contains("已登记为第2版") && page.contains("机动车登记库") && page.contains("修改登记文件"), "{page}");
    assert!(say(own, &renamed).contains("未产生新版本"));
    assert!(say(own, &population).contains("不是这个登记"));
    assert!(town.get(&mut desk, own).text().contains("机动车登记库"));
    let mut stranger = town.desk("suwanqing");
    assert!(!outline(&town.get(&mut stranger, list)).contains("登记一个基础信息库"));
    for path in [new, own] {
        assert_eq!(town.get(&mut stranger, path).status, StatusCode::NOT_FOUND, "{path}");
    }
}

fn asked_for(consent: &str) -> Vec<(&str, &str)> {
    vec![("key", LIN), ("fields", "address"), ("manner", "full"), ("purpose", "核对片区"), ("basis", "本人同意"), ("consent", consent)]
}

#[test]
fn pages_are_there_in_english() {
    let town = Town::new();
    let mut desk = town.desk("duanxiaofeng");
    desk.language = "en";
    for (path, word) in [
        ("/workspace/registers", "Out of date"),
        ("/workspace/registers/population", "Sensitive"),
        ("/workspace/registers/population/read", "will see this reading"),
        ("/workspace/registers/population/correct", "New values"),
        ("/workspace/registers/population/load", "Check and load"),
        ("/workspace/registers/new", "Declare a register"),
        ("/workspace/registers/population/declaration", "Declaration (TOML)"),
    ] {
        let page = town.get(&mut desk, path);
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(outline(&page).contains(word), "{path}: {}", outline(&page));
    }
}
