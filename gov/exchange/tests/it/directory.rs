use exchange::{EnrolKey, EnrolMember, OfferService, RecordDuty};
use i18n::Text;
use runner::Refusal;
use testkit::on_both;
use tracker::Manner;

use crate::world::{CIVIL, STRANGER, Town, admin, duty, id, remote_key, service};
use seal::{Algorithm, Signer};

fn fields(refusal: &Refusal) -> Vec<&str> {
    refusal.fields.iter().map(|field| field.field.as_str()).collect()
}

#[test]
fn a_member_is_enrolled_once_here_or_elsewhere() {
    on_both(|database| {
        let town = Town::new(database);
        let member = |id_: &str, organ: Option<&str>, address: &str| EnrolMember {
            id: id(id_),
            name: Text::new("甲", "A"),
            organ: organ.map(str::to_owned),
            address: address.into(),
            ed25519_allowed: false,
        };
        assert_eq!(town.world.refuse(&admin(), member(CIVIL, Some("organ_civil"), "")).code, "member-known");
        assert_eq!(fields(&town.world.refuse(&admin(), member("A/B/C/D", None, ""))), ["organ"]);
        assert_eq!(fields(&town.world.refuse(&admin(), member("A/B/C/D", None, "http://elsewhere.example"))), ["address"]);
        assert_eq!(fields(&town.world.refuse(&admin(), member("A/B/C/D", None, "http://127.0.0.1.elsewhere.example"))), ["address"]);
        town.world.execute(&admin(), member("A/B/C/D", None, "http://127.0.0.1:9999/"));
        let found = town.world.read(|tx| exchange::member(tx, &id("A/B/C/D"))).unwrap();
        assert_eq!(found.address, "http://127.0.0.1:9999");
    });
}

#[test]
fn keys_are_read_before_they_are_trusted() {
    on_both(|database| {
        let town = Town::new(database);
        let key = |pem: &str, valid_days: u32| EnrolKey { member: id(STRANGER), pem: pem.into(), valid_days };
        assert_eq!(town.world.refuse(&admin(), key("nonsense", 10)).code, "key-unreadable");
        let pem = remote_key(Algorithm::Sm2).public_key().to_pem().unwrap();
        assert_eq!(town.world.refuse(&admin(), key(&pem, 10)).code, "key-known");
        let p256 = remote_key(Algorithm::P256).public_key().to_pem().unwrap();
        assert_eq!(town.world.refuse(&admin(), key(&p256, 10)).code, "algorithm-not-allowed");
    });
}

#[test]
fn a_service_and_a_duty_say_everything_that_is_wrong() {
    on_both(|database| {
        let town = Town::new(database);
        let mut wrong = service(&[]);
        (wrong.endpoints, wrong.kept_days) = (vec!["delete".into()], 0);
        let refusal = town.world.refuse(&admin(), OfferService { service: wrong });
        assert_eq!(fields(&refusal), ["fields", "endpoints", "kept_days"]);
        let wrong = RecordDuty { fields: vec!["health".into()], basis: " ".into(), days: 0, ..duty("A/B/C/D", &[Manner::Full], false) };
        assert_eq!(fields(&town.world.refuse(&admin(), wrong)), ["client", "fields", "basis", "days"]);
        let figures = RecordDuty { cell_count_min: 1, ..duty(STRANGER, &[Manner::Aggregate], false) };
        assert_eq!(fields(&town.world.refuse(&admin(), figures)), ["cell_count_min"]);
    });
}
