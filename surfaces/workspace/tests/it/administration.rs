//! The desks of the administrators: each has its own and sees nothing of the others'.

use std::sync::Arc;

use trust::{AccountKind, Role};

use crate::town::Town;

const ADMIN_PAGES: [&str; 3] = ["/workspace/jobs", "/workspace/accounts", "/workspace/audit"];

#[test]
fn pages_exist_for_their_role_alone() {
    let town = Town::new();
    let cases = [
        (Role::SystemAdmin, "admin-system", [200, 404, 404]),
        (Role::SecurityAdmin, "admin-security", [404, 200, 404]),
        (Role::AuditAdmin, "admin-audit", [200, 200, 200]),
    ];
    for (role, login, expected) in cases {
        let mut browser = town.admin(login, role);
        let found = ADMIN_PAGES.map(|page| town.get(&mut browser, page).status.as_u16());
        assert_eq!(found, expected, "{login}");
        assert_eq!(town.get(&mut browser, "/workspace/inbox").status, 404);
        let start = town.get(&mut browser, "/workspace").text();
        for (page, status) in ADMIN_PAGES.iter().zip(expected) {
            assert_eq!(start.contains(&format!("href=\"{page}\"")), status == 200, "{login} {page}");
        }
    }
    let mut clerk = town.desk("suwanqing");
    assert_eq!(ADMIN_PAGES.map(|page| town.get(&mut clerk, page).status.as_u16()), [404, 404, 404]);
}

#[test]
fn a_dead_job_is_replayed_or_given_up_with_a_reason() {
    let town = Town::new();
    let store = town.world.store();
    for id in ["job_00000000000000000000000001", "job_00000000000000000000000002"] {
        let new = jobs::NewJob { id: id.into(), kind: "render-document".into(), payload: "{\"document\":\"d1\"}".into(), key: None, due_ms: 0 };
        let dead = jobs::Job { id: id.into(), kind: new.kind.clone(), payload: new.payload.clone(), due_ms: 0, attempts: 7, last_error: None };
        store.write(move |tx| jobs::enqueue(tx, &new).and_then(|()| jobs::fail(tx, &dead, "the font <宋体> is missing", 0))).unwrap();
    }
    let mut admin = town.admin("admin-system", Role::SystemAdmin);
    let page = town.get(&mut admin, "/workspace/jobs").text();
    assert!(page.contains("the font &lt;宋体&gt; is missing") && page.contains("重放"));
    assert_eq!(town.post(&mut admin, "/workspace/jobs", &[("job", "job_00000000000000000000000001")]).status, 303);
    let silent = town.post(&mut admin, "/workspace/jobs", &[("job", "job_00000000000000000000000002"), ("act", "drop"), ("reason", " ")]);
    assert!(silent.status == 422 && silent.text().contains("放弃作业必须写明原因"));
    let fields = [("job", "job_00000000000000000000000002"), ("act", "drop"), ("reason", "文书已另行制作")];
    assert_eq!(town.post(&mut admin, "/workspace/jobs", &fields).status, 303);
    assert!(town.get(&mut admin, "/workspace/jobs").text().contains("没有搁置的作业"));
    let again = town.post(&mut admin, "/workspace/jobs", &[("job", "job_00000000000000000000000001")]);
    assert!(again.status == 422 && again.text().contains("不在搁置清单中"));
    let mut audit = town.admin("admin-audit", Role::AuditAdmin);
    assert!(town.get(&mut audit, "/workspace/audit?kind=job-replayed").text().contains("job_00000000000000000000000001"));
    town.get(&mut audit, "/workspace/jobs");
    assert_eq!(town.post(&mut audit, "/workspace/jobs", &[("job", "job_00000000000000000000000001")]).status, 404, "audit looks on");
}

#[test]
fn the_security_administrator_locks_resets_and_grants_but_not_to_herself() {
    let town = Town::new();
    let clerk = town.open("suwanqing", AccountKind::Staff, None);
    let mut admin = town.admin("admin-security", Role::SecurityAdmin);
    let path = format!("/workspace/accounts/{clerk}");
    assert!(town.get(&mut admin, "/workspace/accounts?login=suwanqing").text().contains(clerk.as_str()));
    town.get(&mut admin, &path);
    let silent = town.post(&mut admin, &path, &[("act", "lock"), ("reason", "")]);
    assert!(silent.status == 422 && silent.text().contains("没有写明原因"));
    assert_eq!(town.post(&mut admin, &path, &[("act", "lock"), ("reason", "离职交接")]).status, 303);
    assert!(town.get(&mut admin, &path).text().contains("已锁定"));
    let weak = town.post(&mut admin, &path, &[("act", "reset"), ("password", "1234")]);
    assert_eq!(weak.status, 422);
    assert!(!weak.text().contains("value=\"1234\""), "a password is never shown again");
    assert_eq!(town.post(&mut admin, &path, &[("act", "reset"), ("password", "Yunxi-Second-2")]).status, 303);
    assert_eq!(town.post(&mut admin, &path, &[("act", "grant"), ("role", "package-publisher")]).status, 303);
    let unfit = town.post(&mut admin, &path, &[("act", "grant"), ("role", "audit-admin")]);
    assert_eq!(unfit.status, 422, "staff administer nothing");
    let own =
        town.world.store().read(|tx| trust::queries::account_of_login(tx, &trust::LoginName::parse("admin-security").unwrap())).unwrap().unwrap();
    let own = format!("/workspace/accounts/{}", own.id);
    assert!(town.get(&mut admin, &own).text().contains("本人账号由另一名安全管理员管理"));
    assert_eq!(town.post(&mut admin, &own, &[("act", "grant"), ("role", "system-admin")]).status, 404);
}

#[test]
fn the_three_administrations_stay_apart() {
    let town = Town::new();
    town.admin("admin-system", Role::SystemAdmin);
    let system =
        town.world.store().read(|tx| trust::queries::account_of_login(tx, &trust::LoginName::parse("admin-system").unwrap())).unwrap().unwrap();
    let mut security = town.admin("admin-security", Role::SecurityAdmin);
    let path = format!("/workspace/accounts/{}", system.id);
    town.get(&mut security, &path);
    let refused = town.post(&mut security, &path, &[("act", "grant"), ("role", "audit-admin")]);
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("8.1.5"), "{}", refused.text());
}

#[test]
fn the_journal_is_browsed_and_its_checkpoint_verified() {
    let town = Town::new();
    let case = town.tea_shop().case;
    let signer = journal::CheckpointSigner::new(&town.app.settings.origin, &town.app.ring).unwrap();
    let mut audit = town.admin("admin-audit", Role::AuditAdmin);
    assert!(town.get(&mut audit, "/workspace/audit").text().contains("还没有检查点"));
    signer.present(&town.app.store, town.app.now_ms()).unwrap();
    let page = town.get(&mut audit, "/workspace/audit").text();
    assert!(page.contains("核验通过") && page.contains("完整") && page.contains("before="), "{page}");
    let one = town.get(&mut audit, &format!("/workspace/audit?stream={case}")).text();
    assert!(one.contains(">提交申请</a>") && !one.contains(">账号开通</a>"));
    assert!(!one.contains("林晓禾"), "the journal holds no personal data in the clear");
    assert!(town.get(&mut audit, "/workspace/audit?actor=nobody").text().contains("没有符合条件的记录"));
    assert!(town.get(&mut audit, "/workspace/audit?before=10").text().contains(">区划启用</a>"));
}

#[test]
fn an_altered_log_is_said_to_be_altered() {
    let town = Town::new();
    let signer = journal::CheckpointSigner::new("another.node", &town.app.ring).unwrap();
    signer.present(&town.app.store, town.app.now_ms()).unwrap();
    let mut audit = town.admin("admin-audit", Role::AuditAdmin);
    assert!(town.get(&mut audit, "/workspace/audit").text().contains("签名未能核验"));
}

#[test]
fn a_year_is_imported_or_every_problem_is_listed() {
    testkit::on_both(|database| imported_or_listed(&Town::on(database)));
}

fn imported_or_listed(town: &Town) {
    let mut clerk = town.desk("suwanqing");
    assert!(!town.get(&mut clerk, "/workspace/calendar").text().contains("name=\"arrangement\""));
    assert_eq!(town.post(&mut clerk, "/workspace/calendar", &[("arrangement", "{}")]).status, 404);
    let mut admin = town.admin("admin-system", Role::SystemAdmin);
    assert!(town.get(&mut admin, "/workspace/calendar").text().contains("2027年的放假安排还没有导入"));
    let unreadable = town.post(&mut admin, "/workspace/calendar", &[("arrangement", "2027")]);
    assert!(unreadable.status == 422 && unreadable.text().contains("不是可识别的节假日安排"));
    let bad = r#"{"year":2027,"days":[{"name":"","date":"2027-01-04","isOffDay":false},{"name":"元旦","date":"2026-06-01","isOffDay":true}]}"#;
    let listed = town.post(&mut admin, "/workspace/calendar", &[("arrangement", bad)]);
    assert_eq!(listed.status, 422);
    assert!(listed.text().matches("2027-01-04").count() >= 2 && listed.text().contains("2026-06-01"));
    let days: Vec<String> = [("元旦", "2027-01-01"), ("劳动节", "2027-05-03"), ("劳动节", "2027-05-01"), ("国庆节", "2027-10-01")]
        .map(|(name, date)| format!(r#"{{"name":"{name}","date":"{date}","isOffDay":true}}"#))
        .to_vec();
    let good = format!(r#"{{"year":2027,"papers":["https://www.gov.cn/"],"days":[{}]}}"#, days.join(","));
    let done = town.post(&mut admin, "/workspace/calendar", &[("arrangement", &good)]);
    assert_eq!(done.status, 303, "{}", done.text());
    let page = town.get(&mut admin, "/workspace/calendar").text();
    assert!(page.contains("即日起用于计算期限") && !page.contains("即将生效"));
    let served = town.world.runner().service::<clock::WorkCalendar>().unwrap();
    assert!(town.app.calendar.knows(2027) && served.knows(2027), "pages and commands reckon by it at once");
    let official = clock::WorkCalendar::official();
    let calendar = town.world.store().read(|tx| workspace::calendar_with_imports(tx, &official)).unwrap();
    assert!(calendar.knows(2027) && !official.knows(2027));
}

#[test]
fn packages_are_checked_compared_and_retired_by_the_publisher() {
    let town = Town::new();
    let mut clerk = town.desk("suwanqing");
    let list = town.get(&mut clerk, "/workspace/packages").text();
    assert!(list.contains("/workspace/packages/shipin-jingying-xuke"));
    let path = "/workspace/packages/shipin-jingying-xuke";
    let page = town.get(&mut clerk, path).text();
    assert!(page.contains("没有问题") && page.contains("第1版") && !page.contains("retired_on"));
    assert_eq!(town.post(&mut clerk, path, &[("retired_on", "2026-03-10"), ("reason", "x")]).status, 404);
    assert_eq!(town.get(&mut clerk, "/workspace/packages/none").status, 404);
    let mut publisher = town.desk("chengsiyuan");
    let account =
        town.world.store().read(|tx| trust::queries::account_of_login(tx, &trust::LoginName::parse("chengsiyuan").unwrap())).unwrap().unwrap();
    town.world.execute(&runner::Actor::system(), trust::GrantRole { account: account.id, role: Role::PackagePublisher });
    town.get(&mut publisher, path);
    let silent = town.post(&mut publisher, path, &[("version", "1"), ("retired_on", "2026-03-10"), ("reason", "")]);
    assert!(silent.status == 422 && silent.text().contains("停用必须写明原因") && silent.text().contains("2026-03-10"));
    assert_eq!(town.post(&mut publisher, path, &[("version", "1"), ("retired_on", "2026-03-10"), ("reason", "新办法施行")]).status, 303);
    assert!(town.get(&mut publisher, path).text().contains("已停用"));
}

#[test]
fn the_head_revokes_a_certificate_with_reason_and_basis() {
    let town = Town::new();
    let case = town.tea_shop_at("decide").case;
    let mut approver = town.desk("tangwenbo");
    assert_eq!(town.act(&mut approver, &town.task(&case, "decide"), "approved", &[]).status, 303);
    let certificate = town.world.store().read(|tx| documents::queries::certificates_of_case(tx, &case)).unwrap().remove(0);
    let path = format!("/workspace/certificates/{}", certificate.id);
    assert_eq!(town.get(&mut approver, &path).status, 404);
    let mut head = town.desk("fangyuanzhi");
    assert!(town.get(&mut head, &format!("/workspace/cases/{case}")).text().contains(&path));
    town.get(&mut head, &path);
    let silent = town.post(&mut head, &path, &[("act", "revoke"), ("reason", "提供虚假材料"), ("basis", "")]);
    assert!(silent.status == 422 && silent.text().contains("请填写法律依据") && silent.text().contains("提供虚假材料"));
    let none = town.post(&mut head, &path, &[("act", "reinstate"), ("reason", "x"), ("basis", "y")]);
    assert!(none.status == 422 && none.text().contains("请选择要办理的事项"));
    let fields = [("act", "revoke"), ("reason", "提供虚假材料"), ("basis", "行政许可法 第六十九条第二款")];
    assert_eq!(town.post(&mut head, &path, &fields).status, 303);
    let page = town.get(&mut head, &path).text();
    assert!(page.contains("已撤销") && page.contains("不能再变更状态"));
    assert!(Arc::strong_count(&town.app.store) > 0);
}
