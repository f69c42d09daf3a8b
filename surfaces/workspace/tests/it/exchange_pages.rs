//! The pages of data exchange: members and keys, traffic, message log, deliveries.

use exchange::EnrolMember;
use i18n::Text;
use runner::Actor;
use seal::{Algorithm, PrivateKey, Signer};
use trust::Role;

use crate::town::Town;

const PAGES: [&str; 6] = [
    "/workspace/exchange",
    "/workspace/exchange/members",
    "/workspace/exchange/services",
    "/workspace/exchange/log",
    "/workspace/exchange/feeds",
    "/workspace/exchange/deliveries",
];
const REMOTE: &str = "CN-339922/GOV/11339922MB00000011/court";

#[test]
fn each_administration_sees_its_own_part() {
    let town = Town::new();
    let cases = [
        (Role::SecurityAdmin, "admin-security", [200, 200, 200, 404, 404, 404]),
        (Role::AuditAdmin, "admin-audit", [200, 200, 200, 200, 404, 404]),
        (Role::SystemAdmin, "admin-system", [200, 200, 200, 404, 200, 200]),
    ];
    for (role, login, expected) in cases {
        let mut browser = town.admin(login, role);
        assert_eq!(PAGES.map(|page| town.get(&mut browser, page).status.as_u16()), expected, "{login}");
    }
    let mut clerk = town.desk("suwanqing");
    assert_eq!(PAGES.map(|page| town.get(&mut clerk, page).status.as_u16()), [404; 6]);
}

#[test]
fn members_and_keys_are_enrolled_revoked_and_suspended_and_nothing_typed_is_lost() {
    let town = Town::new();
    let mut admin = town.admin("admin-security", Role::SecurityAdmin);
    let members = "/workspace/exchange/members";
    town.get(&mut admin, members);
    let wrong = town.post(&mut admin, members, &[("id", "x"), ("name_zh", "邻县法院"), ("name_en", "Court"), ("address", "https://court.example")]);
    assert!(wrong.status == 422 && wrong.text().contains("邻县法院"));
    let half = town.post(&mut admin, members, &[("id", REMOTE), ("name_zh", "邻县法院"), ("name_en", "Court"), ("address", "http://court.example")]);
    assert!(half.status == 422 && half.text().contains("https:// 开头"), "{}", half.text());
    let fields = [("id", REMOTE), ("name_zh", "邻县法院"), ("name_en", "Court"), ("address", "https://court.example")];
    assert_eq!(town.post(&mut admin, members, &fields).status, 303);
    let member = format!("/workspace/exchange/member?id={}", REMOTE.replace('/', "%2F"));
    assert!(town.get(&mut admin, &member).text().contains("还没有密钥"));
    let key = PrivateKey::from_scalar(Algorithm::Sm2, &[9; 32]).unwrap();
    let (pem, id) = (key.public_key().to_pem().unwrap(), exchange::key_id(key.public_key()));
    let enrol = |pem: &str, days: &str| {
        vec![("act".to_owned(), "key".to_owned()), ("id".into(), REMOTE.into()), ("pem".into(), pem.into()), ("valid_days".into(), days.into())]
    };
    let post = |admin: &mut gate::testing::Browser, fields: &[(String, String)]| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        town.post(admin, "/workspace/exchange/member", &fields)
    };
    let wrong = post(&mut admin, &enrol("no key", "365"));
    assert!(wrong.status == 422 && wrong.text().contains("no key"));
    assert_eq!(post(&mut admin, &enrol(&pem, "soon")).status, 422);
    assert_eq!(post(&mut admin, &enrol(&pem, "365")).status, 303);
    assert!(town.get(&mut admin, &member).text().contains(&id));
    let revoke = |reason: &str| {
        [("act", "revoke"), ("id", REMOTE), ("key", id.as_str()), ("reason", reason)].map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    assert_eq!(post(&mut admin, &revoke(" ")).status, 422);
    assert_eq!(post(&mut admin, &revoke("私钥泄露")).status, 303);
    assert!(town.get(&mut admin, &member).text().contains("已吊销"));
    let suspend = [("act", "suspend"), ("id", REMOTE), ("reason", "整改")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(post(&mut admin, &suspend).status, 303);
    assert!(town.get(&mut admin, members).text().contains("已停用"));
    let mut audit = town.admin("admin-audit", Role::AuditAdmin);
    town.get(&mut audit, members);
    assert_eq!(town.post(&mut audit, members, &fields).status, 404, "audit looks on");
}

#[test]
fn a_head_sees_the_exchange_of_the_own_organ_in_both_languages() {
    let town = Town::new();
    let organ = town.basics.organ("public-security").unwrap().id.to_string();
    let name = Text::new("县公安局人口系统", "Population systems");
    let member =
        EnrolMember { id: "CN-339921/GOV/X/population".parse().unwrap(), name, organ: Some(organ), address: String::new(), ed25519_allowed: false };
    town.world.execute(&Actor::system(), member);
    let mut head = town.desk("weizhigang");
    for page in PAGES {
        assert!(town.get(&mut head, page).text().contains("数据交换"));
        assert!(town.get(&mut head, &format!("{page}?lang=en")).text().contains("xchange"), "{page}");
    }
}
