//! The data catalogue at the desk.

use gate::testing::{Answer, Browser};

use crate::town::{Town, outline};

const OFFICER: &str = "luohuimin";
const REVIEWER: &str = "kejiayi";

/// The town with the county's catalogue.
fn town() -> Town {
    let town = Town::new();
    ::town::catalogue::adopt(town.world.runner(), &town.basics, "2026-03-02".parse().unwrap()).unwrap();
    town
}

fn fields<'a>(change: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut all = vec![
        ("name", "广告发布登记信息"),
        ("class", "303013"),
        ("summary", "广告发布登记的核发和变更情况。"),
        ("secrecy", "not-secret"),
        ("level", "department"),
        ("format", "database"),
        ("format_type", "mysql"),
        ("period", "monthly"),
        ("sharing-share_type", "unconditional"),
        ("sharing-condition", "无条件"),
        ("sharing-methods", "interface"),
        ("opening-open_type", "closed"),
        ("items-0-title", "单位名称"),
        ("items-0-name", "dwmc"),
        ("items-0-type", "text"),
        ("items-0-length", "200"),
        ("items-1-title", "联系电话"),
        ("items-1-name", "lxdh"),
        ("items-1-type", "text"),
        ("items-1-length", "20"),
    ];
    for (name, value) in change {
        all.retain(|(known, _)| known != name);
        all.push((name, value));
    }
    all
}

/// Catalogues a resource; gives its address.
fn compile(town: &Town, officer: &mut Browser) -> String {
    town.get(officer, "/workspace/catalogue/new");
    let answer = town.post(officer, "/workspace/catalogue/new", &fields(&[]));
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.location().to_owned()
}

fn act(town: &Town, browser: &mut Browser, address: &str, act: &str, more: &[(&str, &str)]) -> Answer {
    let page = town.get(browser, address);
    let seen = page.hidden("seen").unwrap_or_default();
    let mut all = vec![("seen", seen.as_str())];
    all.extend_from_slice(more);
    town.post(browser, &format!("{address}/{act}"), &all)
}

#[test]
fn a_resource_goes_from_the_editor_to_publication() {
    let town = town();
    let (mut officer, mut reviewer) = (town.desk(OFFICER), town.desk(REVIEWER));
    let address = compile(&town, &mut officer);
    assert_eq!(town.get(&mut town.desk("duanxiaofeng"), &address).status, 404, "a draft is the provider's own");
    for word in ["已注册", "已发布"] {
        assert_eq!(act(&town, &mut officer, &address, "submit", &[]).status, 303);
        assert!(town.get(&mut reviewer, "/workspace/catalogue/review").text().contains("广告发布登记信息"));
        let silent = act(&town, &mut reviewer, &address, "review", &[("verdict", "return"), ("remark", " ")]);
        assert!(silent.status == 422 && silent.text().contains("请写明理由"), "{}", silent.text());
        assert_eq!(act(&town, &mut reviewer, &address, "review", &[("verdict", "approve")]).status, 303);
        assert!(town.get(&mut officer, &address).text().contains(word));
    }
    let other = town.get(&mut town.again("duanxiaofeng"), &address);
    assert!(other.status == 200 && other.text().contains("您看到的是已发布的版本"));
    assert_eq!(act(&town, &mut officer, &address, "review", &[("verdict", "approve")]).status, 404, "the officer does not review");
}

#[test]
fn everything_wrong_is_said_at_once_and_nothing_typed_is_lost() {
    let town = town();
    let mut officer = town.desk(OFFICER);
    town.get(&mut officer, "/workspace/catalogue/new");
    let wrong = [("class", "abc"), ("period", ""), ("items-0-length", "很长")];
    let answer = town.post(&mut officer, "/workspace/catalogue/new", &fields(&wrong));
    assert_eq!(answer.status, 422);
    let text = answer.text();
    for part in ["请填写分类码", "请选择一项", "请填写整数", "value=\"广告发布登记信息\"", "value=\"很长\"", "value=\"联系电话\""]
    {
        assert!(text.contains(part), "{part}");
    }
    let answer = town.post(&mut officer, "/workspace/catalogue/new", &fields(&[("summary", ""), ("sharing-share_type", "conditional")]));
    let address = answer.location().to_owned();
    let refused = act(&town, &mut officer, &address, "submit", &[]);
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("请填写信息资源摘要") && refused.text().contains("应当写明共享范围和使用用途"), "{}", refused.text());
}

#[test]
fn of_two_officers_the_second_is_told_and_keeps_what_she_typed() {
    let town = town();
    let mut officer = town.desk(OFFICER);
    let address = compile(&town, &mut officer);
    let edit = format!("{address}/edit");
    let seen = town.get(&mut officer, &edit).hidden("seen").unwrap();
    let first = town.post(&mut officer, &edit, &fields(&[("seen", &seen), ("domain", "广告监管")]));
    assert_eq!(first.status, 303, "{}", first.text());
    town.get(&mut officer, &edit);
    let second = town.post(&mut officer, &edit, &fields(&[("seen", &seen), ("domain", "市场秩序")]));
    assert!(second.status == 409 && second.text().contains("value=\"市场秩序\""), "{} {}", second.status, second.text());
    let page = town.get(&mut officer, &format!("{address}?from=1&to=2")).text();
    assert!(page.contains("广告监管") && page.contains("的差异"));
}

#[test]
fn the_list_is_searched_and_narrowed() {
    let town = town();
    let mut clerk = town.desk("duxiaochuan");
    let found = |browser: &mut Browser, query: &str| town.get(browser, &format!("/workspace/catalogue{query}")).text();
    assert!(found(&mut clerk, "?q=%E5%B8%B8%E4%BD%8F%E4%BA%BA%E5%8F%A3").contains("常住人口基本信息"));
    assert!(found(&mut clerk, "?share=not-shared").contains("不予共享"));
    assert!(found(&mut clerk, "?q=%E6%B2%A1%E6%9C%89%E7%9A%84%E8%B5%84%E6%BA%90").contains("没有符合条件的信息资源"));
    let unpublished = "建筑垃圾处置核准信息";
    assert!(!found(&mut clerk, "?status=draft").contains(unpublished), "a draft of another organ");
    assert!(found(&mut town.desk(REVIEWER), "?status=draft").contains(unpublished));
}

#[test]
fn a_table_is_imported_with_its_problems_by_cell_and_exported_again() {
    let town = town();
    let mut officer = town.desk(OFFICER);
    let table = "信息资源名称,信息资源分类码,共享类型,信息资源格式,更新周期,信息项名称,数据类型,数据长度\n\
                 广告经营单位信息,303013,无条件共享,数据库,每月,单位名称,字符型,２００\n坏的,303013,部分共享,数据库,每月,单位名称,字符型,50\n";
    town.get(&mut officer, "/workspace/catalogue/import");
    let files = [("file", "目录.csv", table.as_bytes())];
    let answer = town.run(officer.upload("/workspace/catalogue/import", &[], &files));
    assert_eq!(answer.status, 303, "{}", answer.text());
    let report = town.get(&mut officer, answer.location()).text();
    for part in ["目录.csv", "C3", "“部分共享”无法识别", "全角数字已转为半角", "H2"] {
        assert!(report.contains(part), "{part}");
    }
    assert!(town.get(&mut officer, "/workspace/catalogue?status=draft").text().contains("广告经营单位信息"));
    let report_path = answer.location().to_owned();
    assert_eq!(town.get(&mut town.desk("duanxiaofeng"), &report_path).status, 404, "the report is the organ's own");
    town.get(&mut officer, "/workspace/catalogue/import");
    let broken = town.run(officer.upload("/workspace/catalogue/import", &[], &[("file", "a.xlsx", b"PK\x03\x04x")]));
    assert!(broken.status == 422 && broken.text().contains("文件已损坏"));
    let exported = town.get(&mut officer, "/workspace/catalogue/export?format=csv");
    assert!(exported.header("content-disposition").contains("catalogue.csv") && exported.text().contains("广告经营单位信息"));
    assert!(!exported.text().contains("建筑垃圾处置核准信息"), "drafts of others stay out");
    assert!(town.get(&mut officer, "/workspace/catalogue/export?format=xlsx").bytes.starts_with(b"PK"));
}

#[test]
fn the_detector_suggests_and_the_officer_decides() {
    let town = town();
    let mut officer = town.desk(OFFICER);
    let address = compile(&town, &mut officer);
    let grade = format!("{address}/grade");
    assert!(town.get(&mut officer, &grade).text().contains("尚未识别"));
    let samples = "单位名称,联系电话\n11010519491231002X,13800000000\n11010519491231002X,13900000000\n";
    let answer = town.run(officer.upload(&format!("{address}/detect"), &[], &[("samples", "s.csv", samples.as_bytes())]));
    assert_eq!(answer.status, 303, "{}", answer.text());
    let page = town.get(&mut officer, &grade);
    let text = page.text();
    assert!(text.contains("敏感个人信息") && text.contains("把握") && !text.contains("11010519491231002X"), "{}", text);
    let seen = page.hidden("seen").unwrap();
    let lower = [("seen", seen.as_str()), ("personal-0", "none"), ("grade-0", "general-1")];
    let refused = town.post(&mut officer, &grade, &lower);
    assert!(refused.status == 422 && refused.text().contains("请写明理由"), "{}", refused.text());
    let why = [
        ("seen", seen.as_str()),
        ("personal-0", "none"),
        ("grade-0", "general-1"),
        ("reason-0", "样本列放错。"),
        ("personal-1", "personal"),
        ("grade-1", "general-2"),
        ("mask-1", "mobile"),
    ];
    assert_eq!(town.post(&mut officer, &grade, &why).status, 303);
    assert!(town.get(&mut officer, &address).text().contains("138****0000"), "the mask is shown on a number that is nobody's");
}

#[test]
fn duplicates_the_negative_list_the_monitor_and_the_board_have_their_pages() {
    let town = town();
    let (mut reviewer, mut clerk) = (town.desk(REVIEWER), town.desk("duxiaochuan"));
    let page = town.get(&mut reviewer, "/workspace/catalogue/duplicates");
    assert!(page.text().contains("行政处罚信息（综合执法）") && page.text().contains("建议来源"), "{}", page.text());
    let (first, second) = (page.hidden("first").unwrap(), page.hidden("second").unwrap());
    let settle = |reason: &'static str| {
        [("pair", "0".to_owned()), ("first", first.clone()), ("second", second.clone()), ("source-0", first.clone()), ("reason-0", reason.to_owned())]
    };
    let send = |browser: &mut Browser, reason: &'static str| {
        let all = settle(reason);
        let all: Vec<(&str, &str)> = all.iter().map(|(name, value)| (*name, value.as_str())).collect();
        town.post(browser, "/workspace/catalogue/duplicates", &all)
    };
    assert!(send(&mut reviewer, " ").text().contains("请写明理由"));
    assert_eq!(send(&mut reviewer, "市场监管局登记在先。").status, 303);
    town.get(&mut clerk, "/workspace/catalogue/duplicates");
    assert_eq!(send(&mut clerk, "x").status, 404);
    assert!(town.get(&mut clerk, "/workspace/catalogue/negative").text().contains("个人信息保护法 第二十八条"));
    assert!(town.get(&mut clerk, "/workspace/catalogue/monitor").text().contains("已超期"));
    let board = town.get(&mut clerk, "/workspace/catalogue/board").text();
    assert!(board.contains("共享率") && board.contains("部门排名") && board.contains("无数据"));
    let measure = town.get(&mut clerk, "/workspace/catalogue/board/mounted").text();
    assert!(measure.contains("select organ, sum(1)") && measure.contains("企业登记基本信息"));
    assert_eq!(town.get(&mut clerk, "/workspace/catalogue/board/nothing").status, 404);
    let formula = "/workspace/catalogue/formulas/sharing";
    assert!(!town.get(&mut clerk, formula).text().contains("保存公式"));
    town.get(&mut reviewer, formula);
    let set = |numerator: &'static str| {
        [("name", "共享率"), ("name_en", "Sharing rate"), ("numerator", numerator), ("denominator", "resources"), ("weight", "20")]
    };
    let wrong = town.post(&mut reviewer, formula, &set("secrets"));
    assert!(wrong.status == 422 && wrong.text().contains("没有指标量") && wrong.text().contains("value=\"secrets\""));
    assert_eq!(town.post(&mut reviewer, formula, &set("unconditional")).status, 303);
}

#[test]
fn an_entry_of_the_negative_list_is_proposed_and_approved() {
    let town = town();
    let (mut officer, mut reviewer) = (town.desk(OFFICER), town.desk(REVIEWER));
    town.get(&mut officer, "/workspace/catalogue/new");
    let kept = [("sharing-share_type", "not-shared"), ("sharing-condition", "行政处罚法 第五十条")];
    let address = town.post(&mut officer, "/workspace/catalogue/new", &fields(&kept)).location().to_owned();
    let propose = format!("{address}/negative");
    town.get(&mut officer, &propose);
    let empty = town.post(&mut officer, &propose, &[("kind", "not-shared")]);
    assert!(empty.status == 422 && empty.text().contains("请写明法律名称"));
    let whole = [("kind", "not-shared"), ("law", "行政处罚法"), ("article", "第五十条"), ("quote", "应当依法予以保密。"), ("reason", "含商业秘密。")];
    assert_eq!(town.post(&mut officer, &propose, &whole).status, 303);
    let list = town.get(&mut reviewer, "/workspace/catalogue/negative?state=proposed").text();
    let at = list.find("/workspace/catalogue/negative/negative_").unwrap();
    let entry = list[at..].split('"').next().unwrap().to_owned();
    town.get(&mut reviewer, &entry);
    let early = town.post(&mut reviewer, &entry, &[("verdict", "approve"), ("approval", ""), ("review_on", "2026-01-01")]);
    assert!(early.status == 422 && early.text().contains("请填写批准文号") && early.text().contains("应当晚于今天"), "{}", early.text());
    assert_eq!(town.post(&mut reviewer, &entry, &[("verdict", "approve"), ("approval", "云数〔2026〕9号"), ("review_on", "2027-01-01")]).status, 303);
    assert!(town.get(&mut officer, &address).text().contains("已列入"));
}

#[test]
fn pages_are_for_staff_and_read_in_both_languages() {
    let town = town();
    let mut admin = town.admin("admin-system", trust::Role::SystemAdmin);
    let mut clerk = town.desk("duxiaochuan");
    for page in ["", "/monitor", "/duplicates", "/negative", "/board", "/formulas"] {
        let path = format!("/workspace/catalogue{page}");
        assert_eq!(town.get(&mut admin, &path).status, 404, "{path}");
        assert_eq!(town.get(&mut clerk, &path).status, 200, "{path}");
    }
    for page in ["/review", "/new", "/import"] {
        assert_eq!(town.get(&mut clerk, &format!("/workspace/catalogue{page}")).status, 404, "{page}");
    }
    town.get(&mut clerk, "/preferences?lang=en&back=/workspace");
    let english = town.get(&mut clerk, "/workspace/catalogue/board").text();
    assert!(english.contains("Ranking of organs") && english.contains("Sharing rate"));
}

#[test]
fn the_pages_say_what_they_said() {
    let town = town();
    let mut reviewer = town.desk(REVIEWER);
    for (name, page) in
        [("catalogue-review", "/review"), ("catalogue-monitor", "/monitor"), ("catalogue-negative", "/negative"), ("catalogue-formulas", "/formulas")]
    {
        insta::assert_snapshot!(name, outline(&town.get(&mut reviewer, &format!("/workspace/catalogue{page}"))));
    }
}
