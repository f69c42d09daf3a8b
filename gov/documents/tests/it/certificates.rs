use documents::{
    CertificateAct, CertificateStatus, IssueCertificate, IssuedCertificate, NumberRule, Standing, SupersedeCertificate, queries, samples,
};
use parties::CertificateId;
use testkit::on_both;

use crate::desk::{Desk, TYPE_CODE, food_licence};

fn issue(desk: &Desk) -> IssuedCertificate {
    let command = IssueCertificate { facts: samples::case_facts(), certificate: food_licence(), template: None };
    desk.world.execute(&desk.clerk, command).outcome
}

#[test]
fn a_certificate_gets_number_identifier_and_document() {
    on_both(|database| {
        let desk = Desk::on(database);
        let first = issue(&desk);
        let second = issue(&desk);
        assert!(first.number.starts_with("JY2339921000001"), "{}", first.number);
        assert!(second.number.starts_with("JY2339921000002"), "{}", second.number);
        let identifier = CertificateId::parse(&first.identifier).unwrap();
        assert_eq!((identifier.type_code(), identifier.serial(), identifier.version()), (TYPE_CODE, "20260000001", 1));
        desk.print();
        assert!(desk.pdf(&first.document.id).starts_with(b"%PDF-"));

        let record = desk.world.read(|tx| queries::certificate(tx, &first.id)).unwrap();
        assert_eq!((record.status, record.standing("2026-03-16".parse().unwrap())), (CertificateStatus::Valid, Standing::Valid));
        assert!(!record.sealed.contains("王小明"));
        assert_eq!(record.open(&desk.keys, &tracker::in_process("a test")).unwrap().holder_name, "王小明");
        let wallet = desk.world.read(|tx| queries::certificates_of_party(tx, "person_00000000000000000000000001"));
        assert_eq!(wallet.len(), 2);
        let found = desk.world.read(|tx| queries::certificates_of_holder(tx, &desk.keys, "330102198506151238"));
        assert_eq!(found.len(), 2);
    });
}

#[test]
fn a_unified_code_is_both_number_and_holder_code() {
    on_both(|database| {
        let desk = Desk::on(database);
        let mut licence = food_licence();
        licence.number = NumberRule::UnifiedCode { division: "339921".to_owned() };
        licence.holder.code = "{number}".to_owned();
        let command = IssueCertificate { facts: samples::case_facts(), certificate: licence, template: None };
        let issued = desk.world.execute(&desk.clerk, command).outcome;
        assert!(issued.number.starts_with("92339921MA"));
        let record = desk.world.read(|tx| queries::certificate(tx, &issued.id)).unwrap();
        assert_eq!(record.open(&desk.keys, &tracker::in_process("a test")).unwrap().holder_code, issued.number);
        desk.print();
    });
}

#[test]
fn a_new_version_supersedes_the_old_one() {
    on_both(|database| {
        let desk = Desk::on(database);
        let old = issue(&desk);
        desk.world.move_to("2027-05-06T09:00");
        let command = || SupersedeCertificate { certificate: old.id.clone(), facts: samples::case_facts(), with: food_licence(), template: None };
        let new = desk.world.execute(&desk.clerk, command()).outcome;
        assert_eq!((&new.number, new.version), (&old.number, 2));
        assert!(new.identifier.contains(".002."), "{}", new.identifier);
        let record = desk.world.read(|tx| queries::certificate(tx, &old.id)).unwrap();
        assert_eq!(record.status, CertificateStatus::Superseded);
        let successor = desk.world.read(|tx| queries::successor(tx, &old.id)).unwrap();
        assert_eq!((successor.id, successor.previous_id), (new.id, Some(old.id.clone())));
        assert_eq!(desk.world.refuse(&desk.clerk, command()).code, "certificate-status");
        let mut other = command();
        other.with.type_code = "11100000000013338W009".to_owned();
        assert_eq!(desk.world.refuse(&desk.clerk, other).code, "certificate-type");
        desk.print();
    });
}

#[test]
fn a_revoked_certificate_stays_revoked() {
    on_both(|database| {
        let desk = Desk::on(database);
        let issued = issue(&desk);
        let suspended = desk.end(&issued.id, CertificateAct::Suspend);
        desk.world.execute(&desk.clerk, suspended);
        desk.world.execute(&desk.clerk, desk.end(&issued.id, CertificateAct::Reinstate));
        desk.world.execute(&desk.clerk, desk.end(&issued.id, CertificateAct::Revoke));
        for act in [CertificateAct::Reinstate, CertificateAct::Suspend, CertificateAct::Cancel, CertificateAct::Revoke] {
            assert_eq!(desk.world.refuse(&desk.clerk, desk.end(&issued.id, act)).code, "certificate-status");
        }
        let mut silent = desk.end(&issued.id, CertificateAct::Revoke);
        silent.reason = " ".to_owned();
        assert_eq!(desk.world.refuse(&desk.clerk, silent).code, "certificate-act-incomplete");
        let missing = desk.end("cert_00000000000000000000000000", CertificateAct::Revoke);
        assert_eq!(desk.world.refuse(&desk.clerk, missing).code, "not-found");
        desk.print();
    });
}

#[test]
fn rules_that_make_no_number_are_refused() {
    on_both(|database| {
        let desk = Desk::on(database);
        let refused = |change: &dyn Fn(&mut documents::NewCertificate)| {
            let mut certificate = food_licence();
            change(&mut certificate);
            let command = IssueCertificate { facts: samples::case_facts(), certificate, template: None };
            desk.world.refuse(&desk.clerk, command).code.into_owned()
        };
        let pattern = NumberRule::Pattern { pattern: "JY{name}".to_owned(), division: "339921".to_owned() };
        assert_eq!(refused(&|c| c.number = pattern.clone()), "certificate-number");
        assert_eq!(refused(&|c| c.type_code = "0623".to_owned()), "certificate-identifier");
        assert_eq!(refused(&|c| c.organ.code = "1".to_owned()), "certificate-identifier");
    });
}
