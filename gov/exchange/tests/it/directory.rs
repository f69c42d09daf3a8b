use clock::Clock;
use exchange::{EnrolKey, EnrolMember, OfferService, RecordDuty};
use i18n::Text;
use runner::Refusal;
use testkit::on_both;
use tracker::Manner;

use crate::world::{CIVIL, POLICE, STRANGER, Town, admin, duty, id, remote_key, service};
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

#[test]
fn what_is_on_the_negative_list_is_under_no_duty_and_what_is_put_there_later_is_shown_at_both_sides() {
    on_both(|database| {
        let town = Town::new(database);
        let kept = town.world.execute(&admin(), duty(CIVIL, &[Manner::Full], false)).outcome;
        *town.listed.0.lock().unwrap() = true;
        let refusal = town.world.refuse(&admin(), duty(CIVIL, &[Manner::Masked], false));
        assert_eq!((refusal.code.as_ref(), refusal.basis.as_ref()), ("negative-listed", "户口登记条例 第二条"));
        assert!(refusal.sentence.zh.contains("户籍"));
        let others = RecordDuty { fields: vec!["name".into()], ..duty(STRANGER, &[Manner::Full], false) };
        town.world.execute(&admin(), others);
        let ports = town.world.runner().service::<exchange::Ports>().unwrap();
        for (member, count) in [(CIVIL, 1), (POLICE, 2)] {
            let duties =
                town.world.store().read(|tx| exchange::duties_of(tx, &ports, &id(member), town.world.clock().now().as_millisecond())).unwrap();
            assert_eq!(duties.len(), count);
            let (_, entry) = duties.iter().find(|(duty, _)| duty.id == kept).unwrap();
            assert_eq!(entry.as_ref().unwrap().basis, "户口登记条例 第二条");
            assert!(duties.iter().all(|(duty, entry)| entry.is_some() == (duty.id == kept)));
        }
    });
}
