use super::{Column, Finding, Watch, detect, detect_all, stray_in};
use crate::model::{Grade, Personal};
use parties::MaskKind;

fn look(name: &str, title: &str, samples: &[&str]) -> Finding {
    let samples: Vec<String> = samples.iter().map(|value| (*value).to_owned()).collect();
    detect(&Column { name, title, samples: &samples })
}

fn first(finding: &Finding) -> &str {
    finding.likely.first().map_or("", |likeness| likeness.kind.as_str())
}

#[test]
fn sensitive_fields_are_found_by_name() {
    for (name, title, kind) in [
        ("sfzh", "公民身份号码", "identity-number"),
        ("a1", "身份证号", "identity-number"),
        ("yhkh", "银行卡号", "bank-card"),
        ("zd", "诊断结果", "health"),
        ("zw", "指纹特征", "biometric"),
        ("zjxy", "宗教信仰", "religion"),
        ("jtzz", "家庭住址", "home-address"),
        ("xsxm", "学生姓名", "minor"),
        ("gz", "工资收入", "finance"),
        ("qk", "犯罪前科", "criminal"),
    ] {
        let finding = look(name, title, &[]);
        assert_eq!((first(&finding), finding.personal), (kind, Personal::Sensitive), "{title}");
        assert!(finding.grade >= Grade::General3, "{title}");
    }
}

#[test]
fn ordinary_personal_fields_are_found_by_name() {
    for (name, title, kind) in [
        ("xm", "姓名", "person-name"),
        ("lxdh", "联系电话", "mobile"),
        ("csrq", "出生日期", "birth"),
        ("mz", "民族", "ethnicity"),
        ("xl", "学历", "biography"),
        ("hphm", "号牌号码", "plate"),
        ("yx", "电子邮箱", "email"),
    ] {
        let finding = look(name, title, &[]);
        assert_eq!((first(&finding), finding.personal, finding.grade), (kind, Personal::Personal, Grade::General2), "{title}");
    }
}

#[test]
fn values_tell_what_names_hide() {
    let finding = look("col1", "字段一", &["11010519491231002X", "11010519491231002X", "１１０１０５１９４９１２３１００２Ｘ"]);
    assert_eq!((first(&finding), finding.personal, finding.mask), ("identity-number", Personal::Sensitive, Some(MaskKind::IdNumber)));
    assert!(finding.confidence_percent >= 95);
    assert_eq!(first(&look("c2", "号码", &["6228480402564890018", "4111111111111111"])), "bank-card");
    assert_eq!(first(&look("c3", "号码", &["13812345678", "13900000000"])), "mobile");
}

#[test]
fn values_that_contradict_the_name_weigh_more() {
    let finding = look("zjhm", "", &["A-1", "A-2", "A-3", "A-4", "A-5"]);
    assert_eq!(finding.personal, Personal::None);
    let named_and_right = look("zjhm", "", &["11010519491231002X"; 5]);
    assert!(named_and_right.confidence_percent > look("zjhm", "", &[]).confidence_percent);
}

#[test]
fn what_is_not_personal_is_left_alone() {
    for (name, title, samples) in [
        ("qymc", "企业名称", &["云溪县好味餐饮店", "云溪第一贸易有限公司"][..]),
        ("name", "机构名称", &["云溪县民政局"]),
        ("tyshxydm", "统一社会信用代码", &["91350100M000100Y43"]),
        ("fzrq", "发证日期", &["2024-01-02", "2025-03-04"]),
        ("xkzbh", "许可证编号", &["JY13399210000012"]),
        ("jycs", "经营场所", &["云溪县城关镇人民路3号"]),
        ("zjlx", "证件类型", &["居民身份证"]),
        ("rs", "儿童人数", &["12"]),
        ("dj", "等级", &["A", "B"]),
        ("je", "预算收入", &["100"]),
    ] {
        let finding = look(name, title, samples);
        assert_eq!((finding.personal, finding.grade), (Personal::None, Grade::General1), "{title}: {finding:?}");
    }
}

#[test]
fn no_value_is_repeated_in_a_finding() {
    let finding = look("col1", "字段一", &["11010519491231002X"]);
    assert!(!serde_json::to_string(&finding).unwrap().contains("11010519491231002X"));
}

#[test]
fn many_ordinary_items_and_very_many_persons_are_noted() {
    let titles = ["姓名", "联系电话", "出生日期", "民族", "企业名称"];
    let columns: Vec<Column<'_>> = titles.iter().map(|title| Column { name: "", title, samples: &[] }).collect();
    let findings = detect_all(&columns, Some(12_000_000));
    assert!(findings[..4].iter().all(|finding| finding.notes.len() == 2 && finding.grade == Grade::Important));
    assert!(findings[4].notes.is_empty() && findings[4].grade == Grade::General1);
    assert!(detect_all(&columns[..2], None).iter().all(|finding| finding.notes.is_empty()));
}

#[test]
fn at_most_two_hundred_values_are_looked_at() {
    let samples = vec!["13812345678".to_owned(); 500];
    assert_eq!(detect(&Column { name: "", title: "", samples: &samples }).samples_seen, 200);
}

#[test]
fn values_with_check_characters_are_found_whatever_the_column_is_called() {
    let finding = look("dwmc", "单位名称", &["11010519491231002X", "11010519491231002X"]);
    assert_eq!((first(&finding), finding.personal), ("identity-number", Personal::Sensitive));
}

fn seen(name: &str, title: &str, values: &[&str]) -> Vec<(&'static str, u64, Vec<u64>)> {
    let mut watch = Watch::column(name, title);
    values.iter().zip(2..).for_each(|(value, line)| watch.see(line, value));
    watch.sightings().into_iter().map(|sighting| (sighting.kind, sighting.values, sighting.lines)).collect()
}

#[test]
fn one_value_that_proves_itself_is_seen_among_many_others() {
    let mut values = vec!["备注"; 999];
    values[500] = "联系人电话１３８１２３４５６７８";
    assert_eq!(seen("note", "备注", &values), [("mobile", 1, vec![502])]);
    assert_eq!(seen("note", "备注", &["无", "11010519491231002X"]), [("identity-number", 1, vec![3])]);
    // Numbers of other kinds pass for cards by chance, but not in such numbers.
    let numbers: Vec<String> = (0..100_u64).map(|number| (6_222_000_000_000_000 + number).to_string()).collect();
    assert_eq!(seen("serial", "流水号", &numbers.iter().map(String::as_str).collect::<Vec<_>>()), []);
}

#[test]
fn one_value_counts_where_the_name_says_what_it_is_and_most_where_it_does_not() {
    assert_eq!(seen("fzr", "负责人", &["县图书馆", "县文化馆", "王小明", "县博物馆", "县体育馆", "县档案馆"]), [("person-name", 1, vec![4])]);
    assert_eq!(seen("x", "", &["王小明", "李四", "张三", "赵六", "孙七"]), [("person-name", 5, vec![2, 3, 4, 5, 6])]);
    assert_eq!(seen("x", "", &["王小明", "李四", "张三", "赵六"]), [], "four are chance");
    assert_eq!(seen("name", "站点名称", &["王家坝", "李家村", "张桥头", "赵庄", "孙家湾"]), []);
}

#[test]
fn what_only_the_name_tells_is_seen_without_lines_unless_it_counts() {
    assert_eq!(seen("zd", "诊断结果", &["高血压", "无"]), [("health", 2, vec![])]);
    assert_eq!(seen("rs", "残疾人数", &["12", "30"]), []);
    assert_eq!(seen("zd", "诊断结果", &["", " "]), [], "an empty column says nothing");
}

#[test]
fn a_typed_text_is_told_by_what_proves_itself() {
    assert_eq!(stray_in("请回电13812345678或者a@example.com"), ["mobile", "email"]);
    assert_eq!(stray_in("王小明，住人民路3号；窗口邮箱 a@yunxi.gov.cn，电话0570-6000001"), Vec::<&str>::new());
}
