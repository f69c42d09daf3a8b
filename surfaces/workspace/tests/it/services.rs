//! Services and standing duties at the desk: the data officer and the head of an organ offer, withdraw, record and end.

use axum::http::StatusCode;
use exchange::{EnrolMember, Service, ServiceId, Standing, StandingDuty};
use gate::testing::{Answer, Browser};
use i18n::Text;
use runner::Actor;
use testkit::{TestDatabase, on_both};
use tracker::Manner;
use trust::Role;

use crate::town::{Town, outline};

const SERVICES: &str = "/workspace/exchange/services";
const OFFER: &str = "/workspace/exchange/offer";
const SERVICE: &str = "/workspace/exchange/service";
const DUTY: &str = "/workspace/exchange/duty";
const POLICE: &str = "CN-339921/GOV/POLICE/population";
const HEALTH: &str = "CN-339921/GOV/HEALTH/births";
const COURT: &str = "CN-339922/GOV/COURT/files";
const RESIDENTS: &str = "CN-339921/GOV/POLICE/population/residents";

fn county(database: TestDatabase) -> Town {
    let town = Town::on(database);
    let enrol = |member: &str, duty: Option<&str>, name: Text| {
        let organ = duty.map(|duty| town.basics.organ(duty).unwrap().id.to_string());
        let address = if organ.is_none() { "https://court.example".to_owned() } else { String::new() };
        town.world.execute(&Actor::system(), EnrolMember { id: member.parse().unwrap(), name, organ, address, ed25519_allowed: false });
    };
    enrol(POLICE, Some("public-security"), Text::new("人口系统", "Population"));
    enrol(HEALTH, Some("health"), Text::new("出生登记系统", "Births"));
    enrol(COURT, None, Text::new("邻县法院", "Court of the next county"));
    town
}

fn encoded(id: &str) -> String {
    id.replace('/', "%2F")
}

/// Posts as a page before it would.
fn send(town: &Town, browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Answer {
    town.get(browser, SERVICES);
    town.post(browser, path, fields)
}

fn residents(town: &Town) -> Service {
    town.world.read(|tx| exchange::service(tx, &RESIDENTS.parse::<ServiceId>().unwrap())).unwrap()
}

fn duties(town: &Town) -> Vec<StandingDuty> {
    town.world.read(exchange::all_duties).into_iter().map(|(duty, _)| duty).collect()
}

fn offer<'a>(source: &'a str, code: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("member", POLICE),
        ("source", source),
        ("code", code),
        ("title_zh", "常住人口"),
        ("title_en", "Residents"),
        ("fields", "name"),
        ("fields", "birth_date"),
        ("fields", "address"),
        ("endpoints", "read"),
        ("endpoints", "verify"),
        ("body_kib", "64"),
        ("kept_days", "180"),
    ]
}

fn duty<'a>(client: &'a str, fields: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    let mut all = vec![
        ("service", RESIDENTS),
        ("client", client),
        ("purpose_zh", "签发出生医学证明核对父母身份"),
        ("purpose_en", "To check parents for birth certificates"),
        ("basis", "母婴保健法 第二十三条"),
        ("manners", "full"),
        ("cell_count_min", "10"),
        ("ground", "duty"),
        ("per_minute", "60"),
        ("per_day", "1000"),
        ("from", "2026-03-02"),
        ("until", "2026-12-31"),
    ];
    all.extend(fields.iter().map(|field| ("fields", *field)));
    all
}

fn without<'a>(fields: &[(&'a str, &'a str)], name: &str) -> Vec<(&'a str, &'a str)> {
    fields.iter().filter(|(known, _)| *known != name).copied().collect()
}

#[test]
fn a_data_officer_offers_a_register_changes_and_withdraws_it_and_nothing_typed_is_lost() {
    on_both(|database| {
        let town = county(database);
        let mut desk = town.desk("duanxiaofeng");
        let list = outline(&town.get(&mut desk, SERVICES));
        for word in ["还没有发布服务", "人口系统", "人口基础信息库", "接收别人送来的变更"] {
            assert!(list.contains(word), "{word}: {list}");
        }
        assert!(!list.contains("法人") && !list.contains("出生登记系统"), "what other organs have: {list}");
        let form = outline(&town.get(&mut desk, &format!("{OFFER}?member={}&source=population", encoded(POLICE))));
        for word in ["人口基础信息库", "姓名", "按主键查询一条", "核验，只回答是否", "[code]", "[kept_days]"] {
            assert!(form.contains(word), "{word}: {form}");
        }
        let unnamed = send(&town, &mut desk, OFFER, &without(&without(&offer("population", "a/b"), "fields"), "title_en"));
        let said = outline(&unnamed);
        assert_eq!(unnamed.status, StatusCode::UNPROCESSABLE_ENTITY);
        for word in ["请填写英文名称", "请填写服务代码", "请至少选择一个数据项"] {
            assert!(said.contains(word), "{word}: {said}");
        }
        assert!(unnamed.text().contains("常住人口"), "nothing typed is lost");
        let mut large = without(&offer("population", "residents"), "body_kib");
        large.push(("body_kib", "20000"));
        let large = send(&town, &mut desk, OFFER, &large);
        assert!(large.status == 422 && outline(&large).contains("10 MiB"), "{}", outline(&large));
        let done = send(&town, &mut desk, OFFER, &offer("population", "residents"));
        assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, format!("{SERVICE}?id={}", encoded(RESIDENTS)).as_str()));
        let again = send(&town, &mut desk, OFFER, &offer("population", "residents"));
        assert!(again.status == 422 && outline(&again).contains("这个代码的服务已经发布"), "{}", outline(&again));
        let offered = residents(&town);
        let names: Vec<&str> = offered.fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!((names.len(), offered.endpoints.as_slice()), (3, &["read".to_owned(), "verify".to_owned()][..]));
        assert_eq!((offered.body_bytes_max, offered.kept_days, offered.standing), (65_536, 180, Standing::Active));

        let page = format!("{SERVICE}?id={}", encoded(RESIDENTS));
        assert!(outline(&town.get(&mut desk, &page)).contains("没有常设共享"));
        let change = format!("{OFFER}?id={}", encoded(RESIDENTS));
        assert!(town.get(&mut desk, &change).text().contains("value=\"常住人口\""));
        let mut changed = without(&without(&without(&offer("", ""), "member"), "source"), "fields");
        changed.extend([("id", RESIDENTS), ("fields", "name")]);
        assert_eq!(send(&town, &mut desk, OFFER, &changed).status, StatusCode::SEE_OTHER);
        assert_eq!((residents(&town).fields.len(), residents(&town).register.as_str()), (1, "population"));

        let set = |act: &'static str, reason: &'static str| [("id", RESIDENTS), ("act", act), ("reason", reason)];
        let unsaid = send(&town, &mut desk, SERVICE, &set("suspend", " "));
        assert!(unsaid.status == 422 && outline(&unsaid).contains("没有写明原因"));
        assert_eq!(send(&town, &mut desk, SERVICE, &set("suspend", "系统升级")).status, StatusCode::SEE_OTHER);
        assert_eq!(residents(&town).standing, Standing::Suspended);
        assert_eq!(send(&town, &mut desk, OFFER, &changed).status, StatusCode::SEE_OTHER);
        assert_eq!(residents(&town).standing, Standing::Suspended, "a change of the description does not resume it");
        assert!(outline(&town.get(&mut desk, &page)).contains("已停用"));
        assert_eq!(send(&town, &mut desk, SERVICE, &set("resume", "")).status, StatusCode::SEE_OTHER);
        assert_eq!(residents(&town).standing, Standing::Active);
    });
}

#[test]
fn a_service_that_takes_changes_has_the_fields_of_a_change() {
    on_both(|database| {
        let town = county(database);
        let mut desk = town.desk("duanxiaofeng");
        let form = outline(&town.get(&mut desk, &format!("{OFFER}?member={}&source=inbox:", encoded(POLICE))));
        assert!(form.contains("变更序号") && !form.contains("[endpoints]"), "{form}");
        let given = without(&without(&offer("inbox:", "places"), "fields"), "endpoints");
        assert_eq!(send(&town, &mut desk, OFFER, &given).status, StatusCode::SEE_OTHER);
        let id = format!("{POLICE}/places");
        let taken = town.world.read(|tx| exchange::service(tx, &id.parse::<ServiceId>().unwrap())).unwrap();
        assert_eq!((taken.register.as_str(), taken.fields), ("inbox:places", exchange::change_fields()));
        let right = [
            ("service", id.as_str()),
            ("client", COURT),
            ("purpose_zh", "定位"),
            ("purpose_en", "To find places"),
            ("basis", "消防法 第四十四条"),
            ("per_minute", "60"),
            ("per_day", "1000"),
            ("from", "2026-03-02"),
            ("until", "2026-12-31"),
        ];
        assert_eq!(send(&town, &mut desk, DUTY, &right).status, StatusCode::SEE_OTHER);
        let recorded = duties(&town).remove(0);
        assert_eq!((recorded.fields.len(), recorded.manners, recorded.needs_case), (exchange::change_fields().len(), vec![Manner::Full], false));
    });
}

#[test]
fn a_duty_says_who_what_what_for_by_which_law_and_until_when_and_is_ended_with_a_reason() {
    on_both(|database| {
        let town = county(database);
        let mut desk = town.desk("duanxiaofeng");
        send(&town, &mut desk, OFFER, &offer("population", "residents"));
        let form = town.get(&mut desk, &format!("{DUTY}?service={}", encoded(RESIDENTS)));
        for word in ["其他节点：邻县法院", "出生登记系统", "“姓名”的脱敏", "本人同意", "只给一部分行"] {
            assert!(outline(&form).contains(word), "{word}: {}", outline(&form));
        }
        assert!(form.text().contains("value=\"2026-03-02\""), "it begins today");
        let mut empty = without(&without(&duty(HEALTH, &[]), "basis"), "manners");
        empty.push(("row_values", "339921100"));
        let refused = send(&town, &mut desk, DUTY, &empty);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        for word in ["请写明法定依据", "请至少选择一个数据项", "请选择使用方式"] {
            assert!(outline(&refused).contains(word), "{word}: {}", outline(&refused));
        }
        assert!(refused.text().contains("签发出生医学证明核对父母身份") && refused.text().contains("339921100"), "nothing typed is lost");
        for (from, until, word) in [
            ("2026-03-02", "2026-03-01", "截止日期不能早于开始日期"),
            ("2026-03-01", "2026-03-05", "开始日期应在今天起一年以内"),
            ("2026-03-02", "2027-12-31", "期限为 1 至 366 天"),
        ] {
            let mut wrong = without(&without(&duty(HEALTH, &["name"]), "from"), "until");
            wrong.extend([("from", from), ("until", until)]);
            let wrong = send(&town, &mut desk, DUTY, &wrong);
            assert!(wrong.status == 422 && outline(&wrong).contains(word), "{word}: {}", outline(&wrong));
        }
        let mut right = duty(HEALTH, &["name", "birth_date"]);
        right.extend([("manners", "yes-no"), ("mask-name", "name"), ("mask-address", "address"), ("row_field", "address"), ("row_values", "甲，乙")]);
        assert_eq!(send(&town, &mut desk, DUTY, &right).location(), format!("{SERVICE}?id={}", encoded(RESIDENTS)));
        let recorded = duties(&town).remove(0);
        assert_eq!((recorded.client.to_string().as_str(), recorded.fields.as_slice()), (HEALTH, &["name", "birth_date"].map(str::to_owned)[..]));
        assert_eq!(recorded.masks.into_iter().collect::<Vec<_>>(), [("name".to_owned(), "name".to_owned())], "masks of chosen fields alone");
        assert_eq!(recorded.rows["address"], ["甲", "乙"]);
        assert_eq!(recorded.manners, [Manner::Full, Manner::YesNo]);
        assert_eq!(recorded.until_ms - recorded.from_ms, 305 * 86_400_000, "both days included");
        let page = format!("{SERVICE}?id={}", encoded(RESIDENTS));
        let text = outline(&town.get(&mut desk, &page));
        for word in ["出生登记系统：签发出生医学证明核对父母身份", "母婴保健法 第二十三条", "每分钟60次，每天1000次", "法定职责", "= 甲、乙"]
        {
            assert!(text.contains(word), "{word}: {text}");
        }
        let end = |reason: &'static str| vec![("id", RESIDENTS), ("act", "end"), ("duty", recorded.id.as_str()), ("reason", reason)];
        let unsaid = send(&town, &mut desk, SERVICE, &end(""));
        assert!(unsaid.status == 422 && unsaid.text().contains(&format!("href=\"#reason-{}\"", recorded.id)));
        assert_eq!(send(&town, &mut desk, SERVICE, &end("职责调整")).status, StatusCode::SEE_OTHER);
        assert!(outline(&town.get(&mut desk, &page)).contains("没有常设共享"));
    });
}

#[test]
fn under_a_duty_by_consent_the_keeper_asks_people_for_a_member_of_another_node() {
    on_both(|database| {
        let town = county(database);
        let mut desk = town.desk("duanxiaofeng");
        send(&town, &mut desk, OFFER, &offer("population", "residents"));
        let mut by_consent = without(&duty(COURT, &["name", "address"]), "ground");
        by_consent.push(("ground", "consent"));
        let unnamed = send(&town, &mut desk, DUTY, &by_consent);
        assert!(unnamed.status == 422 && outline(&unnamed).contains("请写明同意的事由"));
        by_consent.push(("consent", "送达地址确认"));
        assert_eq!(send(&town, &mut desk, DUTY, &by_consent).status, StatusCode::SEE_OTHER);
        assert_eq!(duties(&town)[0].consent.as_deref(), Some("送达地址确认"));
        let consents = "/workspace/registers/population/consents";
        let form = outline(&town.get(&mut desk, consents));
        assert!(form.contains("邻县法院") && form.contains("由本单位代为征求") && form.contains("写明的事由：送达地址确认"), "{form}");
        let asked = [
            ("organ", COURT),
            ("subject", "339921199005170241"),
            ("name", "送达地址确认"),
            ("purpose", "送达诉讼文书"),
            ("fields", "address"),
            ("until", "2026-06-30"),
        ];
        assert_eq!(town.post(&mut desk, consents, &asked).status, StatusCode::SEE_OTHER);
        let found = town.world.read(|tx| tracker::consents_of_organ(tx, COURT, "population"));
        assert_eq!((found.len(), found[0].terms.name.as_str()), (1, "送达地址确认"));
        // Who keeps nothing of it asks in the own name alone.
        let mut other = town.desk("qiuminjie");
        assert!(!outline(&town.get(&mut other, consents)).contains("邻县法院"));
    });
}

#[test]
fn nobody_offers_or_records_what_others_keep() {
    let town = county(TestDatabase::sqlite());
    let mut desk = town.desk("duanxiaofeng");
    let foreign = format!("{OFFER}?member={}&source=legal-persons", encoded(POLICE));
    assert_eq!(town.get(&mut desk, &foreign).status, StatusCode::NOT_FOUND, "a register of another organ");
    assert_eq!(send(&town, &mut desk, OFFER, &offer("legal-persons", "companies")).status, StatusCode::NOT_FOUND);
    send(&town, &mut desk, OFFER, &offer("population", "residents"));
    let pages = [format!("{OFFER}?id={}", encoded(RESIDENTS)), format!("{DUTY}?service={}", encoded(RESIDENTS))];
    let own = format!("{SERVICE}?id={}", encoded(RESIDENTS));
    let mut head = town.desk("weizhigang");
    for page in pages.iter().chain([&own]) {
        assert_eq!(town.get(&mut head, page).status, StatusCode::OK, "the head does it as well: {page}");
    }
    // The officer of another organ, and a clerk without either post.
    for login in ["qiuminjie", "suwanqing"] {
        let mut stranger = town.desk(login);
        for page in pages.iter().chain([&own]) {
            assert_eq!(town.get(&mut stranger, page).status, StatusCode::NOT_FOUND, "{login} {page}");
        }
        town.get(&mut stranger, "/workspace");
        for (path, fields) in [
            (OFFER, offer("population", "again")),
            (DUTY, duty(HEALTH, &["name"])),
            (SERVICE, vec![("id", RESIDENTS), ("act", "suspend"), ("reason", "x")]),
        ] {
            assert_eq!(town.post(&mut stranger, path, &fields).status, StatusCode::NOT_FOUND, "{login} {path}");
        }
    }
    let mut admin = town.admin("admin-security", Role::SecurityAdmin);
    assert!(outline(&town.get(&mut admin, SERVICES)).contains(RESIDENTS));
    let seen = outline(&town.get(&mut admin, &own));
    assert!(seen.contains("常住人口") && !seen.contains("登记常设共享"), "who keeps the members looks on: {seen}");
    assert_eq!(residents(&town).standing, Standing::Active);
    assert!(duties(&town).is_empty());
}

#[test]
fn pages_are_there_in_english() {
    let town = county(TestDatabase::sqlite());
    let mut desk = town.desk("duanxiaofeng");
    send(&town, &mut desk, OFFER, &offer("population", "residents"));
    send(&town, &mut desk, DUTY, &duty(HEALTH, &["name"]));
    desk.language = "en";
    for (path, word) in [
        (SERVICES.to_owned(), "Offer a service"),
        (format!("{OFFER}?id={}", encoded(RESIDENTS)), "Kinds of question"),
        (format!("{SERVICE}?id={}", encoded(RESIDENTS)), "60 calls a minute, 1000 a day"),
        (format!("{DUTY}?service={}", encoded(RESIDENTS)), "What every call must stand on"),
    ] {
        let page = outline(&town.get(&mut desk, &path));
        assert!(page.contains(word), "{path}: {page}");
    }
}

/// The form by which the health commission's births are taken.
fn births<'a>(table: &'a str, about: &'a str, subject: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut all = vec![("member", POLICE), ("source", "table:"), ("code", "births"), ("title_zh", "出生医学证明信息"), ("title_en", "Births")];
    all.extend([("table", table), ("about", about), ("subject", subject), ("body_kib", "2048"), ("kept_days", "180")]);
    all
}

#[test]
fn a_table_is_taken_as_the_organ_describes_it_and_says_whom_its_rows_are_about() {
    let town = county(TestDatabase::sqlite());
    let mut desk = town.desk("duanxiaofeng");
    assert!(outline(&town.get(&mut desk, SERVICES)).contains("接收别人送来的数据表"));
    let form = outline(&town.get(&mut desk, &format!("{OFFER}?member={}&source=table%3A", encoded(POLICE))));
    for word in ["接收数据表", "[table]", "这些数据关于谁", "[subject]"] {
        assert!(form.contains(word), "{word}: {form}");
    }
    let table = "mother，文本，母亲身份号码，Mother's number\r\nborn，日期，出生日期，Date of birth";
    for (wrong, said) in [
        (births("mother，文本", "somebody", "mother"), "第1行：应为四项"),
        (births(table, "nobody", ""), "看来是身份号码"),
        (births(table, "somebody", "father"), "请填写上面的一个数据项名"),
        (births(table, "", ""), "请选择数据是否关于个人或单位"),
        (births(table, "somebody", "born"), "应是所收数据项中的一个文本项"),
    ] {
        let answer = send(&town, &mut desk, OFFER, &wrong);
        let page = outline(&answer);
        assert!(answer.status == 422 && page.contains(said), "{said}: {page}");
        assert!(answer.text().contains("出生医学证明信息"), "nothing typed is lost");
    }
    assert_eq!(send(&town, &mut desk, OFFER, &births(table, "somebody", "mother")).status, StatusCode::SEE_OTHER);
    let id: ServiceId = format!("{POLICE}/births").parse().unwrap();
    let offered = || town.world.read(|tx| exchange::service(tx, &id)).unwrap();
    let service = offered();
    assert_eq!((service.register.as_str(), service.fields.len(), service.subject.as_deref()), ("inbox:births", 2, Some("mother")));

    let page = outline(&town.get(&mut desk, &format!("{SERVICE}?id={}", encoded(&id.to_string()))));
    for word in ["收到的数据", "现有0条", "还没有收到批次", "zhengshu take CN-339921/GOV/POLICE/population/births"] {
        assert!(page.contains(word), "{word}: {page}");
    }
    // Changed, it stays what it is.
    let change = town.get(&mut desk, &format!("{OFFER}?id={}", encoded(&id.to_string()))).text();
    assert!(
        change.contains("mother，文本，母亲身份号码，Mother&#39;s number") || change.contains("mother，文本，母亲身份号码，Mother's number"),
        "{change}"
    );
    let wider = format!("{table}\r\nweight_g，整数，体重（克），Weight in grams");
    let text = id.to_string();
    let mut changed = without(&without(&births(&wider, "somebody", "mother"), "member"), "source");
    changed.push(("id", &text));
    assert_eq!(send(&town, &mut desk, OFFER, &changed).status, StatusCode::SEE_OTHER);
    assert_eq!((offered().fields.len(), offered().register.as_str()), (3, "inbox:births"));
}
