use exchange::{ExportEvidence, ProofFault, ProvenExchange};
use seal::{Algorithm, PublicKey, Signer};
use testkit::on_both;
use tracker::Manner;

use crate::world::{STRANGER, Town, WANG, admin, remote_key};

fn keys(town: &Town) -> Vec<PublicKey> {
    vec![town.gateway.public_key(Algorithm::Sm2).clone(), remote_key(Algorithm::Sm2).public_key().clone()]
}

/// An answered call whose signatures are written down.
fn exported(town: &Town, with_texts: bool) -> ProvenExchange {
    town.may(STRANGER, &[Manner::Full], false);
    let call = town.gateway.answer(town.read_wang()).call.unwrap();
    for _ in 0..200 {
        let logged = town.world.read(|tx| exchange::call(tx, &call)).unwrap();
        if logged.response.is_some_and(|text| text.signature.is_some()) {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    town.world.execute(&admin(), ExportEvidence { call, with_texts, purpose: "核对争议".into() }).outcome
}

#[test]
fn evidence_verifies_with_public_keys_alone() {
    on_both(|database| {
        let town = Town::new(database);
        let evidence = exported(&town, true);
        let file: ProvenExchange = serde_json::from_str(&serde_json::to_string(&evidence).unwrap()).unwrap();
        let report = file.verify(&keys(&town)).unwrap();
        assert_eq!((report.bound, report.message.is_some()), (Some(true), true));
        assert_eq!(town.readings().len(), 2, "who was handed the texts has read");
        assert!(matches!(file.verify(&keys(&town)[..1]), Err(ProofFault::KeyMissing("request", _))));
        assert!(matches!(file.verify(&keys(&town)[1..]), Err(ProofFault::KeyMissing("response", _))));
    });
}

#[test]
fn every_edit_of_evidence_is_found() {
    on_both(|database| {
        let town = Town::new(database);
        let (good, keys) = (exported(&town, true), keys(&town));
        let bent = |bend: &dyn Fn(&mut ProvenExchange)| {
            let mut copy = good.clone();
            bend(&mut copy);
            copy.verify(&keys).unwrap_err()
        };
        assert_eq!(bent(&|file| file.request.head = Some("POST /".into())), ProofFault::Changed("request"));
        let body = "e30=".to_owned();
        assert_eq!(bent(&|file| file.response.as_mut().unwrap().body = Some(body.clone())), ProofFault::Changed("response"));
        assert_eq!(bent(&|file| file.request.signature = None), ProofFault::Unsigned("request"));
        assert_eq!(bent(&|file| file.request.body_sm3 = "0".repeat(64)), ProofFault::Changed("request"));
        assert_eq!(bent(&|file| file.format = "other".into()), ProofFault::Format("other".into()));
        assert_eq!(
            bent(&|file| {
                let response = file.response.as_mut().unwrap();
                (response.head, response.head_sm3) = (None, "1".repeat(64));
            }),
            ProofFault::Signature("response")
        );
        let other = exported(&Town::new(testkit::TestDatabase::sqlite()), true);
        assert!(matches!(bent(&|file| file.response = other.response.clone()), ProofFault::KeyMissing("response", _)));
    });
}

#[test]
fn a_response_to_another_request_is_found() {
    on_both(|database| {
        let town = Town::new(database);
        let (first, keys) = (exported(&town, true), keys(&town));
        let call = town.gateway.answer(town.read_wang()).call.unwrap();
        town.world.move_to("2026-03-02T09:05");
        town.gateway.sweep().unwrap();
        let export = ExportEvidence { call, with_texts: true, purpose: "核对争议".into() };
        let second = town.world.execute(&admin(), export).outcome;
        let mixed = ProvenExchange { response: second.response, ..first };
        assert_eq!(mixed.verify(&keys), Err(ProofFault::Mismatched));
    });
}

#[test]
fn evidence_without_texts_names_nobody_and_still_verifies() {
    on_both(|database| {
        let town = Town::new(database);
        let evidence = exported(&town, false);
        let text = serde_json::to_string(&evidence).unwrap();
        assert!(!text.contains(WANG) && evidence.request.head.is_none() && evidence.request.body.is_none());
        assert_eq!(evidence.verify(&keys(&town)).unwrap().bound, None);
        assert_eq!(town.readings().len(), 1);
    });
}
